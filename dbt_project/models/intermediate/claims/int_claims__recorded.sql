{#- A record's last state by each time of change, with the claim it makes; numbers and names are here. -#}
with parcels as (
    select
        'land__parcels' as entity,
        parcel_id_land as entity_key,
        commune_code,
        null::text as stated_agency_code,
        holder_person_id as person_id,
        holder_name as person_name,
        null::date as birth_date,
        not is_deleted as is_held,
        changed_at,
        _batch_id,
        _extracted_at
    from {{ ref('stg_land__parcels') }}
),

officials as (
    select
        'civil_servants__officials' as entity,
        official_id_civil_servants as entity_key,
        null::text as commune_code,
        agency_code as stated_agency_code,
        person_id,
        person_name,
        birth_date,
        not is_deleted as is_held,
        changed_at,
        _batch_id,
        _extracted_at
    from {{ ref('stg_civil_servants__officials') }}
),

compared as (
    select
        'land__parcels' as entity,
        parcel_id_land as entity_key,
        observation_type,
        observed_at,
        _batch_id
    from {{ ref('stg_land__parcels_compared') }}
    union all
    select
        'civil_servants__officials' as entity,
        official_id_civil_servants as entity_key,
        observation_type,
        observed_at,
        _batch_id
    from {{ ref('stg_civil_servants__officials_compared') }}
),

agencies as (
    select * from {{ ref('int_agencies__current') }}
),

committees as (
    select * from {{ ref('int_committees__current') }}
),

records as (
    select * from parcels
    union all
    select * from officials
),

-- Pulled again, a state comes again: what was read last counts.
states as (
    select distinct on (entity, entity_key, changed_at) *
    from records
    where entity_key is not null and changed_at is not null
    order by entity asc, entity_key asc, changed_at asc, _extracted_at desc, _batch_id desc
),

latest as (
    select distinct on (entity, entity_key) *
    from states
    order by entity asc, entity_key asc, changed_at desc
),

last_seen as (
    {{ last_seen('compared', ['entity', 'entity_key']) }}
),

withdrawn as (
    select
        latest.entity,
        latest.entity_key,
        latest.commune_code,
        latest.stated_agency_code,
        latest.person_id,
        latest.person_name,
        latest.birth_date,
        false as is_held,
        greatest(last_seen.observed_at, latest.changed_at) as changed_at,
        latest._batch_id,
        latest._extracted_at
    from latest
    inner join last_seen
        on latest.entity = last_seen.entity and latest.entity_key = last_seen.entity_key
    where {{ is_withdrawn('latest') }}
),

all_states as (
    select * from states
    union all
    select * from withdrawn
),

recorded as (
    select
        all_states.entity,
        all_states.entity_key,
        row_number() over (
            partition by all_states.entity, all_states.entity_key
            order by all_states.changed_at asc, all_states.is_held desc
        ) as state_ordinal,
        coalesce(all_states.commune_code, agencies.commune_code) as commune_code,
        coalesce(agencies.current_agency_code, committees.agency_code) as agency_code,
        all_states.person_id,
        all_states.person_name,
        all_states.birth_date,
        all_states.is_held,
        all_states.changed_at
    from all_states
    left join agencies on all_states.stated_agency_code = agencies.agency_code
    left join committees on all_states.commune_code = committees.commune_code
)

select * from recorded
