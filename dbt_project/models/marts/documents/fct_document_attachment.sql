{{
    config(
        materialized='by_document',
        keyed={
            'int_documents__listed': 'document_key',
        },
        indexes=[
            {'columns': ['attachment_key'], 'unique': true},
            {'columns': ['document_key']},
            {'columns': ['agency_code']},
        ]
    )
}}
with entries as (
    select * from {{ ref('int_documents__listed') }}
    where list_name = 'attachment'
)

select
    entry_key as attachment_key,
    document_key,
    document_id,
    agency_code,
    list_position as attachment_position,
    field_value as attachment_title,
    page_number as first_page,
    greatest(page_number, coalesce(
        lead(page_number) over (partition by document_key order by list_position) - 1, page_count
    )) as last_page,
    {{ entry_evidence(has_page=false) }}
from entries
