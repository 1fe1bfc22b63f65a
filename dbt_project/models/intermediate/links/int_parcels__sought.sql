with cited as (
    select * from {{ ref('int_parcels__cited') }}
),

communes as (
    select * from {{ ref('int_communes__succeeded') }}
),

parcels as (
    select
        *,
        {{ bare_number('map_sheet') }} as sheet,
        {{ bare_number('parcel_number') }} as plot,
        {{ bare_number('old_map_sheet') }} as old_sheet,
        {{ bare_number('old_parcel_number') }} as old_plot
    from {{ ref('int_parcels__latest') }}
),

-- The commune a paper names; else the one whose committee filed it, as it was or as it is.
places as (
    select distinct
        cited.claim_key,
        communes.commune_code,
        communes.current_commune_code,
        communes.is_former,
        communes.is_divided
    from cited
    inner join communes
        on
            communes.commune_code || case when communes.is_former then '-' else '' end
            = any(string_to_array(cited.named_communes, '+'))
            or cited.named_communes is null and cited.filed_commune_code = communes.commune_code
),

-- Keys are what they were on the day of the paper: the old commune goes with the old numbers.
found_directly as (
    select
        cited.claim_key,
        parcels.parcel_id_land,
        'key' as found_by
    from cited
    inner join places on cited.claim_key = places.claim_key
    inner join parcels
        on
            not places.is_former
            and places.commune_code = parcels.commune_code
            and cited.map_sheet = parcels.sheet
            and cited.parcel_number = parcels.plot
            or places.is_former
            and places.commune_code = parcels.old_commune_code
            and cited.map_sheet = parcels.old_sheet
            and cited.parcel_number = parcels.old_plot
),

-- A commune that moved whole is looked for under its heir, where its own key leads nowhere.
found_by_heir as (
    select
        cited.claim_key,
        parcels.parcel_id_land,
        'key_of_successor' as found_by
    from cited
    inner join places
        on cited.claim_key = places.claim_key and places.is_former and not places.is_divided
    inner join parcels
        on
            places.current_commune_code = parcels.commune_code
            and cited.map_sheet = parcels.sheet
            and cited.parcel_number = parcels.plot
    where not exists (
        select 1 from found_directly
        where found_directly.claim_key = cited.claim_key
    )
),

found as (
    select * from found_directly
    union
    select * from found_by_heir
),

counted as (
    select
        found.claim_key,
        count(distinct found.parcel_id_land) as candidate_count,
        min(found.parcel_id_land) as parcel_id_land,
        min(found.found_by) as found_by
    from found
    group by found.claim_key
),

placed as (
    select
        claim_key,
        bool_or(is_divided) as is_divided,
        case
            when count(distinct current_commune_code) = 1 and not bool_or(is_divided)
                then min(current_commune_code)
        end as commune_code
    from places
    group by claim_key
),

compared as (
    select
        cited.*,
        coalesce(counted.candidate_count, 0) as candidate_count,
        case when counted.candidate_count = 1 then counted.parcel_id_land end as parcel_id_land,
        counted.found_by,
        coalesce(placed.is_divided, false) as is_divided,
        placed.claim_key is not null as has_place,
        coalesce(parcels.commune_code, placed.commune_code) as commune_code,
        parcels.is_deleted,
        abs(parcels.area_m2 - cited.area_m2)
        > {{ var('area_tolerance_share') }} * greatest(parcels.area_m2, cited.area_m2) as is_area_other,
        cited.area_m2 is not null and parcels.area_m2 is not null as has_both_areas
    from cited
    left join counted on cited.claim_key = counted.claim_key
    left join placed on cited.claim_key = placed.claim_key
    left join parcels
        on counted.candidate_count = 1 and counted.parcel_id_land = parcels.parcel_id_land
),

sought as (
    select
        claim_key,
        document_key,
        document_id,
        agency_code,
        'land__parcels' as entity,
        page_number,
        stated_key,
        parcel_id_land as target_key,
        candidate_count,
        commune_code,
        case
            when map_sheet is null or not has_place then 'missing_field'
            when candidate_count > 1 then 'ambiguous'
            when candidate_count = 0 and is_divided then 'ambiguous'
            when candidate_count = 0 or is_deleted then 'unverifiable'
            when is_area_other then 'mismatched'
            else 'verified'
        end as state,
        case
            when map_sheet is null then 'map_sheet_not_stated'
            when not has_place then 'commune_not_stated'
            when candidate_count > 1 then 'several_in_registry'
            when candidate_count = 0 and is_divided then 'commune_divided'
            when candidate_count = 0 then 'not_in_registry'
            when is_deleted then 'withdrawn_in_registry'
            when is_area_other then 'area_differs'
        end as reason_code,
        case
            when parcel_id_land is null or is_deleted or is_area_other then null
            when found_by = 'key_of_successor' then found_by
            when has_both_areas then 'key_and_area'
            else 'key_alone'
        end as evidence
    from compared
)

select * from sought
