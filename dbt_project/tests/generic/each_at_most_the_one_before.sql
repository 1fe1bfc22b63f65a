{#- In every row each of these numbers is there and at most the one before it. -#}
{% test each_at_most_the_one_before(model, columns) %}
select *
from {{ model }}
where
    num_nulls({{ columns | join(', ') }}) > 0
    {% for column in columns[1:] -%}
        or {{ column }} > {{ columns[loop.index0] }}
    {% endfor %}
    or {{ columns[-1] }} < 0
{% endtest %}
