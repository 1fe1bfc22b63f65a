with names as (
    select * from {{ ref('int_dossiers__named') }}
),

lines as (
    select
        *,
        {{ dossier_name('coalesce(dossier_code, dossier_number)') }} as dossier_name
    from {{ ref('stg_filedrop__dossiers') }}
    where coalesce(dossier_code, dossier_number) is not null
),

dossiers as (
    select
        lines.*,
        names.dossier_code as code
    from lines
    inner join names
        on lines.agency_code = names.agency_code and lines.dossier_name = names.dossier_name
),

filed as (
    select
        agency_code,
        listing_state,
        dossier_code,
        {{ dossier_name('dossier_code') }} as dossier_name
    from {{ ref('int_listed_documents__matched') }}
    where dossier_code is not null
),

-- Documents name their dossier by its code or by its number on paper; what no list names, by its own name,
-- of several ways to write it the first in order.
documents as (
    select
        filed.agency_code,
        filed.listing_state,
        coalesce(
            names.dossier_code,
            min(filed.dossier_code) over (partition by filed.agency_code, filed.dossier_name)
        ) as code
    from filed
    left join names
        on filed.agency_code = names.agency_code and filed.dossier_name = names.dossier_name
),

listed as (
    select
        agency_code,
        code,
        count(*) as line_count,
        min(title) as title,
        min(maintenance_code) as maintenance_code,
        max(document_count) as stated_document_count,
        bool_or(is_code_doubtful) as is_code_doubtful
    from dossiers
    group by agency_code, code
),

counted as (
    select
        agency_code,
        code,
        count(*) filter (where listing_state <> 'scanned_only') as listed_document_count,
        count(*) filter (where listing_state = 'listed_and_scanned') as matched_document_count,
        count(*) filter (where listing_state = 'listed_only') as missing_scan_count,
        count(*) filter (where listing_state = 'scanned_only') as unlisted_scan_count,
        count(*) filter (where listing_state = 'ambiguous') as ambiguous_count
    from documents
    group by agency_code, code
)

select
    coalesce(listed.agency_code, counted.agency_code) || ':' || coalesce(listed.code, counted.code)
        as dossier_key,
    coalesce(listed.agency_code, counted.agency_code) as agency_code,
    coalesce(listed.code, counted.code) as dossier_code,
    listed.title,
    listed.maintenance_code,
    listed.code is not null as is_listed,
    coalesce(listed.line_count, 0) > 1 as is_listed_twice,
    coalesce(listed.is_code_doubtful, false) as is_code_doubtful,
    listed.stated_document_count,
    coalesce(counted.listed_document_count, 0) as listed_document_count,
    coalesce(counted.matched_document_count, 0) as matched_document_count,
    coalesce(counted.missing_scan_count, 0) as missing_scan_count,
    coalesce(counted.unlisted_scan_count, 0) as unlisted_scan_count,
    coalesce(counted.ambiguous_count, 0) as ambiguous_count
from listed
full join counted
    on listed.agency_code = counted.agency_code and listed.code = counted.code
