with samples as (
    select * from {{ ref('stg_acceptance__samples') }}
),

known_bad as (
    select * from {{ ref('stg_acceptance__known_bad') }}
),

findings as (
    select * from {{ ref('int_acceptance_findings__latest') }}
),

judged as (
    select
        item_code,
        bool_or(verdict = 'fail') as is_defective,
        count(distinct verdict) > 1 as is_disputed,
        max(wrong_field_count) as wrong_field_count
    from findings
    group by item_code
),

-- Known-bad pages are nobody's documents: they are left out of every count of a batch.
real_items as (
    select
        samples.item_code,
        samples.plan_code,
        samples.document_key,
        samples.agency_code,
        samples.box_code,
        samples.hard_class,
        judged.item_code is not null as is_inspected,
        coalesce(judged.is_defective, false) as is_defective,
        coalesce(judged.is_disputed, false) as is_disputed,
        samples.claim_count,
        coalesce(judged.wrong_field_count, 0) as wrong_field_count
    from samples
    left join judged on samples.item_code = judged.item_code
    where not exists (
        select 1 from known_bad
        where known_bad.item_code = samples.item_code
    )
)

select * from real_items
