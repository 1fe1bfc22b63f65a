{{ config(indexes=[{'columns': ['side_key'], 'unique': true}, {'columns': ['agency_code']}]) }}
with lineage as (
    select * from {{ ref('int_agencies__succeeded') }}
),

listed as (
    select agency_code from {{ ref('int_agencies__current') }}
),

-- Each of both agencies sees what became of the one in the other: the row is there for each.
sides as (
    select
        lineage.*,
        lineage.predecessor_code as agency_code,
        'predecessor' as agency_side
    from lineage
    union all
    select
        lineage.*,
        lineage.successor_code as agency_code,
        'successor' as agency_side
    from lineage
    inner join listed on lineage.successor_code = listed.agency_code
    where lineage.successor_code <> lineage.predecessor_code
)

select
    lineage_key || ':' || agency_side as side_key,
    lineage_key,
    agency_code,
    agency_side,
    predecessor_code,
    successor_code,
    predecessor_commune_code,
    successor_commune_code,

    predecessor_name,
    successor_name,
    successor_commune_name,

    change_type,
    resolution,
    clause,
    land_share,
    people_share,
    correction,
    is_decided,
    candidate_count,

    effective_date,
    known_from_at,
    _batch_id,
    _extracted_at
from sides
