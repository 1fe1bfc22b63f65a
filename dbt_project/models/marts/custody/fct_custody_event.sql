{{
    config(indexes=[
        {'columns': ['event_number'], 'unique': true},
        {'columns': ['agency_code', 'handover_date']},
    ])
}}
with events as (
    select * from {{ ref('int_custody_events__standing') }}
),

moves as (
    select
        event_number,
        count(*) filter (where not is_giver_holder) as broken_count
    from {{ ref('int_custody__followed') }}
    group by event_number
),

agencies as (
    select * from {{ ref('int_agencies__current') }}
),

reasons as (
    select * from {{ ref('list_handover_reasons') }}
),

conditions as (
    select * from {{ ref('list_conditions') }}
)

select
    events.event_number,
    events.giver_agency_code as agency_code,
    events.receiver_agency_code,
    events.supersedes_number,
    events.superseded_by_number,
    events.event_sha256,
    events.list_sha256,

    givers.agency_name,
    receivers.agency_name as receiver_agency_name,

    events.event_state,
    events.reason_code,
    reasons.name as reason_name,
    events.resolution,
    events.condition_code,
    conditions.name as condition_name,
    coalesce(moves.broken_count, 0) > 0 as is_chain_broken,

    events.box_count,
    events.dossier_count,
    events.document_count,
    events.received_document_count,
    events.explained_document_count,
    coalesce(moves.broken_count, 0) as broken_count,

    events.handover_date,
    events.recorded_at
from events
left join moves on events.event_number = moves.event_number
left join agencies as givers on events.giver_agency_code = givers.agency_code
left join agencies as receivers on events.receiver_agency_code = receivers.agency_code
left join reasons on events.reason_code = reasons.code
left join conditions on events.condition_code = conditions.code
