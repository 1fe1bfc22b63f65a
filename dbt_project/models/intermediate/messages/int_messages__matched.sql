with messages as (
    select
        message_id,
        abstract,
        issued_date,
        {{ plain('issuer_name') }} as issuer,
        ltrim(code_number, '0') as code_number,
        {{ plain('code_notation') }} as notation,
        coalesce(code_year, extract(year from issued_date)::integer) as code_year
    from {{ ref('int_messages__latest') }}
    where not is_overtaken
),

documents as (
    select
        document_key,
        document_id,
        agency_code,
        abstract,
        issued_date,
        {{ plain('issuer_name') }} as issuer,
        ltrim(code_number, '0') as code_number,
        {{ plain('code_notation') }} as notation,
        code_year
    from {{ ref('int_documents__valued') }}
),

parties as (
    select * from {{ ref('int_messages__addressed') }}
),

attachments as (
    select distinct
        message_id,
        file_sha256
    from {{ ref('stg_exchange__attachments') }}
    where file_sha256 is not null
),

-- The very file that was received: no reading is needed to tell.
by_bytes as (
    select
        messages.message_id,
        documents.document_key,
        documents.document_id,
        'bytes' as match_basis
    from messages
    inner join attachments on messages.message_id = attachments.message_id
    inner join documents on attachments.file_sha256 = documents.document_id
),

by_key as (
    select
        messages.message_id,
        documents.document_key,
        documents.document_id,
        'key' as match_basis
    from messages
    inner join documents
        on
            messages.issuer = documents.issuer
            and messages.code_number = documents.code_number
            and messages.notation = documents.notation
            and messages.code_year = documents.code_year
    where not exists (
        select 1 from by_bytes
        where by_bytes.message_id = messages.message_id
    )
),

matched as (
    select * from by_bytes
    union all
    select * from by_key
),

unmatched_messages as (
    select * from messages
    where not exists (
        select 1 from matched
        where matched.message_id = messages.message_id
    )
),

unmatched_documents as (
    select * from documents
    where not exists (
        select 1 from matched
        where matched.document_key = documents.document_key
    )
),

-- Three of the four agree. Numbers restart every year: the same number of another year is another
-- document, and so is another number of one day unless it is about the same, and what is known to be
-- another issuer's.
guessed as (
    select
        messages.message_id,
        documents.document_key,
        documents.document_id,
        documents.agency_code,
        'candidate' as match_basis
    from unmatched_messages as messages
    inner join unmatched_documents as documents
        on
            messages.issuer = documents.issuer
            and messages.notation = documents.notation
            and messages.issued_date = documents.issued_date
    where {{ shared_words('messages.abstract', 'documents.abstract') }} >= 0.6
    union
    select
        messages.message_id,
        documents.document_key,
        documents.document_id,
        documents.agency_code,
        'candidate' as match_basis
    from unmatched_messages as messages
    inner join unmatched_documents as documents
        on messages.code_number = documents.code_number and messages.notation = documents.notation
    where
        (messages.issuer = documents.issuer and num_nulls(messages.code_year, documents.code_year) > 0)
        or (num_nulls(messages.issuer, documents.issuer) > 0 and messages.issued_date = documents.issued_date)
    union
    select
        messages.message_id,
        documents.document_key,
        documents.document_id,
        documents.agency_code,
        'candidate' as match_basis
    from unmatched_messages as messages
    inner join unmatched_documents as documents
        on
            messages.issuer = documents.issuer
            and messages.code_number = documents.code_number
            and messages.issued_date = documents.issued_date
),

-- A guess shows the words of a message to the agency of the scan: only who has them already may see them.
candidates as (
    select
        guessed.message_id,
        guessed.document_key,
        guessed.document_id,
        guessed.match_basis
    from guessed
    inner join parties
        on guessed.message_id = parties.message_id and guessed.agency_code = parties.agency_code
),

paired as (
    select * from matched
    union all
    select * from candidates
),

-- Two files under one message: which of them it is, only a person can say.
scans as (
    select
        message_id,
        count(distinct document_id) as scan_count
    from paired
    group by message_id
),

counted as (
    select
        paired.message_id,
        paired.document_key,
        paired.document_id,
        paired.match_basis,
        scans.scan_count,
        scans.scan_count > 1 as is_ambiguous,
        paired.match_basis <> 'candidate' and scans.scan_count = 1 as is_matched
    from paired
    inner join scans on paired.message_id = scans.message_id
)

select * from counted
