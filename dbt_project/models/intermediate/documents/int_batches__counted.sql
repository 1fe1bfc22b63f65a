with files as (
    select * from {{ ref('stg_digitization__files') }}
),

outcomes as (
    select * from {{ ref('stg_digitization__documents') }}
),

-- An outcome without a delivered file belongs to no agency and leaves its batch open.
paired as (
    select
        coalesce(files._batch_id, outcomes._batch_id) as batch_id,
        files.agency_code,
        files.box_code,
        coalesce(files.received_state, 'no_file') as received_state,
        coalesce(outcomes.outcome, 'not_run') as outcome,
        files.received_at
    from files
    full outer join outcomes
        on files._batch_id = outcomes._batch_id and files.file_ordinal = outcomes.file_ordinal
),

counted as (
    select
        batch_id,
        agency_code,
        box_code,
        count(*) filter (where received_state in ('received', 'missing')) as declared_count,
        count(*) filter (where received_state = 'received') as received_count,
        count(*) filter (where received_state = 'missing') as missing_count,
        count(*) filter (where received_state = 'undeclared') as undeclared_count,
        count(*) filter (where received_state <> 'missing' and outcome = 'ok') as ok_count,
        count(*) filter (where received_state <> 'missing' and outcome = 'degraded') as degraded_count,
        count(*) filter (where received_state <> 'missing' and outcome = 'failed') as failed_count,
        count(*) filter (where received_state <> 'missing' and outcome = 'quarantined')
            as quarantined_count,
        count(*) filter (where received_state <> 'missing' and outcome = 'not_run') as not_run_count,
        min(received_at) as received_at
    from paired
    group by batch_id, agency_code, box_code
),

balanced as (
    select
        *,
        declared_count + undeclared_count
        = missing_count + ok_count + degraded_count + failed_count + quarantined_count as is_closed
    from counted
)

select * from balanced
