with source as (
    select * from {{ source('raw', 'digitization__documents') }}
),

renamed as (
    select
        file_ordinal,
        lower({{ cleaned('file_sha256') }}) as file_sha256,
        lower({{ cleaned('archive_sha256') }}) as archive_sha256,
        lower({{ cleaned('reading_sha256') }}) as reading_sha256,
        recipe_id,
        lower({{ cleaned('unsigned_sha256') }}) as unsigned_sha256,
        lower({{ cleaned('copy_certificate_sha256') }}) as copy_certificate_sha256,

        outcome,
        {{ cleaned('reason_code') }} as reason_code,
        {{ cleaned('pdfa_pikepdf') }} as pdfa_pikepdf,
        {{ cleaned('pdfa_verapdf') }} as pdfa_verapdf,
        is_text_equal,
        are_images_unchanged,

        page_count,
        word_count,
        text_confidence,
        archive_size_bytes,
        unsigned_size_bytes,
        signature_count,
        is_encrypted,
        is_misnamed,
        producer_type,
        seconds as digitization_seconds,

        digitized_at,
        copy_signed_at,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
