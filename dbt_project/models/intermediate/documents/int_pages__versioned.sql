-- Every delivery of a page that is known: originals are never touched, a new scan stands beside the old one.
with documents as (
    select * from {{ ref('int_documents__latest') }}
),

files as (
    select * from {{ ref('int_files__parted') }}
    where file_sha256 is not null
),

outcomes as (
    select * from {{ ref('stg_digitization__documents') }}
),

pages as (
    select * from {{ ref('stg_digitization__pages') }}
),

-- What is secret is no document, and so has no version either. A file without a place is its own.
deliveries as (
    select
        documents.document_key,
        documents.document_id,
        documents.agency_code,
        case
            when num_nulls(files.agency_code, files.box_code, files.dossier_code, files.file_name) = 0
                then concat_ws('/', files.agency_code, files.box_code, files.dossier_code, files.file_name)
            else documents.document_key
        end as place_key,
        outcomes.recipe_id,
        outcomes.archive_sha256,
        not documents.is_superseded
        and documents._batch_id = files._batch_id
        and documents.file_ordinal = files.file_ordinal as is_current,
        files.received_at,
        outcomes.digitized_at,
        files.file_ordinal,
        files._batch_id,
        files._extracted_at
    from files
    inner join documents
        on
            files.file_sha256 = documents.document_id
            and coalesce(files.agency_code, '') = coalesce(documents.agency_code, '')
    inner join outcomes
        on files._batch_id = outcomes._batch_id and files.file_ordinal = outcomes.file_ordinal
),

versions as (
    select
        deliveries.*,
        pages.page_number,
        pages.image_sha256,
        pages.outcome,
        pages.reason_code,
        pages.word_count,
        pages.text_confidence,
        row_number() over by_time as version_number,
        lag(deliveries.document_id) over by_time as earlier_document_id,
        lag(pages.image_sha256) over by_time as earlier_image_sha256
    from deliveries
    inner join pages
        on deliveries._batch_id = pages._batch_id and deliveries.file_ordinal = pages.file_ordinal
    window by_time as (
        partition by deliveries.place_key, pages.page_number
        order by
            deliveries.received_at asc nulls first, deliveries._extracted_at asc,
            deliveries._batch_id asc, deliveries.file_ordinal asc
    )
)

select
    _batch_id || ':' || file_ordinal::text || '#' || page_number::text as page_version_key,
    place_key || '#' || page_number::text as page_place_key,
    document_key,
    document_id,
    agency_code,
    page_number,
    version_number,
    case
        when version_number = 1 then 'first'
        when earlier_document_id = document_id then 'delivered_again'
        else 'scanned_anew'
    end as version_type,
    is_current,
    image_sha256,
    case when version_number > 1 then image_sha256 = earlier_image_sha256 end as is_picture_same,
    archive_sha256,
    recipe_id,
    outcome,
    reason_code,
    word_count,
    text_confidence,
    received_at,
    digitized_at,
    _batch_id,
    _extracted_at
from versions
