{{ config(indexes=[{'columns': ['batch_id'], 'unique': true}, {'columns': ['agency_code']}]) }}
with batches as (
    select * from {{ ref('int_batches__versioned') }}
)

select
    batch_id,
    agency_code,
    superseded_batch_id,
    superseded_by,
    delivery_name,
    delivery_form,
    state,
    reason_code,
    is_latest,
    version,
    seen_count,
    open_box_count,
    delivered_at,
    registered_at,
    ended_at
from batches
