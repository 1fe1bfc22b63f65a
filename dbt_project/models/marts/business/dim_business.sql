{{ config(indexes=[{'columns': ['tax_code'], 'unique': true}, {'columns': ['agency_code']}]) }}
with enterprises as (
    select * from {{ ref('int_enterprises__latest') }}
    where not is_deleted
)

select
    tax_code,
    agency_code,
    commune_code,
    enterprise_name,
    representative_name,
    enterprise_address,
    enterprise_type,
    enterprise_status,
    founded_date,
    changed_at,
    _batch_id,
    _extracted_at
from enterprises
