{{
    config(
        materialized='by_document',
        keyed={
            'int_pages__latest': 'document_key',
        },
        indexes=[
            {'columns': ['document_key', 'page_number'], 'unique': true},
            {'columns': ['document_id']},
            {'columns': ['agency_code']},
        ]
    )
}}
with pages as (
    select * from {{ ref('int_pages__latest') }}
)

select
    document_key || '#' || page_number::text as page_key,
    document_key,
    document_id,
    agency_code,
    page_number,
    image_sha256,
    image_phash,
    page_text,
    outcome,
    reason_code,
    width_px,
    height_px,
    dpi,
    rotation_degrees,
    word_count,
    text_confidence,
    is_dpi_estimated,
    picture_width_px,
    picture_height_px,
    text_layer_type,
    rotation_confidence,
    skew_degrees,
    is_damaged,
    is_blank,
    sharpness,
    contrast,
    cut_edges,
    dark_edges,
    doubtful_count,
    asked_count,
    changed_count,
    is_disputed,
    _batch_id,
    _extracted_at
from pages
