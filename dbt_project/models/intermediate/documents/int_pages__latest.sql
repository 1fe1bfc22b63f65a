{{
    config(
        materialized='by_document',
        keyed={
            'int_documents__latest': 'document_key',
            'stg_digitization__pages': '_batch_id',
            'stg_digitization__readings': '_batch_id',
        },
        indexes=[{'columns': ['document_key', 'page_number'], 'unique': true}]
    )
}}
with documents as (
    select * from {{ ref('int_documents__latest') }}
),

pages as (
    select * from {{ ref('stg_digitization__pages') }}
),

readings as (
    select * from {{ ref('stg_digitization__readings') }}
),

-- What must not be used (quarantined, failed) is counted but not read.
latest as (
    select
        documents.document_key,
        documents.document_id,
        documents.agency_code,
        pages.page_number,
        pages.image_sha256,
        case when documents.is_usable then pages.image_phash end as image_phash,
        case when documents.is_usable then pages.page_text end as page_text,
        pages.outcome,
        pages.reason_code,
        pages.width_px,
        pages.height_px,
        pages.dpi,
        pages.rotation_degrees,
        pages.word_count,
        pages.text_confidence,
        pages.is_dpi_estimated,
        pages.picture_width_px,
        pages.picture_height_px,
        pages.text_layer_type,
        pages.rotation_confidence,
        pages.skew_degrees,
        pages.is_damaged,
        pages.is_blank,
        pages.sharpness,
        pages.contrast,
        pages.cut_edges,
        pages.dark_edges,
        readings.doubtful_count,
        readings.asked_count,
        readings.changed_count,
        readings.is_disputed,
        pages._batch_id,
        pages._extracted_at
    from documents
    inner join pages
        on documents._batch_id = pages._batch_id and documents.file_ordinal = pages.file_ordinal
    left join readings
        on
            pages._batch_id = readings._batch_id
            and pages.file_ordinal = readings.file_ordinal
            and pages.page_number = readings.page_number
)

select * from latest
