{#- Every moment at which a claim could change its state: a record changed, or population answered. -#}
with recorded as (
    select * from {{ ref('int_claims__recorded') }}
),

verifications as (
    select
        *,
        row_number() over (
            partition by entity, entity_key order by verified_at asc, _batch_id asc
        ) as answer_ordinal
    from {{ ref('stg_population__verifications') }}
),

events as (
    select
        entity,
        entity_key,
        changed_at as happened_at,
        true as is_record
    from recorded
    union all
    select
        entity,
        entity_key,
        verified_at as happened_at,
        false as is_record
    from verifications
),

-- How many states and answers there were by then: which ones held at that moment.
counted as (
    select
        entity,
        entity_key,
        happened_at,
        count(*) filter (where is_record) over history as state_ordinal,
        count(*) filter (where not is_record) over history as answer_ordinal,
        row_number() over history as trace_ordinal
    from events
    window history as (
        partition by entity, entity_key
        order by happened_at asc, is_record desc
        rows between unbounded preceding and current row
    )
),

-- An answer speaks of the values that were asked about: those of the record's state at that time.
answered as (
    select
        counted.*,
        states.commune_code,
        states.agency_code,
        states.person_id,
        states.person_name,
        states.is_held,
        verifications.person_token,
        verifications.token_key_id,
        verifications.request_id,
        verifications.result_type,
        verifications.differing_fields,
        verifications.verified_at,
        coalesce(verifications.has_successor, false) as has_successor,
        coalesce(
            asked.is_held
            and coalesce(states.person_id, '') = coalesce(asked.person_id, '')
            and coalesce(states.person_name, '') = coalesce(asked.person_name, '')
            and coalesce(states.birth_date::text, '') = coalesce(asked.birth_date::text, ''),
            false
        ) as is_answered
    from counted
    inner join recorded as states
        on
            counted.entity = states.entity
            and counted.entity_key = states.entity_key
            and counted.state_ordinal = states.state_ordinal
    left join verifications
        on
            counted.entity = verifications.entity
            and counted.entity_key = verifications.entity_key
            and counted.answer_ordinal = verifications.answer_ordinal
    left join recorded as asked
        on
            verifications.entity = asked.entity
            and verifications.entity_key = asked.entity_key
            and verifications.claimed_at = asked.changed_at
            and asked.is_held
),

traced as (
    select
        entity,
        entity_key,
        trace_ordinal,
        commune_code,
        agency_code,
        case when is_answered then person_token end as person_token,
        case when is_answered then token_key_id end as token_key_id,
        case when is_answered then request_id end as request_id,
        {{ claim_state() }} as state,
        {{ claim_reason() }} as reason_code,
        case when is_answered then differing_fields end as differing_fields,
        is_held,
        happened_at as stated_at,
        lead(happened_at) over (
            partition by entity, entity_key order by trace_ordinal asc
        ) as stated_until,
        case when is_answered then verified_at end as verified_at
    from answered
)

select * from traced
