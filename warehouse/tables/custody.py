"""Ledgers of custody: handovers of papers from one agency to another, and what each list named.

Events are a chain: each carries the digest of the one before it. The database numbers, dates and
digests them (``ledger.chain_custody``), whoever writes.
"""

import sqlalchemy as sa

from warehouse.tables.form import BIGINT, DATE, INT, TEXT, ledger_table

EVENTS = ledger_table(
    "custody_events",
    [
        ("event_number", BIGINT, "Place in the chain, from 1, without gaps."),
        ("previous_sha256", TEXT, "Digest of the event before; 64 zeros of the first."),
        ("event_sha256", TEXT, "Digest of this event, the one before it included."),
        ("event_type", TEXT, "handed_over, or withdrawn: what was written down never happened."),
        ("supersedes_number", BIGINT, "Event that this one stands in place of."),
        ("giver_agency_code", TEXT, "Agency that hands over."),
        ("receiver_agency_code", TEXT, "Agency that takes over."),
        ("handover_date", DATE, "Day of the handover, as signed."),
        ("box_count", INT, "Boxes, as signed."),
        ("dossier_count", INT, "Dossiers, as signed."),
        ("document_count", INT, "Documents the list names, as signed."),
        ("received_document_count", INT, "Documents the receiver counted."),
        ("condition_code", TEXT, "Condition of the papers, by list_conditions."),
        ("reason_code", TEXT, "Why they change hands, by list_handover_reasons."),
        ("resolution", TEXT, "Number and symbol of the text behind it, where the reason has one."),
        ("list_sha256", TEXT, "Digest of the signed list in the file store."),
        ("content_sha256", TEXT, "Digest of its items, by which a changed item is found out."),
        ("decided_by", TEXT, "Who writes it down."),
        ("because", TEXT, "On what occasion, in their words."),
    ],
    required=(
        "event_number",
        "previous_sha256",
        "event_sha256",
        "event_type",
        "giver_agency_code",
        "receiver_agency_code",
        "handover_date",
        "box_count",
        "dossier_count",
        "document_count",
        "received_document_count",
        "condition_code",
        "reason_code",
        "list_sha256",
        "content_sha256",
        "decided_by",
        "because",
    ),
    look_up=("list_sha256",),
    comment="Handovers of papers, chained. One row per handover, correction or withdrawal.",
)
sa.Index("ux_custody_events_event_number", EVENTS.c.event_number, unique=True)
sa.Index("ux_custody_events_previous_sha256", EVENTS.c.previous_sha256, unique=True)
sa.Index("ux_custody_events_supersedes_number", EVENTS.c.supersedes_number, unique=True)

ITEMS = ledger_table(
    "custody_items",
    [
        ("event_number", BIGINT, "Handover whose list names it."),
        ("agency_code", TEXT, "Agency that made the papers."),
        ("box_code", TEXT, "Box (hộp) they lie in; alone: the whole box."),
        ("dossier_code", TEXT, "Dossier (hồ sơ); empty: the box is handed over whole."),
        ("document_count", INT, "Documents in it by the list."),
        ("received_document_count", INT, "Documents the receiver counted."),
        ("explained_document_count", INT, "Documents of the difference that are accounted for."),
        ("explanation", TEXT, "How, in words: the record that says so."),
    ],
    required=(
        "event_number",
        "agency_code",
        "document_count",
        "received_document_count",
        "explained_document_count",
    ),
    look_up=("event_number",),
    comment="Boxes and dossiers that the list of a handover names. One row per line of a list.",
)
