create schema search;
comment on schema search is 'How words of documents are folded, and how queries are read.';
revoke all on schema search from public;

-- Letters without their marks, in lower case: as many as the text has in form NFC.
create function search.folded(text) returns text
language sql immutable strict parallel safe as $$
    select replace(
        lower(regexp_replace(
            replace(normalize($1, NFD), 'Đ', 'đ'), E'[\u0300-\u036f]', '', 'g'
        )),
        'đ', 'd'
    )
$$;
comment on function search.folded(text) is
    'Text without marks, in lower case: one letter for each of form NFC.';

-- In lower case with marks, the tone where the old spelling puts it: hòa for hòa and for hoà.
create function search.lowered(text) returns text
language sql immutable strict parallel safe as $$
    with lowered as (
        select normalize(lower(replace(normalize($1, NFD), 'Đ', 'đ')), NFC) as t
    ),
    with_oa as (
        select replace(replace(replace(replace(replace(
            t, 'oà', 'òa'), 'oá', 'óa'), 'oả', 'ỏa'), 'oã', 'õa'), 'oạ', 'ọa') as t
        from lowered
    ),
    with_oe as (
        select replace(replace(replace(replace(replace(
            t, 'oè', 'òe'), 'oé', 'óe'), 'oẻ', 'ỏe'), 'oẽ', 'õe'), 'oẹ', 'ọe') as t
        from with_oa
    )
    select replace(replace(replace(replace(replace(
        t, 'uỳ', 'ùy'), 'uý', 'úy'), 'uỷ', 'ủy'), 'uỹ', 'ũy'), 'uỵ', 'ụy')
    from with_oe
$$;
comment on function search.lowered(text) is
    'Text with marks, in lower case, tones placed as the old spelling does.';

-- The parser takes 155/KH-UBND for a file and 2025-12 for a negative number: only words are left.
create function search.spaced(text) returns text
language sql immutable strict parallel safe as $$
    select regexp_replace(
        $1, E'[][\\s!-/:-@\\\\^_`{-~\u00a0-\u00bf\u00ad\u200b-\u200f\u2010-\u206f\u3000-\u303f\ufeff]+', ' ', 'g'
    )
$$;
comment on function search.spaced(text) is 'Text with one space for whatever is no word.';

-- Each word with the next: what stands in a row is found without looking at every page that has
-- the words, and syllables, which are few, say little alone.
create function search.pairs(text) returns text[]
language sql immutable strict parallel safe as $$
    with told as (select string_to_array(btrim($1), ' ') as words)
    select array(
        select words[at] || '_' || words[at + 1]
        from told cross join lateral generate_series(1, cardinality(words) - 1) as at
        where length(words[at]) + length(words[at + 1]) <= 200
    )
    from told
$$;
comment on function search.pairs(text) is 'Words of a spaced text, each joined with the next.';

-- Words without marks, with their places; and, without places, those that have marks, and pairs.
create function search.words(text) returns tsvector
language plpgsql immutable strict parallel safe as $$
declare
    folded constant text := search.spaced(search.folded($1));
begin
    return to_tsvector('pg_catalog.simple', folded)
        || array_to_tsvector(search.pairs(folded))
        || array_to_tsvector(array(
            select word
            from unnest(string_to_array(search.spaced(search.lowered($1)), ' ')) as word
            where octet_length(word) > length(word) and length(word) <= 100
        ));
end $$;
comment on function search.words(text) is
    'What a text is found by: its words without marks, pairs of them, and those with marks as they are.';

-- Whose a text is stands among its words, marked by a sign that no word has: an analyst's few pages
-- are found by the index, not by looking at everybody's that have the words.
create function search.owned_by(agency_code text) returns tsvector
language sql immutable parallel safe as $$
    select array_to_tsvector(array_remove(array['@' || nullif($1, '')], null))
$$;
comment on function search.owned_by(text) is 'The word that says whose a text is.';

