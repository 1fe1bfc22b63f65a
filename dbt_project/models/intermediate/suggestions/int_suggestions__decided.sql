{{
    config(
        materialized='by_document',
        keyed={
            'int_documents__latest': 'document_key',
            'stg_suggestions__proposals': 'document_id',
            'stg_suggestions__neighbours': 'document_id',
            'stg_suggestions__decisions': 'document_key',
        },
        indexes=[{'columns': ['document_key']}]
    )
}}
with proposals as (
    select * from {{ ref('stg_suggestions__proposals') }}
),

neighbours as (
    select * from {{ ref('stg_suggestions__neighbours') }}
),

documents as (
    select * from {{ ref('int_documents__latest') }}
),

decisions as (
    select * from {{ ref('stg_suggestions__decisions') }}
),

-- Personal data is proposed page by page and decided kind by kind.
gathered as (
    select
        document_id,
        suggestion_type,
        suggested_value,
        maintenance_code,
        retention_years,
        min(suggestion_ordinal) as suggestion_ordinal,
        max(score) as score,
        min(rule_code) as rule_code,
        min(method_version) as method_version,
        sum(occurrence_count) as occurrence_count,
        jsonb_agg(
            jsonb_build_object('page', page_number, 'boxes', boxes)
            order by suggestion_ordinal
        ) as places,
        max(_extracted_at) as suggested_at
    from proposals
    group by document_id, suggestion_type, suggested_value, maintenance_code, retention_years
),

-- What people decided about the most alike comes after what rules say of type and topic: measured, it
-- was right for 22 of 31 documents, and said nothing of 57 others.
everything as (
    select * from gathered
    union all
    select
        document_id,
        'retention' as suggestion_type,
        group_code as suggested_value,
        maintenance_code,
        retention_years,
        2147483647 as suggestion_ordinal,
        score,
        'neighbours' as rule_code,
        method_version,
        neighbour_count as occurrence_count,
        null as places,
        _extracted_at as suggested_at
    from neighbours
),

preferred as (
    select distinct on (
        document_id, suggestion_type, suggested_value, maintenance_code, retention_years
    ) *
    from everything
    order by
        document_id asc, suggestion_type asc, suggested_value asc, maintenance_code asc,
        retention_years asc, suggestion_ordinal asc
),

-- Contents are described once; each is a document of every agency that delivered it.
placed as (
    select
        documents.document_key,
        preferred.suggestion_type,
        preferred.suggested_value,
        preferred.maintenance_code,
        preferred.retention_years,
        preferred.suggestion_ordinal,
        preferred.score,
        preferred.rule_code,
        preferred.method_version,
        preferred.occurrence_count,
        preferred.places,
        preferred.suggested_at,
        concat_ws(
            '|', preferred.suggestion_type, preferred.suggested_value,
            coalesce(preferred.maintenance_code, '-'), coalesce(preferred.retention_years::text, '-')
        ) as said
    from preferred
    inner join documents on preferred.document_id = documents.document_id and documents.is_usable
),

spoken as (
    select
        *,
        concat_ws(
            '|', suggestion_type, suggested_value,
            coalesce(suggested_maintenance_code, '-'), coalesce(suggested_retention_years::text, '-')
        ) as said
    from decisions
),

latest_decisions as (
    select distinct on (document_key, said) *
    from spoken
    order by document_key asc, said asc, entry_id desc
),

-- A document has one retention group and one summary: the last word on any of them holds.
settled as (
    select
        document_key,
        suggestion_type,
        max(entry_id) as entry_id
    from latest_decisions
    where suggestion_type in ('retention', 'summary') and decision <> 'rejected'
    group by document_key, suggestion_type
),

-- What a person has decided stays, although nothing would propose it today.
joined as (
    select
        coalesce(placed.document_key, latest_decisions.document_key) as document_key,
        coalesce(placed.said, latest_decisions.said) as said,
        coalesce(placed.suggestion_type, latest_decisions.suggestion_type) as suggestion_type,
        coalesce(placed.suggested_value, latest_decisions.suggested_value) as suggested_value,
        case
            when placed.said is null then latest_decisions.suggested_maintenance_code
            else placed.maintenance_code
        end as maintenance_code,
        case
            when placed.said is null then latest_decisions.suggested_retention_years
            else placed.retention_years
        end as retention_years,
        placed.suggestion_ordinal,
        placed.score,
        placed.rule_code,
        placed.method_version,
        placed.occurrence_count,
        placed.places,
        placed.suggested_at,
        latest_decisions.entry_id,
        latest_decisions.decision,
        latest_decisions.decided_value,
        latest_decisions.decided_maintenance_code,
        latest_decisions.decided_retention_years,
        latest_decisions.decided_by,
        latest_decisions.because,
        latest_decisions.decided_at
    from placed
    full outer join latest_decisions
        on
            placed.document_key = latest_decisions.document_key
            and placed.said = latest_decisions.said
),

judged as (
    select
        left(md5(joined.document_key || ' ' || joined.said), 16) as suggestion_key,
        joined.document_key,
        documents.document_id,
        documents.agency_code,
        joined.suggestion_type,
        row_number() over (
            partition by joined.document_key, joined.suggestion_type
            order by joined.suggestion_ordinal asc nulls last, joined.said asc
        ) as suggestion_rank,
        joined.suggested_value,
        joined.maintenance_code,
        joined.retention_years,
        case
            when
                joined.decision in ('accepted', 'replaced')
                and coalesce(settled.entry_id, joined.entry_id) > joined.entry_id
                then 'superseded'
            else coalesce(joined.decision, 'proposed')
        end as status,
        joined.decision is null and settled.entry_id is null as is_open,
        joined.decided_value,
        joined.decided_maintenance_code,
        joined.decided_retention_years,
        joined.score,
        joined.rule_code,
        joined.method_version,
        joined.occurrence_count,
        joined.places,
        joined.decided_by,
        joined.because,
        joined.suggested_at,
        joined.decided_at
    from joined
    inner join documents on joined.document_key = documents.document_key
    left join settled
        on
            joined.document_key = settled.document_key
            and joined.suggestion_type = settled.suggestion_type
)

select * from judged
