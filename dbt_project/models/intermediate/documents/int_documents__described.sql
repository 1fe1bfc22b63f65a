{%- set field_names = ['number', 'date', 'issuer', 'type', 'abstract', 'signer'] -%}
{%- set further_names = [
    'superior', 'place', 'signer_authority', 'signer_title', 'urgency', 'secrecy', 'language'
] -%}
with documents as (
    select * from {{ ref('int_documents__latest') }}
),

fields as (
    select * from {{ ref('int_fields__decided') }}
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
        keyed.number_value as document_number,
        keyed.code_number,
        keyed.code_notation,
        keyed.number_confidence,
        coalesce(keyed.is_number_accepted, false) as is_number_accepted,
        keyed.issued_date,
        keyed.issued_date_precision,
        keyed.date_value as issued_date_text,
        keyed.issued_year,
        keyed.date_confidence,
        coalesce(keyed.is_date_accepted, false) as is_date_accepted,
        keyed.issuer_value as issuer_name,
        keyed.issuer_confidence,
        coalesce(keyed.is_issuer_accepted, false) as is_issuer_accepted,
        keyed.type_value as type_name,
        keyed.type_confidence,
        coalesce(keyed.is_type_accepted, false) as is_type_accepted,
        keyed.abstract_value as abstract,
        keyed.abstract_confidence,
        coalesce(keyed.is_abstract_accepted, false) as is_abstract_accepted,
        keyed.signer_value as signer_name,
        keyed.signer_confidence,
        coalesce(keyed.is_signer_accepted, false) as is_signer_accepted,
        keyed.superior_value as superior_name,
        keyed.superior_confidence,
        coalesce(keyed.is_superior_accepted, false) as is_superior_accepted,
        keyed.place_value as issued_place,
        keyed.place_confidence,
        coalesce(keyed.is_place_accepted, false) as is_place_accepted,
        keyed.signer_authority_value as signer_authority,
        {{ authority_code('keyed.signer_authority_value') }} as signer_authority_code,
        keyed.signer_authority_confidence,
        coalesce(keyed.is_signer_authority_accepted, false) as is_signer_authority_accepted,
        keyed.signer_title_value as signer_title,
        keyed.signer_title_confidence,
        coalesce(keyed.is_signer_title_accepted, false) as is_signer_title_accepted,
        keyed.urgency_value as urgency,
        keyed.urgency_confidence,
        coalesce(keyed.is_urgency_accepted, false) as is_urgency_accepted,
        keyed.secrecy_value as secrecy_seen,
        keyed.language_value as language_code,
        keyed.language_confidence,
        coalesce(keyed.is_language_accepted, false) as is_language_accepted,
        keyed.natural_key is not null
        and count(*) over (partition by documents.agency_code, keyed.natural_key) > 1
            as is_natural_key_shared
    from documents
    left join keyed
        on documents._batch_id = keyed._batch_id and documents.file_ordinal = keyed.file_ordinal
)

select * from described
