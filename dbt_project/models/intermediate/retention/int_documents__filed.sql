with documents as (
    select * from {{ ref('int_documents__latest') }}
),

-- Documents name their dossier by its code or by its number on paper, typed in one way or another.
names as (
    select * from {{ ref('int_dossiers__named') }}
),

filed as (
    select
        documents.document_key,
        documents.agency_code,
        documents.agency_code || ':' || documents.dossier_code as delivered_key,
        documents.agency_code || ':' || coalesce(names.dossier_code, documents.dossier_code) as dossier_key
    from documents
    left join names
        on
            documents.agency_code = names.agency_code
            and {{ dossier_name('documents.dossier_code') }} = names.dossier_name
)

select * from filed
