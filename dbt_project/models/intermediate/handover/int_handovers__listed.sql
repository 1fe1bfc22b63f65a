-- What agencies that have ended leave behind, line by line, and who is to take it over.
with ends as (
    select *
    from (
        select distinct on (agency_code) *
        from {{ ref('int_agencies__versioned') }}
        where known_to_at is null
        order by agency_code asc, valid_from_date desc nulls last
    ) as last_terms
    where valid_to_date < {{ hanoi_date('now()') }}
),

receivers as (
    select * from {{ ref('int_agencies__held') }}
    where
        known_to_at is null
        and coalesce(valid_from_date, '-infinity') <= {{ hanoi_date('now()') }}
        and coalesce(valid_to_date, 'infinity') >= {{ hanoi_date('now()') }}
),

candidates as (
    select
        predecessor_code,
        effective_date,
        count(*) as candidate_count,
        string_agg(
            coalesce(successor_name, successor_commune_name, successor_commune_code), '; '
            order by successor_commune_code, successor_code
        ) as candidate_names
    from {{ ref('int_agencies__succeeded') }}
    where not is_decided and successor_commune_code is not null
    group by predecessor_code, effective_date
),

names as (
    select * from {{ ref('int_dossiers__named') }}
),

dossiers as (
    select distinct on (entries.agency_code, names.dossier_code)
        entries.agency_code,
        names.dossier_code,
        entries.title,
        entries.box_code
    from {{ ref('stg_filedrop__dossiers') }} as entries
    inner join names
        on
            entries.agency_code = names.agency_code
            and names.dossier_name
            = {{ dossier_name('coalesce(entries.dossier_code, entries.dossier_number)') }}
    order by entries.agency_code asc, names.dossier_code asc, entries.listed_key asc
),

files as (
    select * from {{ ref('int_documents__latest') }}
    where not is_superseded
),

listings as (
    select * from {{ ref('int_listed_documents__matched') }}
),

listing_agencies as (
    select distinct agency_code from listings
),

documents as (
    select
        listing_key,
        document_key,
        agency_code,
        dossier_code,
        document_number,
        issued_date_text,
        issuer_name,
        subject,
        file_name,
        maintenance_code,
        listing_state,
        listed_page_count,
        _batch_id,
        _extracted_at
    from listings
    union all
    select
        'scan:' || document_key as listing_key,
        document_key,
        agency_code,
        dossier_code,
        null::text as document_number,
        null::text as issued_date_text,
        null::text as issuer_name,
        null::text as subject,
        file_name,
        null::text as maintenance_code,
        'scanned_only' as listing_state,
        null::integer as listed_page_count,
        _batch_id,
        _extracted_at
    from files
    where agency_code not in (select listing_agencies.agency_code from listing_agencies)
),

document_items as (
    select
        'document:' || documents.listing_key as item_key,
        documents.agency_code,
        documents.document_key,
        coalesce(names.dossier_code, documents.dossier_code) as dossier_code,
        coalesce(files.box_code, dossiers.box_code) as box_code,
        'document' as item_type,
        dossiers.title as dossier_title,
        coalesce(documents.document_number, descriptions.document_number) as document_number,
        coalesce(documents.issued_date_text, descriptions.issued_date_text) as issued_date_text,
        coalesce(documents.issuer_name, descriptions.issuer_name) as issuer_name,
        coalesce(documents.subject, descriptions.abstract) as subject,
        documents.file_name,
        coalesce(documents.maintenance_code, sorted.maintenance_code) as maintenance_code,
        documents.listing_state,
        coalesce(files.is_usable, false) as is_in_warehouse,
        coalesce(documents.listed_page_count, files.page_count) as page_count,
        documents._batch_id,
        documents._extracted_at
    from documents
    left join files on documents.document_key = files.document_key
    left join {{ ref('int_documents__described') }} as descriptions
        on documents.document_key = descriptions.document_key
    left join {{ ref('int_documents__sorted') }} as sorted on documents.document_key = sorted.document_key
    left join names
        on
            documents.agency_code = names.agency_code
            and {{ dossier_name('documents.dossier_code') }} = names.dossier_name
    left join dossiers
        on names.agency_code = dossiers.agency_code and names.dossier_code = dossiers.dossier_code
),

-- A dossier of which no document is known is a line of its own: the paper has to be looked for.
dossier_items as (
    select
        'dossier:' || listed.dossier_key as item_key,
        listed.agency_code,
        null::text as document_key,
        listed.dossier_code,
        dossiers.box_code,
        'dossier' as item_type,
        listed.title as dossier_title,
        null::text as document_number,
        null::text as issued_date_text,
        null::text as issuer_name,
        null::text as subject,
        null::text as file_name,
        listed.maintenance_code,
        'listed_only' as listing_state,
        false as is_in_warehouse,
        null::integer as page_count,
        null::text as _batch_id,
        null::timestamptz as _extracted_at
    from {{ ref('int_listed_dossiers__counted') }} as listed
    left join dossiers
        on listed.agency_code = dossiers.agency_code and listed.dossier_code = dossiers.dossier_code
    left join document_items
        on
            listed.agency_code = document_items.agency_code
            and listed.dossier_code = document_items.dossier_code
    where listed.is_listed and document_items.item_key is null
),

items as (
    select * from document_items
    union all
    select * from dossier_items
)

select
    items.item_key,
    items.agency_code,
    receivers.holder_agency_code as receiver_agency_code,
    items.document_key,
    items.dossier_code,
    items.box_code,

    ends.agency_name,
    receivers.holder_agency_name as receiver_agency_name,
    candidates.candidate_names,
    items.dossier_title,
    items.document_number,
    items.issuer_name,
    items.subject,
    items.file_name,

    coalesce(receivers.holder_state, 'nobody') as receiver_state,
    ends.change_type,
    ends.resolution,
    ends.clause,
    items.item_type,
    items.listing_state,
    items.maintenance_code,
    items.is_in_warehouse,

    coalesce(candidates.candidate_count, 0) as candidate_count,
    items.page_count,

    items.issued_date_text,
    ends.valid_to_date as ended_date,

    items._batch_id,
    items._extracted_at
from items
inner join ends on items.agency_code = ends.agency_code
left join receivers on items.agency_code = receivers.agency_code
left join candidates
    on
        items.agency_code = candidates.predecessor_code
        and ends.valid_to_date + 1 = candidates.effective_date
