{{
    config(
        materialized='by_document',
        keyed={
            'int_documents__listed': 'document_key',
        },
        indexes=[
            {'columns': ['recipient_key'], 'unique': true},
            {'columns': ['document_key']},
            {'columns': ['agency_code']},
        ]
    )
}}
with entries as (
    select * from {{ ref('int_documents__listed') }}
    where list_name in ('addressee', 'recipient')
)

select
    entry_key as recipient_key,
    document_key,
    document_id,
    agency_code,
    list_name as recipient_role,
    list_position as recipient_position,
    field_value as recipient_name,
    case
        when list_name = 'addressee' then 'named'
        when field_value ~* '^lưu\M' then 'file'
        when field_value ~* '^như\M' then 'reference'
        else 'named'
    end as recipient_type,
    {{ entry_evidence() }}
from entries
