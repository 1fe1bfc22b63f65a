-- Who holds the work and papers of an agency, on which days and by which knowledge.
with recursive versions as (
    select * from {{ ref('int_agencies__versioned') }}
),

moments as (
    select
        known_at,
        row_number() over (order by known_at) as moment_number
    from (
        select known_from_at as known_at from versions
        union
        select known_to_at from versions
        where known_to_at is not null
    ) as told
),

known as (
    select
        moments.moment_number,
        versions.agency_code,
        versions.agency_name,
        versions.successor_code,
        versions.change_type,
        versions.valid_from_date,
        versions.valid_to_date
    from moments
    inner join versions
        on
            moments.known_at >= versions.known_from_at
            and (versions.known_to_at is null or moments.known_at < versions.known_to_at)
),

ends as (
    select distinct on (moment_number, agency_code) *
    from known
    order by moment_number asc, agency_code asc, valid_from_date desc nulls last
),

-- From heir to heir: each is one from the day after its predecessor's last. Nobody is named twice.
successions as (
    select
        moment_number,
        agency_code,
        agency_code as holder_code,
        null::date as holds_from_date,
        array[agency_code] as trail
    from ends
    union all
    select
        successions.moment_number,
        successions.agency_code,
        ends.successor_code as holder_code,
        greatest(successions.holds_from_date, ends.valid_to_date + 1) as holds_from_date,
        successions.trail || ends.successor_code as trail
    from successions
    inner join ends
        on successions.moment_number = ends.moment_number and successions.holder_code = ends.agency_code
    where ends.valid_to_date is not null and ends.successor_code <> all(successions.trail)
),

in_office as (
    select
        successions.moment_number,
        successions.agency_code,
        known.agency_code as holder_agency_code,
        known.agency_name as holder_agency_name,
        case cardinality(successions.trail) when 1 then 'itself' else 'heir' end as holder_state,
        greatest(known.valid_from_date, successions.holds_from_date) as valid_from_date,
        known.valid_to_date
    from successions
    inner join known
        on successions.moment_number = known.moment_number and successions.holder_code = known.agency_code
    where
        known.valid_to_date is null
        or successions.holds_from_date is null
        or known.valid_to_date >= successions.holds_from_date
),

-- Where the file names nobody who took over, or leads in a circle, nobody is made the holder.
ownerless as (
    select
        successions.moment_number,
        successions.agency_code,
        null::text as holder_agency_code,
        null::text as holder_agency_name,
        case ends.change_type when 'split' then 'ambiguous' else 'undecided' end as holder_state,
        greatest(successions.holds_from_date, ends.valid_to_date + 1) as valid_from_date,
        null::date as valid_to_date
    from successions
    inner join ends
        on successions.moment_number = ends.moment_number and successions.holder_code = ends.agency_code
    where
        ends.valid_to_date is not null
        and (ends.successor_code is null or ends.successor_code = any(successions.trail))
),

unlisted as (
    select
        successions.moment_number,
        successions.agency_code,
        successions.holder_code as holder_agency_code,
        null::text as holder_agency_name,
        'heir_unlisted' as holder_state,
        successions.holds_from_date as valid_from_date,
        null::date as valid_to_date
    from successions
    left join ends
        on successions.moment_number = ends.moment_number and successions.holder_code = ends.agency_code
    where ends.agency_code is null
),

spans as (
    select * from in_office
    union all
    select * from ownerless
    union all
    select * from unlisted
),

numbered as (
    select
        *,
        moment_number - row_number() over (
            partition by
                agency_code, holder_agency_code, holder_agency_name, holder_state, valid_from_date,
                valid_to_date
            order by moment_number
        ) as island
    from spans
),

held as (
    select
        agency_code,
        holder_agency_code,
        holder_agency_name,
        holder_state,
        valid_from_date,
        valid_to_date,
        min(moment_number) as first_moment,
        max(moment_number) as last_moment
    from numbered
    group by
        agency_code, holder_agency_code, holder_agency_name, holder_state, valid_from_date,
        valid_to_date, island
)

select
    {{ bitemporal_key('held.agency_code', 'held.valid_from_date', 'began.known_at') }} as holder_key,
    held.agency_code,
    held.holder_agency_code,
    held.holder_agency_name,
    held.holder_state,
    held.valid_from_date,
    held.valid_to_date,
    began.known_at as known_from_at,
    ended.known_at as known_to_at
from held
inner join moments as began on held.first_moment = began.moment_number
left join moments as ended on held.last_moment + 1 = ended.moment_number
