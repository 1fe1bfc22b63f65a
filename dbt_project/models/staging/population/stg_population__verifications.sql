with source as (
    select * from {{ source('raw', 'population__verifications') }}
),

renamed as (
    select
        entity,
        entity_key,
        claim_token,
        person_token,
        key_id as token_key_id,
        request_id,

        result as result_type,
        {{ cleaned('differing') }} as differing_fields,
        coalesce(has_successor, false) as has_successor,

        claimed_at,
        verified_at,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
