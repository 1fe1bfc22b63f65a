with documents as (
    select * from {{ ref('int_documents__latest') }}
),

dossiers as (
    select
        *,
        coalesce(dossier_code, dossier_number) as code
    from {{ ref('stg_filedrop__dossiers') }}
    where coalesce(dossier_code, dossier_number) is not null
),

-- Documents name their dossier by its code or by its number on paper.
names as (
    select distinct on (agency_code, known_name)
        agency_code,
        known_name,
        code
    from dossiers
    cross join lateral unnest(array[dossier_code, dossier_number]) as named (known_name)
    where known_name is not null
    order by agency_code, known_name, code
),

filed as (
    select
        documents.document_key,
        documents.agency_code,
        documents.agency_code || ':' || documents.dossier_code as delivered_key,
        documents.agency_code || ':' || coalesce(names.code, documents.dossier_code) as dossier_key
    from documents
    left join names
        on documents.agency_code = names.agency_code and documents.dossier_code = names.known_name
)

select * from filed
