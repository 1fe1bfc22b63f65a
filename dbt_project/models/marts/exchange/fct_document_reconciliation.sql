{{
    config(indexes=[
        {'columns': ['reconciliation_key'], 'unique': true},
        {'columns': ['document_key']},
        {'columns': ['message_id']},
        {'columns': ['agency_code', 'verdict']},
    ])
}}
with compared as (
    select * from {{ ref('int_messages__compared') }}
),

pairs as (
    select * from {{ ref('int_messages__matched') }}
),

messages as (
    select * from {{ ref('int_messages__latest') }}
),

addressed as (
    select * from {{ ref('int_messages__addressed') }}
),

documents as (
    select * from {{ ref('int_documents__latest') }}
),

fields as (
    select * from {{ ref('int_fields__bounded') }}
),

of_pairs as (
    select
        compared.message_id,
        compared.document_key,
        documents.agency_code,
        compared.field_name,
        compared.value_here,
        compared.value_there,
        compared.verdict,
        compared.is_exact,
        case
            when compared.is_ambiguous then 'ambiguous'
            when compared.match_basis = 'candidate' then 'candidate'
            else 'matched'
        end as match_state,
        compared.match_basis,
        fields.is_accepted,
        fields.decided_by
    from compared
    inner join documents on compared.document_key = documents.document_key
    left join fields
        on compared.document_key = fields.document_key and compared.field_name = fields.field_name
),

-- A side that stands alone is one row: there is nothing to hold its fields against.
only_there as (
    select
        message_id,
        null::text as document_key,
        agency_code,
        'document' as field_name,
        null::text as value_here,
        code_number || coalesce('/' || code_notation, '') as value_there,
        'only_there' as verdict,
        null::boolean as is_exact,
        'only_there' as match_state,
        null::text as match_basis,
        null::boolean as is_accepted,
        null::text as decided_by
    from messages
    where
        not is_overtaken
        and not exists (
            select 1 from pairs
            where pairs.message_id = messages.message_id
        )
),

only_here as (
    select
        null::text as message_id,
        documents.document_key,
        documents.agency_code,
        'document' as field_name,
        number_fields.field_value as value_here,
        null::text as value_there,
        'only_here' as verdict,
        null::boolean as is_exact,
        'only_here' as match_state,
        null::text as match_basis,
        number_fields.is_accepted,
        number_fields.decided_by
    from documents
    left join fields as number_fields
        on
            documents.document_key = number_fields.document_key
            and number_fields.field_name = 'number'
    where
        documents.is_usable
        and not documents.is_superseded
        and not exists (
            select 1 from pairs
            where pairs.document_key = documents.document_key
        )
        -- Of an agency that is not on the axis every document would say so.
        and exists (
            select 1 from addressed
            where addressed.agency_code = documents.agency_code
        )
),

reconciled as (
    select * from of_pairs
    union all
    select * from only_there
    union all
    select * from only_here
)

select
    concat_ws('|', coalesce(message_id, '-'), coalesce(document_key, '-'), field_name)
        as reconciliation_key,
    message_id,
    document_key,
    agency_code,
    field_name,
    value_here,
    value_there,
    verdict,
    is_exact,
    match_state,
    match_basis,
    is_accepted,
    decided_by
from reconciled
