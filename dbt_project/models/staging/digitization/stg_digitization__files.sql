with source as (
    select * from {{ source('raw', 'digitization__files') }}
),

renamed as (
    select
        file_ordinal,
        lower({{ cleaned('file_sha256') }}) as file_sha256,
        {{ cleaned('agency_code') }} as agency_code,
        {{ cleaned('box_code') }} as box_code,
        {{ cleaned('dossier_code') }} as dossier_code,

        {{ cleaned('file_name') }} as file_name,

        lower({{ cleaned('bloc') }}) as bloc,
        lower({{ cleaned('media_type') }}) as media_type,
        lower({{ cleaned('secrecy') }}) as secrecy,
        lower({{ cleaned('received_state') }}) as received_state,
        {{ cleaned('vendor') }} as vendor,
        coalesce({{ cleaned('vendor') }}, {{ cleaned('operator') }}, '-') as scanned_by,

        size_bytes,
        declared_pages,
        declared_documents,

        received_at,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
