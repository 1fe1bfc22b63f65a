{{
    config(
        materialized='by_document',
        keyed={'int_fields__decided': 'document_key'},
        indexes=[{'columns': ['document_key'], 'unique': true}]
    )
}}
with fields as (
    select * from {{ ref('int_fields__decided') }}
    where is_usable
),

pivoted as (
    select
        document_key,
        max(field_value) filter (where field_name = 'number') as number_value,
        max(field_value) filter (where field_name = 'date') as date_value,
        max(field_value) filter (where field_name = 'issuer') as issuer_name,
        max(field_value) filter (where field_name = 'type') as type_name,
        max(field_value) filter (where field_name = 'abstract') as abstract,
        max(field_value) filter (where field_name = 'signer') as signer_name
    from fields
    group by document_key
)

select * from pivoted
