-- When what is left of a phase will be in the warehouse, reckoned from its last whole weeks.
with documents as (
    select * from {{ ref('int_documents__progressed') }}
    where plan_phase_code is not null and not is_disposed
),

phases as (
    select * from {{ ref('list_plan_phases') }}
),

quantiles as (
    select * from {{ ref('list_t_quantiles') }}
),

-- Each document for its agency, and once more for the whole phase, which belongs to no agency.
told as (
    select
        'agency' as forecast_scope,
        agency_code,
        plan_phase_code,
        phase_code,
        is_in_warehouse,
        is_duplicate,
        in_warehouse_date
    from documents
    union all
    select
        'phase' as forecast_scope,
        null::text as agency_code,
        plan_phase_code,
        phase_code,
        is_in_warehouse,
        is_duplicate,
        in_warehouse_date
    from documents
),

left_over as (
    select
        forecast_scope,
        agency_code,
        plan_phase_code as phase_code,
        count(*) as left_over_count
    from told
    where phase_code <> plan_phase_code
    group by forecast_scope, agency_code, plan_phase_code
),

-- A confirmed duplicate is no work left; what was refused is.
counted as (
    select
        forecast_scope,
        agency_code,
        phase_code,
        count(*) as known_count,
        count(*) filter (where is_in_warehouse) as in_warehouse_count,
        count(*) filter (where not is_in_warehouse and not is_duplicate) as remaining_count,
        min(in_warehouse_date) as first_date,
        max(in_warehouse_date) as last_date
    from told
    group by forecast_scope, agency_code, phase_code
),

-- A phase of which nothing is known, or all is left over, is a row too.
scopes as (
    select
        forecast_scope,
        agency_code,
        phase_code
    from counted
    union
    select
        forecast_scope,
        agency_code,
        phase_code
    from left_over
    union
    select
        'phase' as forecast_scope,
        null::text as agency_code,
        code as phase_code
    from phases
),

-- Weeks are whole ones, Monday to Sunday, from the one in which the first document arrived.
weeks as (
    select
        counted.forecast_scope,
        counted.agency_code,
        counted.phase_code,
        calendar.week_start::date as week_date
    from counted
    cross join
        lateral generate_series(
            greatest(
                date_trunc('week', counted.first_date::timestamp),
                date_trunc('week', {{ hanoi_date('now()') }}::timestamp)
                - make_interval(weeks => {{ var('forecast_weeks') }})
            ),
            date_trunc('week', {{ hanoi_date('now()') }}::timestamp) - interval '1 week',
            interval '1 week'
        ) as calendar (week_start)
    where counted.first_date is not null
),

arrivals as (
    select
        forecast_scope,
        agency_code,
        phase_code,
        date_trunc('week', in_warehouse_date::timestamp)::date as week_date,
        count(*) as document_count
    from told
    where is_in_warehouse
    group by forecast_scope, agency_code, phase_code, date_trunc('week', in_warehouse_date::timestamp)
),

rates as (
    select
        weeks.forecast_scope,
        weeks.agency_code,
        weeks.phase_code,
        count(*) as week_count,
        avg(coalesce(arrivals.document_count, 0))::double precision as weekly_mean,
        stddev_samp(coalesce(arrivals.document_count, 0))::double precision as weekly_deviation
    from weeks
    left join arrivals
        on
            weeks.forecast_scope = arrivals.forecast_scope
            and coalesce(weeks.agency_code, '') = coalesce(arrivals.agency_code, '')
            and weeks.phase_code = arrivals.phase_code
            and weeks.week_date = arrivals.week_date
    group by weeks.forecast_scope, weeks.agency_code, weeks.phase_code
),

