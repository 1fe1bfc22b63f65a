{#-
    An agency's code with its root first: the old form is written from the end and padded with zeros,
    so that 000.06.16.H26 and H26.16.06 are one agency.
-#}
{% macro dotted_code(code) -%}
    case
        when {{ code }} ~ '^([0-9]+\.)+[A-Z][0-9]{2}$' then (
            select string_agg(part, '.' order by place desc)
            from unnest(string_to_array({{ code }}, '.')) with ordinality as parts (part, place)
            where part !~ '^0+$'
        )
        else {{ code }}
    end
{%- endmacro %}
