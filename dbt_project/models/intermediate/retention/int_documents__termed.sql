-- Whose word on the term holds: a person's, then the agency's register, then the first rule that has one.
with filed as (
    select * from {{ ref('int_documents__filed') }}
),

suggestions as (
    select * from {{ ref('int_suggestions__decided') }}
    where suggestion_type = 'retention'
),

periods as (
    select * from {{ ref('list_maintenance') }}
),

rules as (
    select * from {{ ref('list_retention_rules') }}
),

lines as (
    select * from {{ ref('int_listed_documents__matched') }}
    where listing_state = 'listed_and_scanned'
),

dossiers as (
    select * from {{ ref('stg_filedrop__dossiers') }}
),

decided as (
    select
        document_key,
        'person' as term_source,
        1 as source_rank,
        0::bigint as rank_in_source,
        decided_value as retention_group_code,
        decided_maintenance_code as maintenance_code,
        decided_retention_years as retention_years,
        null::text as open_term_type,
        -- A term of one's own is by no rule.
        case
            when
                status = 'accepted'
                or (
                    coalesce(decided_maintenance_code, '') = coalesce(maintenance_code, '')
                    and coalesce(decided_retention_years, 0) = coalesce(retention_years, 0)
                )
                then rule_code
        end as rule_code,
        null::text as stated_in,
        decided_maintenance_code is not null as is_stated,
        {{ hanoi_date('decided_at') }} as given_date
    from suggestions
    where status in ('accepted', 'replaced')
),

proposed as (
    select
        document_key,
        'rule' as term_source,
        3 as source_rank,
        suggestion_rank as rank_in_source,
        suggested_value as retention_group_code,
        maintenance_code,
        retention_years,
        null::text as open_term_type,
        rule_code,
        null::text as stated_in,
        false as is_stated,
        {{ hanoi_date('suggested_at') }} as given_date
    from suggestions
    where status = 'proposed' and is_open
),

listed as (
    select
        document_key,
        maintenance_code,
        retention_years,
        open_term_type,
        listed_key as stated_in,
        maintenance_code is not null as is_stated,
        _extracted_at
    from lines
    union all
    select
        filed.document_key,
        dossiers.maintenance_code,
        dossiers.retention_years,
        dossiers.open_term_type,
        dossiers.listed_key as stated_in,
        dossiers.maintenance_text is not null as is_stated,
        dossiers._extracted_at
    from filed
    inner join dossiers
        on
            filed.agency_code = dossiers.agency_code
            and {{ dossier_key_name('filed.dossier_key') }}
            = dossiers.agency_code || ':'
            || {{ dossier_name('coalesce(dossiers.dossier_code, dossiers.dossier_number)') }}
),

registered as (
    select
        document_key,
        'register' as term_source,
        2 as source_rank,
        0::bigint as rank_in_source,
        null::text as retention_group_code,
        maintenance_code,
        retention_years,
        open_term_type,
        null::text as rule_code,
        stated_in,
        is_stated,
        {{ hanoi_date('_extracted_at') }} as given_date
    from listed
),

given as (
    select * from decided
    union all
    select * from registered
    union all
    select * from proposed
),

-- The version of a rule that was in force on the day the term was given.
ruled as (
    select
        given.*,
        rules.rule_version,
        rules.legal_source,
        rules.term_type as ruled_term_type,
        rules.trigger_code as ruled_trigger_code,
        coalesce(given.retention_years, periods.years) as years
    from given
    left join periods on given.maintenance_code = periods.code
    left join rules
        on
            given.rule_code = rules.rule_code
            and coalesce(given.given_date >= rules.valid_from, true)
            and coalesce(given.given_date <= rules.valid_to, true)
),

typed as (
    select
        *,
        case
            when maintenance_code = '01' then 'permanent'
            when open_term_type is not null then open_term_type
            when years is not null then 'years'
            when ruled_term_type in ('until_no_longer_in_force', 'life_of_the_work') then ruled_term_type
        end as term_type
    from ruled
),

triggered as (
    select
        *,
        case term_type
            when 'years' then coalesce(ruled_trigger_code, 'work_year_ended')
            when 'until_no_longer_in_force' then 'no_longer_in_force'
            when 'life_of_the_work' then 'structure_ended'
        end as trigger_code
    from typed
    -- What somebody stated and nobody can reckon with is a word all the same: nothing shorter replaces it.
    where term_type is not null or is_stated
),

-- Of what registers say of a document and its dossier the longest term holds: a dossier is kept as long
-- as the most valuable paper in it.
first_of_all as (
    select distinct on (document_key) *
    from triggered
    order by
        document_key asc,
        source_rank asc,
        rank_in_source asc,
        case
            when term_type = 'permanent' then 1
            when term_type is null then 2
            when term_type = 'years' then 4
            else 3
        end asc,
        years desc nulls last,
        stated_in asc
)

select
    filed.document_key,
    filed.agency_code,
    filed.dossier_key,
    first_of_all.term_source,
    coalesce(first_of_all.term_source <> 'rule', false) as is_term_confirmed,
    first_of_all.term_type,
    first_of_all.retention_group_code,
    first_of_all.maintenance_code,
    case when first_of_all.term_type = 'years' then first_of_all.years end as retention_years,
    first_of_all.rule_code,
    first_of_all.rule_version,
    first_of_all.legal_source,
    first_of_all.trigger_code,
    first_of_all.stated_in,
    first_of_all.given_date as term_given_date
from filed
left join first_of_all on filed.document_key = first_of_all.document_key
