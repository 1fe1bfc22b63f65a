with communes as (
    select * from {{ ref('stg_units__communes') }}
),

transfers as (
    select * from {{ ref('stg_units__transfers') }}
),

-- An edition replaces the one before it.
latest as (
    select distinct on (commune_code, is_former) *
    from communes
    order by
        commune_code asc, is_former asc, _extracted_at desc, _batch_id desc, valid_from_date desc nulls last
),

editions as (
    select max(_extracted_at) as latest_at from transfers
),

heirs as (
    select
        transfers.old_commune_code,
        min(transfers.new_commune_code) as heir_code,
        count(*) > 1 or bool_or(transfers.is_divided) as is_divided
    from transfers
    inner join editions on transfers._extracted_at = editions.latest_at
    group by transfers.old_commune_code
),

succeeded as (
    select
        latest.commune_code,
        -- A divided commune has no successor: which of them, only a person can say.
        case
            when not latest.is_former then latest.commune_code
            when not heirs.is_divided then heirs.heir_code
        end as current_commune_code,
        latest.commune_name,
        latest.district_name,
        {{ without_marks('latest.commune_name') }} as commune_words,
        {{ without_marks('latest.district_name') }} as district_words,
        latest.is_former,
        latest.is_former and coalesce(heirs.is_divided, false) as is_divided,
        latest._batch_id,
        latest._extracted_at
    from latest
    left join heirs on latest.is_former and latest.commune_code = heirs.old_commune_code
)

select * from succeeded
