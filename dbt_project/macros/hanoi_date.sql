{#- The day of an instant in the city. -#}
{% macro hanoi_date(instant) -%}
    timezone('Asia/Ho_Chi_Minh', {{ instant }})::date
{%- endmacro %}
