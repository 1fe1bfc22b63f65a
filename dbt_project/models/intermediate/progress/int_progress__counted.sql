{%- set stages = ['received', 'read', 'described', 'accepted', 'in_warehouse'] -%}
with documents as (
    select * from {{ ref('int_documents__progressed') }}
),

files as (
    select * from {{ ref('int_files__parted') }}
),

outcomes as (
    select * from {{ ref('stg_digitization__documents') }}
),

agencies as (
    select * from {{ ref('int_agencies__current') }}
),

phases as (
    select * from {{ ref('list_plan_phases') }}
),

turns as (
    select * from {{ ref('int_plan_phases__turned') }}
    where {{ hanoi_date('now()') }} > after_date and {{ hanoi_date('now()') }} <= until_date
),

superseded as (
    select batch_id from {{ ref('int_batches__versioned') }}
    where superseded_by is not null
),

-- State secrets are no documents here: of them there is a number and nothing else.
secrets as (
    select
        turns.plan_phase_code,
        turns.phase_code,
        files.agency_code,
        files._batch_id as batch_id,
        files.scanned_by as vendor,
        count(*) as secret_count
    from files
    left join outcomes
        on files._batch_id = outcomes._batch_id and files.file_ordinal = outcomes.file_ordinal
    left join agencies on files.agency_code = agencies.agency_code
    left join turns on agencies.bloc = turns.bloc and agencies.agency_level = turns.agency_level
    where
        files.received_state <> 'missing'
        and (files.secrecy <> 'thuong' or outcomes.reason_code = 'state_secret')
        and files._batch_id not in (select superseded.batch_id from superseded)
    group by
        turns.plan_phase_code, turns.phase_code, files.agency_code, files._batch_id, files.scanned_by
),

counted as (
    select
        plan_phase_code,
        phase_code,
        agency_code,
        batch_id,
        vendor,
        min(acceptance_state) as acceptance_state,
        count(*) filter (where not is_disposed) as known_count,
        coalesce(sum(page_count) filter (where not is_disposed), 0) as known_page_count,
        {% for stage in stages %}
            count(*) filter (where is_{{ stage }}) as {{ stage }}_count,
            coalesce(sum(page_count) filter (where is_{{ stage }}), 0) as {{ stage }}_page_count,
        {% endfor %}
        count(*) filter (where is_listed and not is_disposed) as listed_count,
        count(*) filter (where is_refused or is_duplicate and not is_disposed) as set_aside_count,
        count(*) filter (where is_duplicate and not is_disposed) as duplicate_count,
        count(*) filter (where is_disposed) as disposed_count,
        count(*) filter (where is_permanent is not null and not is_disposed) as term_known_count,
        count(*) filter (where is_permanent and not is_disposed) as permanent_count
    from documents
    group by plan_phase_code, phase_code, agency_code, batch_id, vendor
),

-- Of a batch there may be nothing but secrets.
whole as (
    select
        coalesce(counted.plan_phase_code, secrets.plan_phase_code) as plan_phase_code,
        coalesce(counted.phase_code, secrets.phase_code) as phase_code,
        coalesce(counted.agency_code, secrets.agency_code) as agency_code,
        coalesce(counted.batch_id, secrets.batch_id) as batch_id,
        coalesce(counted.vendor, secrets.vendor) as vendor,
        coalesce(counted.acceptance_state, 'no_plan') as acceptance_state,
        coalesce(counted.known_count, 0)::bigint as known_count,
        coalesce(counted.known_page_count, 0)::bigint as known_page_count,
        {% for stage in stages %}
            coalesce(counted.{{ stage }}_count, 0)::bigint as {{ stage }}_count,
            coalesce(counted.{{ stage }}_page_count, 0)::bigint as {{ stage }}_page_count,
        {% endfor %}
        coalesce(counted.listed_count, 0)::bigint as listed_count,
        coalesce(counted.set_aside_count, 0)::bigint as set_aside_count,
        coalesce(counted.duplicate_count, 0)::bigint as duplicate_count,
        coalesce(secrets.secret_count, 0)::bigint as secret_count,
        coalesce(counted.disposed_count, 0)::bigint as disposed_count,
        coalesce(counted.term_known_count, 0)::bigint as term_known_count,
        coalesce(counted.permanent_count, 0)::bigint as permanent_count
    from counted
    full join secrets
        on
            coalesce(counted.phase_code, '') = coalesce(secrets.phase_code, '')
            and coalesce(counted.agency_code, '') = coalesce(secrets.agency_code, '')
            and coalesce(counted.batch_id, '') = secrets.batch_id
            and coalesce(counted.vendor, '') = secrets.vendor
)

select
    concat_ws(
        ':', coalesce(whole.phase_code, '-'), coalesce(whole.agency_code, '-'),
        coalesce(whole.batch_id, '-'), coalesce(whole.vendor, '-')
    ) as progress_key,
    whole.phase_code,
    whole.agency_code,
    agencies.current_agency_code,
    agencies.commune_code,
    heirs.commune_code as current_commune_code,
    whole.batch_id,
    whole.vendor,
    phases.name as phase_name,
    agencies.bloc,
    agencies.agency_level,
    whole.acceptance_state,
    whole.phase_code <> whole.plan_phase_code as is_left_over,
    whole.known_count,
    {% for stage in stages %}
        whole.{{ stage }}_count,
    {% endfor %}
    whole.known_page_count,
    {% for stage in stages %}
        whole.{{ stage }}_page_count,
    {% endfor %}
    whole.listed_count,
    whole.set_aside_count,
    whole.duplicate_count,
    whole.secret_count,
    whole.disposed_count,
    whole.term_known_count,
    whole.permanent_count,
    phases.deadline_date
from whole
left join phases on whole.phase_code = phases.code
left join agencies on whole.agency_code = agencies.agency_code
left join agencies as heirs on agencies.current_agency_code = heirs.agency_code
