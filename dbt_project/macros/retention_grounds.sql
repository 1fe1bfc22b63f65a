{#-
    Why a document is kept, in one line of one language (list_retention_words): what keeps it, whose
    word on the term holds, the term, and what it runs from.
-#}
{% macro retention_grounds(language, day_format) -%}
    concat_ws(
        '; ',
        format(kept_words.{{ language }}, to_char(retained.term_end_date, '{{ day_format }}')),
        source_words.{{ language }},
        format(term_words.{{ language }}, retained.retention_years::text),
        case
            when retained.rule_version is not null then
                format(
                    rule_words.{{ language }}, retained.rule_code, retained.rule_version,
                    coalesce(retained.legal_source, '-')
                )
        end,
        case
            when retained.trigger_date is null then unknown_words.{{ language }}
            else format(
                trigger_words.{{ language }},
                to_char(
                    retained.trigger_date,
                    case retained.trigger_code when 'work_year_ended' then 'YYYY' else '{{ day_format }}' end
                ),
                by_words.{{ language }}
            )
        end
    )
{%- endmacro %}
