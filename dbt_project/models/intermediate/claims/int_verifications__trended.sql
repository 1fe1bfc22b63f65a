{#- A claim adds one to its state on the day it comes into it, and takes one away when it leaves. -#}
with traced as (
    select * from {{ ref('int_claims__traced') }}
),

first_answers as (
    select
        entity,
        min(verified_at) as first_answered_at
    from traced
    group by entity
    having min(verified_at) is not null
),

-- What happened before population was first asked counts as of that day.
held as (
    select
        traced.*,
        {{ hanoi_date('greatest(traced.stated_at, first_answers.first_answered_at)') }} as begun_date,
        {{ hanoi_date('greatest(traced.stated_until, first_answers.first_answered_at)') }}
            as ended_date
    from traced
    inner join first_answers on traced.entity = first_answers.entity
    where traced.is_held
),

steps as (
    select
        begun_date as trend_date,
        entity,
        commune_code,
        agency_code,
        state,
        1 as step
    from held
    union all
    select
        ended_date as trend_date,
        entity,
        commune_code,
        agency_code,
        state,
        -1 as step
    from held
    where stated_until is not null
),

days as (
    select
        trend_date,
        entity,
        commune_code,
        agency_code,
        state,
        sum(step) as step
    from steps
    group by trend_date, entity, commune_code, agency_code, state
    having sum(step) <> 0
),

trended as (
    select
        trend_date,
        entity,
        commune_code,
        agency_code,
        state,
        (sum(step) over (
            partition by entity, commune_code, agency_code, state
            order by trend_date asc
        ))::bigint as claim_count
    from days
)

select * from trended
