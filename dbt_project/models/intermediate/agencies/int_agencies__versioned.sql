with agencies as (
    select * from {{ ref('stg_catalog__agencies') }}
),

-- A landing that leaves an agency out says nothing of it: a file cut off in the middle ends nobody.
landings as (
    select
        agency_code,
        _batch_id,
        max(_extracted_at) as landed_at,
        row_number() over (
            partition by agency_code
            order by max(_extracted_at), _batch_id
        ) as landing_number
    from agencies
    group by agency_code, _batch_id
),

-- What was said again in the next landing of the agency is one and the same knowledge.
said as (
    select
        agencies.*,
        landings.landed_at,
        landings.landing_number,
        landings.landing_number - row_number() over (
            partition by
                agencies.agency_code, agencies.parent_code, agencies.successor_code, agencies.commune_code,
                agencies.agency_name, agencies.bloc, agencies.agency_level, agencies.change_type,
                agencies.resolution, agencies.clause, agencies.valid_from_date, agencies.valid_to_date
            order by landings.landing_number
        ) as island
    from agencies
    inner join landings
        on agencies.agency_code = landings.agency_code and agencies._batch_id = landings._batch_id
),

versions as (
    select
        agency_code,
        parent_code,
        successor_code,
        commune_code,
        agency_name,
        bloc,
        agency_level,
        change_type,
        resolution,
        clause,
        valid_from_date,
        valid_to_date,
        min(landed_at) as known_from_at,
        max(landing_number) as last_landing_number,
        (array_agg(_batch_id order by landing_number))[1] as _batch_id
    from said
    group by
        agency_code, parent_code, successor_code, commune_code, agency_name, bloc, agency_level,
        change_type, resolution, clause, valid_from_date, valid_to_date, island
)

select
    {{ bitemporal_key('versions.agency_code', 'versions.valid_from_date', 'versions.known_from_at') }}
        as version_key,
    versions.agency_code,
    versions.parent_code,
    versions.successor_code,
    versions.commune_code,
    versions.agency_name,
    versions.bloc,
    versions.agency_level,
    versions.change_type,
    versions.resolution,
    versions.clause,
    versions.valid_from_date,
    versions.valid_to_date,
    versions.known_from_at,
    landings.landed_at as known_to_at,
    versions._batch_id,
    versions.known_from_at as _extracted_at
from versions
left join landings
    on
        versions.agency_code = landings.agency_code
        and versions.last_landing_number + 1 = landings.landing_number
