{{
    config(indexes=[
        {'columns': ['signer_key'], 'unique': true},
        {'columns': ['document_key']},
        {'columns': ['agency_code']},
    ])
}}
with entries as (
    select * from {{ ref('int_documents__listed') }}
),

names as (
    select * from entries
    where list_name = 'signer'
),

authorities as (
    select * from entries
    where list_name = 'signer_authority'
),

titles as (
    select * from entries
    where list_name = 'signer_title'
)

select
    names.entry_key as signer_key,
    names.document_key,
    names.document_id,
    names.agency_code,
    names.list_position as signer_position,
    names.field_value as signer_name,
    authorities.field_value as signer_authority,
    {{ authority_code('authorities.field_value') }} as signer_authority_code,
    titles.field_value as signer_title,
    names.text_as_read,
    names.method,
    names.decided_by,
    names.page_number,
    names.box_left,
    names.box_top,
    names.box_right,
    names.box_bottom,
    names.confidence,
    names.is_accepted,
    coalesce(authorities.is_accepted, false) as is_signer_authority_accepted,
    coalesce(titles.is_accepted, false) as is_signer_title_accepted,
    names._batch_id,
    names._extracted_at
from names
left join authorities
    on names.document_key = authorities.document_key and names.list_position = authorities.list_position
left join titles
    on names.document_key = titles.document_key and names.list_position = titles.list_position
