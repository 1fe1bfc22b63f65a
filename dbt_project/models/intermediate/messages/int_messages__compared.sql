{{
    config(
        materialized='by_document',
        indexes=[{'columns': ['document_key']}]
    )
}}
with pairs as (
    select * from {{ ref('int_messages__matched') }}
),

messages as (
    select * from {{ ref('int_messages__latest') }}
),

documents as (
    select * from {{ ref('int_documents__valued') }}
),

-- What each side says of each field, as it is shown and as it is compared.
said as (
    select
        pairs.message_id,
        pairs.document_key,
        pairs.match_basis,
        pairs.is_ambiguous,
        pairs.is_matched,
        sides.field_name,
        sides.value_here,
        sides.value_there,
        sides.compared_here,
        sides.compared_there
    from pairs
    inner join messages on pairs.message_id = messages.message_id
    inner join documents on pairs.document_key = documents.document_key
    cross join lateral (
        values
        (
            'number',
            documents.number_value,
            messages.code_number || coalesce('/' || messages.code_notation, ''),
            -- Two numbers are other numbers whatever their symbols; one number needs both symbols to be one.
            ltrim(documents.code_number, '0') || case
                when ltrim(documents.code_number, '0') <> ltrim(messages.code_number, '0') then ''
                else ' ' || {{ plain('documents.code_notation') }}
            end,
            ltrim(messages.code_number, '0') || case
                when ltrim(documents.code_number, '0') <> ltrim(messages.code_number, '0') then ''
                else ' ' || {{ plain('messages.code_notation') }}
            end
        ),
        (
            'date',
            documents.date_value,
            messages.issued_date::text,
            documents.date_value,
            -- A month read without its day agrees with every day of it.
            left(messages.issued_date::text, coalesce(length(documents.date_value), 10))
        ),
        (
            'issuer',
            documents.issuer_name,
            messages.issuer_name,
            {{ plain('documents.issuer_name') }},
            {{ plain('messages.issuer_name') }}
        ),
        (
            'type',
            documents.type_name,
            messages.type_name,
            {{ plain('documents.type_name') }},
            {{ plain('messages.type_name') }}
        ),
        (
            'abstract',
            documents.abstract,
            messages.abstract,
            {{ plain_abstract('documents.abstract') }},
            {{ plain_abstract('messages.abstract') }}
        ),
        (
            'signer',
            documents.signer_name,
            messages.signer_name,
            -- Of several who signed, a message names one.
            case
                when
                    {{ plain('messages.signer_name') }}
                    = any(string_to_array({{ plain('documents.signer_name') }}, '; '))
                    then {{ plain('messages.signer_name') }}
                else {{ plain('documents.signer_name') }}
            end,
            {{ plain('messages.signer_name') }}
        ),
        (
            'pages',
            documents.page_count::text,
            messages.page_count::text,
            documents.page_count::text,
            messages.page_count::text
        )
    ) as sides (field_name, value_here, value_there, compared_here, compared_there)
),

compared as (
    select
        message_id,
        document_key,
        match_basis,
        is_ambiguous,
        is_matched,
        field_name,
        value_here,
        value_there,
        case
            when value_here is null then 'only_there'
            when value_there is null then 'only_here'
            when num_nulls(compared_here, compared_there) > 0 then 'unknown'
            when compared_here = compared_there then 'agrees'
            else 'differs'
        end as verdict,
        value_here = value_there as is_exact
    from said
    where num_nonnulls(value_here, value_there) > 0
)

select * from compared
