{{ config(indexes=[{'columns': ['acceptance_key'], 'unique': true}, {'columns': ['agency_code']}]) }}
with fields as (
    select * from {{ ref('int_fields__bounded') }}
    where is_usable
),

-- Entries of a list are numbered, recipient_1, and counted together.
listed as (
    select
        *,
        regexp_replace(field_name, '_[0-9]+$', '') as list_name
    from fields
),

counted as (
    select
        agency_code,
        list_name as field_name,
        count(distinct document_key) as document_count,
        count(*) as field_count,
        count(*) filter (where field_value is not null) as found_count,
        count(*) filter (where is_accepted) as accepted_count,
        count(*) filter (where decided_by = 'person') as person_count,
        count(*) filter (where contradicted_by is not null) as contradicted_count
    from listed
    group by agency_code, list_name
)

select
    coalesce(agency_code, '-') || ':' || field_name as acceptance_key,
    agency_code,
    field_name,
    document_count,
    field_count,
    found_count,
    accepted_count,
    person_count,
    contradicted_count,
    (accepted_count::numeric / field_count)::numeric(6, 5) as accepted_share
from counted
