{{ config(severity='warn', meta={'dagster': {'ref': {'name': 'int_links__decided'}}}) }}
-- A document read anew may say a thing in other words, under another key: what a person decided of the old
-- words holds for nothing then, and is to be decided again.
with decisions as (
    select * from {{ ref('stg_linkage__decisions') }}
),

links as (
    select * from {{ ref('int_links__decided') }}
)

select
    decisions.document_key,
    decisions.entity,
    decisions.claim_key,
    max(decisions.entry_id) as entry_id
from decisions
left join links on decisions.claim_key = links.claim_key
where links.claim_key is null
group by decisions.document_key, decisions.entity, decisions.claim_key
