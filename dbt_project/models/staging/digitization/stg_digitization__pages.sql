with source as (
    select * from {{ source('raw', 'digitization__pages') }}
),

renamed as (
    select
        file_ordinal,
        page_number,
        lower({{ cleaned('file_sha256') }}) as file_sha256,
        lower({{ cleaned('image_sha256') }}) as image_sha256,
        lower({{ cleaned('image_phash') }}) as image_phash,

        {{ cleaned('page_text') }} as page_text,

        outcome,
        {{ cleaned('reason_code') }} as reason_code,

        width_px,
        height_px,
        dpi,
        rotation_degrees,
        word_count,
        text_confidence,

        is_dpi_estimated,
        picture_width_px,
        picture_height_px,
        text_layer_type,
        rotation_confidence,
        skew_degrees,
        is_damaged,
        is_blank,
        sharpness,
        contrast,
        cut_edges,
        dark_edges,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
