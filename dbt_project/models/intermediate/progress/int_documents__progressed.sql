-- How far each document of the plan has come: those delivered, and those a register lists and nobody scanned.
with documents as (
    select * from {{ ref('int_documents__latest') }}
    where not is_superseded
),

files as (
    select * from {{ ref('int_files__parted') }}
),

expected_fields as (
    select code from {{ ref('list_document_fields') }}
    where is_expected
),

fields as (
    select
        document_key,
        bool_and(is_accepted) as is_described,
        max(decided_at) as described_at
    from {{ ref('int_fields__bounded') }}
    where field_name in (select expected_fields.code from expected_fields)
    group by document_key
),

compared as (
    select * from {{ ref('int_documents__compared') }}
),

terms as (
    select * from {{ ref('int_documents__termed') }}
),

listings as (
    select * from {{ ref('int_listed_documents__matched') }}
),

listed_documents as (
    select document_key from listings
    where listing_state = 'listed_and_scanned'
),

plans as (
    select distinct on (batch_id, vendor) *
    from {{ ref('int_acceptance_plans__decided') }}
    order by batch_id asc, vendor asc, attempt desc
),

agencies as (
    select * from {{ ref('int_agencies__current') }}
),

turns as (
    select * from {{ ref('int_plan_phases__turned') }}
),

delivered as (
    select
        'document:' || documents.document_key as progress_key,
        documents.document_key,
        documents.agency_code,
        documents._batch_id as batch_id,
        files.scanned_by as vendor,
        coalesce(plans.decision, 'no_plan') as acceptance_state,
        coalesce(nullif(documents.page_count, 0), documents.declared_pages, 0) as page_count,
        listed_documents.document_key is not null as is_listed,
        documents.is_disposed,
        documents.is_usable,
        not documents.is_usable and documents.outcome <> 'not_run' and not documents.is_disposed
            as is_refused,
        compared.duplicate_of_document_key is not null as is_duplicate,
        documents.is_usable and coalesce(fields.is_described, false) as are_fields_accepted,
        coalesce(plans.decision = 'accepted', true) as is_batch_accepted,
        case when terms.is_term_confirmed then terms.term_type = 'permanent' end as is_permanent,
        greatest(
            documents.received_at, documents.digitized_at, fields.described_at, plans.decided_at
        ) as last_step_at
    from documents
    inner join files
        on documents._batch_id = files._batch_id and documents.file_ordinal = files.file_ordinal
    left join plans on documents._batch_id = plans.batch_id and files.scanned_by = plans.vendor
    left join fields on documents.document_key = fields.document_key
    left join compared on documents.document_key = compared.document_key
    left join terms on documents.document_key = terms.document_key
    left join listed_documents on documents.document_key = listed_documents.document_key
),

-- Lines that could be of several scans are left out: the scans are counted.
unscanned as (
    select
        'line:' || listed_key as progress_key,
        null::text as document_key,
        agency_code,
        null::text as batch_id,
        null::text as vendor,
        'not_delivered' as acceptance_state,
        coalesce(listed_page_count, 0) as page_count,
        true as is_listed,
        false as is_disposed,
        false as is_usable,
        false as is_refused,
        false as is_duplicate,
        false as are_fields_accepted,
        false as is_batch_accepted,
        case
            when maintenance_code is not null then maintenance_code = '01'
        end as is_permanent,
        null::timestamptz as last_step_at
    from listings
    where listing_state = 'listed_only'
),

known as (
    select * from delivered
    union all
    select * from unscanned
),

-- Each stage holds what the one before it holds, or less.
staged as (
    select
        *,
        not is_disposed and document_key is not null as is_received,
        not is_disposed and is_usable as is_read,
        not is_disposed and are_fields_accepted as is_described,
        not is_disposed and are_fields_accepted and is_batch_accepted as is_accepted,
        not is_disposed and are_fields_accepted and is_batch_accepted and not is_duplicate
            as is_in_warehouse
    from known
),

dated as (
    select
        staged.*,
        agencies.bloc,
        agencies.agency_level,
        case when staged.is_in_warehouse then {{ hanoi_date('staged.last_step_at') }} end
            as in_warehouse_date
    from staged
    left join agencies on staged.agency_code = agencies.agency_code
)

select
    dated.progress_key,
    dated.document_key,
    dated.agency_code,
    dated.batch_id,
    dated.vendor,
    turns.plan_phase_code,
    turns.phase_code,
    dated.acceptance_state,
    dated.is_listed,
    dated.is_disposed,
    dated.is_received,
    dated.is_read,
    dated.is_described,
    dated.is_accepted,
    dated.is_in_warehouse,
    dated.is_refused,
    dated.is_duplicate,
    dated.is_permanent,
    dated.page_count,
    dated.in_warehouse_date
from dated
left join turns
    on
        dated.bloc = turns.bloc
        and dated.agency_level = turns.agency_level
        and coalesce(dated.in_warehouse_date, {{ hanoi_date('now()') }}) > turns.after_date
        and coalesce(dated.in_warehouse_date, {{ hanoi_date('now()') }}) <= turns.until_date
