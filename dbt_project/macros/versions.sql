{#-
    The versions of a registry's records, from all that has landed: a full refresh gives the same rows.

    Meant as the last CTEs of a model that has "records" (every landed state) and "compared" (what full
    lists of keys told); gives the CTE "versions". A version holds from a change up to the next (the
    end excluded). What was said of one change and then said otherwise stays, with the end of its
    knowledge. Withdrawals come from lists of keys, and lists that are empty or cut off note none.
-#}
{% macro versions(key, columns) -%}
    -- Only what readers see makes a word another one.
    landed as (
        select
            *,
            coalesce(changed_at, '-infinity') as begun_at,
            md5(jsonb_build_array(is_deleted, {{ columns | join(', ') }})::text) as content
        from records
        where {{ key }} is not null
    ),

    -- A change read later than a newer one tells of the past, not that the record is there.
    read_in_order as (
        select
            *,
            begun_at = max(begun_at) over (partition by {{ key }} order by _extracted_at asc) as is_newest,
            lag(content) over words as content_before
        from landed
        window words as (
            partition by {{ key }}, begun_at order by _extracted_at asc, _batch_id asc, content asc
        )
    ),

    -- Delivered again, a word comes again: it is none of its own.
    words as (
        select
            *,
            lead(_extracted_at) over (
                partition by {{ key }}, begun_at order by _extracted_at asc, _batch_id asc, content asc
            ) as known_to_at
        from read_in_order
        where content is distinct from content_before
    ),

    records_now as (
        select
            *,
            row_number() over (partition by {{ key }} order by begun_at asc) as state_ordinal
        from words
        where known_to_at is null
    ),

    seen as (
        select
            {{ key }},
            _extracted_at as seen_at,
            0 as preference,
            _batch_id,
            false as is_gone,
            begun_at
        from read_in_order
        where is_newest
        union all
        select
            {{ key }},
            observed_at as seen_at,
            1 as preference,
            _batch_id,
            observation_type = 'withdrawn' as is_gone,
            null as begun_at
        from compared
        where observation_type in ('withdrawn', 'returned')
    ),

    seen_in_order as (
        select
            *,
            -- Not before the last change that was known: a clock may be ahead of ours.
            greatest(seen_at, max(begun_at) over history) as turned_at,
            lag(is_gone) over history as was_gone
        from seen
        window history as (
            partition by {{ key }}
            order by seen_at asc, preference asc, _batch_id asc, begun_at asc
            rows between unbounded preceding and current row
        )
    ),

    events as (
        select
            {{ key }},
            begun_at as happened_at,
            true as is_record,
            false as is_gone,
            _extracted_at as known_from_at,
            _batch_id
        from records_now
        union all
        select
            {{ key }},
            turned_at as happened_at,
            false as is_record,
            is_gone,
            seen_at as known_from_at,
            _batch_id
        from seen_in_order
        where is_gone is distinct from was_gone
    ),

    counted as (
        select
            *,
            count(*) filter (where is_record) over (
                partition by {{ key }}
                order by happened_at asc, is_record desc, known_from_at asc
                rows between unbounded preceding and current row
            ) as state_ordinal
        from events
    ),

    states as (
        select
            counted.{{ key }},
            counted.happened_at,
            counted.is_record,
            counted.known_from_at,
            counted._batch_id,
            records_now.state_ordinal,
            records_now.is_deleted or counted.is_gone as is_deleted,
            lag(records_now.is_deleted or counted.is_gone) over (
                partition by counted.{{ key }}
                order by counted.happened_at asc, counted.is_record desc, counted.known_from_at asc
            ) as was_deleted
        from counted
        inner join records_now
            on
                counted.{{ key }} = records_now.{{ key }}
                and counted.state_ordinal = records_now.state_ordinal
    ),

    spans as (
        select
            *,
            lead(happened_at) over (
                partition by {{ key }}
                order by happened_at asc, is_record desc, known_from_at asc
            ) as ended_at
        from states
        where is_record or is_deleted is distinct from was_deleted
    ),

    versions_known as (
        select
            spans.{{ key }},
            records_now.{{ columns | join(', records_now.') }},
            spans.is_deleted,
            spans.happened_at,
            spans.ended_at,
            spans.known_from_at,
            null::timestamptz as known_to_at,
            records_now.changed_at,
            spans._batch_id
        from spans
        inner join records_now
            on
                spans.{{ key }} = records_now.{{ key }}
                and spans.state_ordinal = records_now.state_ordinal
        union all
        select
            words.{{ key }},
            words.{{ columns | join(', words.') }},
            words.is_deleted,
            words.begun_at as happened_at,
            spans.ended_at,
            words._extracted_at as known_from_at,
            words.known_to_at,
            words.changed_at,
            words._batch_id
        from words
        inner join spans
            on
                words.{{ key }} = spans.{{ key }}
                and words.begun_at = spans.happened_at
                and spans.is_record
        -- Of two words in one answer one counts, the same at every build; raw has the other.
        where words.known_to_at > words._extracted_at
    ),

    versions as (
        select
            {{ key }} || ':' || {{ moment_in_key("nullif(happened_at, '-infinity')") }}
            || ':' || {{ moment_in_key('known_from_at') }} as version_key,
            {{ key }},
            {{ columns | join(', ') }},
            is_deleted,
            known_to_at is null and ended_at is null and not is_deleted as is_current,
            changed_at,
            nullif(happened_at, '-infinity') as valid_from_at,
            ended_at as valid_to_at,
            known_from_at,
            known_to_at,
            _batch_id,
            known_from_at as _extracted_at
        from versions_known
        where ended_at is null or happened_at < ended_at
    )
{%- endmacro %}

{#- A moment as part of a key; "-" where it is not known. -#}
{% macro moment_in_key(moment) -%}
    coalesce(to_char(timezone('UTC', {{ moment }}), 'YYYYMMDD"T"HH24MISS.US'), '-')
{%- endmacro %}
