"""Make the ledgers of custody: handovers as a chain of events, and the lines of their lists."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from warehouse.migrations.making import make

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TEXT, INT, BIGINT, DATE = sa.Text(), sa.Integer(), sa.BigInteger(), sa.Date()
INSTANT = sa.TIMESTAMP(timezone=True)
THERE = sa.MetaData(
    schema="ledger",
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"},
)


def _ledger(
    name: str,
    columns: Sequence[tuple[str, sa.types.TypeEngine, str]],
    *,
    comment: str,
    optional: Sequence[str],
    look_up: str,
) -> sa.Table:
    number = "Number of the entry; later entries have higher ones."
    now, user = sa.text("clock_timestamp()"), sa.text("session_user")
    written, login = "When the entry was written.", "Login role that wrote it."
    return sa.Table(
        name,
        THERE,
        sa.Column("entry_id", BIGINT, sa.Identity(always=True), primary_key=True, comment=number),
        *(
            sa.Column(column, kind, nullable=column in optional, comment=what)
            for column, kind, what in columns
        ),
        sa.Column("recorded_at", INSTANT, nullable=False, server_default=now, comment=written),
        sa.Column("recorded_by", TEXT, nullable=False, server_default=user, comment=login),
        sa.Index(None, look_up),
        comment=comment,
    )


EVENTS = _ledger(
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
    optional=("supersedes_number", "resolution"),
    look_up="list_sha256",
    comment="Handovers of papers, chained. One row per handover, correction or withdrawal.",
)
sa.Index("ux_custody_events_event_number", EVENTS.c.event_number, unique=True)
sa.Index("ux_custody_events_previous_sha256", EVENTS.c.previous_sha256, unique=True)
sa.Index("ux_custody_events_supersedes_number", EVENTS.c.supersedes_number, unique=True)

ITEMS = _ledger(
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
    optional=("box_code", "dossier_code", "explanation"),
    look_up="event_number",
    comment="Boxes and dossiers that the list of a handover names. One row per line of a list.",
)

# What the gates would refuse must not get in: an entry can never be taken back.
CHECKS = {
    "custody_events": {
        "event_is_known": "event_type in ('handed_over', 'withdrawn')",
        "a_withdrawal_names_its_event": "event_type = 'handed_over'"
        " or supersedes_number is not null",
        "an_event_supersedes_an_earlier_one": "supersedes_number between 1 and event_number - 1",
        "two_agencies_take_part": "btrim(giver_agency_code) <> '' and btrim(receiver_agency_code)"
        " <> '' and giver_agency_code <> receiver_agency_code",
        "counts_are_not_negative": "box_count >= 0 and dossier_count >= 0 and document_count >= 0"
        " and received_document_count >= 0",
        "condition_is_known": "condition_code in ('01', '02', '03')",
        "reason_is_known": "reason_code in"
        " ('merger', 'split', 'dissolution', 'delivery', 'return', 'loan')",
        "a_change_of_agencies_has_its_resolution": "event_type = 'withdrawn'"
        " or reason_code not in ('merger', 'split', 'dissolution')"
        " or btrim(coalesce(resolution, '')) <> ''",
        "digests_are_digests": "list_sha256 ~ '^[0-9a-f]{64}$'"
        " and content_sha256 ~ '^[0-9a-f]{64}$'",
        "words_are_given": "btrim(decided_by) <> '' and btrim(because) <> ''",
    },
    "custody_items": {
        "a_line_names_a_box_or_a_dossier": "btrim(coalesce(box_code, '')"
        " || coalesce(dossier_code, '')) <> '' and btrim(agency_code) <> ''",
        "counts_are_not_negative": "document_count >= 0 and received_document_count >= 0"
        " and explained_document_count >= 0",
        "what_is_explained_was_missing": "explained_document_count"
        " <= abs(document_count - received_document_count)"
        " and (explained_document_count = 0 or btrim(coalesce(explanation, '')) <> '')",
    },
}

# The digest is over a JSON array: values in one order, times in UTC to the microsecond, dates as
# ISO writes them, so that a program outside the database gets the same bytes.
DIGEST = """
    create function ledger.custody_digest(event ledger.custody_events) returns text
    language sql stable as $$
        select encode(sha256(convert_to(jsonb_build_array(
            event.event_number, event.previous_sha256, event.event_type, event.supersedes_number,
            event.giver_agency_code, event.receiver_agency_code,
            to_char(event.handover_date, 'YYYY-MM-DD'),
            event.box_count, event.dossier_count, event.document_count,
            event.received_document_count, event.condition_code, event.reason_code,
            event.resolution, event.list_sha256, event.content_sha256,
            event.decided_by, event.because,
            to_char(event.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
            event.recorded_by
        )::text, 'UTF8')), 'hex')
    $$
"""
# One writer at a time: the next one sees what this one wrote. Should one look at an older picture
# of the table (a stricter isolation), the unique digest of the one before refuses the fork.
CHAIN = """
    create function ledger.chain_custody() returns trigger language plpgsql as $$
    declare
        last ledger.custody_events;
    begin
        perform pg_advisory_xact_lock(hashtextextended('custody', 0));
        select * into last from ledger.custody_events order by event_number desc limit 1;
        new.event_number := coalesce(last.event_number, 0) + 1;
        new.previous_sha256 := coalesce(last.event_sha256, repeat('0', 64));
        new.recorded_at := clock_timestamp();
        new.recorded_by := session_user;
        new.event_sha256 := ledger.custody_digest(new);
        return new;
    end
    $$
"""


def upgrade() -> None:
    """Make the tables, what they refuse, and the chain."""
    for table in (EVENTS, ITEMS):
        make(table)
        for name, rule in CHECKS[table.name].items():
            op.execute(f"alter table ledger.{table.name} add constraint {name} check ({rule})")
    op.execute(DIGEST)
    op.execute(CHAIN)
    op.execute(
        "create trigger chain_custody before insert on ledger.custody_events"
        " for each row execute function ledger.chain_custody()"
    )


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
