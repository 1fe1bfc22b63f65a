"""What a table of ours is: a raw one with its lineage, or a ledger with who wrote and when."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

_NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
RAW = sa.MetaData(schema="raw", naming_convention=_NAMES)
LEDGER = sa.MetaData(schema="ledger", naming_convention=_NAMES)
LINEAGE = ("_batch_id", "_extracted_at", "_row_sha256")
EXTRA = "_extra"

TEXT, INT, BIGINT, NUMERIC = sa.Text(), sa.Integer(), sa.BigInteger(), sa.Numeric()
BYTES = sa.LargeBinary()
BOOL, DATE, INSTANT = sa.Boolean(), sa.Date(), sa.TIMESTAMP(timezone=True)
JSON = JSONB(none_as_null=True)

Column = tuple[str, sa.types.TypeEngine, str]


def raw_table(
    name: str,
    columns: Sequence[Column],
    *,
    comment: str,
    key: Sequence[str] = (),
    look_up: Sequence[str] = (),
) -> sa.Table:
    """Add a raw table: its columns, then the lineage every raw table has.

    The batch leads every key, for a batch is what gets replaced, counted and read.
    """
    lineage = (
        ("_batch_id", TEXT, "Batch that brought the row; landing it again replaces its rows."),
        ("_extracted_at", INSTANT, "When the row was read from its source."),
        ("_row_sha256", TEXT, "SHA-256 of the contract columns, by name, as COPY writes them."),
    )
    required = {*LINEAGE, *key}
    indexes: list[sa.schema.SchemaItem] = [sa.Index(None, column) for column in look_up]
    if key:
        indexes.append(sa.PrimaryKeyConstraint("_batch_id", *key))
    else:
        indexes.append(sa.Index(None, "_batch_id"))
    return sa.Table(
        name,
        RAW,
        *(
            sa.Column(name, kind, nullable=name not in required, comment=what)
            for name, kind, what in (*columns, *lineage)
        ),
        *indexes,
        comment=comment,
    )


def ledger_table(
    name: str,
    columns: Sequence[Column],
    *,
    comment: str,
    required: Sequence[str] = (),
    look_up: Sequence[str] = (),
) -> sa.Table:
    """Add a ledger: rows are added and never changed; the latest word on a thing is what holds.

    Every entry has a number that grows, the moment it was written and the role that wrote it. The
    database refuses to change or delete one (``ledger.refuse_change``).
    """
    return sa.Table(
        name,
        LEDGER,
        sa.Column(
            "entry_id",
            BIGINT,
            sa.Identity(always=True),
            primary_key=True,
            comment="Number of the entry; later entries have higher ones.",
        ),
        *(
            sa.Column(column, kind, nullable=column not in required, comment=what)
            for column, kind, what in columns
        ),
        sa.Column(
            "recorded_at",
            INSTANT,
            nullable=False,
            server_default=sa.text("clock_timestamp()"),
            comment="When the entry was written.",
        ),
        sa.Column(
            "recorded_by",
            TEXT,
            nullable=False,
            server_default=sa.text("session_user"),
            comment="Login role that wrote it.",
        ),
        *(sa.Index(None, column) for column in look_up),
        comment=comment,
    )
