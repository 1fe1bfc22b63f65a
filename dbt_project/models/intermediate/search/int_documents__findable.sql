{{
    config(
        materialized='by_document',
        keyed={
            'int_documents__latest': 'document_key',
            'int_documents__described': 'document_key',
            'stg_suggestions__embeddings': 'document_id',
        },
        indexes=[
            {'columns': ['document_key'], 'unique': true},
            {'columns': ['code_number']},
            {'columns': ['notation']},
            {'columns': ['issued_date']},
            {'columns': ['words'], 'type': 'gin'},
        ],
        post_hook="{{ indexed_by_trigrams('title_folded') }}"
    )
}}
with documents as (
    select * from {{ ref('int_documents__latest') }}
    where is_usable and not is_superseded
),

descriptions as (
    select * from {{ ref('int_documents__described') }}
),

document_types as (
    select * from {{ ref('list_document_types') }}
),

embeddings as (
    select distinct on (document_id)
        document_id,
        embedding,
        model_name,
        model_version
    from {{ ref('stg_suggestions__embeddings') }}
    where outcome = 'ok'
    order by document_id asc, digitized_at desc nulls last, _extracted_at desc, _batch_id desc
),

described as (
    select
        documents.document_key,
        documents.agency_code,
        documents.dossier_code,
        documents.box_code,
        documents.file_name,
        document_types.code as type_code,
        descriptions.type_name,
        descriptions.document_number,
        nullif(ltrim(search.folded(descriptions.code_number), '0'), '') as code_number,
        search.folded(descriptions.code_notation) as notation,
        descriptions.issued_date,
        descriptions.issued_year,
        descriptions.issuer_name,
        descriptions.superior_name,
        descriptions.signer_name,
        descriptions.abstract,
        embeddings.embedding,
        embeddings.model_name,
        embeddings.model_version
    from documents
    inner join descriptions on documents.document_key = descriptions.document_key
    left join document_types on lower(descriptions.type_name) = lower(document_types.name)
    left join embeddings on documents.document_id = embeddings.document_id
),

titled as (
    select
        *,
        concat_ws(' ', type_name, document_number, abstract) as title,
        concat_ws(' ', issuer_name, superior_name, signer_name, file_name) as origin
    from described
)

select
    document_key,
    agency_code,
    dossier_code,
    box_code,
    type_code,
    type_name,
    document_number,
    code_number,
    notation,
    issued_date,
    issued_year,
    issuer_name,
    abstract,
    title,
    search.folded(title) as title_folded,
    setweight(search.words(title), 'A')
    || setweight(search.words(origin), 'C')
    || search.owned_by(agency_code) as words,
    embedding,
    model_name,
    model_version
from titled
