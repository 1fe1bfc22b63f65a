with plans as (
    select * from {{ ref('stg_acceptance__plans') }}
),

items as (
    select * from {{ ref('int_acceptance_items__judged') }}
),

strata as (
    select
        plans.plan_code,
        stratum.agency_code,
        sum(stratum.lot_count)::integer as agency_lot_count,
        sum(stratum.sample_count)::integer as agency_sample_count
    from plans
    cross join
        lateral jsonb_to_recordset(plans.strata)
            as stratum (agency_code text, lot_count integer, sample_count integer)
    group by plans.plan_code, stratum.agency_code
),

looked_at as (
    select
        plan_code,
        agency_code,
        (count(*) filter (where is_inspected))::integer as agency_inspected_count,
        (count(*) filter (where is_defective))::integer as agency_defect_count,
        (count(*) filter (where is_disputed))::integer as agency_disputed_count,
        (coalesce(sum(claim_count) filter (where is_inspected), 0))::integer as checked_field_count,
        (coalesce(sum(wrong_field_count) filter (where is_inspected), 0))::integer
            as wrong_field_count
    from items
    group by plan_code, agency_code
)

select
    strata.plan_code,
    strata.agency_code,
    strata.agency_lot_count,
    strata.agency_sample_count,
    coalesce(looked_at.agency_inspected_count, 0) as agency_inspected_count,
    coalesce(looked_at.agency_defect_count, 0) as agency_defect_count,
    coalesce(looked_at.agency_disputed_count, 0) as agency_disputed_count,
    coalesce(looked_at.checked_field_count, 0) as checked_field_count,
    coalesce(looked_at.wrong_field_count, 0) as wrong_field_count
from strata
left join looked_at
    on
        strata.plan_code = looked_at.plan_code
        and strata.agency_code is not distinct from looked_at.agency_code
