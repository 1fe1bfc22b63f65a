with comparisons as (
    select * from {{ ref('stg_readings__comparisons') }}
),

documents as (
    select * from {{ ref('int_documents__latest') }}
),

-- Of the same two recipes and readers the latest word counts. Secrets have no document, so they
-- have no row here; a document that two agencies hold has one for each.
latest as (
    select
        *,
        row_number() over (
            partition by file_sha256, old_recipe_id, new_recipe_id, is_trial
            order by entry_id desc
        ) as recency
    from comparisons
),

compared as (
    select
        documents.document_key,
        documents.document_id,
        documents.agency_code,
        latest.entry_id,
        latest.batch_id,
        latest.old_reading_sha256,
        latest.new_reading_sha256,
        latest.old_recipe_id,
        latest.new_recipe_id,
        latest.old_reader,
        latest.new_reader,
        latest.is_trial,
        latest.old_word_count,
        latest.new_word_count,
        latest.common_word_count,
        latest.character_distance,
        latest.character_count,
        round(latest.character_distance::numeric / nullif(latest.character_count, 0), 5)
            as character_change_rate,
        latest.old_confidence,
        latest.new_confidence,
        latest.new_confidence - latest.old_confidence as confidence_gain,
        latest.changed_fields,
        latest.gained_fields,
        latest.lost_fields,
        jsonb_array_length(coalesce(latest.changed_fields, '[]')) as changed_field_count,
        jsonb_array_length(coalesce(latest.gained_fields, '[]')) as gained_field_count,
        jsonb_array_length(coalesce(latest.lost_fields, '[]')) as lost_field_count,
        latest.compared_at
    from latest
    inner join documents on latest.file_sha256 = documents.document_id
    where latest.recency = 1
)

select * from compared
