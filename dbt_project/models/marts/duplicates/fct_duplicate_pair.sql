{{
    config(indexes=[
        {'columns': ['pair_key'], 'unique': true},
        {'columns': ['agency_code']},
        {'columns': ['first_document_key']},
        {'columns': ['second_document_key']},
    ])
}}
with pairs as (
    select * from {{ ref('int_duplicates__decided') }}
)

select
    pair_key,
    first_document_key,
    second_document_key,
    agency_code,
    first_agency_code,
    second_agency_code,
    first_box_code,
    second_box_code,
    verdict,
    rule_version,
    decision,
    is_open,
    issuer_agreement,
    number_agreement,
    symbol_agreement,
    date_agreement,
    page_pairs,
    pages_alike,
    pages_compared,
    same_image_pages,
    text_similarity,
    words_compared,
    words_replaced,
    decided_by,
    because,
    compared_at,
    decided_at
from pairs
