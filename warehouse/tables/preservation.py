"""Ledgers of preservation: proofs that files are whole, what happened to them, what left."""

import sqlalchemy as sa

from warehouse.tables.form import BIGINT, BOOL, INSTANT, INT, JSON, TEXT, ledger_table

FIXITY_CHECKS = ledger_table(
    "fixity_checks",
    [
        ("file_sha256", TEXT, "Digest the file is known by."),
        ("found_sha256", TEXT, "Digest of the bytes that were read; empty if none could be."),
        ("size_bytes", BIGINT, "Bytes that were read."),
        ("result", TEXT, "intact, damaged, missing or unreadable."),
        ("checked_at", INSTANT, "When the file was read."),
        ("due_again_at", INSTANT, "From then on the result is too old to count on."),
    ],
    required=("file_sha256", "result", "checked_at", "due_again_at"),
    look_up=("file_sha256",),
    comment="Files of the store read again and held against their digest. One row per check.",
)

PREMIS_EVENTS = ledger_table(
    "premis_events",
    [
        ("event_id", TEXT, "UUID made from what the event is, so that it is noted once."),
        ("event_type", TEXT, "Kind of event, by the PREMIS vocabulary."),
        ("event_at", INSTANT, "When it happened."),
        ("detail", TEXT, "What was done, without names of persons or text of documents."),
        ("outcome", TEXT, "How it ended."),
        ("outcome_detail", TEXT, "The reason, or the judge's word."),
        ("agents", JSON, "Programs and roles that took part, with versions."),
        ("file_sha256", TEXT, "File it happened to."),
        ("made_sha256", TEXT, "File that came of it."),
        ("batch_id", TEXT, "Batch it belongs to; empty outside digitisation."),
    ],
    required=("event_id", "event_type", "event_at", "outcome", "agents", "file_sha256"),
    look_up=("file_sha256",),
    comment="What happened to files, for good, as PREMIS tells it. One row per event.",
)
sa.Index("uq_premis_events_event_id", PREMIS_EVENTS.c.event_id, unique=True)

EXPORTS = ledger_table(
    "exports",
    [
        ("export_id", TEXT, "UUID of the export; its entries share it."),
        ("state", TEXT, "requested, delivered or stopped."),
        ("agency_code", TEXT, "Agency whose dossier it is."),
        ("dossier_code", TEXT, "Dossier."),
        ("package_type", TEXT, "aip or bag."),
        ("purpose", TEXT, "What it is for, in the requester's words."),
        ("requester", TEXT, "Who asked for it: an office or a request number."),
        ("reader", TEXT, "Login whose rights decided which documents went."),
        ("expires_at", INSTANT, "When the copy has to be destroyed."),
        ("has_refused", BOOL, "Whether refused documents are listed in it."),
        ("document_count", INT, "Documents in the package."),
        ("file_count", INT, "Files in the package."),
        ("size_bytes", BIGINT, "Size of those files."),
        ("content_sha256", TEXT, "Digest over the names and digests of its files."),
        ("reason", TEXT, "Why it was stopped."),
    ],
    required=(
        "export_id",
        "state",
        "agency_code",
        "dossier_code",
        "package_type",
        "purpose",
        "requester",
        "reader",
        "expires_at",
    ),
    look_up=("export_id",),
    comment="Copies that left, each tied to a request. One row per state of an export.",
)

IMPORTS = ledger_table(
    "imports",
    [
        ("import_id", TEXT, "UUID of the import."),
        ("package_id", TEXT, "Identifier the package gives itself."),
        ("content_sha256", TEXT, "Digest over the names and digests of its files."),
        ("file_count", INT, "Files put into the store."),
        ("row_count", INT, "Rows and words of people added; none when all were there already."),
    ],
    required=("import_id", "package_id", "content_sha256", "file_count", "row_count"),
    comment="Packages that came in. One row per import.",
)
