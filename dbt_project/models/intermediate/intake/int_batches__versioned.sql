with entries as (
    select * from {{ ref('stg_intake__deliveries') }}
),

outcomes as (
    select distinct _batch_id as batch_id from {{ ref('stg_digitization__documents') }}
),

-- A content that came back is the version it came back as.
received as (
    select distinct on (batch_id) *
    from entries
    where event = 'received'
    order by batch_id asc, version desc
),

ended as (
    select distinct on (batch_id) *
    from entries
    where event in ('refused', 'closed', 'left_open')
    order by batch_id asc, entry_id desc
),

seen as (
    select
        batch_id,
        count(*) as seen_count
    from entries
    where event in ('received', 'seen_again')
    group by batch_id
),

-- A version takes its predecessor's place once it has been digitised; a refused one never does.
usable as (
    select
        received.*,
        outcomes.batch_id is not null and coalesce(ended.event, '') <> 'refused' as is_in_use
    from received
    left join outcomes on received.batch_id = outcomes.batch_id
    left join ended on received.batch_id = ended.batch_id
),

ranked as (
    select
        *,
        first_value(batch_id) over (
            partition by delivery_name, agency_code order by is_in_use desc, version desc
        ) as latest_batch_id,
        first_value(version) over (
            partition by delivery_name, agency_code order by is_in_use desc, version desc
        ) as latest_version
    from usable
),

versioned as (
    select
        ranked.batch_id,
        ranked.agency_code,
        ranked.superseded_batch_id,
        case
            when ranked.is_in_use and ranked.version < ranked.latest_version
                then ranked.latest_batch_id
        end as superseded_by,
        ranked.delivery_name,
        ranked.delivery_form,
        coalesce(ended.event, 'received') as state,
        ended.reason_code,
        ranked.is_in_use and ranked.batch_id = ranked.latest_batch_id as is_latest,
        ranked.version,
        seen.seen_count,
        ended.open_box_count,
        ranked.delivered_at,
        ranked.recorded_at as registered_at,
        ended.recorded_at as ended_at
    from ranked
    inner join seen on ranked.batch_id = seen.batch_id
    left join ended on ranked.batch_id = ended.batch_id
)

select * from versioned
