{{ config(indexes=[{'columns': ['agency_code']}]) }}
with plans as (
    select * from {{ ref('int_acceptance_plans__decided') }}
),

agencies as (
    select * from {{ ref('int_acceptance_agencies__counted') }}
),

dated as (
    select
        plans.vendor,
        agencies.agency_code,
        date_trunc('month', plans.planned_at at time zone 'Asia/Ho_Chi_Minh')::date as month_date,
        plans.decision,
        plans.is_deviation,
        plans.is_first_check,
        plans.is_accepted_at_first_check,
        plans.is_valid is not false as is_counted,
        agencies.agency_inspected_count,
        agencies.agency_defect_count,
        agencies.checked_field_count,
        agencies.wrong_field_count
    from plans
    inner join agencies on plans.plan_code = agencies.plan_code
),

-- An inspection that missed the known-bad pages says nothing about the vendor's work.
counted as (
    select
        vendor,
        agency_code,
        month_date,
        count(*)::integer as plan_count,
        (count(*) filter (where decision in ('accepted', 'refused')))::integer as decided_count,
        (count(*) filter (where is_deviation))::integer as deviation_count,
        (count(*) filter (where is_first_check and decision <> 'open'))::integer
            as first_check_count,
        (count(*) filter (where is_accepted_at_first_check))::integer
            as accepted_at_first_check_count,
        (coalesce(sum(agency_inspected_count) filter (where is_counted), 0))::integer
            as inspected_count,
        (coalesce(sum(agency_defect_count) filter (where is_counted), 0))::integer as defect_count,
        (coalesce(sum(checked_field_count) filter (where is_counted), 0))::integer
            as checked_field_count,
        (coalesce(sum(wrong_field_count) filter (where is_counted), 0))::integer
            as wrong_field_count
    from dated
    group by vendor, agency_code, month_date
)

select
    vendor || ':' || coalesce(agency_code, '-') || ':' || month_date::text as vendor_acceptance_key,
    vendor,
    agency_code,
    month_date,
    plan_count,
    decided_count,
    deviation_count,
    first_check_count,
    accepted_at_first_check_count,
    {{ share('accepted_at_first_check_count', 'first_check_count') }} as first_check_share,
    {{ wilson_low('accepted_at_first_check_count', 'first_check_count') }} as first_check_share_low,
    {{ wilson_high('accepted_at_first_check_count', 'first_check_count') }}
        as first_check_share_high,
    inspected_count,
    defect_count,
    {{ share('defect_count', 'inspected_count') }} as defect_share,
    {{ wilson_low('defect_count', 'inspected_count') }} as defect_share_low,
    {{ wilson_high('defect_count', 'inspected_count') }} as defect_share_high,
    checked_field_count,
    wrong_field_count,
    {{ share('wrong_field_count', 'checked_field_count') }} as field_error_share,
    {{ wilson_low('wrong_field_count', 'checked_field_count') }} as field_error_share_low,
    {{ wilson_high('wrong_field_count', 'checked_field_count') }} as field_error_share_high
from counted
