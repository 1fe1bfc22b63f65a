with cited as (
    select * from {{ ref('int_officials__cited') }}
),

officials as (
    select * from {{ ref('int_officials__latest') }}
    where not is_deleted
),

-- "chu tich" begins "chu tich uy ban nhan dan", and does not stand in "pho chu tich" by its beginning.
found as (
    select
        cited.claim_key,
        officials.official_id_civil_servants,
        officials.position_words,
        cited.position_words || ' ' like officials.position_words || ' %'
        or officials.position_words || ' ' like cited.position_words || ' %' as is_post_alike
    from cited
    inner join officials
        on
            cited.name_words = officials.name_words
            and officials.agency_code in (cited.issuer_agency_code, cited.filed_agency_code)
),

counted as (
    select
        claim_key,
        count(*) as bearer_count,
        count(*) filter (where is_post_alike) as alike_count,
        count(position_words) as posted_count,
        min(official_id_civil_servants) as only_bearer,
        min(official_id_civil_servants) filter (where is_post_alike) as only_alike
    from found
    group by claim_key
),

compared as (
    select
        cited.*,
        coalesce(counted.bearer_count, 0) as bearer_count,
        coalesce(counted.alike_count, 0) as alike_count,
        coalesce(counted.posted_count, 0) as posted_count,
        case
            when counted.alike_count = 1 then counted.only_alike
            when counted.bearer_count = 1 then counted.only_bearer
        end as official_id
    from cited
    left join counted on cited.claim_key = counted.claim_key
),

-- A name and an agency alone link nobody: the post has to agree as well, and to be one person's.
sought as (
    select
        claim_key,
        document_key,
        document_id,
        agency_code,
        'civil_servants__officials' as entity,
        page_number,
        null::text as stated_key,
        official_id as target_key,
        bearer_count as candidate_count,
        commune_code,
        case
            when name_words !~ ' ' or issuer_agency_code is null then 'missing_field'
            when bearer_count = 0 then 'unverifiable'
            when alike_count = 1 then 'verified'
            when bearer_count > 1 then 'ambiguous'
            when position_words is null or posted_count = 0 then 'missing_field'
            else 'mismatched'
        end as state,
        case
            when name_words !~ ' ' then 'name_not_whole'
            when issuer_agency_code is null then 'issuer_not_known'
            when bearer_count = 0 then 'not_in_registry'
            when alike_count = 1 then null
            when bearer_count > 1 then 'several_in_registry'
            when position_words is null or posted_count = 0 then 'position_not_stated'
            else 'position_differs'
        end as reason_code,
        case
            when alike_count = 1 and name_words ~ ' ' and issuer_agency_code is not null
                then 'name_agency_and_position'
        end as evidence
    from compared
)

select * from sought
