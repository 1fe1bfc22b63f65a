-- Each box and dossier: what lists say it holds, what was handed over, received and explained, what is here.
with moves as (
    select * from {{ ref('int_custody__followed') }}
),

dossiers as (
    select * from {{ ref('int_dossiers__gathered') }}
    where dossier_state <> 'none' and agency_code is not null
),

handover_lists as (
    select
        'dossier:' || dossiers.dossier_key as thing_key,
        count(*) filter (where lists.item_type = 'document') as document_count
    from {{ ref('int_handovers__listed') }} as lists
    inner join dossiers
        on
            lists.agency_code = dossiers.agency_code
            and {{ dossier_name('lists.dossier_code') }} = dossiers.dossier_name
    group by dossiers.dossier_key
    union all
    select
        'box:' || agency_code || ':' || box_code as thing_key,
        count(*) filter (where item_type = 'document') as document_count
    from {{ ref('int_handovers__listed') }}
    where box_code is not null
    group by agency_code, box_code
),

-- Boxes as the manifests of their last deliveries declare them.
manifests as (
    select
        counted.agency_code,
        counted.box_code,
        sum(counted.declared_count)::bigint as document_count
    from {{ ref('int_batches__counted') }} as counted
    left join {{ ref('int_batches__versioned') }} as versions
        on counted.batch_id = versions.batch_id
    where
        counted.agency_code is not null and counted.box_code is not null
        and versions.superseded_by is null
    group by counted.agency_code, counted.box_code
),

scanned as (
    select
        'box:' || agency_code || ':' || box_code as thing_key,
        count(*) as document_count,
        count(*) filter (where is_usable) as usable_document_count
    from {{ ref('int_documents__latest') }}
    where not is_superseded and agency_code is not null and box_code is not null
    group by agency_code, box_code
),

things as (
    select
        'dossier:' || dossier_key as thing_key,
        agency_code,
        null::text as box_code,
        dossier_key,
        document_count as scanned_document_count,
        usable_document_count,
        nullif(listed_document_count, 0) as register_count,
        null::bigint as manifest_count
    from dossiers
    union all
    select
        'box:' || manifests.agency_code || ':' || manifests.box_code as thing_key,
        manifests.agency_code,
        manifests.box_code,
        null::text as dossier_key,
        coalesce(scanned.document_count, 0) as scanned_document_count,
        coalesce(scanned.usable_document_count, 0) as usable_document_count,
        null::bigint as register_count,
        nullif(manifests.document_count, 0) as manifest_count
    from manifests
    left join scanned
        on 'box:' || manifests.agency_code || ':' || manifests.box_code = scanned.thing_key
    union all
    -- What was handed over and is in no register and on no scan is there all the same.
    select distinct
        moves.thing_key,
        moves.agency_code,
        case
            when moves.thing_type = 'box' then substring(moves.thing_code from length(moves.agency_code) + 2)
        end as box_code,
        case when moves.thing_type = 'dossier' then moves.thing_code end as dossier_key,
        0 as scanned_document_count,
        0 as usable_document_count,
        null::bigint as register_count,
        null::bigint as manifest_count
    from moves
    left join dossiers
        on moves.thing_type = 'dossier' and moves.thing_code = dossiers.dossier_key
    left join manifests
        on
            moves.thing_type = 'box'
            and moves.thing_code = manifests.agency_code || ':' || manifests.box_code
    where dossiers.dossier_key is null and manifests.agency_code is null
),

counted as (
    select
        thing_key,
        count(*) as handover_count,
        sum(explained_document_count)::bigint as explained_document_count,
        sum(explained_document_count * sign(document_count - received_document_count))::bigint
            as explained_missing_count,
        (array_agg(document_count order by handover_ordinal) filter (where is_counted))[1]
            as first_document_count,
        (array_agg(document_count order by handover_ordinal desc) filter (where is_counted))[1]
            as handed_over_document_count,
        (array_agg(received_document_count order by handover_ordinal desc) filter (where is_counted))[1]
            as received_document_count,
        count(*) filter (where not is_giver_holder) as broken_count,
        min(event_number) filter (where not is_giver_holder) as broken_event_number
    from moves
    group by thing_key
),

last_moves as (
    select
        moves.*,
        reasons.is_loan
    from moves
    inner join {{ ref('list_handover_reasons') }} as reasons on moves.reason_code = reasons.code
    where moves.is_last
),

holders as (
    select * from {{ ref('int_agencies__held') }}
    where
        known_to_at is null
        and coalesce(valid_from_date, '-infinity') <= {{ hanoi_date('now()') }}
        and coalesce(valid_to_date, 'infinity') >= {{ hanoi_date('now()') }}
),

joined as (
    select
        things.thing_key,
        things.agency_code,
        things.box_code,
        things.dossier_key,
        coalesce(last_moves.receiver_agency_code, things.agency_code) as custodian_agency_code,
        last_moves.event_number as last_event_number,
        last_moves.handover_date as last_handover_date,
        last_moves.is_loan,
        last_moves.condition_code,
        coalesce(counted.handover_count, 0) as handover_count,
        coalesce(counted.broken_count, 0) as broken_count,
        counted.broken_event_number,
        coalesce(handover_lists.document_count, things.register_count, things.manifest_count)
            as listed_document_count,
        case
            when handover_lists.document_count is not null then 'handover_list'
            when things.register_count is not null then 'register'
            when things.manifest_count is not null then 'manifest'
            else 'nothing'
        end as listed_by,
        counted.first_document_count,
        counted.handed_over_document_count,
        counted.received_document_count,
        coalesce(counted.explained_document_count, 0) as explained_document_count,
        coalesce(counted.explained_missing_count, 0) as explained_missing_count,
        things.scanned_document_count,
        things.usable_document_count
    from things
    left join counted on things.thing_key = counted.thing_key
    left join last_moves on things.thing_key = last_moves.thing_key
    left join handover_lists on things.thing_key = handover_lists.thing_key
)

select
    joined.thing_key,
    joined.agency_code,
    joined.box_code,
    joined.dossier_key,
    joined.custodian_agency_code,
    holders.holder_agency_code as responsible_agency_code,
    joined.last_event_number,
    joined.last_handover_date,
    joined.condition_code,
    case
        when joined.is_loan then 'on_loan'
        when joined.handover_count > 0 then 'handed_over'
        when coalesce(holders.holder_state, 'nobody') = 'itself' then 'creator'
        else 'not_handed_over'
    end as custody_state,
    joined.handover_count,
    joined.broken_count,
    joined.broken_event_number,
    joined.listed_by,
    joined.listed_document_count,
    joined.handed_over_document_count,
    joined.received_document_count,
    joined.explained_document_count,
    joined.scanned_document_count,
    joined.usable_document_count,
    -- What was listed (else first handed over) and has neither arrived nor been accounted for.
    coalesce(joined.listed_document_count, joined.first_document_count)
    - joined.received_document_count
    - joined.explained_missing_count as unexplained_document_count
from joined
left join holders on joined.custodian_agency_code = holders.agency_code
