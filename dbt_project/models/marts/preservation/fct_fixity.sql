{{
    config(indexes=[
        {'columns': ['file_key'], 'unique': true},
        {'columns': ['document_key']},
        {'columns': ['agency_code']},
    ])
}}
with files as (
    select * from {{ ref('int_files__proved') }}
)

select
    file_key,
    document_key,
    document_id,
    agency_code,
    file_sha256,
    file_role,
    fixity_result,
    is_proved,
    size_bytes,
    last_checked_at,
    last_intact_at,
    check_due_at
from files
