{#- Text as we keep it: composed letters (NFC), no blanks around it, null when nothing is left. -#}
{% macro cleaned(column) -%}
    nullif(btrim(normalize({{ column }}, nfc)), '')
{%- endmacro %}
