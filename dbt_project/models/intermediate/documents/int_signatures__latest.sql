{{
    config(
        materialized='by_document',
        keyed={
            'int_documents__latest': 'document_key',
            'stg_digitization__signatures': '_batch_id',
        },
        indexes=[{'columns': ['document_key']}]
    )
}}
with documents as (
    select * from {{ ref('int_documents__latest') }}
),

signatures as (
    select * from {{ ref('stg_digitization__signatures') }}
),

-- What must not be used (quarantined, failed) is counted, but nobody is named.
latest as (
    select
        documents.document_key || '#' || signatures.signature_ordinal::text as signature_key,
        documents.document_key,
        documents.document_id,
        documents.agency_code,
        signatures.signature_ordinal,
        case when documents.is_usable then signatures.signer_name end as signer_name,
        case when documents.is_usable then signatures.signer_organization end as signer_organization,
        signatures.issuer_name,
        case when documents.is_usable then signatures.serial_number end as serial_number,
        case when documents.is_usable then signatures.field_name end as field_name,
        signatures.kind,
        signatures.subfilter,
        signatures.integrity,
        signatures.coverage,
        signatures.later_changes,
        signatures.are_later_changes_allowed,
        signatures.is_valid,
        signatures.problem_code,
        signatures.certificate_trust,
        signatures.certificate_valid_from,
        signatures.certificate_valid_to,
        signatures.signed_at,
        signatures.timestamp_at,
        signatures.timestamp_integrity,
        signatures.digest_algorithm,
        signatures.signature_algorithm,
        signatures.page_number,
        signatures.box_left,
        signatures.box_top,
        signatures.box_right,
        signatures.box_bottom,
        signatures._batch_id,
        signatures._extracted_at
    from documents
    inner join signatures
        on
            documents._batch_id = signatures._batch_id
            and documents.file_ordinal = signatures.file_ordinal
)

select * from latest
