{#- No two versions of one thing hold at one moment by what was known at one moment (ends excluded). -#}
{% test one_version_at_a_time(model, of) %}
select
    one.version_key as one_key,
    other.version_key as other_key
from {{ model }} as one
inner join {{ model }} as other
    on
        one.{{ of }} = other.{{ of }}
        and one.version_key < other.version_key
        and coalesce(one.valid_from_at, '-infinity') < coalesce(other.valid_to_at, 'infinity')
        and coalesce(other.valid_from_at, '-infinity') < coalesce(one.valid_to_at, 'infinity')
        and one.known_from_at < coalesce(other.known_to_at, 'infinity')
        and other.known_from_at < coalesce(one.known_to_at, 'infinity')
{% endtest %}
