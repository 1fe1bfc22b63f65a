with traced as (
    select * from {{ ref('int_claims__traced') }}
    where stated_until is null and is_held
),

stated as (
    select
        entity || '/' || entity_key as claim_key,
        entity,
        entity_key,
        commune_code,
        agency_code,
        person_token,
        token_key_id,
        request_id,
        state,
        reason_code,
        differing_fields,
        stated_at,
        verified_at
    from traced
)

select * from stated
