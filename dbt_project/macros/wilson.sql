{#-
    A share with its 95 % interval after Wilson (1927): it stays within 0 and 1, and a share of 0 of
    13 does not pretend to be certain. 1.96 squared is 3.8416. Empty where there is nothing to count.
-#}
{% macro share(count, whole) -%}
    (case when {{ whole }} > 0 then {{ count }}::numeric / {{ whole }} end)::numeric(6, 5)
{%- endmacro %}

{% macro wilson_low(count, whole) -%}
    {{ _wilson(count, whole, '-') }}
{%- endmacro %}

{% macro wilson_high(count, whole) -%}
    {{ _wilson(count, whole, '+') }}
{%- endmacro %}

{% macro _wilson(count, whole, side) -%}
    (case
        when {{ whole }} > 0
            then greatest(0, least(1, (
                {{ count }} + 1.9208
                {{ side }} 1.96 * sqrt(
                    {{ count }}::numeric * ({{ whole }} - {{ count }}) / {{ whole }} + 0.9604
                )
            ) / ({{ whole }} + 3.8416)))
    end)::numeric(6, 5)
{%- endmacro %}
