with documents as (
    select * from {{ ref('int_documents__latest') }}
    where not is_superseded
),

fields as (
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
