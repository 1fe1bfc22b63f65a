{#-
    A document number has two parts: the number given in the register (kept as text, with its
    leading zeros) and the symbol that says type and issuer. The State writes 51/QĐ-UBND, legal
    texts carry their year (30/2020/NĐ-CP), the Party writes 29-CT/TU.
-#}
{% macro code_number(column) -%}
    substring({{ column }} from '^\s*([0-9]+[a-zA-Z]?)\s*[/-]')
{%- endmacro %}

{% macro code_notation(column) -%}
    nullif(btrim(substring(
        {{ column }} from '^\s*[0-9]+[a-zA-Z]?\s*[/-]\s*(?:(?:19|20)[0-9]{2}\s*[/-]\s*)?([^0-9\s].*)$'
    )), '')
{%- endmacro %}

{% macro code_year(column) -%}
    substring({{ column }} from '^\s*[0-9]+[a-zA-Z]?\s*/\s*((?:19|20)[0-9]{2})\s*[/-]')::integer
{%- endmacro %}
