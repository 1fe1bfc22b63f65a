{{
    config(
        materialized='by_document',
        indexes=[{'columns': ['document_key']}]
    )
}}
with keyings as (
    select * from {{ ref('stg_review__keyings') }}
),

corrections as (
    select * from {{ ref('stg_review__corrections') }}
),

-- Blanks and capitals are habits of typing, not readings: 'Nguyễn  Văn A' is 'NGUYỄN VĂN A'.
compared as (
    select
        keyings.entry_id as keying_entry_id,
        keyings.of_entry_id,
        keyings.document_key,
        keyings.agency_code,
        keyings.field_name,
        corrections.reviewer_name,
        keyings.keyer_name,
        keyings.keyed_at,
        coalesce(lower(regexp_replace(keyings.keyed_value, '\s+', ' ', 'g')), '')
        = coalesce(lower(regexp_replace(corrections.new_value, '\s+', ' ', 'g')), '') as is_agreed
    from keyings
    inner join corrections on keyings.of_entry_id = corrections.entry_id
)

select * from compared
