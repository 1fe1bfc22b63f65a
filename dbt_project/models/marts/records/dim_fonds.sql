{{ config(indexes=[{'columns': ['fonds_key'], 'unique': true}]) }}
-- A fonds is what one agency made: it stays one when its papers go to another.
with dossiers as (
    select
        fonds_key,
        agency_code,
        count(*) filter (where dossier_state <> 'none') as dossier_count,
        count(*) filter (where dossier_state = 'listed') as listed_dossier_count,
        count(*) filter (where dossier_state = 'seen_only') as seen_only_dossier_count,
        sum(listed_document_count)::bigint as listed_document_count,
        sum(document_count)::bigint as document_count,
        sum(usable_document_count)::bigint as usable_document_count,
        sum(superseded_document_count)::bigint as superseded_document_count,
        coalesce(sum(document_count) filter (where dossier_state = 'none'), 0)::bigint
            as no_dossier_document_count,
        sum(page_count)::bigint as page_count,
        min(start_date_text) as start_date_text,
        max(end_date_text) as end_date_text,
        min(first_issued_date) as first_issued_date,
        max(last_issued_date) as last_issued_date
    from {{ ref('int_dossiers__gathered') }}
    group by fonds_key, agency_code
),

agencies as (
    select * from {{ ref('int_agencies__current') }}
),

holders as (
    select * from {{ ref('int_agencies__held') }}
    where
        known_to_at is null
        and coalesce(valid_from_date, '-infinity') <= {{ hanoi_date('now()') }}
        and coalesce(valid_to_date, 'infinity') >= {{ hanoi_date('now()') }}
)

select
    dossiers.fonds_key,
    dossiers.agency_code,
    holders.holder_agency_code,

    agencies.agency_name,
    holders.holder_agency_name,

    case
        when agencies.agency_code is null then 'creator_unknown'
        when agencies.is_active then 'open'
        else 'closed'
    end as fonds_state,
    coalesce(holders.holder_state, 'nobody') as holder_state,
    agencies.bloc,
    agencies.agency_level,

    dossiers.dossier_count,
    dossiers.listed_dossier_count,
    dossiers.seen_only_dossier_count,
    dossiers.listed_document_count,
    dossiers.document_count,
    dossiers.usable_document_count,
    dossiers.superseded_document_count,
    dossiers.no_dossier_document_count,
    dossiers.page_count,

    agencies.valid_from_date as creator_from_date,
    agencies.valid_to_date as creator_to_date,
    dossiers.start_date_text,
    dossiers.end_date_text,
    dossiers.first_issued_date,
    dossiers.last_issued_date
from dossiers
left join agencies on dossiers.agency_code = agencies.agency_code
left join holders on dossiers.agency_code = holders.agency_code
