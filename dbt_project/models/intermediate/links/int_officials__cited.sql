{{
    config(
        materialized='by_document',
        keyed={
            'int_documents__listed': 'document_key',
            'int_documents__described': 'document_key',
        },
        indexes=[{'columns': ['document_key']}]
    )
}}
with entries as (
    select * from {{ ref('int_documents__listed') }}
),

documents as (
    select * from {{ ref('int_documents__described') }}
),

agencies as (
    select * from {{ ref('int_agencies__current') }}
),

-- The issuer as it is printed, found by its name in the authority file; a name two bodies bear, in none.
-- Who signed for a body that was dissolved and divided is looked for at that body: no heir is chosen.
issuers as (
    select
        {{ without_marks('agency_name') }} as agency_words,
        min(coalesce(current_agency_code, agency_code)) as agency_code,
        min(agency_code) as filed_agency_code,
        min(commune_code) as commune_code
    from agencies
    group by {{ without_marks('agency_name') }}
    having count(distinct coalesce(current_agency_code, agency_code)) = 1
),

signers as (
    select
        document_key,
        document_id,
        agency_code,
        list_position,
        page_number,
        field_value as stated_name,
        {{ without_marks('field_value') }} as name_words
    from entries
    where list_name = 'signer'
),

posts as (
    select
        document_key,
        list_position,
        {{ without_marks('field_value') }} as position_words
    from entries
    where list_name = 'signer_title'
),

cited as (
    select distinct on (signers.document_key, signers.name_words)
        left(md5(signers.document_key || '|official|' || signers.name_words), 16) as claim_key,
        signers.document_key,
        signers.document_id,
        signers.agency_code,
        signers.page_number,
        signers.stated_name,
        signers.name_words,
        posts.position_words,
        issuers.agency_code as issuer_agency_code,
        issuers.filed_agency_code,
        issuers.commune_code
    from signers
    left join documents on signers.document_key = documents.document_key
    left join issuers on {{ without_marks('documents.issuer_name') }} = issuers.agency_words
    left join posts
        on signers.document_key = posts.document_key and signers.list_position = posts.list_position
    order by signers.document_key asc, signers.name_words asc, signers.list_position asc
)

select * from cited
