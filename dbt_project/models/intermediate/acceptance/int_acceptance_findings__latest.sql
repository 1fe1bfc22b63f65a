with findings as (
    select * from {{ ref('stg_acceptance__findings') }}
),

-- The last word of an inspector holds; words of two inspectors stand beside each other.
ranked as (
    select
        *,
        row_number() over (partition by item_code, inspector order by entry_id desc) as recency
    from findings
)

select
    entry_id,
    item_code,
    inspector,
    verdict,
    defect_code,
    wrong_field_count,
    found_at
from ranked
where recency = 1
