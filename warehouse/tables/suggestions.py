"""What is proposed for documents, the vectors they are found by, and what people made of it."""

import sqlalchemy as sa

from warehouse.tables.form import INSTANT, INT, JSON, NUMERIC, TEXT, ledger_table, raw_table

EMBEDDINGS = raw_table(
    "suggestions__embeddings",
    [
        ("document_id", TEXT, "SHA-256 of the received bytes."),
        ("standing_ordinal", INT, "Place in its batch of the file that stands for the bytes."),
        ("digitized_at", INSTANT, "When that file was digitised: read again, proposed again."),
        ("method_version", TEXT, "Versions of all that decides proposals."),
        ("outcome", TEXT, "ok, reading_missing, no_text or endpoint_silent."),
        ("model_name", TEXT, "Model that made the vector."),
        ("model_version", TEXT, "Version of the model: another one, another space."),
        (
            "embedding",
            sa.ARRAY(sa.REAL()),
            "The vector, of length 1; empty unless the outcome is ok.",
        ),
    ],
    key=("document_id",),
    look_up=("document_id",),
    comment="Documents as vectors of meaning, and whether proposals were made."
    " One row per received content.",
)

PROPOSALS = raw_table(
    "suggestions__proposals",
    [
        ("document_id", TEXT, "SHA-256 of the received bytes."),
        ("suggestion_type", TEXT, "retention, keyword, summary or personal_data."),
        ("suggestion_ordinal", INT, "Place among the document's proposals of this type, from 1."),
        (
            "suggested_value",
            TEXT,
            "Group, keyword, sentence, or kind of personal data; no such data itself.",
        ),
        ("maintenance_code", TEXT, "Code of the retention period, where the rule has one."),
        ("retention_years", INT, "Years of the retention period, where it has a number."),
        ("score", NUMERIC, "Order among proposals of a type, 0 to 1; no probability."),
        ("rule_code", TEXT, "Rule that said so."),
        ("page_number", INT, "Page it was found on."),
        ("boxes", JSON, "Where on the page: left, top, right, bottom as fractions, one list each."),
        ("occurrence_count", INT, "How often it was found on the page."),
        ("method_version", TEXT, "Versions of all that decides proposals."),
    ],
    key=("document_id", "suggestion_type", "suggestion_ordinal"),
    look_up=("document_id",),
    comment="Proposals made from what a document says."
    " One row per proposal for a received content.",
)

NEIGHBOURS = raw_table(
    "suggestions__neighbours",
    [
        ("document_id", TEXT, "SHA-256 of the received bytes."),
        ("group_code", TEXT, "Retention group of most of the nearest reviewed documents."),
        ("maintenance_code", TEXT, "Code of the retention period they have."),
        ("retention_years", INT, "Years of the retention period they have."),
        ("score", NUMERIC, "Mean likeness times the share that agrees, 0 to 1."),
        ("neighbour_ids", JSON, "Contents whose reviewed group it is, the nearest first."),
        ("method_version", TEXT, "Model and rule that found them."),
    ],
    key=("document_id",),
    look_up=("document_id",),
    comment="Retention groups of the most alike reviewed documents. One row per received content.",
)

DECISIONS = ledger_table(
    "suggestion_decisions",
    [
        ("document_key", TEXT, "The document: agency code, colon, SHA-256."),
        ("suggestion_type", TEXT, "retention, keyword, summary or personal_data."),
        ("suggested_value", TEXT, "What was proposed, as it was shown."),
        ("suggested_maintenance_code", TEXT, "Retention period that was proposed."),
        ("suggested_retention_years", INT, "Its years."),
        ("decision", TEXT, "accepted, rejected or replaced."),
        ("decided_value", TEXT, "What holds instead; of a replaced one."),
        ("decided_maintenance_code", TEXT, "Retention period that holds, of a retention group."),
        ("decided_retention_years", INT, "Its years."),
        ("decided_by", TEXT, "Who decided."),
        ("because", TEXT, "Why, in their words."),
        ("package_id", TEXT, "Package that brought the entry; empty: it was said here."),
    ],
    required=(
        "document_key",
        "suggestion_type",
        "suggested_value",
        "decision",
        "decided_by",
        "because",
    ),
    look_up=("document_key",),
    comment="What people made of suggestions. One row per decision; the latest one holds.",
)
