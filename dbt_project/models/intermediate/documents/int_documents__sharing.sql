{{ config(materialized='by_document', indexes=[{'columns': ['document_key'], 'unique': true}]) }}
with descriptions as (
    select
        document_key,
        agency_code,
        natural_key
    from {{ ref('int_documents__described') }}
    where natural_key is not null
),

counted as (
    select
        document_key,
        natural_key,
        count(*) over (partition by agency_code, natural_key) as share_count
    from descriptions
)

select
    document_key,
    natural_key
from counted
where share_count > 1
