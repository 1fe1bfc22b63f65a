{{
    config(indexes=[
        {'columns': ['thing_key'], 'unique': true},
        {'columns': ['agency_code', 'balance_state']},
    ])
}}
with balanced as (
    select * from {{ ref('int_custody__balanced') }}
),

judged as (
    select
        *,
        case
            when handover_count = 0 then 'not_handed_over'
            when received_document_count is null then 'in_its_box'
            when unexplained_document_count > 0 then 'fewer_received'
            when unexplained_document_count < 0 then 'more_received'
            else 'balanced'
        end as balance_state
    from balanced
)

select
    thing_key,
    agency_code,
    custodian_agency_code,
    responsible_agency_code,
    box_code,
    dossier_key,
    last_event_number,
    broken_event_number,

    custody_state,
    balance_state,
    listed_by,
    condition_code,
    broken_count = 0 as is_chain_whole,
    case balance_state
        when 'not_handed_over' then 'nothing was handed over'
        when 'in_its_box' then 'went with its box: counted there'
        else concat_ws(
            ', ',
            coalesce(listed_document_count::text, 'nothing') || ' listed',
            handed_over_document_count::text || ' handed over',
            received_document_count::text || ' received',
            explained_document_count::text || ' explained'
        ) || ': ' || case balance_state
            when 'fewer_received' then unexplained_document_count::text || ' are missing and not explained'
            when 'more_received' then (-unexplained_document_count)::text || ' are there that nobody listed'
            else 'all accounted for'
        end
    end
    || case
        when broken_count > 0
            then '; handover ' || broken_event_number::text || ' is by one who did not hold it'
        else ''
    end as difference,

    handover_count,
    broken_count,
    listed_document_count,
    handed_over_document_count,
    received_document_count,
    explained_document_count,
    unexplained_document_count,
    scanned_document_count,
    usable_document_count,

    last_handover_date
from judged
