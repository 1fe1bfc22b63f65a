{{
    config(
        materialized='by_document',
        keyed={
            'int_documents__listed': 'document_key',
        },
        indexes=[
            {'columns': ['signer_key'], 'unique': true},
            {'columns': ['document_key']},
            {'columns': ['agency_code']},
        ]
    )
}}
with entries as (
    select * from {{ ref('int_documents__listed') }}
),

names as (
    select * from entries
    where list_name = 'signer'
),

-- For whom and in what post each of them signed: entries of lists of their own, in the same place.
posts as (
    select
        document_key,
        list_position,
        max(field_value) filter (where list_name = 'signer_authority') as signer_authority,
        max(field_value) filter (where list_name = 'signer_title') as signer_title,
        coalesce(bool_or(is_accepted) filter (where list_name = 'signer_authority'), false)
            as is_signer_authority_accepted,
        coalesce(bool_or(is_accepted) filter (where list_name = 'signer_title'), false)
            as is_signer_title_accepted
    from entries
    group by document_key, list_position
)

select
    names.entry_key as signer_key,
    names.document_key,
    names.document_id,
    names.agency_code,
    names.list_position as signer_position,
    names.field_value as signer_name,
    posts.signer_authority,
    {{ authority_code('posts.signer_authority') }} as signer_authority_code,
    posts.signer_title,
    posts.is_signer_authority_accepted,
    posts.is_signer_title_accepted,
    {{ entry_evidence('names') }}
from names
inner join posts
    on names.document_key = posts.document_key and names.list_position = posts.list_position
