with documents as (
    select * from {{ ref('int_documents__latest') }}
),

checks as (
    select * from {{ ref('stg_preservation__fixity_checks') }}
),

-- Files that were refused before they were kept, or are not kept yet, have nothing to prove.
files as (
    select
        document_key,
        document_id,
        agency_code,
        document_id as file_sha256,
        'received' as file_role
    from documents
    where
        outcome <> 'not_run' and coalesce(reason_code, '') not in ('file_missing', 'not_in_manifest')
        and is_disposed is not true
    union all
    select
        document_key,
        document_id,
        agency_code,
        archive_sha256 as file_sha256,
        'archive' as file_role
    from documents
    where archive_sha256 is not null and is_disposed is not true
),

ranked as (
    select
        *,
        row_number() over (partition by file_sha256 order by entry_id desc) as recency,
        max(checked_at) filter (where fixity_result = 'intact') over (partition by file_sha256)
            as last_intact_at
    from checks
),

proved as (
    select
        files.document_key || '#' || files.file_role as file_key,
        files.document_key,
        files.document_id,
        files.agency_code,
        files.file_sha256,
        files.file_role,
        coalesce(latest.fixity_result, 'never_checked') as fixity_result,
        latest.size_bytes,
        latest.checked_at as last_checked_at,
        latest.last_intact_at,
        latest.due_again_at as check_due_at,
        coalesce(latest.fixity_result = 'intact' and latest.due_again_at > now(), false) as is_proved
    from files
    left join ranked as latest
        on files.file_sha256 = latest.file_sha256 and latest.recency = 1
)

select * from proved
