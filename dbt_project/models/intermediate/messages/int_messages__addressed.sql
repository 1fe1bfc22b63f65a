with messages as (
    select * from {{ ref('int_messages__latest') }}
),

agencies as (
    select * from {{ ref('int_agencies__current') }}
),

named as (
    select
        message_id,
        sender_code as agency_code
    from messages
    where sender_code is not null
    union
    select
        messages.message_id,
        receivers.code as agency_code
    from messages
    cross join lateral jsonb_array_elements_text(messages.receiver_codes) as receivers (code)
),

-- What a closed agency sent or was sent is its heir's now.
addressed as (
    select * from named
    union
    select
        named.message_id,
        agencies.current_agency_code as agency_code
    from named
    inner join agencies on named.agency_code = agencies.agency_code
    where agencies.current_agency_code is not null
)

select * from addressed
