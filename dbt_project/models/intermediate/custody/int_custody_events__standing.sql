-- Handovers as they stand: what another event took the place of is told apart, not left out.
with events as (
    select * from {{ ref('stg_custody__events') }}
),

explained as (
    select
        event_number,
        sum(explained_document_count)::bigint as explained_document_count
    from {{ ref('stg_custody__items') }}
    group by event_number
),

later as (
    select
        supersedes_number,
        event_number,
        event_type
    from events
    where supersedes_number is not null
)

select
    events.entry_id,
    events.event_number,
    events.supersedes_number,
    events.giver_agency_code,
    events.receiver_agency_code,
    events.event_sha256,
    events.previous_sha256,
    events.list_sha256,
    events.content_sha256,
    events.event_type,
    events.condition_code,
    events.reason_code,
    events.resolution,
    events.decided_by,
    events.because,
    events.box_count,
    events.dossier_count,
    events.document_count,
    events.received_document_count,
    coalesce(explained.explained_document_count, 0) as explained_document_count,
    events.handover_date,
    events.recorded_at,
    later.event_number as superseded_by_number,
    case
        when later.event_type = 'withdrawn' then 'withdrawn'
        when later.event_number is not null then 'corrected'
        else 'standing'
    end as event_state
from events
left join explained on events.event_number = explained.event_number
left join later on events.event_number = later.supersedes_number
where events.event_type = 'handed_over'
