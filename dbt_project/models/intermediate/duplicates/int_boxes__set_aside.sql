with documents as (
    select * from {{ ref('int_documents__latest') }}
),

pages as (
    select * from {{ ref('int_pages__latest') }}
),

compared as (
    select * from {{ ref('int_documents__compared') }}
),

damaged as (
    select
        agency_code,
        box_code,
        'document_refused' as set_aside_type,
        reason_code,
        document_key,
        page_count
    from documents
    where not is_usable and outcome <> 'not_run' and is_disposed is not true
),

damaged_pages as (
    select
        documents.agency_code,
        documents.box_code,
        'page_refused' as set_aside_type,
        pages.reason_code,
        documents.document_key,
        count(*)::integer as page_count
    from pages
    inner join documents on pages.document_key = documents.document_key
    where documents.is_usable and pages.outcome not in ('ok', 'degraded')
    group by documents.agency_code, documents.box_code, pages.reason_code, documents.document_key
),

duplicates as (
    select
        documents.agency_code,
        documents.box_code,
        'duplicate' as set_aside_type,
        'decided_same' as reason_code,
        documents.document_key,
        documents.page_count
    from documents
    inner join compared on documents.document_key = compared.document_key
    where compared.duplicate_of_document_key is not null
),

everything as (
    select * from damaged
    union all
    select * from damaged_pages
    union all
    select * from duplicates
),

counted as (
    select
        agency_code,
        box_code,
        set_aside_type,
        reason_code,
        count(*) as document_count,
        coalesce(sum(page_count), 0) as page_count
    from everything
    group by agency_code, box_code, set_aside_type, reason_code
)

select * from counted
