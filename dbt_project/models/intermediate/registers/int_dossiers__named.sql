with dossiers as (
    select
        agency_code,
        dossier_code,
        dossier_number,
        {{ dossier_name('dossier_code') }} as name_by_code,
        {{ dossier_name('dossier_number') }} as name_by_number
    from {{ ref('stg_filedrop__dossiers') }}
),

-- One code typed in two ways is one code: the first in order stands for both.
codes as (
    select
        agency_code,
        name_by_code as dossier_name,
        min(dossier_code) as dossier_code
    from dossiers
    where name_by_code is not null
    group by agency_code, name_by_code
),

-- Numbers on paper begin anew with each list: one that leads to two codes leads to none of them.
numbers as (
    select
        dossiers.agency_code,
        dossiers.name_by_number as dossier_name,
        case
            when count(distinct codes.dossier_code) = 1 then min(codes.dossier_code)
            else min(dossiers.dossier_number)
        end as dossier_code
    from dossiers
    left join codes
        on dossiers.agency_code = codes.agency_code and dossiers.name_by_code = codes.dossier_name
    where dossiers.name_by_number is not null
    group by dossiers.agency_code, dossiers.name_by_number
),

named as (
    select * from codes
    union all
    select * from numbers
    where not exists (
        select 1 from codes
        where codes.agency_code = numbers.agency_code and codes.dossier_name = numbers.dossier_name
    )
)

select
    agency_code || ':' || dossier_name as name_key,
    agency_code,
    dossier_name,
    dossier_code
from named
