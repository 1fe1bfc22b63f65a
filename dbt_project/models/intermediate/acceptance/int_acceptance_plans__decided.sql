with plans as (
    select * from {{ ref('stg_acceptance__plans') }}
),

decisions as (
    select * from {{ ref('stg_acceptance__decisions') }}
),

ranked as (
    select
        *,
        row_number() over (partition by plan_code order by entry_id desc) as recency
    from decisions
),

placed as (
    select
        *,
        row_number() over (partition by delivery_name, vendor order by entry_id asc) = 1
            as is_first_check
    from plans
),

decided as (
    select
        placed.plan_code,
        placed.batch_id,
        placed.delivery_name,
        placed.vendor,
        placed.attempt,
        placed.unit,
        placed.inspection,
        placed.inspection_level,
        placed.aql_percent,
        placed.code_letter,
        placed.owner,
        placed.lot_count,
        placed.sample_count,
        placed.accept_number,
        placed.reject_number,
        placed.known_bad_count,
        placed.is_first_check,
        ranked.decided_role,
        ranked.inspected_count,
        ranked.defect_count,
        ranked.known_bad_judged_count,
        ranked.known_bad_caught_count,
        ranked.is_valid,
        ranked.is_deviation,
        placed.planned_at,
        ranked.decided_at,
        coalesce(ranked.decision, 'open') as decision,
        case
            when placed.is_first_check and ranked.decision is not null
                then ranked.decision = 'accepted' and not ranked.is_deviation
        end as is_accepted_at_first_check
    from placed
    left join ranked on placed.plan_code = ranked.plan_code and ranked.recency = 1
)

select * from decided
