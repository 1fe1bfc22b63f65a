{{ config(indexes=[{'columns': ['agency_code']}, {'columns': ['batch_id']}]) }}
with plans as (
    select * from {{ ref('int_acceptance_plans__decided') }}
),

agencies as (
    select * from {{ ref('int_acceptance_agencies__counted') }}
)

select
    plans.plan_code || ':' || coalesce(agencies.agency_code, '-') as acceptance_key,
    plans.plan_code,
    plans.batch_id,
    plans.vendor,
    agencies.agency_code,

    plans.unit,
    plans.inspection,
    plans.inspection_level,
    plans.code_letter,
    plans.owner,
    plans.decision,
    plans.decided_role,
    plans.is_valid,
    plans.is_deviation,
    plans.is_first_check,
    plans.is_accepted_at_first_check,

    plans.attempt,
    plans.aql_percent::numeric(6, 3) as aql_percent,
    plans.accept_number,
    plans.reject_number,
    plans.lot_count,
    plans.sample_count,
    plans.inspected_count,
    plans.defect_count,
    plans.known_bad_count,
    plans.known_bad_judged_count,
    plans.known_bad_caught_count,
    agencies.agency_lot_count,
    agencies.agency_sample_count,
    agencies.agency_inspected_count,
    agencies.agency_defect_count,
    agencies.agency_disputed_count,
    agencies.checked_field_count,
    agencies.wrong_field_count,

    plans.planned_at,
    plans.decided_at
from plans
inner join agencies on plans.plan_code = agencies.plan_code
