{{ config(materialized='by_document', indexes=[{'columns': ['document_key'], 'unique': true}]) }}
-- Which dossier each document is in, by one name however it is typed; in none is said, not left out.
with documents as (
    select
        document_key,
        agency_code,
        dossier_code,
        {{ dossier_name('dossier_code') }} as dossier_name
    from {{ ref('int_documents__latest') }}
),

names as (
    select * from {{ ref('int_dossiers__named') }}
),

-- Dossiers that no register of dossiers names, under the name that lists of documents give them.
unlisted as (
    select
        agency_code,
        {{ dossier_name('dossier_code') }} as dossier_name,
        min(dossier_code) as dossier_code
    from {{ ref('int_listed_dossiers__counted') }}
    where not is_listed
    group by agency_code, {{ dossier_name('dossier_code') }}
),

named as (
    select
        documents.document_key,
        documents.agency_code,
        documents.dossier_name is not null as is_in_dossier,
        coalesce(
            names.dossier_code,
            unlisted.dossier_code,
            min(documents.dossier_code) over (
                partition by documents.agency_code, documents.dossier_name
            )
        ) as dossier_code
    from documents
    left join names
        on documents.agency_code = names.agency_code and documents.dossier_name = names.dossier_name
    left join unlisted
        on
            documents.agency_code = unlisted.agency_code
            and documents.dossier_name = unlisted.dossier_name
)

select
    document_key,
    agency_code,
    coalesce(agency_code, '-') as fonds_key,
    coalesce(agency_code, '-') || ':'
    || case when is_in_dossier then dossier_code else '(none)' end as dossier_key,
    case when is_in_dossier then dossier_code end as dossier_code,
    is_in_dossier
from named
