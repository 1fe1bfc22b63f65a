{{
    config(
        materialized='by_document',
        keyed={
            'int_documents__latest': 'document_key',
            'stg_digitization__fields': '_batch_id',
            'stg_review__corrections': 'document_key',
            'int_keyings__compared': 'document_key',
            'int_audits__compared': 'document_key',
        },
        indexes=[{'columns': ['document_key']}]
    )
}}
with documents as (
    select * from {{ ref('int_documents__latest') }}
),

fields as (
    select * from {{ ref('stg_digitization__fields') }}
),

corrections as (
    select * from {{ ref('stg_review__corrections') }}
),

keyings as (
    select * from {{ ref('int_keyings__compared') }}
),

audits as (
    select * from {{ ref('int_audits__compared') }}
),

known_fields as (
    select * from {{ ref('list_document_fields') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by _batch_id, file_ordinal, field_name
            order by is_accepted desc nulls last, confidence desc nulls last, page_number asc
        ) as preference
    from fields
),

read as (
    select
        documents.document_key,
        ranked.*
    from documents
    inner join ranked
        on
            documents._batch_id = ranked._batch_id
            and documents.file_ordinal = ranked.file_ordinal
            and ranked.preference = 1
),

-- The latest word of a person holds, whatever a later reading says: it is about the same bytes.
words as (
    select distinct on (document_key, field_name) * from corrections
    order by document_key asc, field_name asc, entry_id desc
),

disputed as (
    select distinct of_entry_id from keyings
    where not is_agreed
),

-- What was accepted unseen and keyed otherwise waits until a person has decided between the two.
doubted as (
    select distinct
        document_key,
        field_name
    from audits
    where not is_agreed
),

-- What was read, what a person said, and what every document should have.
named as (
    select
        document_key,
        field_name
    from read
    union
    select
        document_key,
        field_name
    from words
    union
    select
        documents.document_key,
        known_fields.code as field_name
    from documents
    cross join known_fields
    where documents.is_usable and known_fields.is_expected
),

decided as (
    select
        documents.document_key,
        documents.document_id,
        documents.agency_code,
        named.field_name,
        coalesce(
            known_fields.name || coalesce(' ' || substring(named.field_name from '_([0-9]+)$'), ''),
            named.field_name
        ) as field_label,
        case when words.entry_id is not null then words.new_value else read.field_value end as field_value,
        read.field_value as read_value,
        read.text_as_read,
        read.first_reader_text,
        read.second_reader_text,
        case
            when words.entry_id is not null then 'person'
            when read.field_name is null then null
            when read.method like 'model:%' then 'model'
            else 'rule'
        end as decided_by,
        words.reviewer_name,
        words.verdict,
        words.because,
        read.method,
        read.method_version,
        -- A person's value stands where the person saw it, whether it is still read there or not.
        case
            when words.box_left is not null then words.page_number
            else coalesce(read.page_number, words.page_number)
        end as page_number,
        coalesce(words.box_left, read.box_left) as box_left,
        coalesce(words.box_top, read.box_top) as box_top,
        coalesce(words.box_right, read.box_right) as box_right,
        coalesce(words.box_bottom, read.box_bottom) as box_bottom,
        case when words.entry_id is null then read.confidence end as confidence,
        read.confidence as read_confidence,
        read.reading_confidence,
        read.extraction_confidence,
        coalesce(words.entry_id is not null or read.is_accepted, false) as is_accepted,
        read.accepted_from,
        read.calibration_id,
        (
            disputed.of_entry_id is not null
            or (words.entry_id is null and doubted.document_key is not null)
        ) as is_disputed,
        words.entry_id as correction_entry_id,
        words.decided_at,
        coalesce(known_fields.weight, 0.5) as weight,
        documents.is_usable,
        documents.archive_sha256,
        documents.page_count,
        documents.file_ordinal,
        documents._batch_id,
        documents._extracted_at
    from named
    inner join documents on named.document_key = documents.document_key
    left join read on named.document_key = read.document_key and named.field_name = read.field_name
    left join words on named.document_key = words.document_key and named.field_name = words.field_name
    left join disputed on words.entry_id = disputed.of_entry_id
    left join doubted on named.document_key = doubted.document_key and named.field_name = doubted.field_name
    -- Entries of a list are numbered, recipient_1, and known by the list.
    left join known_fields
        on regexp_replace(named.field_name, '_[0-9]+$', '') = known_fields.code
    -- A corrected number has a symbol of its own: what was landed beside the read one is out of date.
    where known_fields.is_derived is not true
)

select * from decided
