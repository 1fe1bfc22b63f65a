-- What became of agencies: heirs that the file names, and, where it names none, who may be one.
with versions as (
    select
        *,
        row_number() over (
            partition by agency_code
            order by valid_from_date desc nulls last
        ) = 1 as is_last
    from {{ ref('int_agencies__versioned') }}
    where known_to_at is null
),

communes as (
    select * from {{ ref('int_communes__succeeded') }}
),

former_communes as (
    select distinct on (commune_code)
        commune_code,
        valid_to_date
    from {{ ref('stg_units__communes') }}
    where is_former
    order by commune_code asc, _extracted_at desc, valid_to_date desc
),

transfers as (
    select *
    from (
        select
            *,
            max(_extracted_at) over () as latest_at
        from {{ ref('stg_units__transfers') }}
    ) as editions
    where _extracted_at = latest_at
),

-- What kind of body it is: its name without that of its commune.
bodies as (
    select
        *,
        regexp_replace(
            regexp_replace({{ without_marks('agency_name') }}, '^ubnd ', 'uy ban nhan dan '),
            ' (xa|phuong|thi tran|dac khu) .*$', ''
        ) as body_kind
    from versions
),

ended as (
    select
        bodies.*,
        bodies.valid_to_date + 1 as effective_date,
        case
            when bodies.successor_code is not null then bodies.successor_code
            when bodies.change_type = 'renamed' then bodies.agency_code
        end as named_code
    from bodies
    where bodies.valid_to_date is not null and (bodies.is_last or bodies.change_type is not null)
),

-- The tables of communes tell which communes took something over; they speak of July 2025.
possible as (
    select
        ended.version_key,
        transfers.new_commune_code as successor_commune_code,
        heirs.agency_code as successor_code,
        transfers.land_share,
        transfers.people_share,
        transfers.correction
    from ended
    inner join former_communes
        on
            ended.commune_code = former_communes.commune_code
            and abs(ended.valid_to_date - former_communes.valid_to_date) <= 31
    inner join transfers on former_communes.commune_code = transfers.old_commune_code
    left join bodies as heirs
        on
            transfers.new_commune_code = heirs.commune_code
            and heirs.agency_level = 'commune'
            and ended.agency_code <> heirs.agency_code
            and ended.bloc = heirs.bloc
            and ended.body_kind = heirs.body_kind
            and coalesce(heirs.valid_from_date, '-infinity') <= ended.effective_date + 31
            and coalesce(heirs.valid_to_date, 'infinity') >= ended.effective_date
    where ended.agency_level = 'commune'
),

pairs as (
    select
        ended.version_key,
        ended.named_code as successor_code,
        named.commune_code as successor_commune_code,
        possible.land_share,
        possible.people_share,
        possible.correction,
        true as is_decided
    from ended
    left join lateral (
        select bodies.commune_code from bodies
        where bodies.agency_code = ended.named_code
        order by bodies.is_last desc
        limit 1
    ) as named on true
    left join possible
        on
            ended.version_key = possible.version_key
            and ended.named_code = possible.successor_code
    where ended.named_code is not null
    union all
    select
        ended.version_key,
        possible.successor_code,
        possible.successor_commune_code,
        possible.land_share,
        possible.people_share,
        possible.correction,
        false as is_decided
    from ended
    left join possible on ended.version_key = possible.version_key
    where ended.named_code is null
)

select
    concat_ws(
        ':', ended.agency_code, ended.effective_date, coalesce(pairs.successor_code, '-'),
        coalesce(pairs.successor_commune_code, '-')
    ) as lineage_key,
    ended.agency_code as predecessor_code,
    pairs.successor_code,
    ended.commune_code as predecessor_commune_code,
    pairs.successor_commune_code,
    ended.agency_name as predecessor_name,
    heirs.agency_name as successor_name,
    heir_communes.commune_name as successor_commune_name,
    ended.change_type,
    ended.resolution,
    ended.clause,
    pairs.land_share,
    pairs.people_share,
    pairs.correction,
    pairs.is_decided,
    case
        when pairs.is_decided then 1
        else count(*) filter (where pairs.successor_commune_code is not null)
            over (partition by ended.version_key)
    end as candidate_count,
    ended.effective_date,
    ended.known_from_at,
    ended._batch_id,
    ended._extracted_at
from pairs
inner join ended on pairs.version_key = ended.version_key
left join communes as heir_communes
    on pairs.successor_commune_code = heir_communes.commune_code and not heir_communes.is_former
-- The name under which the heir took over, not the one it may bear since.
left join lateral (
    select bodies.agency_name from bodies
    where
        bodies.agency_code = pairs.successor_code
        and coalesce(bodies.valid_to_date, 'infinity') >= ended.effective_date
    order by bodies.valid_from_date asc nulls first
    limit 1
) as heirs on true
