{{ config(indexes=[{'columns': ['agency_code']}]) }}
with batches as (
    select * from {{ ref('int_batches__counted') }}
)

select
    batch_id || ':' || coalesce(agency_code, '-') || ':' || coalesce(box_code, '-') as balance_key,
    batch_id,
    agency_code,
    box_code,
    declared_count,
    received_count,
    missing_count,
    undeclared_count,
    ok_count,
    degraded_count,
    failed_count,
    quarantined_count,
    not_run_count,
    is_closed,
    received_at
from batches
