{#- A tsvector holds 1 MB and knows 16,383 places: a longer page is taken in parts that overlap. -#}
{%- set part_length = 60000 -%}
{%- set overlap = 200 -%}
{{
    config(
        materialized='by_document',
        keyed={
            'int_documents__findable': 'document_key',
            'int_pages__latest': 'document_key',
        },
        indexes=[
            {'columns': ['document_key', 'page_number', 'part_number'], 'unique': true},
            {'columns': ['words'], 'type': 'gin'},
        ]
    )
}}
with documents as (
    select document_key from {{ ref('int_documents__findable') }}
),

pages as (
    select * from {{ ref('int_pages__latest') }}
    where page_text is not null
),

parts as (
    select
        pages.document_key,
        pages.agency_code,
        pages.page_number,
        part.ordinal as part_number,
        substring(
            pages.page_text from (part.ordinal - 1) * {{ part_length }} + 1 for {{ part_length + overlap }}
        ) as part_text
    from pages
    inner join documents on pages.document_key = documents.document_key
    cross join
        lateral generate_series(1, (length(pages.page_text) - 1) / {{ part_length }} + 1) as part (ordinal)
    where length(pages.page_text) > 0
)

select
    document_key,
    agency_code,
    page_number,
    part_number,
    search.words(part_text) || search.owned_by(agency_code) as words
from parts
