{{
    config(
        materialized='by_document',
        indexes=[{'columns': ['document_key']}]
    )
}}
with audits as (
    select * from {{ ref('stg_review__audits') }}
),

-- Blanks and capitals are habits of typing, not readings: 'Nguyễn  Văn A' is 'NGUYỄN VĂN A'.
compared as (
    select
        entry_id as audit_entry_id,
        document_key,
        agency_code,
        field_name,
        keyer_name,
        keyed_at,
        coalesce(lower(regexp_replace(keyed_value, '\s+', ' ', 'g')), '')
        = coalesce(lower(regexp_replace(read_value, '\s+', ' ', 'g')), '') as is_agreed
    from audits
)

select * from compared
