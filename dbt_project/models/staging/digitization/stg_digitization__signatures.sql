with source as (
    select * from {{ source('raw', 'digitization__signatures') }}
),

renamed as (
    select
        file_ordinal,
        lower({{ cleaned('file_sha256') }}) as file_sha256,
        signature_ordinal,

        {{ cleaned('signer_name') }} as signer_name,
        {{ cleaned('signer_organization') }} as signer_organization,
        {{ cleaned('issuer_name') }} as issuer_name,
        {{ cleaned('serial_number') }} as serial_number,
        {{ cleaned('field_name') }} as field_name,

        kind,
        subfilter,
        integrity,
        coverage,
        later_changes,
        are_later_changes_allowed,
        is_valid,
        problem_code,
        certificate_trust,
        timestamp_integrity,
        digest_algorithm,
        signature_algorithm,

        certificate_valid_from,
        certificate_valid_to,
        signed_at,
        timestamp_at,

        page_number,
        box_left,
        box_top,
        box_right,
        box_bottom,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
