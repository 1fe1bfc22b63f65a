with source as (
    select * from {{ source('raw', 'digitization__readings') }}
),

renamed as (
    select
        file_ordinal,
        lower({{ cleaned('file_sha256') }}) as file_sha256,
        page_number,

        is_disputed,

        word_count,
        doubtful_count,
        asked_count,
        changed_count,
        text_confidence,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