stated as (
    select
        scopes.forecast_scope,
        scopes.agency_code,
        scopes.phase_code,
        phases.name as phase_name,
        coalesce(counted.known_count, 0) as known_count,
        coalesce(counted.in_warehouse_count, 0) as in_warehouse_count,
        coalesce(counted.remaining_count, 0) as remaining_count,
        coalesce(left_over.left_over_count, 0) as left_over_count,
        coalesce(rates.week_count, 0) as week_count,
        rates.weekly_mean,
        rates.weekly_deviation,
        counted.last_date,
        phases.starts_date,
        phases.deadline_date,
        {{ hanoi_date('now()') }} as counted_date,
        case
            when coalesce(counted.remaining_count, 0) = 0
                then case
                    when left_over.left_over_count > 0 then 'left_over'
                    when coalesce(counted.known_count, 0) = 0 then 'nothing_known'
                    else 'finished'
                end
            when coalesce(rates.week_count, 0) < {{ var('forecast_least_weeks') }} then 'too_few_weeks'
            when rates.weekly_mean = 0 then 'no_rate'
            else 'forecast'
        end as forecast_state
    from scopes
    inner join phases on scopes.phase_code = phases.code
    left join counted
        on
            scopes.forecast_scope = counted.forecast_scope
            and coalesce(scopes.agency_code, '') = coalesce(counted.agency_code, '')
            and scopes.phase_code = counted.phase_code
    left join left_over
        on
            scopes.forecast_scope = left_over.forecast_scope
            and coalesce(scopes.agency_code, '') = coalesce(left_over.agency_code, '')
            and scopes.phase_code = left_over.phase_code
    left join rates
        on
            scopes.forecast_scope = rates.forecast_scope
            and coalesce(scopes.agency_code, '') = coalesce(rates.agency_code, '')
            and scopes.phase_code = rates.phase_code
),

-- With n weeks of mean m and deviation s, the next T weeks bring m*T documents, give or take
-- t*s*sqrt(T*T/n + T): a prediction interval, of the weeks seen and of those to come. The interval for T
-- holds every T for which what remains, R, lies inside it, (R - m*T)^2 <= k*(T*T/n + T) with k = (t*s)^2,
-- and ends at the roots of (m*m - k/n)*T*T - (2*R*m + k)*T + R*R = 0.
squared as (
    select
        stated.*,
        power(quantiles.quantile * stated.weekly_deviation, 2)::double precision as spread,
        2 * stated.remaining_count * stated.weekly_mean
        + power(quantiles.quantile * stated.weekly_deviation, 2)::double precision as linear
    from stated
    left join lateral (
        select list_t_quantiles.quantile from quantiles as list_t_quantiles
        where list_t_quantiles.degrees_of_freedom < stated.week_count
        order by list_t_quantiles.degrees_of_freedom desc
        limit 1
    ) as quantiles on stated.forecast_state = 'forecast'
),

rooted as (
    select
        *,
        power(weekly_mean, 2) - spread / week_count as quadratic,
        sqrt(
            4 * remaining_count * weekly_mean * spread + power(spread, 2)
            + 4 * spread * power(remaining_count, 2) / week_count
        ) as discriminant_root
    from squared
    where forecast_state = 'forecast'
),

reckoned as (
    select
        forecast_scope,
        agency_code,
        phase_code,
        ceil(round((7 * remaining_count / weekly_mean)::numeric, 6)) as expected_days,
        ceil(round((7 * 2 * power(remaining_count, 2) / (linear + discriminant_root))::numeric, 6))
            as earliest_days,
        -- Where the spread does not tell the rate from none, no last day can be told.
        case
            when quadratic > 0
                then ceil(round((7 * (linear + discriminant_root) / (2 * quadratic))::numeric, 6))
        end as latest_days
    from rooted
),

-- What lies more than a century ahead is no day.
dated as (
    select
        stated.*,
        case
            when reckoned.expected_days <= 36525
                then stated.counted_date + reckoned.expected_days::integer
        end as expected_end_date,
        case
            when reckoned.earliest_days <= 36525
                then stated.counted_date + reckoned.earliest_days::integer
        end as earliest_end_date,
        case
            when reckoned.latest_days <= 36525
                then stated.counted_date + reckoned.latest_days::integer
        end as latest_end_date
    from stated
    left join reckoned
        on
            stated.forecast_scope = reckoned.forecast_scope
            and coalesce(stated.agency_code, '') = coalesce(reckoned.agency_code, '')
            and stated.phase_code = reckoned.phase_code
)

select
    phase_code || ':' || forecast_scope || ':' || coalesce(agency_code, '-') as forecast_key,
    phase_code,
    agency_code,
    phase_name,
    forecast_scope,
    forecast_state,
    case
        when forecast_state = 'nothing_known' then null
        when forecast_state = 'finished' then last_date > deadline_date
        when forecast_state = 'left_over' or counted_date > deadline_date then true
        when forecast_state = 'forecast' then coalesce(expected_end_date > deadline_date, true)
    end as is_late,
    known_count,
    in_warehouse_count,
    remaining_count,
    left_over_count,
    week_count,
    round(weekly_mean::numeric, 2)::numeric(14, 2) as weekly_mean,
    round(weekly_deviation::numeric, 2)::numeric(14, 2) as weekly_deviation,
    earliest_end_date,
    expected_end_date,
    latest_end_date,
    starts_date,
    deadline_date,
    counted_date
from dated
