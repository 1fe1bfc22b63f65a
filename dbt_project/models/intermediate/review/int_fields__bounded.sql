{{ config(indexes=[{'columns': ['document_key', 'field_name'], 'unique': true}]) }}
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

valued as (
    select
        document_key,
        max(field_value) filter (where field_name = 'issuer') as issuer_name,
        max(field_value) filter (where field_name = 'number') as document_number,
        max(field_value) filter (where field_name = 'date') as issued_on
    from fields
    where is_usable
    group by document_key
),

precise as (
    select
        *,
        {{ date_precision('issued_on') }} as date_precision
    from valued
),

dated as (
    select
        document_key,
        upper(issuer_name) as issuer_name,
        substring(document_number from '^([0-9]{1,6})[a-z]?\W')::integer as code_number,
        substring(document_number from '^[0-9]{1,6}[a-z]?\W(?:[0-9]{4}/)?(.+)$') as symbol,
        case when date_precision = 'day' then issued_on::date end as issued_on
    from precise
    where date_precision = 'day'
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

-- An issuer counts a symbol's numbers from one, year by year, as days go by.
ordered as (
    select
        document_key,
        code_number,
        issued_on + {{ var('number_sequence_slack_days') }} as latest_day,
        issued_on - {{ var('number_sequence_slack_days') }} as earliest_day,
        lag(code_number, 1) over numbers as number_before_1,
        lag(issued_on, 1) over numbers as day_before_1,
        lead(code_number, 1) over numbers as number_after_1,
        lead(issued_on, 1) over numbers as day_after_1,
        lag(code_number, 2) over numbers as number_before_2,
        lag(issued_on, 2) over numbers as day_before_2,
        lead(code_number, 2) over numbers as number_after_2,
        lead(issued_on, 2) over numbers as day_after_2
    from dated
    where issuer_name is not null and code_number is not null and symbol is not null
    window numbers as (
        partition by issuer_name, symbol, extract(year from issued_on)
        order by code_number asc, issued_on asc, document_key asc
    )
),

compared as (
    select
        document_key,
        coalesce((number_before_1 < code_number)::integer, 0)
        + coalesce((number_after_1 > code_number)::integer, 0)
        + coalesce((number_before_2 < code_number)::integer, 0)
        + coalesce((number_after_2 > code_number)::integer, 0) as neighbours,
        coalesce((number_before_1 < code_number and day_before_1 > latest_day)::integer, 0)
        + coalesce((number_after_1 > code_number and day_after_1 < earliest_day)::integer, 0)
        + coalesce((number_before_2 < code_number and day_before_2 > latest_day)::integer, 0)
        + coalesce((number_after_2 > code_number and day_after_2 < earliest_day)::integer, 0) as inversions
    from ordered
),

-- Whom two neighbours contradict, or all there are: of two papers alone either may be wrong.
out_of_sequence as (
    select document_key
    from compared
    where
        inversions >= 2
        or (inversions = 1 and neighbours = 1)
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
