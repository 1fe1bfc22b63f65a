with source as (
    select * from {{ source('raw', 'suggestions__neighbours') }}
),

renamed as (
    select
        lower({{ cleaned('document_id') }}) as document_id,

        {{ cleaned('group_code') }} as group_code,
        {{ cleaned('maintenance_code') }} as maintenance_code,
        {{ cleaned('method_version') }} as method_version,

        retention_years,
        score,
        jsonb_array_length(neighbour_ids) as neighbour_count,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
