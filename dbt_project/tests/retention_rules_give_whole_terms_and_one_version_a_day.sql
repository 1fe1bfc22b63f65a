{{ config(meta={'dagster': {'ref': {'name': 'list_retention_rules'}}}) }}
-- A version overlaps another one, ends before it begins, or its kind of term, code, years and trigger do
-- not belong together.
with rules as (
    select * from {{ ref('list_retention_rules') }}
),

periods as (
    select list_maintenance.* from {{ ref('list_maintenance') }} as list_maintenance
),

overlapping as (
    select
        rules.rule_code,
        rules.rule_version
    from rules
    inner join rules as other_versions
        on
            rules.rule_code = other_versions.rule_code
            and rules.rule_version <> other_versions.rule_version
            and daterange(rules.valid_from, rules.valid_to, '[]')
            && daterange(other_versions.valid_from, other_versions.valid_to, '[]')
),

broken as (
    select
        rules.rule_code,
        rules.rule_version
    from rules
    left join periods on rules.maintenance_code = periods.code
    where
        case rules.term_type
            when 'years'
                then
                    coalesce(rules.retention_years <> coalesce(periods.years, rules.retention_years), true)
                    or rules.trigger_code is null or rules.maintenance_code = '01'
            when 'permanent'
                then
                    rules.maintenance_code is distinct from '01'
                    or num_nonnulls(rules.retention_years, rules.trigger_code) > 0
            when 'until_no_longer_in_force'
                then
                    rules.maintenance_code is distinct from '07'
                    or rules.trigger_code is distinct from 'no_longer_in_force'
            when 'life_of_the_work'
                then
                    rules.maintenance_code is distinct from '07'
                    or rules.trigger_code is distinct from 'structure_ended'
            else
                num_nonnulls(rules.maintenance_code, rules.retention_years, rules.trigger_code) > 0
        end
        or (rules.term_type is not null) <> (rules.legal_source is not null)
)

select * from overlapping
union all
select * from broken
