with thresholds as (
    select * from {{ ref('int_thresholds__dated') }}
    where is_current
),

stepped as (
    select
        thresholds.field_name,
        (step.told ->> 'from')::numeric as confidence_from,
        lead((step.told ->> 'from')::numeric, 1, 2) over (
            partition by thresholds.field_name order by step.ordinal
        ) as confidence_below,
        (step.told ->> 'share')::numeric as right_share
    from thresholds
    cross join lateral jsonb_array_elements(thresholds.steps) with ordinality as step (told, ordinal)
),

-- What is less sure than anything that people looked at is no surer than the lowest step.
opened as (
    select
        field_name,
        case
            when row_number() over (partition by field_name order by confidence_from asc) = 1 then 0
            else confidence_from
        end as confidence_from,
        confidence_below,
        right_share
    from stepped
)

select * from opened
