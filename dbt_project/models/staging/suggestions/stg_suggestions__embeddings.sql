with source as (
    select * from {{ source('raw', 'suggestions__embeddings') }}
),

renamed as (
    select
        lower({{ cleaned('document_id') }}) as document_id,

        {{ cleaned('outcome') }} as outcome,
        {{ cleaned('model_name') }} as model_name,
        {{ cleaned('model_version') }} as model_version,

        embedding,
        array_length(embedding, 1) as embedding_length,
        digitized_at,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
