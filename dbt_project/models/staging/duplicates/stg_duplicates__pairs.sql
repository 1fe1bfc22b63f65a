with source as (
    select * from {{ source('raw', 'duplicates__pairs') }}
),

renamed as (
    select
        lower({{ cleaned('first_document_id') }}) as first_document_id,
        lower({{ cleaned('second_document_id') }}) as second_document_id,

        {{ cleaned('verdict') }} as verdict,
        {{ cleaned('rule_version') }} as rule_version,
        {{ cleaned('issuer_agreement') }} as issuer_agreement,
        {{ cleaned('number_agreement') }} as number_agreement,
        {{ cleaned('symbol_agreement') }} as symbol_agreement,
        {{ cleaned('date_agreement') }} as date_agreement,

        page_pairs,
        pages_alike,
        pages_compared,
        same_image_pages,
        text_similarity,
        words_compared,
        words_replaced,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
