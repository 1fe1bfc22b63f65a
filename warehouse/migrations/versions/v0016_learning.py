"""Keep what was accepted unseen and keyed blind, and the thresholds learned from it."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.migrations.making import make

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TEXT, INT, NUMERIC, BOOL = sa.Text(), sa.Integer(), sa.Numeric(), sa.Boolean()
JSON, INSTANT = JSONB(none_as_null=True), sa.TIMESTAMP(timezone=True)
THERE = sa.MetaData(
    schema="ledger",
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"},
)
Column = tuple[str, sa.types.TypeEngine, str]

_MINE = "agency_code = any ((select sec.current_agencies())::text[])"


def _ledger(
    name: str,
    columns: Sequence[Column],
    *,
    comment: str,
    required: Collection[str],
    once: tuple[str, tuple[str, ...]],
) -> sa.Table:
    number = "Number of the entry; later entries have higher ones."
    now, user = sa.text("clock_timestamp()"), sa.text("session_user")
    when, who = "When the entry was written.", "Login role that wrote it."
    table = sa.Table(
        name,
        THERE,
        sa.Column(
            "entry_id", sa.BigInteger(), sa.Identity(always=True), primary_key=True, comment=number
        ),
        *(
            sa.Column(column, kind, nullable=column not in required, comment=what)
            for column, kind, what in columns
        ),
        sa.Column("recorded_at", INSTANT, nullable=False, server_default=now, comment=when),
        sa.Column("recorded_by", TEXT, nullable=False, server_default=user, comment=who),
        comment=comment,
    )
    sa.Index(once[0], *(table.c[column] for column in once[1]), unique=True)
    return table


AUDITS = _ledger(
    "field_audits",
    [
        ("document_key", TEXT, "The document within its agency: agency code, colon, SHA-256."),
        ("agency_code", TEXT, "Agency whose document it is; row security looks at it."),
        ("field_name", TEXT, "Field, as digitising names it."),
        ("read_value", TEXT, "Value that was accepted unseen; not shown to who keyed."),
        ("method", TEXT, "How it had been found."),
        ("method_version", TEXT, "Version of that method."),
        ("confidence", NUMERIC, "Confidence it was read with."),
        ("accepted_from", NUMERIC, "Confidence from which values were accepted; empty: unknown."),
        ("value", TEXT, "What the person read; empty: there is none."),
        ("page_number", INT, "Page it was read on."),
    ],
    required=("document_key", "agency_code", "field_name", "read_value", "confidence"),
    once=("ux_field_audits_field", ("document_key", "field_name")),
    comment="Values accepted unseen that were drawn by lot and keyed blind. One row per value "
    "keyed.",
)
THRESHOLDS = _ledger(
    "field_thresholds",
    [
        ("calibration_id", TEXT, "Which calibration: one name for all its rows."),
        ("sample_sha256", TEXT, "Digest of the judgements and settings it was made from."),
        ("field_name", TEXT, "Field; entries of a list go by the list."),
        ("status", TEXT, "too_few, holds, lowered or raised."),
        ("threshold", NUMERIC, "Confidence from which values are accepted; above 1: none is."),
        ("previous_threshold", NUMERIC, "The same before."),
        ("limit_share", NUMERIC, "Share of errors among the accepted that is allowed."),
        ("level", NUMERIC, "One-sided confidence of the bounds."),
        ("reviewed_count", INT, "Doubtful values that people decided."),
        ("reviewed_wrong_count", INT, "Those that were wrong."),
        ("audited_count", INT, "Accepted values drawn by lot and keyed blind."),
        ("audited_wrong_count", INT, "Those that were wrong."),
        ("chance_wrong_count", INT, "Accepted values somebody came upon and found wrong."),
        ("left_out_count", INT, "Judgements that tell nothing of a share, or are disputed."),
        ("looked_at_count", INT, "Judgements at the threshold and above."),
        ("wrong_count", INT, "Those that were wrong."),
        ("error_low", NUMERIC, "Lower bound of the share of errors there."),
        ("error_high", NUMERIC, "Upper bound of the share of errors there."),
        ("missing_count", INT, "How many more, all right, would prove the limit there."),
        ("pooled", TEXT, "own, or pooled: whose judgements the steps are fitted to."),
        ("steps", JSON, "Fitted steps: confidence from, right, looked at, share right."),
    ],
    required=(
        "calibration_id",
        "sample_sha256",
        "field_name",
        "status",
        "threshold",
        "previous_threshold",
        "limit_share",
        "level",
        "looked_at_count",
        "wrong_count",
        "missing_count",
    ),
    once=("ux_field_thresholds_field", ("calibration_id", "field_name")),
    comment="Thresholds learned from reviewed values. One row per field and calibration; the latest"
    " calibration holds.",
)
CHECKS = {
    "field_audits": {
        "value_is_text": "value <> '' and value = btrim(value) and length(value) <= 4000",
        "document_is_of_agency": "split_part(document_key, ':', 1) = agency_code",
        "confidence_is_a_share": "confidence between 0 and 1",
    },
    "field_thresholds": {
        "status_is_known": "status in ('too_few', 'holds', 'lowered', 'raised')",
        "threshold_is_a_confidence": "threshold between 0 and 1.01",
        "wrong_are_of_those_looked_at": "wrong_count between 0 and looked_at_count",
    },
}
OF_CORRECTIONS = (
    ("old_method", TEXT, "How the value shown had been found; empty for a person's."),
    ("old_method_version", TEXT, "Version of that method."),
    ("old_is_accepted", BOOL, "Whether the value shown had been accepted unseen."),
    ("old_accepted_from", NUMERIC, "Confidence from which it would have been accepted."),
)
OF_FIELDS = (
    ("accepted_from", NUMERIC, "Confidence from which it is taken so; empty: never judged."),
    ("calibration_id", TEXT, "Calibration that says so; empty: the rules as they came."),
)


def upgrade() -> None:
    """Make the ledgers; let reviewers add audits of their agencies, and say what they saw."""
    for table in (AUDITS, THRESHOLDS):
        make(table)
        for name, rule in CHECKS[table.name].items():
            op.execute(f"alter table ledger.{table.name} add constraint {name} check ({rule})")
    _admit(AUDITS)
    _widen("field_corrections", "ledger", OF_CORRECTIONS)
    named = ", ".join(name for name, _, _ in OF_CORRECTIONS)
    op.execute(f"grant insert ({named}) on ledger.field_corrections to kho_reviewer")
    _widen("digitization__fields", "raw", OF_FIELDS)


def _widen(table: str, schema: str, columns: Sequence[Column]) -> None:
    for name, kind, what in columns:
        op.add_column(table, sa.Column(name, kind, comment=what), schema=schema)


def _admit(table: sa.Table) -> None:
    """Let reviewers add entries of their agencies and see them; the server says who and when."""
    name, given = table.name, {"entry_id", "recorded_at", "recorded_by"}
    columns = ", ".join(column.name for column in table.columns if column.name not in given)
    op.execute(f"alter table ledger.{name} enable row level security")
    op.execute(f"grant insert ({columns}), select on ledger.{name} to kho_reviewer")
    op.execute(
        f"create policy added_by_reviewers on ledger.{name} for insert to kho_reviewer"
        f" with check ({name}.{_MINE})"
    )
    op.execute(
        f"create policy agency_rows on ledger.{name} for select to kho_reviewer"
        f" using ({name}.{_MINE})"
    )


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
