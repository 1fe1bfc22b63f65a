"""Ledgers of retention: what holds documents back, and what people said a term runs from."""

import sqlalchemy as sa

from warehouse.tables.form import BIGINT, DATE, TEXT, ledger_table

HOLDS = ledger_table(
    "retention_holds",
    [
        ("action", TEXT, "held or released."),
        ("of_entry_id", BIGINT, "Entry of the hold that is released; empty: a hold begins."),
        ("subject_type", TEXT, "document or dossier."),
        ("subject_key", TEXT, "The document (agency, colon, SHA-256) or dossier (its code)."),
        ("since_date", DATE, "From when on it holds, or no longer does."),
        ("decided_by", TEXT, "Who holds or releases."),
        ("because", TEXT, "Why, in their words."),
    ],
    required=("action", "subject_type", "subject_key", "since_date", "decided_by", "because"),
    look_up=("subject_key",),
    comment="What must not be destroyed whatever its term says. One row per hold, and per release.",
)
sa.Index("ux_retention_holds_of_entry_id", HOLDS.c.of_entry_id, unique=True)

TRIGGERS = ledger_table(
    "retention_triggers",
    [
        ("subject_type", TEXT, "document or dossier."),
        ("subject_key", TEXT, "The document (agency, colon, SHA-256) or dossier (its code)."),
        ("trigger_code", TEXT, "work_year_ended, no_longer_in_force or structure_ended."),
        ("trigger_date", DATE, "When it happened; empty: it has not, whatever was said before."),
        ("decided_by", TEXT, "Who says so."),
        ("because", TEXT, "Why, in their words."),
    ],
    required=("subject_type", "subject_key", "trigger_code", "decided_by", "because"),
    look_up=("subject_key",),
    comment="What people said terms run from or end with. One row per word of a person; the latest"
    " on a subject and a trigger holds.",
)
