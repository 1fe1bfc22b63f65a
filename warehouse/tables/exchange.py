"""The ledger of exchange: every question to a registry that was answered, and why it was asked."""

from warehouse.tables.form import BIGINT, INSTANT, INT, TEXT, ledger_table

EXCHANGES = ledger_table(
    "exchanges",
    [
        ("request_id", TEXT, "UUID sent with the question as X-Request-Id."),
        ("entity", TEXT, "What was asked for: the raw table it is for."),
        ("subject", TEXT, "Which part of it: a day, or the list of all keys."),
        ("place", TEXT, "Host and path that were asked; no parameters, which can hold keys."),
        ("purpose", TEXT, "What for, by the contract."),
        ("legal_basis", TEXT, "On what basis, by the contract."),
        ("asked_by", TEXT, "Who or what asked: the job and its run."),
        ("asked_at", INSTANT, "When the question went out."),
        ("status", INT, "HTTP status of the answer."),
        ("answer_sha256", TEXT, "Digest of the answer's bytes, as sent; empty for a refusal."),
        ("answer_size_bytes", BIGINT, "Size of the answer."),
        ("kept_sha256", TEXT, "Digest of the compressed answer's file, by which it is kept."),
        ("keep_until", INSTANT, "From then on the answer may be removed; the entry stays."),
    ],
    required=(
        "request_id",
        "entity",
        "subject",
        "place",
        "purpose",
        "legal_basis",
        "asked_by",
        "asked_at",
        "status",
    ),
    look_up=("request_id", "entity", "answer_sha256", "kept_sha256"),
    comment="Questions that registries answered, and on what grounds. One row per answer.",
)
