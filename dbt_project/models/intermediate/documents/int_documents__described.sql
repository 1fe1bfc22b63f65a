{%- set field_names = ['number', 'date', 'issuer', 'type', 'abstract', 'signer'] -%}
{%- set further_names = [
    'superior', 'place', 'signer_authority', 'signer_title', 'urgency', 'secrecy', 'language'
] -%}
{{
    config(
        materialized='by_document',
        keyed={'int_documents__latest': 'document_key', 'int_fields__bounded': 'document_key'},
        indexes=[{'columns': ['document_key'], 'unique': true}]
    )
}}
with documents as (
    select * from {{ ref('int_documents__latest') }}
),

fields as (
    select * from {{ ref('int_fields__bounded') }}
),

pivoted as (
    select
        _batch_id,
        {% for name in field_names + further_names %}
            max(field_value) filter (where field_name = '{{ name }}') as {{ name }}_value,
            max(confidence) filter (where field_name = '{{ name }}') as {{ name }}_confidence,
            bool_or(is_accepted) filter (where field_name = '{{ name }}') as is_{{ name }}_accepted,
        {% endfor %}
        file_ordinal
    from fields
    group by _batch_id, file_ordinal
),

split as (
    select
        *,
        {{ code_number('number_value') }} as code_number,
        {{ code_notation('number_value') }} as code_notation,
        {{ code_year('number_value') }} as code_year,
        {{ date_precision('date_value') }} as issued_date_precision
    from pivoted
),

dated as (
    select
        *,
        case when issued_date_precision = 'day' then date_value::date end as issued_date,
        case when issued_date_precision is not null then left(date_value, 4)::integer end as issued_year
    from split
),

keyed as (
    select
        *,
        upper(issuer_value) || '|' || code_number || '|' || code_notation || '|'
        || coalesce(code_year, issued_year)::text as natural_key
    from dated
),

described as (
    select
        documents.document_key,
        documents.document_id,
        documents.agency_code,
        keyed.natural_key,
        keyed.code_number,
        keyed.code_notation,
        {{ held_field('keyed', 'number', 'document_number') }},
        keyed.issued_date,
        keyed.issued_date_precision,
        keyed.issued_year,
        {{ held_field('keyed', 'date', 'issued_date_text') }},
        {{ held_field('keyed', 'issuer', 'issuer_name') }},
        {{ held_field('keyed', 'type', 'type_name') }},
        {{ held_field('keyed', 'abstract', 'abstract') }},
        {{ held_field('keyed', 'signer', 'signer_name') }},
        {{ held_field('keyed', 'superior', 'superior_name') }},
        {{ held_field('keyed', 'place', 'issued_place') }},
        {{ authority_code('keyed.signer_authority_value') }} as signer_authority_code,
        {{ held_field('keyed', 'signer_authority', 'signer_authority') }},
        {{ held_field('keyed', 'signer_title', 'signer_title') }},
        {{ held_field('keyed', 'urgency', 'urgency') }},
        keyed.secrecy_value as secrecy_seen,
        {{ held_field('keyed', 'language', 'language_code') }}
    from documents
    left join keyed
        on documents._batch_id = keyed._batch_id and documents.file_ordinal = keyed.file_ordinal
)

select * from described
