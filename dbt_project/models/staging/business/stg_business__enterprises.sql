with source as (
    select * from {{ source('raw', 'business__enterprises') }}
),

renamed as (
    select
        {{ cleaned('tax_code') }} as tax_code,
        {{ cleaned('commune_code') }} as commune_code,

        {{ cleaned('enterprise_name') }} as enterprise_name,
        {{ cleaned('representative_name') }} as representative_name,
        {{ cleaned('address') }} as enterprise_address,

        {{ cleaned('enterprise_type') }} as enterprise_type,
        {{ cleaned('status') }} as enterprise_status,
        coalesce(is_deleted, false) as is_deleted,

        founded_date,
        changed_at,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
