{#- A field as it holds, beside its confidence and whether it may be counted on. -#}
{% macro held_field(relation, field, name) -%}
    {{ relation }}.{{ field }}_value as {{ name }},
    {{ relation }}.{{ field }}_confidence,
    coalesce({{ relation }}.is_{{ field }}_accepted, false) as is_{{ field }}_accepted
{%- endmacro %}

{#- Where an entry of a list stands, and how far it may be counted on. -#}
{% macro entry_evidence(relation='', has_page=true) -%}
    {%- set columns = [
        'text_as_read', 'method', 'decided_by', 'page_number', 'box_left', 'box_top', 'box_right', 'box_bottom',
        'confidence', 'is_accepted', '_batch_id', '_extracted_at',
    ] -%}
    {%- for column in columns if has_page or column != 'page_number' -%}
        {{ relation ~ '.' if relation }}{{ column }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
