{#-
    Whether two rows hold on a common day (both ends included, empty is open) and were known at a
    common moment (the end excluded).
-#}
{% macro overlap_in_both_times(one, other) -%}
    coalesce({{ one }}.valid_from_date, '-infinity') <= coalesce({{ other }}.valid_to_date, 'infinity')
    and coalesce({{ other }}.valid_from_date, '-infinity') <= coalesce({{ one }}.valid_to_date, 'infinity')
    and {{ one }}.known_from_at < coalesce({{ other }}.known_to_at, 'infinity')
    and {{ other }}.known_from_at < coalesce({{ one }}.known_to_at, 'infinity')
{%- endmacro %}

{#- A name for a row that has a span of days and one of knowledge. -#}
{% macro bitemporal_key(code, valid_from, known_from) -%}
    {{ code }} || ':' || coalesce({{ valid_from }}::text, '-') || ':'
    || to_char(timezone('UTC', {{ known_from }}), 'YYYYMMDD"T"HH24MISS.US')
{%- endmacro %}
