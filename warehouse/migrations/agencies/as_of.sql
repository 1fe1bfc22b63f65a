-- Agencies and documents as of a day, by what was known at a moment. Both run with the rights of
-- who asks: row security of the marts decides what is seen. They name the marts in their text, so
-- that dbt may replace the tables without dropping them.
create function marts.agencies_as_of(
    day date default timezone('Asia/Ho_Chi_Minh', now())::date,
    known timestamptz default now()
) returns table (
    agency_code text,
    agency_name text,
    bloc text,
    agency_level text,
    parent_code text,
    commune_code text,
    is_in_office boolean,
    valid_from_date date,
    valid_to_date date,
    holder_agency_code text,
    holder_agency_name text,
    holder_state text
)
language sql stable security invoker parallel safe
as $$
    select distinct on (version.agency_code)
        version.agency_code,
        version.agency_name,
        version.bloc,
        version.agency_level,
        version.parent_code,
        version.commune_code,
        coalesce(version.valid_to_date >= agencies_as_of.day, true),
        version.valid_from_date,
        version.valid_to_date,
        holder.holder_agency_code,
        holder.holder_agency_name,
        coalesce(holder.holder_state, 'nobody')
    from marts.dim_agency_version as version
    left join marts.bridge_agency_holder as holder
        on version.agency_code = holder.agency_code
            and (holder.valid_from_date is null or holder.valid_from_date <= agencies_as_of.day)
            and (holder.valid_to_date is null or holder.valid_to_date >= agencies_as_of.day)
            and holder.known_from_at <= agencies_as_of.known
            and (holder.known_to_at is null or holder.known_to_at > agencies_as_of.known)
    where
        (version.valid_from_date is null or version.valid_from_date <= agencies_as_of.day)
        and version.known_from_at <= agencies_as_of.known
        and (version.known_to_at is null or version.known_to_at > agencies_as_of.known)
    order by version.agency_code, version.valid_from_date desc nulls last
$$;
comment on function marts.agencies_as_of(date, timestamptz) is
    'Agencies that had begun by a day, under the name they bore last, with who held their work and papers that day, by what was known at a moment. One row per agency the login may see.';
revoke all on function marts.agencies_as_of(date, timestamptz) from public;
grant execute on function marts.agencies_as_of(date, timestamptz) to kho_analyst;

create function marts.documents_as_of(
    day date default timezone('Asia/Ho_Chi_Minh', now())::date,
    known timestamptz default now()
) returns table (
    document_key text,
    agency_code text,
    document_number text,
    issued_date_text text,
    is_date_accepted boolean,
    issuer_name text,
    filed_agency_name text,
    filed_state text,
    holder_agency_code text,
    holder_agency_name text,
    holder_state text
)
language sql stable security invoker parallel safe
as $$
    select
        document.document_key,
        document.agency_code,
        document.document_number,
        document.issued_date_text,
        document.is_date_accepted,
        document.issuer_name,
        case when filed.name_count = 1 then filed.agency_name end,
        case
            when filed.version_count = 0 then 'agency_unknown'
            when filed.name_count = 0 then 'not_in_office'
            when filed.name_count > 1 then 'several_names'
            when document.issued_date_precision = 'day' then 'in_force'
            else 'only_name'
        end,
        holder.holder_agency_code,
        holder.holder_agency_name,
        coalesce(holder.holder_state, 'nobody')
    from marts.dim_document as document
    left join lateral (
        select
            case document.issued_date_precision
                when 'day' then document.issued_date
                when 'month' then to_date(document.issued_date_text || '-01', 'YYYY-MM-DD')
                when 'year' then make_date(document.issued_year, 1, 1)
            end as first_date,
            case document.issued_date_precision
                when 'day' then document.issued_date
                when 'month'
                    then (to_date(document.issued_date_text || '-01', 'YYYY-MM-DD') + interval '1 month')::date - 1
                when 'year' then make_date(document.issued_year, 12, 31)
            end as last_date
    ) as issued on true
    left join lateral (
        select
            count(*) as version_count,
            count(distinct version.agency_name) filter (
                where coalesce(version.valid_from_date, '-infinity') <= coalesce(issued.last_date, 'infinity')
                    and coalesce(version.valid_to_date, 'infinity') >= coalesce(issued.first_date, '-infinity')
            ) as name_count,
            min(version.agency_name) filter (
                where coalesce(version.valid_from_date, '-infinity') <= coalesce(issued.last_date, 'infinity')
                    and coalesce(version.valid_to_date, 'infinity') >= coalesce(issued.first_date, '-infinity')
            ) as agency_name
        from marts.dim_agency_version as version
        where
            version.agency_code = document.agency_code
            and version.known_from_at <= documents_as_of.known
            and (version.known_to_at is null or version.known_to_at > documents_as_of.known)
    ) as filed on true
    left join marts.bridge_agency_holder as holder
        on document.agency_code = holder.agency_code
            and (holder.valid_from_date is null or holder.valid_from_date <= documents_as_of.day)
            and (holder.valid_to_date is null or holder.valid_to_date >= documents_as_of.day)
            and holder.known_from_at <= documents_as_of.known
            and (holder.known_to_at is null or holder.known_to_at > documents_as_of.known)
$$;
comment on function marts.documents_as_of(date, timestamptz) is
    'Documents with their agency as filed (its name in force when they were issued) and with who held its papers on a day, by what was known at a moment. One row per document the login may see.';
revoke all on function marts.documents_as_of(date, timestamptz) from public;
grant execute on function marts.documents_as_of(date, timestamptz) to kho_analyst;
