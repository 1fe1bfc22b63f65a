{{
    config(
        materialized='by_document',
        indexes=[{'columns': ['document_key'], 'unique': true}]
    )
}}
with documents as (
    select document_key from {{ ref('int_documents__latest') }}
),

suggestions as (
    select * from {{ ref('int_suggestions__decided') }}
),

kinds as (
    select * from {{ ref('list_personal_data_kinds') }}
),

levels as (
    select * from {{ ref('list_sensitivity_levels') }}
),

-- Found is enough to raise the level; only a person's no lowers it again.
raised as (
    select
        suggestions.document_key,
        max(levels.rank) as rank
    from suggestions
    inner join kinds on suggestions.suggested_value = kinds.code
    inner join levels on kinds.sensitivity_code = levels.code
    where suggestions.suggestion_type = 'personal_data' and suggestions.status <> 'rejected'
    group by suggestions.document_key
),

accepted as (
    select * from suggestions
    where suggestion_type = 'retention' and status in ('accepted', 'replaced')
),

sorted as (
    select
        documents.document_key,
        levels.code as sensitivity_code,
        accepted.decided_value as retention_group_code,
        accepted.decided_maintenance_code as maintenance_code,
        accepted.decided_retention_years as retention_years
    from documents
    left join raised on documents.document_key = raised.document_key
    inner join levels on coalesce(raised.rank, 1) = levels.rank
    left join accepted on documents.document_key = accepted.document_key
)

select * from sorted
