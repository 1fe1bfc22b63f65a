"""Make the ledgers of disposal: lists, decisions, files to be destroyed, steps."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from warehouse.migrations.making import make

revision = "0031"
down_revision = "0030"
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
    required: Sequence[str],
    look_up: Sequence[str] = (),
) -> sa.Table:
    number = "Number of the entry; later entries have higher ones."
    now, user = sa.text("clock_timestamp()"), sa.text("session_user")
    written, login = "When the entry was written.", "Login role that wrote it."
    return sa.Table(
        name,
        THERE,
        sa.Column("entry_id", BIGINT, sa.Identity(always=True), primary_key=True, comment=number),
        *(
            sa.Column(column, kind, nullable=column not in required, comment=what)
            for column, kind, what in columns
        ),
        sa.Column("recorded_at", INSTANT, nullable=False, server_default=now, comment=written),
        sa.Column("recorded_by", TEXT, nullable=False, server_default=user, comment=login),
        *(sa.Index(None, column) for column in look_up),
        comment=comment,
    )


LISTS = _ledger(
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

ITEMS = _ledger(
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

DECISIONS = _ledger(
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

FILES = _ledger(
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

STEPS = _ledger(
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

# What the gates would refuse must not get in: an entry can never be taken back. A list is decided
# once, carried out once what was decided, and never what nobody approved.
_WORDS = "btrim(decided_by) <> '' and btrim(because) <> ''"
CHECKS = {
    "disposal_lists": {
        "a_list_has_items_of_an_agency": "document_count > 0 and btrim(agency_code) <> ''"
        " and list_code like agency_code || '-%'",
        "words_are_given": _WORDS,
    },
    "disposal_items": {
        "document_is_of_the_lists_agency": "document_key ~ ':[0-9a-f]{64}$'"
        " and list_code like split_part(document_key, ':', 1) || '-%'",
        "nothing_permanent_is_proposed": "term_type in"
        " ('years', 'until_no_longer_in_force', 'life_of_the_work')",
        "the_term_was_given_by_somebody": "term_source in ('person', 'register')",
    },
    "disposal_decisions": {
        "decision_is_known": "decision in ('approved', 'kept')",
        "words_are_given": _WORDS + " and btrim(decision_number) <> '' and btrim(council) <> ''",
    },
    "disposal_steps": {
        "step_is_known": "step in ('executed', 'verified', 'certified', 'withdrawn')",
        "a_certificate_has_a_number": "(step = 'certified') = (certificate_number is not null)",
        "words_are_given": _WORDS,
    },
}


def upgrade() -> None:
    """Make the tables and what they refuse."""
    for table in (LISTS, ITEMS, DECISIONS, FILES, STEPS):
        make(table)
        for name, rule in CHECKS.get(table.name, {}).items():
            op.execute(f"alter table ledger.{table.name} add constraint {name} check ({rule})")


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
