{{ config(indexes=[{'columns': ['agency_code']}]) }}
with boxes as (
    select * from {{ ref('int_boxes__set_aside') }}
)

select
    concat_ws(
        ':', coalesce(agency_code, '-'), coalesce(box_code, '-'), set_aside_type, coalesce(reason_code, '-')
    ) as set_aside_key,
    agency_code,
    box_code,
    set_aside_type,
    reason_code,
    document_count,
    page_count
from boxes
