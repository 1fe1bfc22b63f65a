-- A table: a ledger grows at any moment, and what the gate judged must be what is built from.
{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'reading_comparisons') }}
),

renamed as (
    select
        entry_id,
        file_sha256,
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
        old_confidence,
        new_confidence,
        changed_fields,
        gained_fields,
        lost_fields,

        recorded_at as compared_at
    from source
)

select * from renamed
