with compared as (
    select * from {{ ref('int_readings__compared') }}
),

gained as (
    select
        agency_code,
        batch_id,
        old_recipe_id,
        new_recipe_id,
        old_reader,
        new_reader,
        is_trial,
        count(*) as document_count,
        sum(old_word_count) as old_word_count,
        sum(new_word_count) as new_word_count,
        sum(common_word_count) as common_word_count,
        round(sum(character_distance)::numeric / nullif(sum(character_count), 0), 5)
            as character_change_rate,
        round(sum(old_confidence * old_word_count) / nullif(sum(old_word_count), 0), 5)
            as old_confidence,
        round(sum(new_confidence * new_word_count) / nullif(sum(new_word_count), 0), 5)
            as new_confidence,
        sum(changed_field_count) as changed_field_count,
        sum(gained_field_count) as gained_field_count,
        sum(lost_field_count) as lost_field_count,
        max(compared_at) as compared_at
    from compared
    group by agency_code, batch_id, old_recipe_id, new_recipe_id, old_reader, new_reader, is_trial
),

keyed as (
    select
        *,
        concat_ws(
            ':', coalesce(agency_code, '-'), batch_id, left(old_recipe_id, 16),
            left(new_recipe_id, 16), case when is_trial then 'trial' else 'done' end
        ) as gain_key,
        new_confidence - old_confidence as confidence_gain
    from gained
)

select * from keyed
