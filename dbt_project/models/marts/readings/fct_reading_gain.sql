{{
    config(indexes=[
        {'columns': ['gain_key'], 'unique': true},
        {'columns': ['agency_code']},
    ])
}}
with gained as (
    select * from {{ ref('int_readings__gained') }}
)

select
    gain_key,
    agency_code,
    batch_id,
    old_recipe_id,
    new_recipe_id,
    old_reader,
    new_reader,
    is_trial,
    document_count,
    old_word_count,
    new_word_count,
    common_word_count,
    character_change_rate,
    old_confidence,
    new_confidence,
    confidence_gain,
    changed_field_count,
    gained_field_count,
    lost_field_count,
    compared_at
from gained
