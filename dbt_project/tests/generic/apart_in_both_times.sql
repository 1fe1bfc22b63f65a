{#- No two rows of one thing hold on the same day by what was known at the same moment. -#}
{% test apart_in_both_times(model, of, key) %}
select
    one.{{ key }} as one_key,
    other.{{ key }} as other_key
from {{ model }} as one
inner join {{ model }} as other
    on
        one.{{ of }} = other.{{ of }}
        and one.{{ key }} < other.{{ key }}
        and {{ overlap_in_both_times('one', 'other') }}
{% endtest %}
