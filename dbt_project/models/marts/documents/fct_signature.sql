{{
    config(
        materialized='by_document',
        keyed={
            'int_signatures__latest': 'document_key',
        },
        indexes=[
            {'columns': ['document_key', 'signature_ordinal'], 'unique': true},
            {'columns': ['document_id']},
            {'columns': ['agency_code']},
        ]
    )
}}
with signatures as (
    select * from {{ ref('int_signatures__latest') }}
)

select
    signature_key,
    document_key,
    document_id,
    agency_code,
    signature_ordinal,
    signer_name,
    signer_organization,
    issuer_name,
    serial_number,
    field_name,
    kind,
    subfilter,
    integrity,
    coverage,
    later_changes,
    are_later_changes_allowed,
    is_valid,
    problem_code,
    certificate_trust,
    certificate_valid_from,
    certificate_valid_to,
    signed_at,
    timestamp_at,
    timestamp_integrity,
    digest_algorithm,
    signature_algorithm,
    page_number,
    box_left,
    box_top,
    box_right,
    box_bottom,
    coalesce(digest_algorithm in ('md5', 'sha1'), false) as is_digest_weak,
    _batch_id,
    _extracted_at
from signatures
