{{
    config(
        materialized='by_document',
        keyed={
            'int_fields__bounded': 'document_key',
            'int_pages__latest': 'document_key',
        },
        indexes=[
            {'columns': ['field_key'], 'unique': true},
            {'columns': ['document_key']},
            {'columns': ['agency_code', 'review_risk']},
            {'columns': ['review_risk', 'field_key']},
        ]
    )
}}
with fields as (
    select * from {{ ref('int_fields__bounded') }}
    where is_usable
),

steps as (
    select * from {{ ref('int_thresholds__stepped') }}
),

pages as (
    select * from {{ ref('int_pages__latest') }}
)

select
    fields.document_key || '#' || fields.field_name as field_key,
    fields.document_key,
    fields.document_id,
    fields.agency_code,
    fields.archive_sha256,

    fields.field_name,
    fields.field_label,
    fields.field_value,
    fields.read_value,
    fields.text_as_read,
    fields.first_reader_text,
    fields.second_reader_text,
    fields.decided_by,
    fields.reviewer_name,
    fields.verdict,
    fields.because,
    fields.method,
    fields.method_version,

    fields.page_number,
    fields.page_count,
    pages.width_px as page_width_px,
    pages.height_px as page_height_px,
    fields.box_left::numeric(6, 5) as box_left,
    fields.box_top::numeric(6, 5) as box_top,
    fields.box_right::numeric(6, 5) as box_right,
    fields.box_bottom::numeric(6, 5) as box_bottom,

    fields.confidence::numeric(6, 5) as confidence,
    fields.read_confidence::numeric(6, 5) as read_confidence,
    fields.reading_confidence::numeric(6, 5) as reading_confidence,
    fields.extraction_confidence::numeric(6, 5) as extraction_confidence,
    steps.right_share::numeric(6, 5) as right_share,
    fields.is_accepted,
    fields.accepted_from::numeric(6, 5) as accepted_from,
    fields.calibration_id,
    fields.is_disputed,
    fields.contradicted_by,
    -- Two people who read differently come first; then what another source speaks against; then what
    -- is least sure and most used.
    (case
        when fields.is_disputed then 1
        when not fields.is_accepted and fields.contradicted_by is not null then fields.weight
        when not fields.is_accepted
            then nullif(fields.weight, 0) * (1 - coalesce(steps.right_share, fields.read_confidence, 0))
    end)::numeric(6, 5) as review_risk,
    fields.correction_entry_id,

    fields.decided_at,
    fields._batch_id,
    fields._extracted_at
from fields
left join pages
    on fields.document_key = pages.document_key and fields.page_number = pages.page_number
left join steps
    on
        regexp_replace(fields.field_name, '_[0-9]+$', '') = steps.field_name
        and fields.read_confidence >= steps.confidence_from
        and fields.read_confidence < steps.confidence_below
        -- A model's confidence is a convention, and nobody's words were weighed for it.
        and fields.method not like 'model:%'
