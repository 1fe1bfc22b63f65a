{{
    config(indexes=[
        {'columns': ['comparison_key'], 'unique': true},
        {'columns': ['document_key']},
        {'columns': ['agency_code']},
    ])
}}
with compared as (
    select * from {{ ref('int_readings__compared') }}
)

select
    document_key || '#' || entry_id::text as comparison_key,
    document_key,
    document_id,
    agency_code,
    batch_id,
    old_reading_sha256,
    new_reading_sha256,
    old_recipe_id,
    new_recipe_id,
    old_reader,
    new_reader,
    is_trial,
    old_word_count,
    new_word_count,
    common_word_count,
    character_distance,
    character_count,
    character_change_rate,
    old_confidence,
    new_confidence,
    confidence_gain,
    changed_fields,
    gained_fields,
    lost_fields,
    changed_field_count,
    gained_field_count,
    lost_field_count,
    compared_at
from compared
