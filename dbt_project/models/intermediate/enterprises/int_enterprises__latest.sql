with enterprises as (
    select * from {{ ref('stg_business__enterprises') }}
),

compared as (
    select * from {{ ref('stg_business__enterprises_compared') }}
),

committees as (
    select * from {{ ref('int_committees__current') }}
),

last_seen as (
    {{ last_seen('compared', ['tax_code']) }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by tax_code
            order by changed_at desc nulls last, _extracted_at desc, _batch_id desc
        ) as recency
    from enterprises
),

latest as (
    select
        ranked.tax_code,
        committees.agency_code,
        ranked.commune_code,
        ranked.enterprise_name,
        ranked.representative_name,
        ranked.enterprise_address,
        ranked.enterprise_type,
        ranked.enterprise_status,
        ranked.is_deleted or {{ is_withdrawn('ranked') }} as is_deleted,
        ranked.founded_date,
        ranked.changed_at,
        ranked._batch_id,
        ranked._extracted_at
    from ranked
    left join committees on ranked.commune_code = committees.commune_code
    left join last_seen on ranked.tax_code = last_seen.tax_code
    where ranked.recency = 1
)

select * from latest
