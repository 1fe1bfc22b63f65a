"""Ledgers of disposal: proposed, decided by the council, carried out, proved."""

import sqlalchemy as sa

from warehouse.tables.form import DATE, INT, TEXT, ledger_table

LISTS = ledger_table(
    "disposal_lists",
    [
        ("list_code", TEXT, "Name of the list: agency, year and number."),
        ("agency_code", TEXT, "Agency whose documents they are."),
        ("document_count", INT, "Documents on it."),
        ("content_sha256", TEXT, "Digest of its items, by which a changed list is found out."),
        ("decided_by", TEXT, "Who proposes."),
        ("because", TEXT, "On what occasion, in their words."),
    ],
    required=(
        "list_code",
        "agency_code",
        "document_count",
        "content_sha256",
        "decided_by",
        "because",
    ),
    comment="Lists of documents proposed for disposal; they do not change. One row per list.",
)
sa.Index("ux_disposal_lists_list_code", LISTS.c.list_code, unique=True)

ITEMS = ledger_table(
    "disposal_items",
    [
        ("list_code", TEXT, "List it is on."),
        ("document_key", TEXT, "The document: agency code, colon, SHA-256."),
        ("dossier_code", TEXT, "Dossier it was delivered in."),
        ("dossier_key", TEXT, "The same under the name of the agency's register."),
        ("term_source", TEXT, "Who gave the term: person or register."),
        ("term_type", TEXT, "Kind of term."),
        ("retention_years", INT, "Years of the term, where it has a number."),
        ("trigger_date", DATE, "What it runs from."),
        ("term_end_date", DATE, "Last day of the term."),
        ("grounds", TEXT, "Why it may go, as it was told when the list was made."),
    ],
    required=("list_code", "document_key", "term_source", "term_type", "term_end_date", "grounds"),
    look_up=("document_key",),
    comment="Documents proposed for disposal, with their grounds. One row per document of a list.",
)
sa.Index("ux_disposal_items_list_code", ITEMS.c.list_code, ITEMS.c.document_key, unique=True)

DECISIONS = ledger_table(
    "disposal_decisions",
    [
        ("list_code", TEXT, "List it is about."),
        ("document_key", TEXT, "Document of the list."),
        ("decision", TEXT, "approved or kept."),
        ("decision_number", TEXT, "Number and symbol of the written decision."),
        ("decision_date", DATE, "Its date."),
        ("council", TEXT, "Which council decided."),
        ("decided_by", TEXT, "Who signed."),
        ("because", TEXT, "Why, in their words."),
    ],
    required=(
        "list_code",
        "document_key",
        "decision",
        "decision_number",
        "decision_date",
        "council",
        "decided_by",
        "because",
    ),
    look_up=("document_key",),
    comment="What the council decided about each document of a list, once. One row per document of"
    " a list.",
)
sa.Index(
    "ux_disposal_decisions_list_code", DECISIONS.c.list_code, DECISIONS.c.document_key, unique=True
)

FILES = ledger_table(
    "disposal_files",
    [
        ("list_code", TEXT, "List whose execution asks for it."),
        ("file_sha256", TEXT, "File of the store that a person has to destroy."),
        ("file_role", TEXT, "What it is: received, archive, reading, ..."),
    ],
    required=("list_code", "file_sha256", "file_role"),
    comment="Files that people were told to destroy. One row per file of an execution.",
)
sa.Index("ux_disposal_files_list_code", FILES.c.list_code, FILES.c.file_sha256, unique=True)
sa.Index("ix_disposal_files_file_sha256", FILES.c.file_sha256)

STEPS = ledger_table(
    "disposal_steps",
    [
        ("list_code", TEXT, "List it is about."),
        ("step", TEXT, "executed, verified, certified, or withdrawn."),
        ("step_date", DATE, "Day of the step."),
        ("certificate_number", TEXT, "Number of the certificate; of a certified one."),
        ("document_count", INT, "Documents disposed of."),
        ("file_count", INT, "Files destroyed with them."),
        ("content_sha256", TEXT, "Digest of the list of those files."),
        ("decided_by", TEXT, "Who carried it out, looked, or signs."),
        ("because", TEXT, "How or where, in their words."),
    ],
    required=(
        "list_code",
        "step",
        "step_date",
        "document_count",
        "file_count",
        "content_sha256",
        "decided_by",
        "because",
    ),
    comment="How far a list has come, each step once. One row per step of a list.",
)
sa.Index("ux_disposal_steps_list_code", STEPS.c.list_code, STEPS.c.step, unique=True)
