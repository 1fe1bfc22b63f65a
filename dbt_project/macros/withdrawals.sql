{#-
    What a registry's full list last said of each key: gone from it, or there again. Of two words of
    one moment the later batch's counts. Meant as the CTE "last_seen", which the other macro reads.
-#}
{% macro last_seen(compared, keys) -%}
    select distinct on ({{ keys | join(', ') }})
        {{ keys | join(', ') }},
        observation_type,
        observed_at
    from {{ compared }}
    where observation_type in ('withdrawn', 'returned')
    order by {{ keys | join(' asc, ') }} asc, observed_at desc, _batch_id desc
{%- endmacro %}

{#- Whether a record is gone from the registry's list without a word, and was not read from it since. -#}
{% macro is_withdrawn(record) -%}
    coalesce(
        last_seen.observation_type = 'withdrawn' and last_seen.observed_at >= {{ record }}._extracted_at,
        false
    )
{%- endmacro %}
