with agencies as (
    select * from {{ ref('int_agencies__current') }}
),

-- A commune code outlives mergers: the body in office comes first, then the heir of the closed one.
commune_offices as (
    select
        commune_code,
        current_agency_code,
        dense_rank() over (
            partition by commune_code
            order by is_active desc, (lower(agency_name) ~ '^((ủy|uỷ) ban nhân dân|ubnd)') desc
        ) as preference
    from agencies
    where bloc = 'government' and agency_level = 'commune' and commune_code is not null
),

-- A commune split between several heirs is assigned to none of them.
committees as (
    select
        commune_code,
        min(current_agency_code) as agency_code
    from commune_offices
    where preference = 1
    group by commune_code
    having count(distinct current_agency_code) = 1
)

select * from committees
