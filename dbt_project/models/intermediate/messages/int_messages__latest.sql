with messages as (
    select * from {{ ref('stg_exchange__messages') }}
),

attachments as (
    select * from {{ ref('stg_exchange__attachments') }}
),

files as (
    select * from {{ ref('stg_digitization__files') }}
),

outcomes as (
    select * from {{ ref('stg_digitization__documents') }}
),

agencies as (
    select * from {{ ref('int_agencies__current') }}
),

-- Bytes that were a state secret here are one there: nothing of such a message goes on.
secrets as (
    select file_sha256 from files
    where secrecy <> 'thuong'
    union
    select file_sha256 from outcomes
    where reason_code = 'state_secret'
),

secret_messages as (
    select distinct attachments.message_id
    from attachments
    inner join secrets on attachments.file_sha256 = secrets.file_sha256
),

ranked as (
    select
        *,
        row_number() over (
            partition by message_id
            order by changed_at desc, _extracted_at desc, _batch_id desc
        ) as recency
    from messages
),

latest as (
    select ranked.*
    from ranked
    left join secret_messages on ranked.message_id = secret_messages.message_id
    where ranked.recency = 1 and secret_messages.message_id is null
),

-- A document sent to many in many messages stays; one taken back or changed later does not.
told as (
    select
        *,
        action_type = 'withdraws'
        or coalesce(
            max(changed_at) filter (where action_type <> 'sends') over (
                partition by sender_code, coalesce(document_ref, message_id)
            ) > changed_at,
            false
        ) as is_overtaken
    from latest
),

named as (
    select
        told.message_id,
        told.document_ref,
        coalesce(senders.agency_code, receivers.agency_code) as agency_code,
        told.sender_code,
        told.receiver_code,
        told.receiver_codes,
        told.code_number,
        told.code_notation,
        told.code_year,
        told.message_sha256,
        coalesce(senders.agency_name, told.sender_name) as issuer_name,
        told.sender_name,
        told.abstract,
        told.signer_name,
        told.signer_title,
        told.issued_place,
        told.action_type,
        told.type_name,
        told.urgency_code,
        told.standard_name,
        told.is_response,
        told.is_overtaken,
        told.page_count,
        told.receiver_count,
        told.attachment_count,
        told.issued_date,
        told.sent_at,
        told.received_at,
        told.changed_at,
        told._batch_id,
        told._extracted_at
    from told
    left join agencies as senders on told.sender_code = senders.agency_code
    left join agencies as receivers on told.receiver_code = receivers.agency_code
)

select * from named
