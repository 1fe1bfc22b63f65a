{#-
    A retention period as agencies write it, as the circular's code: the code itself, "Vĩnh viễn",
    or a number of years; terms that the list has no code for are 07 (other).
-#}
{% macro maintenance_code(column) -%}
    case
        when {{ column }} ~ '^0[1-7]$' then {{ column }}
        when lower(normalize({{ column }}, nfc)) in ('vĩnh viễn', 'vv', 'vinh vien') then '01'
        when {{ column }} ~* '^[0-9]{1,3}\s*(năm|nam|n)?$' then case substring({{ column }} from '^[0-9]+')
            when '70' then '02'
            when '50' then '03'
            when '30' then '04'
            when '20' then '05'
            when '10' then '06'
            else '07'
        end
        when {{ open_term(column) }} is not null then '07'
    end
{%- endmacro %}

{#- A term without a number, as agencies write it: it ends with a thing that happens, not with a year. -#}
{% macro open_term(column) -%}
    case
        when {{ plain(column) }} ~ '^(đến khi|den khi) .*(hết hiệu lực|het hieu luc)'
            then 'until_no_longer_in_force'
        when {{ plain(column) }} ~ '^((theo|bằng|bang) )?(tuổi thọ|tuoi tho)( của| cua)? (công trình|cong trinh)$'
            then 'life_of_the_work'
    end
{%- endmacro %}

{#- The number of years an agency writes; the code of a period has its years in the list. -#}
{% macro stated_years(column) -%}
    case
        when {{ column }} !~ '^0[1-7]$' and {{ column }} ~* '^[0-9]{1,3}\s*(năm|nam|n)?$'
            then nullif(substring({{ column }} from '^[0-9]+')::integer, 0)
    end
{%- endmacro %}

{#- Whether a row of a register says that it is doubtful in one of these columns. -#}
{% macro is_doubtful(columns) -%}
    coalesce(jsonb_path_exists(
        doubts, '$[*] ? (@ like_regex "^({{ columns | join('|') }}): ")'
    ), false)
{%- endmacro %}

{#- A code of a dossier, or its number on paper, as it is compared: capitals, blanks and lost zeros aside. -#}
{% macro dossier_name(column) -%}
    case
        when btrim({{ column }}) ~ '^[0-9]+$' then {{ without_zeros('btrim(' ~ column ~ ')') }}
        else nullif(upper(regexp_replace(normalize({{ column }}, nfc), '\s+', '', 'g')), '')
    end
{%- endmacro %}

{#- A key of a dossier (agency, colon, code), as it is compared: however its code was typed. -#}
{% macro dossier_key_name(column) -%}
    split_part({{ column }}, ':', 1) || ':' || {{ dossier_name("substring(" ~ column ~ " from '^[^:]*:(.*)$')") }}
{%- endmacro %}

{#- A number without the zeros before it: a spreadsheet has dropped them, or has not. -#}
{% macro without_zeros(column) -%}
    coalesce(nullif(ltrim({{ column }}, '0'), ''), left({{ column }}, 1))
{%- endmacro %}
