-- A table: a ledger grows at any moment, and what the gate judged must be what is built from.
{{ config(materialized='table') }}
with source as (
    select * from {{ source('ledger', 'fixity_checks') }}
),

renamed as (
    select
        entry_id,
        lower(file_sha256) as file_sha256,
        lower(found_sha256) as found_sha256,

        result as fixity_result,

        size_bytes,

        checked_at,
        due_again_at
    from source
)

select * from renamed
