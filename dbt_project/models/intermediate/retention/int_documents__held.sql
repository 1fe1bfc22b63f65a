with entries as (
    select * from {{ ref('stg_retention__holds') }}
),

filed as (
    select * from {{ ref('int_documents__filed') }}
),

standing as (
    select * from entries
    where
        hold_event = 'held'
        and not exists (
            select 1 from entries as releases
            where releases.of_entry_id = entries.entry_id
        )
),

-- A dossier's hold is one on each of its documents, under whatever name they know it by.
holding as (
    select
        filed.document_key,
        standing.entry_id,
        standing.decided_by,
        standing.because,
        standing.since_date
    from standing
    inner join filed
        on
            standing.subject_type = 'document' and standing.subject_key = filed.document_key
            or standing.subject_type = 'dossier'
            and {{ dossier_key_name('standing.subject_key') }} in (
                {{ dossier_key_name('filed.dossier_key') }}, {{ dossier_key_name('filed.delivered_key') }}
            )
)

select
    document_key,
    count(*) as hold_count,
    string_agg(entry_id::text, ', ' order by entry_id) as hold_entries,
    string_agg(because, '; ' order by entry_id) as hold_reason,
    string_agg(distinct decided_by, '; ') as held_by,
    min(since_date) as held_since_date
from holding
group by document_key
