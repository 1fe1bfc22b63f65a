{#-
    Persons are tokens here: what changes is which records name them, and what population said of those.
    A token says nothing across keys, so the key is part of who it is.
-#}
{%- set who = "agency_code, token_key_id, person_token" -%}
with claims as (
    select * from {{ ref('int_claims__traced') }}
    where person_token is not null and is_held and (stated_until is null or stated_at < stated_until)
),

steps as (
    select
        *,
        stated_at as happened_at,
        1 as step
    from claims
    union all
    select
        *,
        stated_until as happened_at,
        -1 as step
    from claims
    where stated_until is not null
),

moments as (
    select
        agency_code,
        token_key_id,
        person_token,
        happened_at,
        coalesce(sum(step) filter (where entity = 'land__parcels'), 0) as parcel_step,
        coalesce(sum(step) filter (where entity = 'civil_servants__officials'), 0) as official_step,
        coalesce(sum(step) filter (where state = 'verified'), 0) as verified_step,
        max(verified_at) filter (where step = 1) as verified_at
    from steps
    group by {{ who }}, happened_at
),

counted as (
    select
        agency_code,
        token_key_id,
        person_token,
        happened_at,
        (sum(parcel_step) over history)::integer as parcel_count,
        (sum(official_step) over history)::integer as official_count,
        (sum(verified_step) over history)::integer as verified_count,
        max(verified_at) over history as verified_at
    from moments
    window history as (partition by {{ who }} order by happened_at asc)
),

compared as (
    select
        *,
        lag(array[parcel_count, official_count, verified_count]) over history as counts_before
    from counted
    window history as (partition by {{ who }} order by happened_at asc)
),

spans as (
    select
        *,
        parcel_count + official_count = 0 as is_deleted,
        lead(happened_at) over (partition by {{ who }} order by happened_at asc) as valid_to_at
    from compared
    where counts_before is distinct from array[parcel_count, official_count, verified_count]
),

versioned as (
    select
        concat_ws(
            ':', token_key_id, person_token, coalesce(agency_code, '-'), {{ moment_in_key('happened_at') }}
        ) as version_key,
        person_token,
        token_key_id,
        agency_code,
        parcel_count,
        official_count,
        verified_count,
        is_deleted,
        valid_to_at is null and not is_deleted as is_current,
        verified_at,
        happened_at as valid_from_at,
        valid_to_at
    from spans
)

select * from versioned
