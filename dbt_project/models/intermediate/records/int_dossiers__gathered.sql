-- Every dossier there is: in a register, named by a list of documents, or seen on scans alone.
with listed as (
    select * from {{ ref('int_listed_dossiers__counted') }}
),

names as (
    select * from {{ ref('int_dossiers__named') }}
),

lines as (
    select
        names.agency_code || ':' || names.dossier_code as dossier_key,
        entries.box_code,
        entries.paper_file_code,
        entries.maintenance_code,
        entries.retention_years,
        entries.open_term_type,
        entries.access_mode_code,
        entries.condition_code,
        entries.page_count,
        entries.start_date_text,
        entries.end_date_text
    from {{ ref('stg_filedrop__dossiers') }} as entries
    inner join names
        on
            entries.agency_code = names.agency_code
            and names.dossier_name
            = {{ dossier_name('coalesce(entries.dossier_code, entries.dossier_number)') }}
),

-- What lines of one dossier say otherwise than one another is not known.
described as (
    select
        dossier_key,
        case when count(distinct paper_file_code) = 1 then min(paper_file_code) end as paper_file_code,
        case when count(distinct maintenance_code) = 1 then min(maintenance_code) end as maintenance_code,
        case when count(distinct retention_years) = 1 then min(retention_years) end as retention_years,
        case when count(distinct open_term_type) = 1 then min(open_term_type) end as open_term_type,
        case when count(distinct access_mode_code) = 1 then min(access_mode_code) end as access_mode_code,
        case when count(distinct condition_code) = 1 then min(condition_code) end as condition_code,
        max(page_count) as stated_page_count,
        min(start_date_text) as start_date_text,
        max(end_date_text) as end_date_text
    from lines
    group by dossier_key
),

documents as (
    select
        shelved.document_key,
        shelved.dossier_key,
        shelved.agency_code,
        shelved.dossier_code,
        shelved.is_in_dossier,
        latest.box_code,
        latest.is_superseded,
        latest.is_usable,
        latest.page_count,
        descriptions.issued_date,
        retained.retention_state,
        retained.kept_until_date
    from {{ ref('int_documents__shelved') }} as shelved
    inner join {{ ref('int_documents__latest') }} as latest
        on shelved.document_key = latest.document_key
    inner join {{ ref('int_documents__described') }} as descriptions
        on shelved.document_key = descriptions.document_key
    left join {{ ref('int_documents__retained') }} as retained
        on shelved.document_key = retained.document_key
),

counted as (
    select
        dossier_key,
        agency_code,
        dossier_code,
        is_in_dossier,
        count(*) filter (where not is_superseded) as document_count,
        count(*) filter (where is_superseded) as superseded_document_count,
        count(*) filter (where not is_superseded and is_usable) as usable_document_count,
        coalesce(sum(page_count) filter (where not is_superseded), 0) as page_count,
        min(issued_date) filter (where not is_superseded and is_usable) as first_issued_date,
        max(issued_date) filter (where not is_superseded and is_usable) as last_issued_date,
        coalesce(bool_or(retention_state = 'permanent') filter (where not is_superseded), false)
            as has_permanent,
        -- The longest term of its documents; no day if one of them has none.
        case
            when bool_and(kept_until_date is not null) filter (where not is_superseded)
                then max(kept_until_date) filter (where not is_superseded)
        end as kept_until_date
    from documents
    group by dossier_key, agency_code, dossier_code, is_in_dossier
),

boxes as (
    select
        dossier_key,
        count(distinct box_code) as box_count,
        string_agg(distinct box_code, '; ' order by box_code) as box_codes
    from (
        select
            dossier_key,
            box_code
        from documents
        where not is_superseded
        union all
        select
            dossier_key,
            box_code
        from lines
    ) as placed
    group by dossier_key
),

-- Lines of a list that name no dossier, and have no scan by which to be counted otherwise.
loose_lines as (
    select
        agency_code || ':(none)' as dossier_key,
        agency_code,
        count(*) filter (where listing_state <> 'scanned_only') as listed_document_count,
        count(*) filter (where listing_state = 'listed_only') as missing_scan_count
    from {{ ref('int_listed_documents__matched') }}
    where dossier_code is null
    group by agency_code
),

keys as (
    select
        dossier_key,
        agency_code,
        dossier_code,
        true as is_in_dossier
    from listed
    union
    select
        dossier_key,
        agency_code,
        dossier_code,
        is_in_dossier
    from counted
    union
    select
        dossier_key,
        agency_code,
        null::text as dossier_code,
        false as is_in_dossier
    from loose_lines
),

gathered as (
    select
        keys.dossier_key,
        coalesce(keys.agency_code, '-') as fonds_key,
        keys.agency_code,
        keys.dossier_code,
        {{ dossier_name('keys.dossier_code') }} as dossier_name,
        boxes.box_codes,
        described.paper_file_code,
        listed.title,
        case
            when not keys.is_in_dossier then 'none'
            when listed.is_listed then 'listed'
            else 'seen_only'
        end as dossier_state,
        coalesce(listed.is_listed_twice, false) as is_listed_twice,
        coalesce(listed.is_code_doubtful, false) as is_code_doubtful,
        described.maintenance_code,
        described.open_term_type,
        described.access_mode_code,
        described.condition_code,
        coalesce(counted.has_permanent, false) as has_permanent,
        described.retention_years,
        coalesce(boxes.box_count, 0) as box_count,
        listed.stated_document_count,
        described.stated_page_count,
        coalesce(listed.listed_document_count, loose_lines.listed_document_count, 0)
            as listed_document_count,
        coalesce(listed.missing_scan_count, loose_lines.missing_scan_count, 0) as missing_scan_count,
        coalesce(counted.document_count, 0) as document_count,
        coalesce(counted.usable_document_count, 0) as usable_document_count,
        coalesce(counted.superseded_document_count, 0) as superseded_document_count,
        coalesce(counted.page_count, 0) as page_count,
        described.start_date_text,
        described.end_date_text,
        counted.first_issued_date,
        counted.last_issued_date,
        counted.kept_until_date
    from keys
    left join listed on keys.dossier_key = listed.dossier_key
    left join counted on keys.dossier_key = counted.dossier_key
    left join described on keys.dossier_key = described.dossier_key
    left join boxes on keys.dossier_key = boxes.dossier_key
    left join loose_lines on keys.dossier_key = loose_lines.dossier_key
)

select * from gathered
