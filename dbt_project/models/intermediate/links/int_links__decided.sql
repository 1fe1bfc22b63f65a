with sought as (
    select * from {{ ref('int_enterprises__sought') }}
    union all
    select * from {{ ref('int_parcels__sought') }}
    union all
    select * from {{ ref('int_officials__sought') }}
),

proposals as (
    select * from {{ ref('stg_linkage__proposals') }}
    where left_entity = 'document'
),

decisions as (
    select distinct on (claim_key) *
    from {{ ref('stg_linkage__decisions') }}
    order by claim_key asc, entry_id desc
),

-- Where several are nearly as probable none is the first: the count says so.
proposed as (
    select
        left_key as claim_key,
        right_entity as entity,
        count(*) as proposal_count,
        case when count(*) = 1 then min(right_key) end as proposed_key,
        max(probability) as proposed_probability
    from proposals
    group by left_key, right_entity
),

-- Proposals change nothing; a person's word holds over whatever keys and names say.
decided as (
    select
        sought.claim_key,
        sought.document_key,
        sought.document_id,
        sought.agency_code,
        sought.entity,
        sought.page_number,
        sought.stated_key,
        case decisions.decision
            when 'linked' then decisions.target_key
            when 'rejected' then null
            else sought.target_key
        end as target_key,
        sought.candidate_count,
        sought.commune_code,
        case decisions.decision
            when 'linked' then 'verified'
            when 'rejected' then 'unverifiable'
            else sought.state
        end as state,
        case decisions.decision
            when 'linked' then null
            when 'rejected' then 'rejected_by_person'
            else sought.reason_code
        end as reason_code,
        case decisions.decision
            when 'linked' then 'person'
            when 'rejected' then null
            else sought.evidence
        end as evidence,
        decisions.decision is null and sought.state <> 'verified' as is_open,
        coalesce(proposed.proposal_count, 0) as proposal_count,
        proposed.proposed_key,
        proposed.proposed_probability,
        decisions.decided_by,
        decisions.because,
        decisions.decided_at
    from sought
    left join decisions on sought.claim_key = decisions.claim_key
    left join proposed
        on sought.claim_key = proposed.claim_key and sought.entity = proposed.entity
)

select * from decided
