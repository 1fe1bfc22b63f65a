with source as (
    select * from {{ source('raw', 'suggestions__proposals') }}
),

renamed as (
    select
        lower({{ cleaned('document_id') }}) as document_id,
        {{ cleaned('suggestion_type') }} as suggestion_type,
        suggestion_ordinal,

        {{ cleaned('suggested_value') }} as suggested_value,
        {{ cleaned('maintenance_code') }} as maintenance_code,
        {{ cleaned('rule_code') }} as rule_code,
        {{ cleaned('method_version') }} as method_version,

        retention_years,
        score,
        page_number,
        boxes,
        occurrence_count,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
