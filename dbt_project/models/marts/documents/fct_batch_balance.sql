{{ config(indexes=[{'columns': ['agency_code']}]) }}
with batches as (
    select * from {{ ref('int_batches__counted') }}
),

versions as (
    select * from {{ ref('int_batches__versioned') }}
)

select
    batches.batch_id || ':' || coalesce(batches.agency_code, '-') || ':' || coalesce(batches.box_code, '-')
        as balance_key,
    batches.batch_id,
    batches.agency_code,
    batches.box_code,
    batches.declared_count,
    batches.received_count,
    batches.missing_count,
    batches.undeclared_count,
    batches.ok_count,
    batches.degraded_count,
    batches.failed_count,
    batches.quarantined_count,
    batches.not_run_count,
    batches.declared_page_count,
    batches.found_page_count,
    batches.page_difference_count,
    batches.is_closed,
    versions.version,
    coalesce(versions.is_latest, true) as is_latest,
    versions.superseded_by,
    batches.received_at
from batches
left join versions on batches.batch_id = versions.batch_id
