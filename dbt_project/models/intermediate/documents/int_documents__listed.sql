{{
    config(
        materialized='by_document',
        keyed={
            'int_fields__bounded': 'document_key',
        },
        indexes=[{'columns': ['document_key']}]
    )
}}
with fields as (
    select
        *,
        substring(field_name from '^(.+)_[0-9]{1,4}$') as list_name,
        substring(field_name from '_([0-9]{1,4})$')::integer as list_position
    from {{ ref('int_fields__bounded') }}
    -- What must not be used (quarantined, failed) names nobody; a person may say there is none.
    where is_usable and field_value is not null
),

-- A single signer is a list of one.
entries as (
    select
        *,
        coalesce(list_name, field_name) as entry_list,
        coalesce(list_position, 1) as entry_position,
        bool_or(coalesce(list_name, '') = 'signer') over (partition by document_key) as is_joint
    from fields
    where list_name is not null or field_name in ('signer', 'signer_authority', 'signer_title')
)

select
    document_key || '#' || entry_list || '_' || entry_position::text as entry_key,
    document_key,
    document_id,
    agency_code,
    page_count,
    entry_list as list_name,
    entry_position as list_position,
    field_value,
    text_as_read,
    method,
    decided_by,
    page_number,
    box_left,
    box_top,
    box_right,
    box_bottom,
    confidence,
    is_accepted,
    _batch_id,
    _extracted_at
from entries
where list_name is not null or not is_joint
