-- How a listed line finds its scan: by the name of the file first, then by number, symbol and year.
with listed as (
    select
        *,
        -- What is no date in any form has no year either; a gate tells of it.
        case
            when issued_date_precision is not null then left(issued_date_text, 4)::integer
        end as issued_year,
        {{ dossier_name('dossier_code') }} as dossier_name,
        lower(file_name) as plain_file_name
    from {{ ref('stg_filedrop__documents') }}
),

listing_agencies as (
    select distinct agency_code
    from listed
),

files as (
    select
        *,
        {{ dossier_name('dossier_code') }} as dossier_name,
        lower({{ cleaned('file_name') }}) as plain_file_name
    from {{ ref('int_documents__latest') }}
    where not is_superseded
),

dossiers as (
    select * from {{ ref('int_dossiers__named') }}
),

dossier_agencies as (
    select distinct agency_code
    from dossiers
),

-- Documents name their dossier by its code or by its number on paper; what no list names, by its own name.
lines_filed as (
    select
        listed.*,
        dossiers.dossier_code is not null as is_dossier_known,
        coalesce(dossiers.dossier_code, listed.dossier_name) as filed_under
    from listed
    left join dossiers
        on listed.agency_code = dossiers.agency_code and listed.dossier_name = dossiers.dossier_name
),

-- Of agencies that have delivered no list nothing can be said to be missing from it.
scanned as (
    select
        files.*,
        coalesce(dossiers.dossier_code, files.dossier_name) as filed_under,
        descriptions.document_number,
        descriptions.code_number,
        descriptions.code_notation,
        descriptions.issued_date_text,
        descriptions.issued_year
    from files
    inner join listing_agencies on files.agency_code = listing_agencies.agency_code
    inner join {{ ref('int_documents__described') }} as descriptions
        on files.document_key = descriptions.document_key
    left join dossiers
        on files.agency_code = dossiers.agency_code and files.dossier_name = dossiers.dossier_name
),

candidates as (
    select
        listed.listed_key,
        scanned.document_key,
        'file_name' as matched_by,
        1 as rank_of_way
    from lines_filed as listed
    inner join scanned
        on
            listed.agency_code = scanned.agency_code
            and listed.plain_file_name = scanned.plain_file_name
            and (
                listed.filed_under is null or scanned.filed_under is null
                or listed.filed_under = scanned.filed_under
            )
    union all
    select
        listed.listed_key,
        scanned.document_key,
        'number' as matched_by,
        2 as rank_of_way
    from listed
    inner join scanned
        on
            listed.agency_code = scanned.agency_code
            and {{ without_zeros('listed.code_number') }} = {{ without_zeros('scanned.code_number') }}
            and upper(listed.code_notation) = upper(scanned.code_notation)
            and coalesce(listed.issued_year, listed.code_year) = scanned.issued_year
),

best as (
    select distinct on (listed_key, document_key)
        *,
        min(rank_of_way) over (partition by listed_key) as best_rank
    from candidates
    order by listed_key, document_key, rank_of_way
),

counted as (
    select
        *,
        count(*) over (partition by listed_key) as scan_count,
        count(*) over (partition by document_key) as line_count
    from best
    where rank_of_way = best_rank
),

claimed as (
    select distinct document_key
    from counted
),

paired as (
    select
        listed_key,
        count(*) as scan_count,
        max(line_count) as line_count,
        min(matched_by) as matched_by,
        case when count(*) = 1 and max(line_count) = 1 then min(document_key) end as document_key
    from counted
    group by listed_key
),

lines as (
    select
        listed.listed_key as listing_key,
        listed.listed_key,
        paired.document_key,
        listed.agency_code,
        case
            when paired.listed_key is null then 'listed_only'
            when paired.document_key is null then 'ambiguous'
            else 'listed_and_scanned'
        end as listing_state,
        paired.matched_by,
        coalesce(paired.scan_count, 0) as candidate_count,
        listed._batch_id as register_id,
        listed.sheet_number,
        listed.line_number,
        listed.dossier_code,
        case
            when dossier_agencies.agency_code is not null then listed.is_dossier_known
        end as is_dossier_listed,
        listed.document_code,
        listed.document_number,
        listed.issued_date_text,
        listed.issued_date_precision,
        listed.issuer_name,
        listed.subject,
        listed.file_name,
        listed.maintenance_code,
        listed.retention_years,
        listed.open_term_type,
        listed.is_number_doubtful,
        listed.is_date_doubtful,
        listed.page_count as listed_page_count,
        scanned.page_count as scanned_page_count,
        scanned.document_number as scanned_number,
        scanned.issued_date_text as scanned_date_text,
        {{ without_zeros('listed.code_number') }} = {{ without_zeros('scanned.code_number') }}
        and upper(listed.code_notation) = upper(scanned.code_notation) as is_number_equal,
        listed.page_count = scanned.page_count as is_page_count_equal,
        -- As far as both are known.
        left(listed.issued_date_text, length(scanned.issued_date_text))
        = left(scanned.issued_date_text, length(listed.issued_date_text)) as is_date_equal,
        listed._batch_id,
        listed._extracted_at
    from lines_filed as listed
    left join paired on listed.listed_key = paired.listed_key
    left join scanned on paired.document_key = scanned.document_key
    left join dossier_agencies on listed.agency_code = dossier_agencies.agency_code
),

unlisted as (
    select
        'scan:' || scanned.document_key as listing_key,
        null::text as listed_key,
        scanned.document_key,
        scanned.agency_code,
        'scanned_only' as listing_state,
        null::text as matched_by,
        0::bigint as candidate_count,
        null::text as register_id,
        null::integer as sheet_number,
        null::integer as line_number,
        scanned.dossier_code,
        null::boolean as is_dossier_listed,
        null::text as document_code,
        null::text as document_number,
        null::text as issued_date_text,
        null::text as issued_date_precision,
        null::text as issuer_name,
        null::text as subject,
        scanned.file_name,
        null::text as maintenance_code,
        null::integer as retention_years,
        null::text as open_term_type,
        false as is_number_doubtful,
        false as is_date_doubtful,
        null::integer as listed_page_count,
        scanned.page_count as scanned_page_count,
        scanned.document_number as scanned_number,
        scanned.issued_date_text as scanned_date_text,
        null::boolean as is_number_equal,
        null::boolean as is_page_count_equal,
        null::boolean as is_date_equal,
        scanned._batch_id,
        scanned._extracted_at
    from scanned
    left join claimed on scanned.document_key = claimed.document_key
    where claimed.document_key is null
)

select * from lines
union all
select * from unlisted
