-- The year in which the work of a dossier ended: of several lines the latest, and not before the latest
-- document that lies in it. What contradicts itself says nothing.
with lines as (
    select
        agency_code || ':' || coalesce(dossier_code, dossier_number) as dossier_key,
        case
            when end_date_precision is not null and not is_end_contradicted
                then left(end_date_text, 4)::integer
        end as end_year
    from {{ ref('stg_filedrop__dossiers') }}
    where coalesce(dossier_code, dossier_number) is not null
),

stated as (
    select
        dossier_key,
        max(end_year) as stated_year
    from lines
    group by dossier_key
    -- A line that does not say when the work ended may be the one that ends last.
    having bool_and(end_year is not null)
),

dated as (
    select
        filed.dossier_key,
        max(descriptions.issued_year) as latest_document_year
    from {{ ref('int_documents__filed') }} as filed
    inner join {{ ref('int_documents__described') }} as descriptions
        on filed.document_key = descriptions.document_key
    where descriptions.is_date_accepted
    group by filed.dossier_key
)

select
    stated.dossier_key,
    stated.stated_year,
    dated.latest_document_year,
    greatest(stated.stated_year, dated.latest_document_year) as work_ended_year
from stated
left join dated on stated.dossier_key = dated.dossier_key
