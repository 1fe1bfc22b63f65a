with source as (
    select * from {{ source('raw', 'filedrop__dossiers') }}
),

renamed as (
    select
        _batch_id || ':' || sheet_number::text || ':' || row_number::text as listed_key,
        agency_code,
        sheet_number,
        row_number as line_number,
        {{ cleaned('box_code') }} as box_code,
        {{ cleaned('dossier_number') }} as dossier_number,
        {{ cleaned('dossier_code') }} as dossier_code,
        {{ cleaned('paper_file_code') }} as paper_file_code,

        {{ cleaned('title') }} as title,
        {{ cleaned('keyword') }} as keyword,
        {{ cleaned('signature_info') }} as signature_info,
        {{ cleaned('risk_recovery') }} as risk_recovery,
        {{ cleaned('risk_recovery_status') }} as risk_recovery_status,
        {{ cleaned('description') }} as description,

        {{ cleaned('maintenance_code') }} as maintenance_text,
        {{ maintenance_code('btrim(maintenance_code)') }} as maintenance_code,
        {{ stated_years('btrim(maintenance_code)') }} as retention_years,
        {{ open_term('maintenance_code') }} as open_term_type,
        {{ cleaned('access_mode_code') }} as access_mode_code,
        {{ cleaned('language_code') }} as language_code,
        {{ cleaned('condition_code') }} as condition_code,
        {{ cleaned('confidence_level_code') }} as confidence_level_code,
        {{ is_doubtful(['dossier_code', 'dossier_number']) }} as is_code_doubtful,
        {{ is_doubtful(['start_date', 'end_date']) }} as is_date_doubtful,
        coalesce(doubts @> '["end_date: before the start"]', false) as is_end_contradicted,

        document_count,
        sheet_count,
        page_count,

        start_date_text,
        {{ date_precision('start_date_text') }} as start_date_precision,
        end_date_text,
        {{ date_precision('end_date_text') }} as end_date_precision,

        _batch_id,
        _extracted_at
    from source
)

select * from renamed
