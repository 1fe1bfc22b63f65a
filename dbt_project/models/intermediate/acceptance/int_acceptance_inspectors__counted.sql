with findings as (
    select * from {{ ref('int_acceptance_findings__latest') }}
),

samples as (
    select * from {{ ref('stg_acceptance__samples') }}
),

known_bad as (
    select * from {{ ref('stg_acceptance__known_bad') }}
)

select
    samples.plan_code,
    findings.inspector,
    count(*)::integer as judged_count,
    count(known_bad.item_code)::integer as known_bad_judged_count,
    (count(known_bad.item_code) filter (where findings.verdict = 'fail'))::integer
        as known_bad_caught_count
from findings
inner join samples on findings.item_code = samples.item_code
left join known_bad on findings.item_code = known_bad.item_code
group by samples.plan_code, findings.inspector
