{{
    config(
        materialized='by_document',
        keyed={
            'int_documents__latest': 'document_key',
            'int_documents__described': 'document_key',
            'int_documents__compared': 'document_key',
            'int_documents__sorted': 'document_key',
            'int_signatures__latest': 'document_key',
            'int_documents__sharing': 'document_key',
            'int_documents__shelved': 'document_key',
        },
        indexes=[
            {'columns': ['document_key'], 'unique': true},
            {'columns': ['document_id']},
            {'columns': ['agency_code', 'issued_date']},
        ]
    )
}}
with documents as (
    select * from {{ ref('int_documents__latest') }}
),

descriptions as (
    select * from {{ ref('int_documents__described') }}
),

compared as (
    select * from {{ ref('int_documents__compared') }}
),

sharing as (
    select * from {{ ref('int_documents__sharing') }}
),

sorted as (
    select * from {{ ref('int_documents__sorted') }}
),

shelved as (
    select * from {{ ref('int_documents__shelved') }}
),

document_types as (
    select * from {{ ref('list_document_types') }}
),

signatures as (
    select
        document_key,
        count(*) filter (where integrity = 'intact') as intact_count,
        count(*) filter (where is_valid) as valid_count
    from {{ ref('int_signatures__latest') }}
    group by document_key
)

select
    documents.document_key,
    documents.document_id,
    documents.agency_code,
    documents.archive_sha256,
    documents.reading_sha256,
    documents.recipe_id,
    documents.unsigned_sha256,
    documents.copy_certificate_sha256,
    documents.stack_sha256,
    documents.stack_first_page,
    documents.stack_last_page,
    documents.box_code,
    documents.dossier_code,
    shelved.dossier_key,
    shelved.fonds_key,
    descriptions.natural_key,

    documents.file_name,
    descriptions.document_number,
    descriptions.code_number,
    descriptions.code_notation,
    descriptions.number_confidence,
    descriptions.is_number_accepted,
    descriptions.issued_date,
    descriptions.issued_date_precision,
    descriptions.issued_date_text,
    descriptions.issued_year,
    descriptions.date_confidence,
    descriptions.is_date_accepted,
    descriptions.issuer_name,
    descriptions.issuer_confidence,
    descriptions.is_issuer_accepted,
    descriptions.type_name,
    document_types.code as type_code,
    descriptions.type_confidence,
    descriptions.is_type_accepted,
    descriptions.abstract,
    descriptions.abstract_confidence,
    descriptions.is_abstract_accepted,
    descriptions.signer_name,
    descriptions.signer_confidence,
    descriptions.is_signer_accepted,
    descriptions.superior_name,
    descriptions.superior_confidence,
    descriptions.is_superior_accepted,
    descriptions.issued_place,
    descriptions.place_confidence,
    descriptions.is_place_accepted,
    descriptions.signer_authority,
    descriptions.signer_authority_code,
    descriptions.signer_authority_confidence,
    descriptions.is_signer_authority_accepted,
    descriptions.signer_title,
    descriptions.signer_title_confidence,
    descriptions.is_signer_title_accepted,
    descriptions.urgency,
    descriptions.urgency_confidence,
    descriptions.is_urgency_accepted,
    descriptions.secrecy_seen,
    descriptions.language_code,
    descriptions.language_confidence,
    descriptions.is_language_accepted,

    documents.bloc,
    documents.media_type,
    documents.received_state,
    documents.outcome,
    documents.reason_code,
    documents.is_usable,
    documents.is_disposed,
    documents.is_secrecy_stated,
    documents.is_superseded,
    sharing.document_key is not null as is_natural_key_shared,
    compared.is_duplicate_proposed,
    compared.duplicate_of_document_key,
    sorted.sensitivity_code,
    sorted.retention_group_code,
    sorted.maintenance_code,
    sorted.retention_years,
    documents.pdfa_pikepdf,
    documents.pdfa_verapdf,
    documents.is_text_equal,
    documents.are_images_unchanged,

    documents.delivery_count,
    documents.declared_pages,
    documents.page_count,
    documents.word_count,
    documents.text_confidence,
    documents.size_bytes,
    documents.archive_size_bytes,
    documents.unsigned_size_bytes,
    documents.signature_count,
    coalesce(signatures.intact_count, 0) as intact_signature_count,
    coalesce(signatures.valid_count, 0) as valid_signature_count,
    documents.is_encrypted,
    documents.is_misnamed,
    documents.producer_type,

    documents.received_at,
    documents.digitized_at,
    documents.copy_signed_at,
    documents.disposed_date,
    documents._batch_id,
    documents._extracted_at
from documents
inner join descriptions on documents.document_key = descriptions.document_key
inner join compared on documents.document_key = compared.document_key
inner join sorted on documents.document_key = sorted.document_key
inner join shelved on documents.document_key = shelved.document_key
left join sharing on documents.document_key = sharing.document_key
left join document_types on lower(descriptions.type_name) = lower(document_types.name)
left join signatures on documents.document_key = signatures.document_key
