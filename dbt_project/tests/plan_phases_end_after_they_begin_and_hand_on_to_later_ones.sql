{{ config(meta={'dagster': {'ref': {'name': 'list_plan_phases'}}}) }}
with phases as (
    select * from {{ ref('list_plan_phases') }}
)

select phases.code
from phases
left join phases as later_phases on phases.left_over_phase_code = later_phases.code
where
    phases.deadline_date < phases.starts_date
    or later_phases.deadline_date <= phases.deadline_date
