{{
    config(
        materialized='by_document',
        indexes=[
            {'columns': ['document_key'], 'unique': true},
            {'columns': ['_batch_id']},
            {'columns': ['document_id']},
        ]
    )
}}
with files as (
    select * from {{ ref('int_files__parted') }}
    where file_sha256 is not null
),

superseded as (
    select batch_id from {{ ref('int_batches__versioned') }}
    where superseded_by is not null
),

outcomes as (
    select * from {{ ref('stg_digitization__documents') }}
),

disposed as (
    select * from {{ ref('int_documents__disposed') }}
),

-- A degree that is not known counts as secret; bytes that were once secret stay away for good.
secrets as (
    select file_sha256 from files
    where secrecy <> 'thuong'
    union
    select file_sha256 from outcomes
    where file_sha256 is not null and reason_code = 'state_secret'
    union
    select files.file_sha256 from files
    inner join outcomes
        on files._batch_id = outcomes._batch_id and files.file_ordinal = outcomes.file_ordinal
    where outcomes.reason_code = 'state_secret'
),

deliveries as (
    select
        files.file_sha256 as document_id,
        files.file_ordinal,
        files.agency_code,
        files.box_code,
        files.dossier_code,
        files.file_name,
        files.bloc,
        files.media_type,
        files.secrecy is not null as is_secrecy_stated,
        files.received_state,
        files.size_bytes,
        files.declared_pages,
        files.stack_sha256,
        files.stack_first_page,
        files.stack_last_page,
        superseded.batch_id is not null as is_batch_superseded,
        files.received_at,
        outcomes.archive_sha256,
        outcomes.reading_sha256,
        outcomes.recipe_id,
        outcomes.unsigned_sha256,
        outcomes.copy_certificate_sha256,
        coalesce(outcomes.outcome, 'not_run') as outcome,
        case when outcomes.outcome is null then 'not_run' else outcomes.reason_code end as reason_code,
        outcomes.pdfa_pikepdf,
        outcomes.pdfa_verapdf,
        outcomes.is_text_equal,
        outcomes.are_images_unchanged,
        outcomes.page_count,
        outcomes.word_count,
        outcomes.text_confidence,
        outcomes.archive_size_bytes,
        outcomes.unsigned_size_bytes,
        outcomes.signature_count,
        outcomes.is_encrypted,
        outcomes.is_misnamed,
        outcomes.producer_type,
        outcomes.digitized_at,
        outcomes.copy_signed_at,
        files._batch_id,
        files._extracted_at
    from files
    left join outcomes
        on files._batch_id = outcomes._batch_id and files.file_ordinal = outcomes.file_ordinal
    left join superseded on files._batch_id = superseded.batch_id
    where not exists (
        select 1 from secrets
        where secrets.file_sha256 = files.file_sha256
    )
),

-- A delivery still being digitised does not displace one that has an outcome.
ranked as (
    select
        *,
        row_number() over (
            partition by agency_code, document_id
            order by
                (outcome = 'not_run') asc, is_batch_superseded asc, received_at desc nulls last,
                _extracted_at desc, _batch_id desc, file_ordinal asc
        ) as recency,
        count(*) over (partition by agency_code, document_id) as delivery_count
    from deliveries
),

latest as (
    select
        *,
        coalesce(agency_code, '-') || ':' || document_id as document_key,
        is_batch_superseded
        or num_nulls(agency_code, box_code, dossier_code, file_name) = 0
        and row_number() over (
            partition by agency_code, box_code, dossier_code, file_name
            order by
                is_batch_superseded asc, received_at desc nulls last, _extracted_at desc,
                _batch_id desc, file_ordinal desc
        ) > 1 as is_superseded
    from ranked
    where recency = 1
),

remembered as (
    select
        latest.*,
        disposed.document_key is not null as is_disposed,
        disposed.disposed_date
    from latest
    left join disposed on latest.document_key = disposed.document_key
)

select
    document_key,
    document_id,
    agency_code,
    archive_sha256,
    reading_sha256,
    recipe_id,
    unsigned_sha256,
    copy_certificate_sha256,
    stack_sha256,
    stack_first_page,
    stack_last_page,
    box_code,
    dossier_code,
    file_ordinal,
    file_name,
    bloc,
    media_type,
    received_state,
    outcome,
    reason_code,
    -- What was disposed of is kept as a tombstone: what it was and its digest, nothing of what it said.
    outcome in ('ok', 'degraded') and not is_disposed as is_usable,
    is_disposed,
    disposed_date,
    is_secrecy_stated,
    is_superseded,
    pdfa_pikepdf,
    pdfa_verapdf,
    is_text_equal,
    are_images_unchanged,
    delivery_count,
    declared_pages,
    page_count,
    word_count,
    text_confidence,
    size_bytes,
    archive_size_bytes,
    unsigned_size_bytes,
    signature_count,
    is_encrypted,
    is_misnamed,
    producer_type,
    received_at,
    digitized_at,
    copy_signed_at,
    _batch_id,
    _extracted_at
from remembered
