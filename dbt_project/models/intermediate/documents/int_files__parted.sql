{{
    config(
        materialized='by_document',
        key='_batch_id',
        keyed={'stg_digitization__files': '_batch_id', 'stg_digitization__parts': '_batch_id'},
        indexes=[{'columns': ['_batch_id']}]
    )
}}
with files as (
    select * from {{ ref('stg_digitization__files') }}
),

parts as (
    select * from {{ ref('stg_digitization__parts') }}
    where file_ordinal is not null
),

-- A stack that was cut is represented by its parts; one that was not stands for itself.
whole as (
    select
        files.*,
        null::text as stack_sha256,
        null::integer as stack_first_page,
        null::integer as stack_last_page
    from files
    where not exists (
        select 1 from parts
        where parts._batch_id = files._batch_id and parts.stack_ordinal = files.file_ordinal
    )
),

cut as (
    select
        parts.file_ordinal,
        parts.file_sha256,
        files.agency_code,
        files.box_code,
        coalesce(parts.dossier_code, files.dossier_code) as dossier_code,
        files.file_name || '#' || parts.part_number::text as file_name,
        files.bloc,
        parts.media_type,
        files.secrecy,
        files.received_state,
        files.vendor,
        files.scanned_by,
        parts.size_bytes,
        null::integer as declared_pages,
        null::integer as declared_documents,
        files.received_at,
        files._batch_id,
        files._extracted_at,
        parts.stack_sha256,
        parts.first_page as stack_first_page,
        parts.last_page as stack_last_page
    from parts
    inner join files
        on parts._batch_id = files._batch_id and parts.stack_ordinal = files.file_ordinal
),

parted as (
    select
        file_ordinal,
        file_sha256,
        agency_code,
        box_code,
        dossier_code,
        file_name,
        bloc,
        media_type,
        secrecy,
        received_state,
        vendor,
        scanned_by,
        size_bytes,
        declared_pages,
        declared_documents,
        received_at,
        stack_sha256,
        stack_first_page,
        stack_last_page,
        _batch_id,
        _extracted_at
    from whole
    union all
    select
        file_ordinal,
        file_sha256,
        agency_code,
        box_code,
        dossier_code,
        file_name,
        bloc,
        media_type,
        secrecy,
        received_state,
        vendor,
        scanned_by,
        size_bytes,
        declared_pages,
        declared_documents,
        received_at,
        stack_sha256,
        stack_first_page,
        stack_last_page,
        _batch_id,
        _extracted_at
    from cut
)

select * from parted
