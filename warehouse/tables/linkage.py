"""What comparing records proposes, and what people decided about links of documents."""

from warehouse.tables.form import JSON, NUMERIC, TEXT, ledger_table, raw_table

PROPOSALS = raw_table(
    "linkage__proposals",
    [
        ("left_entity", TEXT, "What kind of thing the left key names: document."),
        ("left_key", TEXT, "Left key: of a document, the key of what it says (claim_key)."),
        (
            "right_entity",
            TEXT,
            "Where the right key is from: registry and entity, as raw names them.",
        ),
        ("right_key", TEXT, "Right key, as the registry has it."),
        ("probability", NUMERIC, "How probably both are one, by the model, 0 to 1."),
        ("standing", TEXT, "proposed, or ambiguous: another is nearly as probable."),
        ("agreements", JSON, "How each comparison came out, by the name of its level; no values."),
        ("threshold", NUMERIC, "From which probability pairs were shown."),
        ("model_id", TEXT, "Digest of the trained model."),
    ],
    key=("left_entity", "left_key", "right_entity", "right_key"),
    look_up=("left_key",),
    comment="Pairs that may be one thing, for people to decide; never a link by itself."
    " One row per pair.",
)

DECISIONS = ledger_table(
    "link_decisions",
    [
        ("document_key", TEXT, "The document: agency code, colon, SHA-256."),
        ("entity", TEXT, "Where it is looked for: registry and entity, as raw names them."),
        ("claim_key", TEXT, "Key of what the document says, as the link was shown."),
        ("decision", TEXT, "linked or rejected."),
        ("target_key", TEXT, "Key in the registry it is linked with; of a rejected one, none."),
        ("decided_by", TEXT, "Who decided."),
        ("because", TEXT, "Why, in their words."),
    ],
    required=(
        "document_key",
        "entity",
        "claim_key",
        "decision",
        "decided_by",
        "because",
    ),
    look_up=("document_key",),
    comment="What people decided about links of documents."
    " One row per decision; the latest one holds.",
)
