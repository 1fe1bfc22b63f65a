{{
    config(
        materialized='by_document',
        keyed={
            'int_suggestions__decided': 'document_key',
        },
        indexes=[
            {'columns': ['suggestion_key'], 'unique': true},
            {'columns': ['agency_code']},
            {'columns': ['document_key']},
        ]
    )
}}
with suggestions as (
    select * from {{ ref('int_suggestions__decided') }}
),

retention_groups as (
    select * from {{ ref('list_retention_groups') }}
),

kinds as (
    select * from {{ ref('list_personal_data_kinds') }}
)

select
    suggestions.suggestion_key,
    suggestions.document_key,
    suggestions.document_id,
    suggestions.agency_code,
    suggestions.suggestion_type,
    suggestions.suggestion_rank,
    suggestions.suggested_value,
    case suggestions.suggestion_type
        when 'retention' then coalesce(retention_groups.name, suggestions.suggested_value)
        when 'personal_data' then coalesce(kinds.name, suggestions.suggested_value)
        else suggestions.suggested_value
    end as suggested_label,
    suggestions.maintenance_code,
    suggestions.retention_years,
    suggestions.status,
    suggestions.is_open,
    suggestions.decided_value,
    suggestions.decided_maintenance_code,
    suggestions.decided_retention_years,
    suggestions.score,
    suggestions.rule_code,
    suggestions.method_version,
    suggestions.occurrence_count,
    suggestions.places,
    suggestions.decided_by,
    suggestions.because,
    suggestions.suggested_at,
    suggestions.decided_at
from suggestions
left join retention_groups on suggestions.suggested_value = retention_groups.code
left join kinds on suggestions.suggested_value = kinds.code
