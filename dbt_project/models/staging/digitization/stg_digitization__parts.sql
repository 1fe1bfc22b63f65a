with source as (
    select * from {{ source('raw', 'digitization__parts') }}
),

renamed as (
    select
        stack_ordinal,
        part_number,
        file_ordinal,
        lower({{ cleaned('stack_sha256') }}) as stack_sha256,
        lower({{ cleaned('file_sha256') }}) as file_sha256,
        {{ cleaned('dossier_code') }} as dossier_code,

        lower({{ cleaned('media_type') }}) as media_type,
        {{ cleaned('opened_by') }} as opened_by,

        size_bytes,
        first_page,
        last_page,
        stack_pages,
        separator_pages,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
