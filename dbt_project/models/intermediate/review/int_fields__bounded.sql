{{
    config(
        materialized='by_document',
        keyed={
            'int_documents__latest': 'document_key',
            'int_fields__decided': 'document_key',
            'int_documents__pivoted': 'document_key',
            'int_documents__out_of_sequence': 'document_key',
            'int_signatures__latest': 'document_key',
            'int_messages__compared': 'document_key',
        },
        indexes=[{'columns': ['document_key', 'field_name'], 'unique': true}]
    )
}}
with fields as (
    select * from {{ ref('int_fields__decided') }}
),

documents as (
    select * from {{ ref('int_documents__latest') }}
),

signatures as (
    select * from {{ ref('int_signatures__latest') }}
),

messages as (
    select * from {{ ref('int_messages__compared') }}
),

out_of_sequence as (
    select * from {{ ref('int_documents__out_of_sequence') }}
),

dated as (
    select
        document_key,
        case when {{ date_precision('date_value') }} = 'day' then date_value::date end as issued_on
    from {{ ref('int_documents__pivoted') }}
),

-- Nothing is signed or handed over before it is issued.
signed as (
    select
        document_key,
        min((coalesce(timestamp_at, signed_at) at time zone 'Asia/Ho_Chi_Minh')::date) as signed_on
    from signatures
    where integrity = 'intact'
    group by document_key
),

contradicted as (
    select
        dated.document_key,
        case
            when signed.signed_on < dated.issued_on then 'signature'
            when (documents.received_at at time zone 'Asia/Ho_Chi_Minh')::date < dated.issued_on
                then 'delivery'
            when out_of_sequence.document_key is not null then 'sequence'
        end as contradicted_by
    from dated
    inner join documents on dated.document_key = documents.document_key
    left join signed on dated.document_key = signed.document_key
    left join out_of_sequence on dated.document_key = out_of_sequence.document_key
),

-- What its issuer sent of the same document says otherwise, in every message there is of it.
sent_otherwise as (
    select
        document_key,
        field_name
    from messages
    where is_matched and field_name in ('number', 'date', 'signer') and verdict in ('agrees', 'differs')
    group by document_key, field_name
    having bool_and(verdict = 'differs')
),

-- What a person said stands: the contradiction is told beside it.
bounded as (
    select
        fields.document_key,
        fields.document_id,
        fields.agency_code,
        fields.field_name,
        fields.field_label,
        fields.field_value,
        fields.read_value,
        fields.text_as_read,
        fields.first_reader_text,
        fields.second_reader_text,
        fields.decided_by,
        fields.reviewer_name,
        fields.verdict,
        fields.because,
        fields.method,
        fields.method_version,
        fields.page_number,
        fields.box_left,
        fields.box_top,
        fields.box_right,
        fields.box_bottom,
        fields.confidence,
        fields.read_confidence,
        fields.reading_confidence,
        fields.extraction_confidence,
        fields.is_accepted
        and (
            num_nonnulls(contradicted.contradicted_by, sent_otherwise.field_name) = 0
            or fields.decided_by = 'person'
        ) as is_accepted,
        fields.accepted_from,
        fields.calibration_id,
        coalesce(
            contradicted.contradicted_by,
            case when sent_otherwise.field_name is not null then 'message' end
        ) as contradicted_by,
        fields.is_disputed,
        fields.correction_entry_id,
        fields.decided_at,
        fields.weight,
        fields.is_usable,
        fields.archive_sha256,
        fields.page_count,
        fields.file_ordinal,
        fields._batch_id,
        fields._extracted_at
    from fields
    left join contradicted
        on
            fields.document_key = contradicted.document_key
            and (
                fields.field_name = 'date'
                or (fields.field_name = 'number' and contradicted.contradicted_by = 'sequence')
            )
    left join sent_otherwise
        on
            fields.document_key = sent_otherwise.document_key
            and fields.field_name = sent_otherwise.field_name
)

select * from bounded
