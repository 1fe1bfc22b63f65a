with source as (
    select * from {{ source('raw', 'exchange__attachments') }}
),

renamed as (
    select
        message_id,
        attachment_ordinal,
        file_sha256,
        sent_sha256,

        {{ cleaned('attachment_name') }} as attachment_name,

        {{ cleaned('content_type') }} as media_type,
        coalesce(is_packed, false) as is_packed,

        size_bytes,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