-- Of many agencies together no index is quicker than a look at each row.
create function search.owned_by_any(agency_codes text[]) returns tsquery
language sql immutable parallel safe as $$
    select coalesce(
        string_agg('''' || replace(replace('@' || code, '\', '\\'), '''', '''''') || '''', ' | '), ''
    )::tsquery
    from unnest($1) as code
    where cardinality($1) <= 8 and code <> ''
$$;
comment on function search.owned_by_any(text[]) is
    'Texts of one of these agencies; says nothing where they are more than eight.';

-- All pairs of a text in any place, or null where it has one word.
create function search.in_a_row(text) returns tsquery
language sql immutable strict parallel safe as $$
    select string_agg(quote_literal(pair), ' & ')::tsquery
    from unnest(search.pairs(search.spaced(search.folded($1)))) as pair
$$;
comment on function search.in_a_row(text) is 'Pairs of the words of a text, all of them.';

-- All parts must be there: a word, a phrase in quotes, a number with its symbol as one phrase.
create function search.asked(text, is_by_pairs boolean default false) returns tsquery
language plpgsql immutable strict parallel safe as $$
declare
    part text[];
    wanted tsquery := null;
    one tsquery;
begin
    for part in select regexp_matches(search.folded($1), '"([^"]*)"|([^\s"]+)', 'g') loop
        one := phraseto_tsquery('pg_catalog.simple', search.spaced(coalesce(part[1], part[2])));
        if numnode(one) > 0 then
            if is_by_pairs and numnode(one) > 1 then
                one := coalesce(search.in_a_row(coalesce(part[1], part[2])) && one, one);
            end if;
            wanted := case when wanted is null then one else wanted && one end;
        end if;
    end loop;
    return wanted;
end $$;
comment on function search.asked(text, boolean) is
    'What a query asks for: every word, phrases in quotes, marks ignored; null if no word is in it.';

-- All words that were asked for with marks: who writes them prefers what has them.
create function search.marked(text) returns tsquery
language sql immutable strict parallel safe as $$
    select string_agg(quote_literal(word), ' & ')::tsquery
    from regexp_split_to_table(search.spaced(search.lowered($1)), ' ') as word
    where word ~ '[^\x01-\x7f]' and length(word) <= 100
$$;
comment on function search.marked(text) is 'Words of a query that have marks, all of them.';

-- A date that is one: 31/02/2025 is none.
create function search.day(text, text, text) returns date
language plpgsql immutable strict parallel safe as $$
begin
    return make_date($3::integer, $2::integer, $1::integer);
exception when datetime_field_overflow then
    return null;
end $$;
comment on function search.day(text, text, text) is 'Day, month and year as a date; null if none.';

-- Where in a text a query is best shown: the words of the longest part of it in a row.
create function search.snippet(text, tsquery) returns text
language plpgsql immutable strict parallel safe as $$
declare
    plain constant text := normalize($1, NFC);
    folded constant text := search.folded($1);
    words constant text[] := array(
        select one[1] from regexp_matches($2::text, '''((?:[^'']|'''')+)''', 'g') as one
    );
    gap constant text := '[^a-z0-9]+';
    run integer;
    first integer;
    pattern text;
    spot integer := 0;
begin
    if length(plain) <> length(folded) or cardinality(words) = 0 then
        return left(plain, 200);
    end if;
    <<runs>> for run in reverse cardinality(words)..1 loop
        for first in 1..cardinality(words) - run + 1 loop
            pattern := '\m' || array_to_string(
                array(select regexp_replace(w, '([^a-z0-9])', '\\\1', 'g') from unnest(words[first:first + run - 1]) as w), gap
            ) || '\M';
            spot := regexp_instr(folded, pattern);
            exit runs when spot > 0;
        end loop;
    end loop;
    if spot = 0 then
        return left(plain, 200);
    end if;
    first := greatest(1, spot - 80);
    run := regexp_instr(folded, pattern, 1, 1, 1) - spot;
    return case when first > 1 then '…' else '' end
        || regexp_replace(
            substr(plain, first, spot - first) || '«' || substr(plain, spot, run) || '»'
            || substr(plain, spot + run, greatest(0, 160 - run)), '\s+', ' ', 'g'
        )
        || case when spot + 160 < length(plain) then '…' else '' end;
end $$;
comment on function search.snippet(text, tsquery) is
    'Two hundred letters around the longest part of a query in a text, that part in «».';

-- Filters that are not given let everything through; the caller has refused those nobody knows.
create function search.passes(
    filters jsonb, agency_code text, issuer_name text, type_code text, issued_date date,
    dossier_code text, box_code text
) returns boolean
language sql stable parallel safe as $$
    select
        ($1 ->> 'agency_code' is null or $2 = $1 ->> 'agency_code')
        and ($1 ->> 'issuer_name' is null or search.folded($3) = search.folded($1 ->> 'issuer_name'))
        and ($1 ->> 'type_code' is null or $4 = $1 ->> 'type_code')
        and ($1 ->> 'issued_from' is null or $5 >= ($1 ->> 'issued_from')::date)
        and ($1 ->> 'issued_to' is null or $5 <= ($1 ->> 'issued_to')::date)
        and ($1 ->> 'dossier_code' is null or $6 = $1 ->> 'dossier_code')
        and ($1 ->> 'box_code' is null or $7 = $1 ->> 'box_code')
$$;
comment on function search.passes(jsonb, text, text, text, date, text, text) is
    'Whether a document passes the filters of a search.';
