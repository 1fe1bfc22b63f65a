{#-
    Text as it is compared: letters composed, blanks single, case aside. Blanks and capitals are
    habits of typing, not readings.
-#}
{% macro plain(column) -%}
    nullif(lower(btrim(regexp_replace(normalize({{ column }}, nfc), '\s+', ' ', 'g'))), '')
{%- endmacro %}

{#- An abstract as it is compared: without the words that only say that one follows. -#}
{% macro plain_abstract(column) -%}
    nullif(btrim(regexp_replace({{ plain(column) }}, '^(v/v|về việc|về)\M[ :]*', ''), ' .'), '')
{%- endmacro %}

{#- How many of the shorter text's words the other has too, 0 to 1. -#}
{% macro shared_words(one, other) -%}
    (
        select count(*)::numeric from (
            select unnest(string_to_array({{ plain_abstract(one) }}, ' '))
            intersect
            select unnest(string_to_array({{ plain_abstract(other) }}, ' '))
        ) as both_have
    ) / nullif(least(
        (select count(distinct word) from unnest(string_to_array({{ plain_abstract(one) }}, ' ')) as words (word)),
        (select count(distinct word) from unnest(string_to_array({{ plain_abstract(other) }}, ' ')) as words (word))
    ), 0)
{%- endmacro %}
