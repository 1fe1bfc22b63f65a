{{
    config(indexes=[
        {'columns': ['page_version_key'], 'unique': true},
        {'columns': ['page_place_key']},
        {'columns': ['document_key']},
        {'columns': ['agency_code']},
    ])
}}
with versions as (
    select * from {{ ref('int_pages__versioned') }}
)

select
    page_version_key,
    page_place_key,
    document_key,
    document_id,
    agency_code,
    archive_sha256,
    page_number,
    version_number,
    version_type,
    is_current,
    image_sha256,
    is_picture_same,
    recipe_id,
    outcome,
    reason_code,
    word_count,
    text_confidence::numeric(6, 5) as text_confidence,
    received_at,
    digitized_at,
    _batch_id,
    _extracted_at
from versions
