with source as (
    select
        *,
        upper({{ cleaned('from_code') }}) as sent_from,
        upper({{ cleaned("to_agencies -> 0 ->> 'OrganId'") }}) as sent_to
    from {{ source('raw', 'exchange__messages') }}
),

-- Some systems write number and symbol into one of the two; the whole tells both.
renamed as (
    select
        message_id,
        {{ cleaned('document_ref') }} as document_ref,
        {{ dotted_code('sent_from') }} as sender_code,
        {{ dotted_code('sent_to') }} as receiver_code,
        (
            select coalesce(jsonb_agg({{ dotted_code('receivers.code') }}), '[]')
            from (
                select upper({{ cleaned("listed.receiver ->> 'OrganId'") }}) as code
                from jsonb_array_elements(source.to_agencies) as listed (receiver)
            ) as receivers
            where receivers.code is not null
        ) as receiver_codes,
        coalesce(
            {{ code_number('code_number') }}, {{ code_number('code_notation') }}, {{ cleaned('code_number') }}
        ) as code_number,
        coalesce(
            {{ code_notation('code_notation') }},
            nullif(btrim(normalize(code_notation, nfc), '/- '), ''),
            {{ code_notation('code_number') }}
        ) as code_notation,
        coalesce({{ code_year('code_number') }}, {{ code_year('code_notation') }}) as code_year,
        message_sha256,

        {{ cleaned('from_name') }} as sender_name,
        {{ cleaned('subject') }} as abstract,
        {{ cleaned('signer_name') }} as signer_name,
        {{ cleaned('signer_position') }} as signer_title,
        {{ cleaned('signer_authority') }} as signer_authority,
        {{ cleaned('issued_place') }} as issued_place,

        -- By the standard's list: a new document, or one taken back, changed or replaced.
        case {{ cleaned('action_code') }}
            when '1' then 'withdraws'
            when '2' then 'changes'
            when '3' then 'replaces'
            else 'sends'
        end as action_type,
        {{ cleaned('type_name') }} as type_name,
        {{ cleaned('urgency_code') }} as urgency_code,
        {{ cleaned('standard') }} as standard_name,
        {{ cleaned('axis_status') }} as status_code,

        page_count,
        coalesce(jsonb_array_length(to_agencies), 0) as receiver_count,
        coalesce(attachment_count, 0) as attachment_count,
        responds_to is not null as is_response,

        issued_date,
        due_date,
        (sent_at at time zone 'Asia/Ho_Chi_Minh')::date as sent_date,
        sent_at,
        received_at,
        changed_at,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
