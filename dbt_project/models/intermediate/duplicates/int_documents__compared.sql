{{
    config(
        materialized='by_document',
        indexes=[{'columns': ['document_key'], 'unique': true}]
    )
}}
with documents as (
    select document_key from {{ ref('int_documents__latest') }}
),

-- Pairs of two agencies are left out: a document must not tell what another agency holds.
pairs as (
    select * from {{ ref('int_duplicates__decided') }}
    where agency_code is not null
),

ends as (
    select
        first_document_key as document_key,
        second_document_key as other_document_key,
        first_received_at as received_at,
        second_received_at as other_received_at,
        is_open,
        decision
    from pairs
    union all
    select
        second_document_key as document_key,
        first_document_key as other_document_key,
        second_received_at as received_at,
        first_received_at as other_received_at,
        is_open,
        decision
    from pairs
),

-- Of two that are the same, the one received later is the duplicate.
earlier as (
    select distinct on (document_key)
        document_key,
        other_document_key
    from ends
    where
        decision = 'same'
        and (other_received_at, other_document_key) < (received_at, document_key)
    order by document_key asc, other_received_at asc, other_document_key asc
),

proposed as (
    select distinct document_key from ends
    where is_open
)

select
    documents.document_key,
    proposed.document_key is not null as is_duplicate_proposed,
    earlier.other_document_key as duplicate_of_document_key
from documents
left join proposed on documents.document_key = proposed.document_key
left join earlier on documents.document_key = earlier.document_key
