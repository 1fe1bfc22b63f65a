"""Make the ledgers of retention: holds, and what terms run from."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from warehouse.migrations.making import make

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TEXT, BIGINT, DATE = sa.Text(), sa.BigInteger(), sa.Date()
INSTANT = sa.TIMESTAMP(timezone=True)
THERE = sa.MetaData(
    schema="ledger",
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"},
)
Column = tuple[str, sa.types.TypeEngine, str]
SUBJECT: list[Column] = [
    ("subject_type", TEXT, "document or dossier."),
    ("subject_key", TEXT, "The document (agency, colon, SHA-256) or dossier (its code)."),
]
WHO: list[Column] = [("because", TEXT, "Why, in their words.")]


def _ledger(
    name: str, columns: Sequence[Column], *, required: Sequence[str], comment: str
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
        sa.Index(None, "subject_key"),
        comment=comment,
    )


HOLDS = _ledger(
    "retention_holds",
    [
        ("action", TEXT, "held or released."),
        ("of_entry_id", BIGINT, "Entry of the hold that is released; empty: a hold begins."),
        *SUBJECT,
        ("since_date", DATE, "From when on it holds, or no longer does."),
        ("decided_by", TEXT, "Who holds or releases."),
        *WHO,
    ],
    required=("action", "subject_type", "subject_key", "since_date", "decided_by", "because"),
    comment="What must not be destroyed whatever its term says. One row per hold, and per release.",
)
sa.Index("ux_retention_holds_of_entry_id", HOLDS.c.of_entry_id, unique=True)
TRIGGERS = _ledger(
    "retention_triggers",
    [
        *SUBJECT,
        ("trigger_code", TEXT, "work_year_ended, no_longer_in_force or structure_ended."),
        ("trigger_date", DATE, "When it happened; empty: it has not, whatever was said before."),
        ("decided_by", TEXT, "Who says so."),
        *WHO,
    ],
    required=("subject_type", "subject_key", "trigger_code", "decided_by", "because"),
    comment="What people said terms run from or end with. One row per word of a person; the latest"
    " on a subject and a trigger holds.",
)

# An entry can never be taken back, and the gates judge every one: what they would refuse must not
# get in, or no mart could be built any more.
_SUBJECT = (
    "case subject_type when 'document' then subject_key ~ ':[0-9a-f]{64}$'"
    " when 'dossier' then subject_key ~ '^[^:]+:.+$' else false end"
)
_WORDS = "btrim(decided_by) <> '' and btrim(because) <> ''"
CHECKS = {
    "retention_holds": {
        "a_release_names_its_hold": "action in ('held', 'released')"
        " and (action = 'released') = (of_entry_id is not null)",
        "subject_fits_its_type": _SUBJECT,
        "words_are_given": _WORDS,
    },
    "retention_triggers": {
        "trigger_is_known": "trigger_code in"
        " ('work_year_ended', 'no_longer_in_force', 'structure_ended')",
        "subject_fits_its_type": _SUBJECT,
        "words_are_given": _WORDS,
    },
}


def upgrade() -> None:
    """Make the tables and what they refuse."""
    for table in (HOLDS, TRIGGERS):
        make(table)
        for name, rule in CHECKS[table.name].items():
            op.execute(f"alter table ledger.{table.name} add constraint {name} check ({rule})")


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
