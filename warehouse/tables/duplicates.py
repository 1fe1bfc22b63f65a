"""What comparing documents found, and what people decided about it."""

from warehouse.tables.form import BYTES, INSTANT, INT, JSON, NUMERIC, TEXT, ledger_table, raw_table

SKETCHES = raw_table(
    "duplicates__sketches",
    [
        ("document_id", TEXT, "SHA-256 of the received bytes."),
        ("standing_ordinal", INT, "Place in its batch of the file that stands for the bytes."),
        ("digitized_at", INSTANT, "When that file was digitised: read again, sketched again."),
        ("text_sketch", BYTES, "MinHash of the text, 128 numbers; empty if there is too little."),
        ("look", TEXT, "Perceptual hash of the first page with something on it."),
        ("name_key", TEXT, "Number, symbol and date as one word; empty if one is missing."),
        ("sure_number", TEXT, "Digits of the number where the reading is accepted."),
        ("method_version", TEXT, "Versions of sketching and of the rule."),
    ],
    key=("document_id",),
    comment="Documents as they are searched for duplicates. One row per received content.",
)

PAIRS = raw_table(
    "duplicates__pairs",
    [
        ("first_document_id", TEXT, "SHA-256 of the received bytes; the smaller of the two."),
        ("second_document_id", TEXT, "SHA-256 of the received bytes; the greater of the two."),
        ("verdict", TEXT, "same_paper, same_text, same_form or undecided, by the written rule."),
        ("rule_version", TEXT, "Version of that rule."),
        ("page_pairs", JSON, "Pages side by side and the share of bits in which looks differ."),
        ("pages_alike", INT, "Pages that look like their counterpart."),
        ("pages_compared", INT, "Pages that have a counterpart; bare pages have none."),
        ("same_image_pages", INT, "Pages that show the same picture stream."),
        ("text_similarity", NUMERIC, "Estimated share of common text, 0 to 1."),
        ("words_compared", INT, "Words held against each other; empty if names told enough."),
        ("words_replaced", INT, "Words that stand in place of other words."),
        ("issuer_agreement", TEXT, "equal, different or unknown."),
        ("number_agreement", TEXT, "equal, different or unknown."),
        ("symbol_agreement", TEXT, "equal, different or unknown."),
        ("date_agreement", TEXT, "equal, different or unknown."),
    ],
    key=("first_document_id", "second_document_id"),
    look_up=("first_document_id", "second_document_id"),
    comment="Contents that are alike, with the evidence. One row per pair of received contents.",
)

DECISIONS = ledger_table(
    "duplicate_decisions",
    [
        ("first_document_key", TEXT, "One document: agency code, colon, SHA-256."),
        ("second_document_key", TEXT, "The other one."),
        ("decision", TEXT, "same, different or unsure."),
        ("decided_by", TEXT, "Who decided."),
        ("because", TEXT, "Why, in their words."),
    ],
    required=("first_document_key", "second_document_key", "decision", "decided_by", "because"),
    look_up=("first_document_key", "second_document_key"),
    comment="What people decided about two documents. One row per decision; the latest one holds.",
)
