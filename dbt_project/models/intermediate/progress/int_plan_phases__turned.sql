-- What one phase leaves over is in the next one from the day after the deadline; the last one keeps it.
with recursive phases as (
    select * from {{ ref('list_plan_phases') }}
),

scopes as (
    select * from {{ ref('list_plan_scopes') }}
),

turns as (
    select
        code as plan_phase_code,
        code as phase_code,
        left_over_phase_code,
        '-infinity'::date as after_date,
        deadline_date
    from phases
    union all
    select
        turns.plan_phase_code,
        phases.code as phase_code,
        phases.left_over_phase_code,
        turns.deadline_date as after_date,
        phases.deadline_date
    from turns
    inner join phases
        on turns.left_over_phase_code = phases.code and turns.deadline_date < phases.deadline_date
)

select
    scopes.bloc,
    scopes.agency_level,
    turns.plan_phase_code,
    turns.phase_code,
    turns.after_date,
    case
        when turns.left_over_phase_code is null then 'infinity'::date
        else turns.deadline_date
    end as until_date
from scopes
inner join turns on scopes.phase_code = turns.plan_phase_code
