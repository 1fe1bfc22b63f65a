-- One way to search for every reader. It runs with the owner's rights, because a reader's row
-- security keeps the server from looking words up in an index (the operator could leak); so it
-- asks itself which agencies the login may see, in every place that gives rows.
create function marts.search_documents(
    query text,
    filters jsonb default '{}',
    query_vector real[] default null,
    most integer default 20,
    vector_model text default null
) returns table (
    place integer,
    score numeric,
    document_key text,
    agency_code text,
    page_number integer,
    found_in text[],
    snippet text,
    box jsonb,
    document_number text,
    issued_date date,
    type_name text,
    issuer_name text,
    abstract text
)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    known constant text[] := array[
        'agency_code', 'issuer_name', 'type_code', 'issued_from', 'issued_to', 'dossier_code', 'box_code'
    ];
    looked_at constant integer := 400;  -- rows ranked of each kind: a common word is in all of them
    nearest constant integer := 100;  -- documents taken by meaning
    likest constant integer := 50;  -- documents taken by likeness of letters
    steepness constant integer := 60;  -- of reciprocal rank: Cormack, Clarke and Büttcher 2009
    stray constant text := (select min(key) from jsonb_object_keys(filters) as key where key <> all (known));
    allowed constant text[] := case
        when session_user = current_user then null else coalesce(sec.current_agencies(), '{}')
    end;
    folded constant text := search.folded(query);
    asked constant tsquery := search.asked(query);
    marked constant tsquery := search.marked(query);
    -- Looked for in the index: pairs narrow what has to be looked at for a phrase.
    sought constant tsquery := search.asked(query, true) && search.owned_by_any(allowed);
    in_a_row constant tsquery := search.in_a_row(query);
    -- Meaning is not told without marks: a vector of such a query is of no use.
    meaning_weight constant numeric := case when query ~ '[^\x01-\x7f]' then 3 else 0.1 end;
    number_parts constant text[] := coalesce(
        regexp_match(folded, '\m([0-9]{1,6}[a-z]?)\s*/\s*((?:[0-9]{4}\s*/\s*)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*)'),
        regexp_match(folded, '^\s*([0-9]{1,6}[a-z]?)()\s*$'),
        regexp_match(folded, '()\m([a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)+)\M')
    );
    day_parts constant text[] := coalesce(
        regexp_match(folded, '\m([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{4})\M'),
        regexp_match(folded, '\mngay\s+([0-9]{1,2})\s+thang\s+([0-9]{1,2})\s+nam\s+([0-9]{4})\M')
    );
    asked_code constant text := nullif(ltrim(number_parts[1], '0'), '');
    asked_notation constant text := nullif(regexp_replace(number_parts[2], '^[0-9]{4}\s*/\s*', ''), '');
    asked_year constant integer := substring(number_parts[2] from '^([0-9]{4})\s*/')::integer;
    asked_day constant date := search.day(day_parts[1], day_parts[2], day_parts[3]);
    vectors constant text := (
        select quote_ident(nspname) from pg_extension
        inner join pg_namespace on pg_namespace.oid = extnamespace where extname = 'vector'
    );
    similarity constant text := (
        select quote_ident(nspname) from pg_extension
        inner join pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm'
    );
    -- What may be found at all, in the words of a statement whose first two values are these.
    wanted constant text := $sql$
        select found.* from intermediate.int_documents__findable as found
        where ($1::text[] is null or found.agency_code = any($1))
            and search.passes(
                $2, found.agency_code, found.issuer_name, found.type_code, found.issued_date,
                found.dossier_code, found.box_code
            )
    $sql$;
    by_meaning text[] := '{}';
    by_likeness text[] := '{}';
    has_all_words boolean;
