-- From hand to hand: each box and dossier through the handovers that moved it, in their order.
with events as (
    select * from {{ ref('int_custody_events__standing') }}
    where event_state = 'standing'
),

dossiers as (
    select * from {{ ref('int_dossiers__gathered') }}
    where dossier_state <> 'none'
),

items as (
    select
        items.event_number,
        items.agency_code,
        items.box_code,
        items.document_count,
        items.received_document_count,
        items.explained_document_count,
        case
            when items.dossier_code is not null
                then coalesce(dossiers.dossier_key, items.agency_code || ':' || items.dossier_code)
        end as dossier_key
    from {{ ref('stg_custody__items') }} as items
    left join dossiers
        on
            items.agency_code = dossiers.agency_code
            and {{ dossier_name('items.dossier_code') }} = dossiers.dossier_name
),

-- What lies in a box goes with it.
boxed as (
    select distinct
        shelved.agency_code,
        documents.box_code,
        shelved.dossier_key
    from {{ ref('int_documents__shelved') }} as shelved
    inner join {{ ref('int_documents__latest') }} as documents
        on shelved.document_key = documents.document_key
    where shelved.is_in_dossier and documents.box_code is not null and not documents.is_superseded
    union
    select
        agency_code,
        box_code,
        dossier_key
    from items
    where dossier_key is not null and box_code is not null
    union
    select
        dossiers.agency_code,
        entries.box_code,
        dossiers.dossier_key
    from {{ ref('stg_filedrop__dossiers') }} as entries
    inner join dossiers
        on
            entries.agency_code = dossiers.agency_code
            and {{ dossier_name('coalesce(entries.dossier_code, entries.dossier_number)') }}
            = dossiers.dossier_name
    where entries.box_code is not null
),

moved as (
    select
        'dossier' as thing_type,
        dossier_key as thing_code,
        agency_code,
        event_number,
        true as is_counted,
        document_count,
        received_document_count,
        explained_document_count
    from items
    where dossier_key is not null
    union all
    select
        'box' as thing_type,
        agency_code || ':' || box_code as thing_code,
        agency_code,
        event_number,
        true as is_counted,
        document_count,
        received_document_count,
        explained_document_count
    from items
    where dossier_key is null
    union all
    select
        'dossier' as thing_type,
        boxed.dossier_key as thing_code,
        items.agency_code,
        items.event_number,
        false as is_counted,
        null::integer as document_count,
        null::integer as received_document_count,
        null::integer as explained_document_count
    from items
    inner join boxed
        on items.agency_code = boxed.agency_code and items.box_code = boxed.box_code
    where items.dossier_key is null
),

-- A dossier in two boxes that go together goes once.
once as (
    select distinct on (thing_type, thing_code, event_number) *
    from moved
    order by thing_type asc, thing_code asc, event_number asc, is_counted desc
),

followed as (
    select
        once.*,
        events.giver_agency_code,
        events.receiver_agency_code,
        events.reason_code,
        events.condition_code,
        events.handover_date,
        coalesce(
            lag(events.receiver_agency_code) over hand_to_hand, once.agency_code
        ) as holder_before_agency_code,
        row_number() over hand_to_hand as handover_ordinal,
        lead(once.event_number) over hand_to_hand is null as is_last
    from once
    inner join events on once.event_number = events.event_number
    window hand_to_hand as (
        partition by once.thing_type, once.thing_code
        order by events.handover_date, once.event_number
    )
)

select
    followed.thing_type || ':' || followed.thing_code as thing_key,
    followed.thing_type || ':' || followed.thing_code || '#' || followed.event_number::text as move_key,
    followed.*,
    -- Who holds by law what the one before held may give it: the heir of an agency that has ended.
    followed.giver_agency_code = followed.holder_before_agency_code
    or exists (
        select 1 from {{ ref('int_agencies__held') }} as holders
        where
            holders.agency_code = followed.holder_before_agency_code
            and holders.holder_agency_code = followed.giver_agency_code
            and holders.known_to_at is null
            and coalesce(holders.valid_from_date, '-infinity') <= followed.handover_date
            and coalesce(holders.valid_to_date, 'infinity') >= followed.handover_date
    ) as is_giver_holder
from followed
