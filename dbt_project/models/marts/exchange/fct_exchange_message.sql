{{
    config(indexes=[
        {'columns': ['message_id'], 'unique': true},
        {'columns': ['document_key']},
        {'columns': ['agency_code', 'issued_date']},
    ])
}}
with messages as (
    select * from {{ ref('int_messages__latest') }}
),

pairs as (
    select
        message_id,
        min(match_basis) as match_basis,
        bool_or(is_ambiguous) as is_ambiguous,
        max(scan_count) as scan_count,
        -- One file delivered by two agencies is one scan under two keys: the first stands for both.
        min(document_key) filter (where not is_ambiguous) as document_key
    from {{ ref('int_messages__matched') }}
    group by message_id
),

verdicts as (
    select
        message_id,
        count(distinct field_name) filter (where verdict = 'agrees') as agreeing_count,
        count(distinct field_name) filter (where verdict = 'differs') as differing_count
    from {{ ref('int_messages__compared') }}
    group by message_id
)

select
    messages.message_id,
    messages.document_ref,
    messages.agency_code,
    messages.sender_code,
    messages.receiver_code,
    pairs.document_key,
    messages.message_sha256,

    messages.code_number,
    messages.code_notation,
    messages.issuer_name,
    messages.abstract,
    messages.signer_name,
    messages.signer_title,
    messages.issued_place,

    case
        when messages.is_overtaken then 'overtaken'
        when pairs.message_id is null then 'only_there'
        when pairs.is_ambiguous then 'ambiguous'
        when pairs.match_basis = 'candidate' then 'candidate'
        else 'matched'
    end as match_state,
    pairs.match_basis,
    messages.action_type,
    messages.type_name,
    messages.urgency_code,
    messages.standard_name,
    messages.is_response,

    coalesce(pairs.scan_count, 0) as scan_count,
    coalesce(verdicts.agreeing_count, 0) as agreeing_count,
    coalesce(verdicts.differing_count, 0) as differing_count,
    messages.page_count,
    messages.receiver_count,
    messages.attachment_count,

    messages.issued_date,
    messages.sent_at,
    messages.received_at,
    messages.changed_at,
    messages._batch_id,
    messages._extracted_at
from messages
left join pairs on messages.message_id = pairs.message_id
left join verdicts on messages.message_id = verdicts.message_id
