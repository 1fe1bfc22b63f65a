{#-
    Which of the five states a claim is in. The order of the rules is theirs: what cannot be asked
    was not answered, and an answer to other values says nothing of these.
-#}
{% macro claim_state() -%}
    case
        when person_id is null or person_name is null then 'missing_field'
        when person_id !~ '^([0-9]{9}|[0-9]{12})$' then 'unverifiable'
        when not is_answered then 'unverifiable'
        when result_type = 'matched' then 'verified'
        when result_type = 'differs' then 'mismatched'
        when result_type = 'ambiguous' then 'ambiguous'
        else 'unverifiable'
    end
{%- endmacro %}

{#- Why a claim is in its state, or what is to be corrected although it is verified. -#}
{% macro claim_reason() -%}
    case
        when person_id is null then 'number_missing'
        when person_name is null then 'name_missing'
        when person_id !~ '^([0-9]{9}|[0-9]{12})$' then 'number_malformed'
        when not is_answered then 'not_asked'
        when result_type = 'matched' and has_successor then 'old_number'
        when result_type = 'matched' then null
        when result_type = 'differs' then 'fields_differ'
        when result_type = 'ambiguous' then 'several_people'
        else 'not_found'
    end
{%- endmacro %}
