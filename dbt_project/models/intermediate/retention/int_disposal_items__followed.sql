with items as (
    select * from {{ ref('stg_disposal__items') }}
),

lists as (
    select * from {{ ref('stg_disposal__lists') }}
),

decisions as (
    select * from {{ ref('stg_disposal__decisions') }}
),

steps as (
    select
        list_code,
        max(step_date) filter (where step = 'executed') as executed_date,
        max(decided_by) filter (where step = 'executed') as executed_by,
        max(step_date) filter (where step = 'verified') as verified_date,
        max(step_date) filter (where step = 'certified') as certified_date,
        max(step_date) filter (where step = 'withdrawn') as withdrawn_date,
        max(certificate_number) as certificate_number
    from {{ ref('stg_disposal__steps') }}
    group by list_code
),

followed as (
    select
        items.list_code || '#' || items.document_key as item_key,
        items.list_code as disposal_list_code,
        items.document_key,
        lists.agency_code,
        items.dossier_code,
        case
            when steps.withdrawn_date is not null then 'withdrawn'
            when decisions.decision is null then 'proposed'
            when decisions.decision = 'kept' then 'kept'
            when steps.certified_date is not null then 'certified'
            when steps.verified_date is not null then 'verified'
            when steps.executed_date is not null then 'executed'
            else 'approved'
        end as disposal_state,
        items.term_source,
        items.term_type,
        items.retention_years,
        items.grounds,
        lists.decided_by as proposed_by,
        decisions.decision_number,
        decisions.council,
        decisions.decided_by,
        decisions.because,
        case when decisions.decision = 'approved' then steps.executed_by end as executed_by,
        case when decisions.decision = 'approved' then steps.certificate_number end as certificate_number,
        items.trigger_date,
        items.term_end_date,
        {{ hanoi_date('lists.recorded_at') }} as proposed_date,
        decisions.decision_date,
        case when decisions.decision = 'approved' then steps.executed_date end as executed_date,
        case when decisions.decision = 'approved' then steps.verified_date end as verified_date,
        case when decisions.decision = 'approved' then steps.certified_date end as certified_date,
        lists.entry_id as list_entry_id,
        decisions.recorded_at as decided_at
    from items
    inner join lists on items.list_code = lists.list_code
    left join decisions
        on items.list_code = decisions.list_code and items.document_key = decisions.document_key
    left join steps on items.list_code = steps.list_code
)

select * from followed
