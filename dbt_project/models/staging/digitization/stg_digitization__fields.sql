with source as (
    select * from {{ source('raw', 'digitization__fields') }}
),

renamed as (
    select
        file_ordinal,
        lower({{ cleaned('file_sha256') }}) as file_sha256,
        field_name,
        page_number,

        {{ cleaned('value') }} as field_value,
        {{ cleaned('text_as_read') }} as text_as_read,
        {{ cleaned('first_reader_text') }} as first_reader_text,
        {{ cleaned('second_reader_text') }} as second_reader_text,

        method,
        method_version,
        is_accepted,
        accepted_from,
        calibration_id,

        box_left,
        box_top,
        box_right,
        box_bottom,
        confidence,
        reading_confidence,
        extraction_confidence,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