begin
    if stray is not null then
        raise exception 'search_documents: there is no filter %', stray
            using hint = 'Filters are ' || array_to_string(known, ', ') || '.',
            errcode = 'invalid_parameter_value';
    end if;
    if most is null or most not between 1 and 1000 then
        raise exception 'search_documents: most is 1 to 1000' using errcode = 'invalid_parameter_value';
    end if;

    if query_vector is not null and vectors is not null then
        execute format(
            'select array(
                select wanted.document_key from (%2$s) as wanted
                where wanted.embedding is not null and array_length(wanted.embedding, 1) = $4
                    and ($5 is null or wanted.model_name || '' '' || wanted.model_version = $5)
                order by wanted.embedding::%1$s.vector operator(%1$s.<=>) $3::%1$s.vector
                limit $6)', vectors, wanted
        ) into by_meaning
        using allowed, filters, query_vector, array_length(query_vector, 1), vector_model, nearest;
    end if;

    -- Only where nothing that may be found has all the words: a typing error is likely.
    if similarity is not null and asked is not null and asked_code is null then
        execute format(
            'select exists (select from (%1$s) as wanted where wanted.words @@ $3) or exists (
                select from intermediate.int_pages__findable as page
                inner join (%1$s) as wanted on page.document_key = wanted.document_key
                where page.words @@ $3)', wanted
        ) into has_all_words using allowed, filters, sought;
        if not has_all_words then
            execute format(
                'select array(
                    select wanted.document_key from (%2$s) as wanted
                    where $3 operator(%1$s.<<%%) wanted.title_folded
                    order by
                        %1$s.strict_word_similarity($3, wanted.title_folded) desc, wanted.document_key
                    limit $4)', similarity, wanted
            ) into by_likeness using allowed, filters, folded, likest;
        end if;
    end if;

    return query
    -- Not materialized: each way looks up its own few rows by its own index.
    with wanted as not materialized (
        select found.* from intermediate.int_documents__findable as found
        where
            (allowed is null or found.agency_code = any(allowed))
            and search.passes(
                filters, found.agency_code, found.issuer_name, found.type_code, found.issued_date,
                found.dossier_code, found.box_code
            )
    ),

    -- What has the words in a row is looked at first: of common words not all can be.
    looks (words, bonus) as (values (in_a_row && sought, 1), (sought, 0)),

    numbered as (
        select
            wanted.document_key,
            'number' as way,
            case when asked_code is not null then 12.0 when asked_day is not null then 6.0 else 1.0 end as weight,
            row_number() over (
                order by
                    (wanted.code_number = asked_code and wanted.notation = asked_notation) desc nulls last,
                    (wanted.issued_date = asked_day) desc nulls last,
                    wanted.issued_date desc nulls last, wanted.document_key
            ) as rank,
            null::integer as page_number
        from wanted
        where
            (asked_code is not null or asked_notation is not null or asked_day is not null)
            and (asked_code is null or wanted.code_number = asked_code)
            and (
                asked_notation is null or wanted.notation = asked_notation
                or wanted.notation like asked_notation || '-%'
            )
            and (asked_year is null or wanted.issued_year = asked_year)
            and (asked_day is null or wanted.issued_date = asked_day)
        limit looked_at
    ),

    titles as (
        select distinct on (hit.document_key) hit.*
        from looks
        cross join lateral (
            select
                wanted.document_key,
                wanted.issued_date,
                ts_rank_cd(wanted.words, asked, 1) + looks.bonus as closeness,
                wanted.words @@ marked is not false as is_as_written
            from wanted
            where wanted.words @@ looks.words
            limit looked_at
        ) as hit
        order by hit.document_key, hit.closeness desc
    ),

    titled as (
        select
            titles.document_key,
            'title' as way,
            case when titles.is_as_written then 1.5 else 0.5 end as weight,
            row_number() over (
                order by
                    titles.is_as_written desc, titles.closeness desc,
                    titles.issued_date desc nulls last, titles.document_key
            ) as rank,
            null::integer as page_number
        from titles
    ),

    pages as (
        select distinct on (hit.document_key) hit.*
        from looks
        cross join lateral (
            select
                page.document_key,
                page.page_number,
                ts_rank_cd(page.words, asked, 1) + looks.bonus as closeness,
                page.words @@ marked is not false as is_as_written
            from intermediate.int_pages__findable as page
            inner join wanted on page.document_key = wanted.document_key
            where page.words @@ looks.words and (allowed is null or page.agency_code = any(allowed))
            limit looked_at
        ) as hit
        order by hit.document_key, hit.is_as_written desc, hit.closeness desc, hit.page_number
    ),

    paged as (
        select
            pages.document_key,
            'page' as way,
            case when pages.is_as_written then 1.0 else 0.4 end as weight,
            row_number() over (order by pages.is_as_written desc, pages.closeness desc, pages.document_key) as rank,
            pages.page_number
        from pages
    ),

    meant as (
        select one.document_key, 'meaning' as way, meaning_weight as weight, one.rank, null::integer as page_number
        from unnest(by_meaning) with ordinality as one (document_key, rank)
    ),

    alike as (
        select one.document_key, 'likeness' as way, 1.0 as weight, one.rank, null::integer as page_number
        from unnest(by_likeness) with ordinality as one (document_key, rank)
    ),

    ways as (
        select * from numbered
        union all
        select * from titled
        union all
        select * from paged
        union all
        select * from meant
        union all
        select * from alike
    ),

    -- Weighted reciprocal rank: no way's scores can be compared with another's, their orders can.
    fused as (
        select
            ways.document_key,
            sum(ways.weight / (steepness + ways.rank)) as score,
            max(ways.page_number) as page_number,
            array_agg(ways.way order by ways.weight / (steepness + ways.rank) desc) as found_in
        from ways
        group by ways.document_key
        order by score desc, ways.document_key
        limit most
    ),

    -- Page, snippet and box are of one place: of the way that found the document best.
    placed as (
        select fused.*, fused.found_in[1] = 'page' or not fused.found_in && '{number,title}' as is_of_page
        from fused
    )

    select
        row_number() over (order by placed.score desc, placed.document_key)::integer,
        round(placed.score, 6),
        found.document_key,
        found.agency_code,
        coalesce(spot.page_number, 1),
        placed.found_in,
        search.snippet(coalesce(spot.page_text, found.abstract, found.title), asked),
        spot.box,
        found.document_number,
        found.issued_date,
        found.type_name,
        found.issuer_name,
        found.abstract
    from placed
    inner join intermediate.int_documents__findable as found on placed.document_key = found.document_key
    left join lateral (
        select shown.page_number, shown.page_text, null::jsonb as box
        from intermediate.int_pages__latest as shown
        where
            placed.is_of_page
            and shown.document_key = placed.document_key and shown.page_number = placed.page_number
        union all
        select
            field.page_number,
            null,
            jsonb_build_object(
                'left', field.box_left, 'top', field.box_top, 'right', field.box_right, 'bottom', field.box_bottom
            )
        from intermediate.int_fields__bounded as field
        where
            not (placed.is_of_page and placed.page_number is not null)
            and field.document_key = placed.document_key
            and field.field_name = case when placed.found_in[1] = 'number' then 'number' else 'abstract' end
            and field.box_left is not null
        limit 1
    ) as spot on true
    order by placed.score desc, placed.document_key;
end $$;
comment on function marts.search_documents(text, jsonb, real[], integer, text) is
    'Documents that a query finds, best first, of the agencies the login may see: by number, title, page text, and by meaning if a vector is given.';
revoke all on function marts.search_documents(text, jsonb, real[], integer, text) from public;
grant execute on function marts.search_documents(text, jsonb, real[], integer, text) to kho_analyst;
