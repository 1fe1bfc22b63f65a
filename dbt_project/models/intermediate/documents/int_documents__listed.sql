with documents as (
    select * from {{ ref('int_documents__latest') }}
),

fields as (
    select * from {{ ref('stg_digitization__fields') }}
),

-- What must not be used (quarantined, failed) names nobody. A single signer is a list of one.
entries as (
    select
        documents.document_key,
        documents.document_id,
        documents.agency_code,
        documents.page_count,
        coalesce(fields.list_name, fields.field_name) as list_name,
        coalesce(fields.list_position, 1) as list_position,
        fields.list_name is not null as is_listed,
        bool_or(coalesce(fields.list_name, '') = 'signer')
            over (partition by documents.document_key) as is_joint,
        fields.field_value,
        fields.text_as_read,
        fields.method,
        fields.page_number,
        fields.box_left,
        fields.box_top,
        fields.box_right,
        fields.box_bottom,
        fields.confidence,
        fields.is_accepted,
        fields._batch_id,
        fields._extracted_at
    from documents
    inner join fields
        on
            documents._batch_id = fields._batch_id
            and documents.file_ordinal = fields.file_ordinal
    where
        documents.is_usable
        and (
            fields.list_name is not null
            or fields.field_name in ('signer', 'signer_authority', 'signer_title')
        )
)

select
    document_key || '#' || list_name || '_' || list_position::text as entry_key,
    document_key,
    document_id,
    agency_code,
    page_count,
    list_name,
    list_position,
    field_value,
    text_as_read,
    method,
    page_number,
    box_left,
    box_top,
    box_right,
    box_bottom,
    confidence,
    coalesce(is_accepted, false) as is_accepted,
    _batch_id,
    _extracted_at
from entries
where is_listed or not is_joint
