{#-
    Text as it is searched for keys: small letters without marks, one blank between words. Folded as
    search does, marks first: a server of locale C has no small letter for Ủ.
-#}
{% macro without_marks(column) -%}
    btrim(regexp_replace(search.folded({{ column }}), '\s+', ' ', 'g'))
{%- endmacro %}

{#- The same with its capitals: its lower case is the same text as "without_marks" gives. -#}
{% macro without_marks_as_written(column) -%}
    btrim(regexp_replace(translate(
        regexp_replace(normalize({{ column }}, nfd), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dD'
    ), '\s+', ' ', 'g'))
{%- endmacro %}

{#-
    Whether the tenth digit of a tax code is what the other nine ask for:
    10 - (sum of weighed digits mod 11). Guarded by "case": SQL may look at both sides of an "and".
-#}
{% macro has_right_check_digit(column) -%}
    {%- set terms = [] -%}
    {%- for weight in [31, 29, 23, 19, 17, 13, 7, 5, 3] -%}
        {%- do terms.append(weight ~ ' * substr(' ~ column ~ ', ' ~ loop.index ~ ', 1)::integer') -%}
    {%- endfor -%}
    case
        when {{ column }} ~ '^[0-9]{10}(-[0-9]{3})?$'
            then 10 - ({{ terms | join(' + ') }}) % 11 = substr({{ column }}, 10, 1)::integer
        else false
    end
{%- endmacro %}

{#- A name of an enterprise without what is written in two ways: its legal form. -#}
{% macro enterprise_words(column) -%}
    btrim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        regexp_replace(' ' || {{ without_marks(column) }} || ' ', '[^a-z0-9]+', ' ', 'g'),
        ' trach nhiem huu han ', ' tnhh ', 'g'),
        ' (mtv|1 thanh vien|1tv) ', ' mot thanh vien ', 'g'),
        ' (ctcp|cong ty cp) ', ' cong ty co phan ', 'g'),
        ' dntn ', ' doanh nghiep tu nhan ', 'g'))
{%- endmacro %}

{#- The share of words two texts have in common, of the longer one; empty where one is missing. -#}
{% macro words_in_common(one, other) -%}
    case
        when {{ one }} <> '' and {{ other }} <> ''
            then (
                select count(*)::numeric / greatest(
                    cardinality(string_to_array({{ one }}, ' ')),
                    cardinality(string_to_array({{ other }}, ' '))
                )
                from (
                    select unnest(string_to_array({{ one }}, ' '))
                    intersect all
                    select unnest(string_to_array({{ other }}, ' '))
                ) as common_words
            )
    end
{%- endmacro %}

{#- A number of a map or a parcel as it is compared: without what stands before it. -#}
{% macro bare_number(column) -%}
    nullif(ltrim({{ column }}, '0 '), '')
{%- endmacro %}
