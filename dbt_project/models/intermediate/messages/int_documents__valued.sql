{{
    config(
        materialized='by_document',
        keyed={
            'int_documents__latest': 'document_key',
            'int_documents__pivoted': 'document_key',
        },
        indexes=[{'columns': ['document_key'], 'unique': true}]
    )
}}
with documents as (
    select * from {{ ref('int_documents__latest') }}
    where not is_superseded
),

pivoted as (
    select * from {{ ref('int_documents__pivoted') }}
),

dated as (
    select
        *,
        {{ code_number('number_value') }} as code_number,
        {{ code_notation('number_value') }} as code_notation,
        {{ code_year('number_value') }} as code_year,
        {{ date_precision('date_value') }} as date_precision
    from pivoted
),

valued as (
    select
        documents.document_key,
        documents.document_id,
        documents.agency_code,
        dated.code_number,
        dated.code_notation,
        coalesce(dated.code_year, case
            when dated.date_precision is not null then left(dated.date_value, 4)::integer
        end) as code_year,
        dated.number_value,
        dated.issuer_name,
        dated.type_name,
        dated.abstract,
        dated.signer_name,
        documents.page_count,
        case when dated.date_precision is not null then dated.date_value end as date_value,
        case when dated.date_precision = 'day' then dated.date_value::date end as issued_date,
        documents.is_usable
    from documents
    left join dated on documents.document_key = dated.document_key
)

select * from valued
