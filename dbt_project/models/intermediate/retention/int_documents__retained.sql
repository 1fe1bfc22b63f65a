with terms as (
    select * from {{ ref('int_documents__termed') }}
),

documents as (
    select * from {{ ref('int_documents__latest') }}
),

filed as (
    select * from {{ ref('int_documents__filed') }}
),

ended as (
    select * from {{ ref('int_dossiers__ended') }}
),

said as (
    select * from {{ ref('stg_retention__triggers') }}
),

holds as (
    select * from {{ ref('int_documents__held') }}
),

compared as (
    select * from {{ ref('int_documents__compared') }}
),

-- The last list a document was on.
followed as (
    select distinct on (document_key) *
    from {{ ref('int_disposal_items__followed') }}
    order by document_key asc, list_entry_id desc
),

-- A person's word on the document comes before one on its dossier; the last one on either holds.
told as (
    select distinct on (filed.document_key, said.trigger_code)
        filed.document_key,
        said.trigger_code,
        said.trigger_date
    from said
    inner join filed
        on
            said.subject_type = 'document' and said.subject_key = filed.document_key
            or said.subject_type = 'dossier'
            and {{ dossier_key_name('said.subject_key') }} in (
                {{ dossier_key_name('filed.dossier_key') }}, {{ dossier_key_name('filed.delivered_key') }}
            )
    order by
        filed.document_key asc, said.trigger_code asc, (said.subject_type = 'document') desc,
        said.entry_id desc
),

triggered as (
    select
        terms.*,
        case
            when told.document_key is not null then 'person'
            when terms.trigger_code = 'work_year_ended' and ended.work_ended_year is not null then 'register'
        end as trigger_source,
        case
            when told.document_key is not null
                then case terms.trigger_code
                    when 'work_year_ended'
                        then make_date(date_part('year', told.trigger_date)::integer, 12, 31)
                    else told.trigger_date
                end
            when terms.trigger_code = 'work_year_ended' then make_date(ended.work_ended_year, 12, 31)
        end as trigger_date
    from terms
    left join told
        on terms.document_key = told.document_key and terms.trigger_code = told.trigger_code
    left join ended on terms.dossier_key = ended.dossier_key
),

-- Years run from the first day after the trigger: what ended in 2010 and is kept ten years may go in 2021.
reckoned as (
    select
        *,
        (trigger_date + make_interval(years => coalesce(retention_years, 0)))::date as term_end_date
    from triggered
),

stated as (
    select
        *,
        case
            when term_type is null then 'term_unknown'
            when term_type = 'permanent' then 'permanent'
            when term_end_date is null then 'trigger_unknown'
            when term_end_date < {{ hanoi_date('now()') }} then 'ended'
            else 'running'
        end as retention_state
    from reckoned
),

judged as (
    select
        stated.*,
        documents.document_id,
        documents.dossier_code,
        followed.disposal_state,
        followed.disposal_list_code,
        holds.document_key is not null as is_held,
        coalesce(holds.hold_count, 0) as hold_count,
        holds.hold_entries,
        holds.hold_reason,
        holds.held_by,
        holds.held_since_date,
        -- The first of these is why it is kept; nothing else is asked once one holds.
        case
            when documents.is_disposed then 'disposed'
            when holds.document_key is not null then 'hold'
            when stated.retention_state = 'permanent' then 'permanent'
            when stated.retention_state = 'term_unknown' then 'term_not_known'
            when stated.retention_state = 'trigger_unknown' then 'trigger_not_known'
            when stated.retention_state = 'running' then 'term_running'
            when not stated.is_term_confirmed then 'term_not_confirmed'
            when stated.agency_code is null then 'agency_not_known'
            when compared.is_duplicate_proposed then 'duplicate_open'
            when documents.is_superseded or not documents.is_usable then 'not_in_use'
            when followed.disposal_state in ('proposed', 'approved') then 'disposal_under_way'
            -- The council's word holds until a person gives the term anew.
            when
                followed.disposal_state = 'kept'
                and not coalesce(
                    stated.term_source = 'person'
                    and stated.term_given_date > {{ hanoi_date('followed.decided_at') }}, false
                )
                then 'council_kept'
        end as kept_because_code
    from stated
    inner join documents on stated.document_key = documents.document_key
    inner join compared on stated.document_key = compared.document_key
    left join holds on stated.document_key = holds.document_key
    left join followed on stated.document_key = followed.document_key
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
    term_given_date,
    trigger_code,
    trigger_source,
    trigger_date,
    term_end_date,
    -- A hold beats every schedule: while it lasts no day is told.
    case when not is_held then term_end_date end as kept_until_date,
    retention_state,
    is_held,
    hold_count,
    hold_entries,
    hold_reason,
    held_by,
    held_since_date,
    kept_because_code is null as is_due,
    kept_because_code,
    coalesce(disposal_state, 'none') as disposal_state,
    disposal_list_code
from judged
