with cited as (
    select * from {{ ref('int_enterprises__cited') }}
),

enterprises as (
    select * from {{ ref('int_enterprises__latest') }}
),

agencies as (
    select * from {{ ref('int_agencies__current') }}
),

compared as (
    select
        cited.*,
        enterprises.tax_code,
        enterprises.is_deleted,
        coalesce(
            enterprises.commune_code,
            case when agencies.agency_level = 'commune' then agencies.commune_code end
        ) as commune_code,
        {{ words_in_common(
            enterprise_words('cited.stated_name'), enterprise_words('enterprises.enterprise_name')
        ) }} as name_likeness
    from cited
    left join enterprises on cited.stated_key = enterprises.tax_code
    left join agencies on cited.agency_code = agencies.agency_code
),

sought as (
    select
        claim_key,
        document_key,
        document_id,
        agency_code,
        'business__enterprises' as entity,
        page_number,
        stated_key,
        tax_code as target_key,
        case when tax_code is null then 0 else 1 end as candidate_count,
        commune_code,
        case
            when stated_key is null then 'missing_field'
            when tax_code is null and {{ has_right_check_digit('stated_key') }} then 'unverifiable'
            when tax_code is null then 'missing_field'
            when is_deleted then 'unverifiable'
            when name_likeness < {{ var('least_name_likeness') }} then 'mismatched'
            else 'verified'
        end as state,
        case
            when stated_key is null then 'key_not_stated'
            when tax_code is null and {{ has_right_check_digit('stated_key') }} then 'not_in_registry'
            when tax_code is null and stated_key ~ '^[0-9]{10}(-[0-9]{3})?$' then 'check_digit_wrong'
            when tax_code is null then 'key_not_whole'
            when is_deleted then 'withdrawn_in_registry'
            when name_likeness < {{ var('least_name_likeness') }} then 'name_differs'
        end as reason_code,
        case
            when tax_code is null or is_deleted then null
            when name_likeness >= {{ var('least_name_likeness') }} then 'key_and_name'
            when name_likeness is null then 'key_alone'
        end as evidence
    from compared
)

select * from sought
