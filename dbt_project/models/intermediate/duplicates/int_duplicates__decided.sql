with pairs as (
    select * from {{ ref('stg_duplicates__pairs') }}
),

documents as (
    select * from {{ ref('int_documents__latest') }}
),

decisions as (
    select * from {{ ref('stg_duplicates__decisions') }}
),

-- Contents are compared once; each is a document of every agency that delivered it.
compared as (
    select
        first_documents.document_key as first_document_key,
        second_documents.document_key as second_document_key,
        pairs.verdict,
        pairs.rule_version,
        pairs.issuer_agreement,
        pairs.number_agreement,
        pairs.symbol_agreement,
        pairs.date_agreement,
        pairs.page_pairs,
        pairs.pages_alike,
        pairs.pages_compared,
        pairs.same_image_pages,
        pairs.text_similarity,
        pairs.words_compared,
        pairs.words_replaced,
        pairs._extracted_at as compared_at
    from pairs
    inner join documents as first_documents
        on pairs.first_document_id = first_documents.document_id and first_documents.is_usable
    inner join documents as second_documents
        on pairs.second_document_id = second_documents.document_id and second_documents.is_usable
),

-- The same bytes of one agency are one document (delivery_count says how often they came).
same_bytes as (
    select
        first_documents.document_key as first_document_key,
        second_documents.document_key as second_document_key,
        greatest(first_documents.received_at, second_documents.received_at) as compared_at
    from documents as first_documents
    inner join documents as second_documents
        on
            first_documents.document_id = second_documents.document_id
            and first_documents.document_key < second_documents.document_key
),

proposed as (
    select * from compared
    union all
    select
        first_document_key,
        second_document_key,
        'same_bytes' as verdict,
        null as rule_version,
        null as issuer_agreement,
        null as number_agreement,
        null as symbol_agreement,
        null as date_agreement,
        null as page_pairs,
        null as pages_alike,
        null as pages_compared,
        null as same_image_pages,
        null as text_similarity,
        null as words_compared,
        null as words_replaced,
        compared_at
    from same_bytes
),

latest_decisions as (
    select distinct on (lower_document_key, higher_document_key) *
    from decisions
    order by lower_document_key asc, higher_document_key asc, entry_id desc
),

-- What a person has decided stays, although nothing would propose it today.
paired as (
    select
        coalesce(proposed.first_document_key, latest_decisions.lower_document_key)
            as first_document_key,
        coalesce(proposed.second_document_key, latest_decisions.higher_document_key)
            as second_document_key,
        proposed.verdict,
        proposed.rule_version,
        proposed.issuer_agreement,
        proposed.number_agreement,
        proposed.symbol_agreement,
        proposed.date_agreement,
        proposed.page_pairs,
        proposed.pages_alike,
        proposed.pages_compared,
        proposed.same_image_pages,
        proposed.text_similarity,
        proposed.words_compared,
        proposed.words_replaced,
        proposed.compared_at,
        latest_decisions.decision,
        latest_decisions.decided_by,
        latest_decisions.because,
        latest_decisions.decided_at
    from proposed
    full outer join latest_decisions
        on
            least(proposed.first_document_key, proposed.second_document_key)
            = latest_decisions.lower_document_key
            and greatest(proposed.first_document_key, proposed.second_document_key)
            = latest_decisions.higher_document_key
),

-- A pair of two agencies belongs to neither: who sees it learns what the other one holds.
placed as (
    select
        left(md5(paired.first_document_key || ' ' || paired.second_document_key), 16) as pair_key,
        paired.first_document_key,
        paired.second_document_key,
        case
            when first_documents.agency_code = second_documents.agency_code
                then first_documents.agency_code
        end as agency_code,
        first_documents.agency_code as first_agency_code,
        second_documents.agency_code as second_agency_code,
        first_documents.box_code as first_box_code,
        second_documents.box_code as second_box_code,
        paired.verdict,
        paired.rule_version,
        paired.decision,
        coalesce(paired.verdict <> 'same_form', false)
        and coalesce(paired.decision, 'unsure') = 'unsure' as is_open,
        paired.issuer_agreement,
        paired.number_agreement,
        paired.symbol_agreement,
        paired.date_agreement,
        paired.page_pairs,
        paired.pages_alike,
        paired.pages_compared,
        paired.same_image_pages,
        paired.text_similarity,
        paired.words_compared,
        paired.words_replaced,
        paired.decided_by,
        paired.because,
        first_documents.received_at as first_received_at,
        second_documents.received_at as second_received_at,
        paired.compared_at,
        paired.decided_at
    from paired
    inner join documents as first_documents
        on paired.first_document_key = first_documents.document_key
    inner join documents as second_documents
        on paired.second_document_key = second_documents.document_key
)

select * from placed
