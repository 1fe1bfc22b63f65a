{{
    config(indexes=[
        {'columns': ['document_key'], 'unique': true},
        {'columns': ['agency_code', 'is_due']},
    ])
}}
with retained as (
    select * from {{ ref('int_documents__retained') }}
),

words as (
    select * from {{ ref('list_retention_words') }}
),

explained as (
    select
        retained.*,
        {{ retention_grounds('english', 'YYYY-MM-DD') }} as grounds,
        {{ retention_grounds('vietnamese', 'DD/MM/YYYY') }} as grounds_vietnamese
    from retained
    left join words as kept_words
        on kept_words.part = 'kept' and coalesce(retained.kept_because_code, 'due') = kept_words.code
    left join words as source_words
        on
            source_words.part = 'source'
            and case when retained.term_type is not null then retained.term_source else 'none' end
            = source_words.code
    left join words as term_words
        on
            term_words.part = 'term'
            and case
                when retained.term_type = 'years' and retained.trigger_code <> 'work_year_ended'
                    then 'years_otherwise'
                else retained.term_type
            end = term_words.code
    left join words as rule_words on rule_words.part = 'rule'
    left join words as trigger_words
        on trigger_words.part = 'trigger' and retained.trigger_code = trigger_words.code
    left join words as unknown_words
        on unknown_words.part = 'trigger_unknown' and retained.trigger_code = unknown_words.code
    left join words as by_words on by_words.part = 'by' and retained.trigger_source = by_words.code
)

select
    document_key,
    document_id,
    agency_code,
    dossier_code,
    dossier_key,

    term_source,
    is_term_confirmed,
    term_type,
    retention_group_code,
    maintenance_code,
    retention_years,
    rule_code,
    rule_version,
    legal_source,
    stated_in,
    trigger_code,
    trigger_source,
    retention_state,
    is_due,
    kept_because_code,
    grounds,
    grounds_vietnamese,

    is_held,
    hold_count,
    hold_entries,
    hold_reason,
    held_by,
    held_since_date,

    term_given_date,
    trigger_date,
    term_end_date,
    kept_until_date,

    disposal_state,
    disposal_list_code
from explained
