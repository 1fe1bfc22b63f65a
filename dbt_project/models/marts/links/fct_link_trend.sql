{#-
    History is made here and nowhere else, so not even `--full-refresh` drops it; a build replaces
    the counts of its own day.
-#}
{{
    config(
        materialized='incremental',
        full_refresh=false,
        incremental_strategy='delete+insert',
        unique_key='trend_date',
        on_schema_change='append_new_columns',
        indexes=[{'columns': ['trend_key'], 'unique': true}, {'columns': ['agency_code']}]
    )
}}
with links as (
    select * from {{ ref('int_links__decided') }}
),

counted as (
    select
        {{ hanoi_date('now()') }} as trend_date,
        agency_code,
        commune_code,
        entity,
        state,
        count(*)::integer as claim_count,
        count(*) filter (where is_open)::integer as open_count
    from links
    group by agency_code, commune_code, entity, state
)

select
    concat_ws(
        '|', trend_date::text, coalesce(agency_code, '-'), coalesce(commune_code, '-'),
        entity, state
    ) as trend_key,
    trend_date,
    agency_code,
    commune_code,
    entity,
    state,
    claim_count,
    open_count
from counted
