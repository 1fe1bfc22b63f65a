with source as (
    select * from {{ source('raw', 'filedrop__documents') }}
),

renamed as (
    select
        _batch_id || ':' || sheet_number::text || ':' || row_number::text as listed_key,
        agency_code,
        sheet_number,
        row_number as line_number,
        {{ cleaned('document_id_sent') }} as document_id_sent,
        {{ cleaned('document_code') }} as document_code,
        {{ cleaned('dossier_code') }} as dossier_code,
        coalesce({{ cleaned('code_number') }}, {{ code_number('document_number') }}) as code_number,
        coalesce({{ cleaned('code_notation') }}, {{ code_notation('document_number') }}) as code_notation,
        {{ code_year('document_number') }} as code_year,

        coalesce(
            {{ cleaned('document_number') }},
            {{ cleaned('code_number') }} || coalesce('/' || {{ cleaned('code_notation') }}, '')
        ) as document_number,
        {{ cleaned('issuer_name') }} as issuer_name,
        {{ cleaned('subject') }} as subject,
        {{ cleaned('keyword') }} as keyword,
        {{ cleaned('signature_info') }} as signature_info,
        {{ cleaned('autograph') }} as autograph,
        {{ cleaned('process') }} as process_text,
        {{ cleaned('signer_name') }} as signer_name,
        {{ cleaned('signer_title') }} as signer_title,
        {{ cleaned('risk_recovery') }} as risk_recovery,
        {{ cleaned('risk_recovery_status') }} as risk_recovery_status,
        nullif(btrim(regexp_replace(normalize(file_name, nfc), '^.*[\\/]', '')), '') as file_name,
        {{ cleaned('sheet_place') }} as sheet_place,
        {{ cleaned('description') }} as description,

        {{ cleaned('type_name') }} as type_name,
        {{ cleaned('maintenance_code') }} as maintenance_text,
        {{ maintenance_code('btrim(maintenance_code)') }} as maintenance_code,
        {{ stated_years('btrim(maintenance_code)') }} as retention_years,
        {{ open_term('maintenance_code') }} as open_term_type,
        {{ cleaned('access_mode_code') }} as access_mode_code,
        {{ cleaned('language_code') }} as language_code,
        {{ cleaned('condition_code') }} as condition_code,
        {{ cleaned('confidence_level_code') }} as confidence_level_code,
        {{ is_doubtful(['document_number', 'code_number']) }} as is_number_doubtful,
        {{ is_doubtful(['issued_date']) }} as is_date_doubtful,

        page_count,

        issued_date_text,
        {{ date_precision('issued_date_text') }} as issued_date_precision,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
