{{
    config(
        materialized='by_document',
        key='batch_id',
        keyed={
            'stg_digitization__files': '_batch_id',
            'int_files__parted': '_batch_id',
            'stg_digitization__documents': '_batch_id',
            'stg_digitization__parts': '_batch_id',
        },
        indexes=[{'columns': ['batch_id']}]
    )
}}
with files as (
    select * from {{ ref('stg_digitization__files') }}
),

parted as (
    select * from {{ ref('int_files__parted') }}
),

outcomes as (
    select * from {{ ref('stg_digitization__documents') }}
),

stacks as (
    select
        _batch_id,
        stack_ordinal,
        count(*) as found_documents,
        max(stack_pages) as stack_pages,
        bool_or(file_ordinal is not null) as is_cut
    from {{ ref('stg_digitization__parts') }}
    group by _batch_id, stack_ordinal
),

-- An outcome without a delivered file belongs to no agency and leaves its batch open. A stack that
-- was not cut counts as the documents found in it, else as those declared.
became as (
    select
        coalesce(parted._batch_id, outcomes._batch_id) as batch_id,
        parted.agency_code,
        parted.box_code,
        coalesce(parted.received_state, 'no_file') as received_state,
        coalesce(outcomes.outcome, 'not_run') as outcome,
        coalesce(stacks.found_documents, parted.declared_documents, 1) as document_count
    from parted
    full outer join outcomes
        on parted._batch_id = outcomes._batch_id and parted.file_ordinal = outcomes.file_ordinal
    left join stacks
        on parted._batch_id = stacks._batch_id and parted.file_ordinal = stacks.stack_ordinal
),

-- Pages are compared where both numbers are known; separator sheets are pages of their stack.
paged as (
    select
        files._batch_id as batch_id,
        files.agency_code,
        files.box_code,
        files.received_state,
        files.received_at,
        coalesce(files.declared_documents, 1) as document_count,
        files.declared_pages,
        case when stacks.is_cut then stacks.stack_pages else nullif(outcomes.page_count, 0) end
            as page_count
    from files
    left join outcomes
        on files._batch_id = outcomes._batch_id and files.file_ordinal = outcomes.file_ordinal
    left join stacks
        on files._batch_id = stacks._batch_id and files.file_ordinal = stacks.stack_ordinal
),

became_counted as (
    select
        batch_id,
        agency_code,
        box_code,
        sum(document_count) filter (where received_state = 'received') as received_count,
        sum(document_count) filter (where received_state = 'undeclared') as undeclared_count,
        sum(document_count) filter (where received_state <> 'missing' and outcome = 'ok') as ok_count,
        sum(document_count) filter (where received_state <> 'missing' and outcome = 'degraded')
            as degraded_count,
        sum(document_count) filter (where received_state <> 'missing' and outcome = 'failed')
            as failed_count,
        sum(document_count) filter (where received_state <> 'missing' and outcome = 'quarantined')
            as quarantined_count,
        sum(document_count) filter (where received_state <> 'missing' and outcome = 'not_run')
            as not_run_count
    from became
    group by batch_id, agency_code, box_code
),

declared_counted as (
    select
        batch_id,
        agency_code,
        box_code,
        sum(document_count) filter (where received_state in ('received', 'missing')) as declared_count,
        sum(document_count) filter (where received_state = 'missing') as missing_count,
        sum(declared_pages) filter (where page_count is not null) as declared_page_count,
        sum(page_count) filter (where declared_pages is not null) as found_page_count,
        count(*) filter (where page_count <> declared_pages) as page_difference_count,
        min(received_at) as received_at
    from paged
    group by batch_id, agency_code, box_code
),

counted as (
    select
        became_counted.batch_id,
        became_counted.agency_code,
        became_counted.box_code,
        coalesce(declared_counted.declared_count, 0)::bigint as declared_count,
        coalesce(became_counted.received_count, 0)::bigint as received_count,
        coalesce(declared_counted.missing_count, 0)::bigint as missing_count,
        coalesce(became_counted.undeclared_count, 0)::bigint as undeclared_count,
        coalesce(became_counted.ok_count, 0)::bigint as ok_count,
        coalesce(became_counted.degraded_count, 0)::bigint as degraded_count,
        coalesce(became_counted.failed_count, 0)::bigint as failed_count,
        coalesce(became_counted.quarantined_count, 0)::bigint as quarantined_count,
        coalesce(became_counted.not_run_count, 0)::bigint as not_run_count,
        coalesce(declared_counted.declared_page_count, 0)::bigint as declared_page_count,
        coalesce(declared_counted.found_page_count, 0)::bigint as found_page_count,
        coalesce(declared_counted.page_difference_count, 0)::bigint as page_difference_count,
        declared_counted.received_at
    from became_counted
    left join declared_counted
        on
            became_counted.batch_id = declared_counted.batch_id
            -- Not "is not distinct from": no join but a nested loop knows that.
            and coalesce(became_counted.agency_code, '') = coalesce(declared_counted.agency_code, '')
            and coalesce(became_counted.box_code, '') = coalesce(declared_counted.box_code, '')
),

balanced as (
    select
        *,
        declared_count + undeclared_count
        = missing_count + ok_count + degraded_count + failed_count + quarantined_count
        and not_run_count = 0
        and page_difference_count = 0 as is_closed
    from counted
)

select * from balanced
