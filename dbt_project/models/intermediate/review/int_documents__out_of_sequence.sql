{{ config(materialized='by_document', indexes=[{'columns': ['document_key'], 'unique': true}]) }}
with documents as (
    select * from {{ ref('int_documents__pivoted') }}
),

precise as (
    select
        document_key,
        issuer_name,
        number_value,
        date_value,
        {{ date_precision('date_value') }} as date_precision
    from documents
),

dated as (
    select
        document_key,
        upper(issuer_name) as issuer_name,
        substring(number_value from '^([0-9]{1,6})[a-z]?\W')::integer as code_number,
        substring(number_value from '^[0-9]{1,6}[a-z]?\W(?:[0-9]{4}/)?(.+)$') as symbol,
        case when date_precision = 'day' then date_value::date end as issued_on
    from precise
    where date_precision = 'day'
),

-- An issuer counts a symbol's numbers from one, year by year, as days go by.
ordered as (
    select
        document_key,
        code_number,
        issued_on + {{ var('number_sequence_slack_days') }} as latest_day,
        issued_on - {{ var('number_sequence_slack_days') }} as earliest_day,
        lag(code_number, 1) over numbers as number_before_1,
        lag(issued_on, 1) over numbers as day_before_1,
        lead(code_number, 1) over numbers as number_after_1,
        lead(issued_on, 1) over numbers as day_after_1,
        lag(code_number, 2) over numbers as number_before_2,
        lag(issued_on, 2) over numbers as day_before_2,
        lead(code_number, 2) over numbers as number_after_2,
        lead(issued_on, 2) over numbers as day_after_2
    from dated
    where issuer_name is not null and code_number is not null and symbol is not null
    window numbers as (
        partition by issuer_name, symbol, extract(year from issued_on)
        order by code_number asc, issued_on asc, document_key asc
    )
),

compared as (
    select
        document_key,
        coalesce((number_before_1 < code_number)::integer, 0)
        + coalesce((number_after_1 > code_number)::integer, 0)
        + coalesce((number_before_2 < code_number)::integer, 0)
        + coalesce((number_after_2 > code_number)::integer, 0) as neighbours,
        coalesce((number_before_1 < code_number and day_before_1 > latest_day)::integer, 0)
        + coalesce((number_after_1 > code_number and day_after_1 < earliest_day)::integer, 0)
        + coalesce((number_before_2 < code_number and day_before_2 > latest_day)::integer, 0)
        + coalesce((number_after_2 > code_number and day_after_2 < earliest_day)::integer, 0) as inversions
    from ordered
),

-- Whom two neighbours contradict, or all there are: of two papers alone either may be wrong.
out_of_sequence as (
    select document_key
    from compared
    where
        inversions >= 2
        or (inversions = 1 and neighbours = 1)
)

select document_key from out_of_sequence
