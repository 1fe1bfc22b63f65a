with officials as (
    select * from {{ ref('stg_civil_servants__officials') }}
),

compared as (
    select * from {{ ref('stg_civil_servants__officials_compared') }}
),

agencies as (
    select * from {{ ref('int_agencies__current') }}
),

last_seen as (
    {{ last_seen('compared', ['official_id_civil_servants']) }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by official_id_civil_servants
            order by changed_at desc nulls last, _extracted_at desc, _batch_id desc
        ) as recency
    from officials
    where official_id_civil_servants is not null
),

latest as (
    select
        ranked.official_id_civil_servants,
        coalesce(agencies.current_agency_code, ranked.agency_code) as agency_code,
        ranked.person_name,
        ranked.position_title,
        {{ without_marks('ranked.person_name') }} as name_words,
        {{ without_marks('ranked.position_title') }} as position_words,
        ranked.is_deleted or {{ is_withdrawn('ranked') }} as is_deleted,
        ranked.changed_at,
        ranked._batch_id,
        ranked._extracted_at
    from ranked
    left join agencies on ranked.agency_code = agencies.agency_code
    left join last_seen on ranked.official_id_civil_servants = last_seen.official_id_civil_servants
    where ranked.recency = 1
)

select * from latest
