with recursive agencies as (
    select * from {{ ref('stg_catalog__agencies') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by agency_code
            order by
                _extracted_at desc, _batch_id desc,
                coalesce(valid_from_date > {{ hanoi_date('now()') }}, false) asc,
                valid_from_date desc nulls last
        ) as recency
    from agencies
),

latest as (
    select
        *,
        coalesce(valid_from_date <= {{ hanoi_date('now()') }}, true)
        and coalesce(valid_to_date >= {{ hanoi_date('now()') }}, successor_code is null) as is_active
    from ranked
    where recency = 1
),

-- Ten mergers in a row is more than any agency has seen; the limit ends circles.
successions as (
    select
        agency_code,
        agency_code as heir_code,
        is_active as is_heir_active,
        successor_code as next_code,
        0 as steps
    from latest
    union all
    select
        successions.agency_code,
        latest.agency_code as heir_code,
        latest.is_active as is_heir_active,
        latest.successor_code as next_code,
        successions.steps + 1 as steps
    from successions
    inner join latest on successions.next_code = latest.agency_code
    where not successions.is_heir_active and successions.steps < 10
),

heirs as (
    select
        agency_code,
        min(heir_code) as current_agency_code
    from successions
    where is_heir_active
    group by agency_code
),

current_agencies as (
    select
        latest.agency_code,
        latest.parent_code,
        latest.successor_code,
        heirs.current_agency_code,
        latest.commune_code,
        latest.agency_name,
        latest.bloc,
        latest.agency_level,
        latest.is_active,
        latest.valid_from_date,
        latest.valid_to_date,
        latest._batch_id,
        latest._extracted_at
    from latest
    left join heirs on latest.agency_code = heirs.agency_code
)

select * from current_agencies
