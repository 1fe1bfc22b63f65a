{#-
    Dates keep the precision they were read with: a year or a month is never filled up with 01.
    A whole date counts only if the calendar has that day; 2025-02-30 has no precision at all.
-#}
{% macro date_precision(column) -%}
    case
        when {{ column }} ~ '^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
            then case
                when
                    right({{ column }}, 2)::integer
                    <= date_part('day', (left({{ column }}, 7) || '-01')::date + interval '1 month - 1 day')
                    then 'day'
            end
        when {{ column }} ~ '^[12][0-9]{3}-(0[1-9]|1[0-2])$' then 'month'
        when {{ column }} ~ '^[12][0-9]{3}$' then 'year'
    end
{%- endmacro %}
