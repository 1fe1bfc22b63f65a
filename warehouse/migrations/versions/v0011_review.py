"""Make the ledgers of review, and the group of those who may write in them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from warehouse.migrations.making import make

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TEXT, INT, BIGINT, NUMERIC = sa.Text(), sa.Integer(), sa.BigInteger(), sa.Numeric()
INSTANT = sa.TIMESTAMP(timezone=True)
THERE = sa.MetaData(
    schema="ledger",
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"},
)
Column = tuple[str, sa.types.TypeEngine, str]

_FIELD: list[Column] = [
    ("document_key", TEXT, "The document within its agency: agency code, colon, SHA-256."),
    ("agency_code", TEXT, "Agency whose document it is; row security looks at it."),
    ("field_name", TEXT, "Field, as digitising names it."),
]
_NAMED = ("document_key", "agency_code", "field_name")
_MINE = "agency_code = any ((select sec.current_agencies())::text[])"
_ITS_AGENCY = "split_part(document_key, ':', 1) = agency_code"
_DATE = "^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def _ledger(  # noqa: PLR0913 - what a ledger is
    name: str,
    columns: Sequence[Column],
    *,
    comment: str,
    required: Sequence[str],
    look_up: Sequence[str] = (),
    once: tuple[str, tuple[str, ...]] | None = None,
) -> sa.Table:
    number = "Number of the entry; later entries have higher ones."
    now, user = sa.text("clock_timestamp()"), sa.text("session_user")
    table = sa.Table(
        name,
        THERE,
        sa.Column("entry_id", BIGINT, sa.Identity(always=True), primary_key=True, comment=number),
        *(
            sa.Column(column, kind, nullable=column not in required, comment=what)
            for column, kind, what in columns
        ),
        sa.Column(
            "recorded_at",
            INSTANT,
            nullable=False,
            server_default=now,
            comment="When the entry was written.",
        ),
        sa.Column(
            "recorded_by",
            TEXT,
            nullable=False,
            server_default=user,
            comment="Login role that wrote it.",
        ),
        *(sa.Index(None, column) for column in look_up),
        comment=comment,
    )
    if once:
        sa.Index(once[0], *(table.c[column] for column in once[1]), unique=True)
    return table


CORRECTIONS = _ledger(
    "field_corrections",
    [
        *_FIELD,
        ("verdict", TEXT, "confirmed or corrected."),
        ("old_value", TEXT, "Value that was shown; empty: none was."),
        ("new_value", TEXT, "Value that holds from now on; empty: the document has none."),
        ("old_decided_by", TEXT, "What stood behind the value shown: rule, model or person."),
        ("old_confidence", NUMERIC, "Confidence of the value shown; empty for a person's."),
        ("page_number", INT, "Page it was judged by."),
        ("box_left", NUMERIC, "Left edge of where it stands, as a fraction of the page."),
        ("box_top", NUMERIC, "Top edge, as a fraction of the page."),
        ("box_right", NUMERIC, "Right edge, as a fraction of the page."),
        ("box_bottom", NUMERIC, "Bottom edge, as a fraction of the page."),
        ("because", TEXT, "Why."),
        ("upon_entry_id", BIGINT, "Latest entry on the field when it was looked at; 0: none."),
    ],
    required=(*_NAMED, "verdict", "because", "upon_entry_id"),
    once=("ux_field_corrections_upon", ("document_key", "field_name", "upon_entry_id")),
    comment="What people said of values of fields. One row per word of a person; the latest on a "
    "field holds.",
)
KEYINGS = _ledger(
    "field_keyings",
    [
        *_FIELD,
        ("of_entry_id", BIGINT, "Entry of field_corrections that was keyed a second time."),
        ("value", TEXT, "What the second person read; empty: there is none."),
        ("page_number", INT, "Page it was read on."),
    ],
    required=(*_NAMED, "of_entry_id"),
    look_up=("document_key",),
    once=("ux_field_keyings_of_entry_id", ("of_entry_id",)),
    comment="Fields keyed a second time by somebody who had not seen the first value. One row per "
    "entry keyed again.",
)
VIEWS = _ledger(
    "document_views",
    [
        ("document_key", TEXT, "The document within its agency: agency code, colon, SHA-256."),
        ("agency_code", TEXT, "Agency whose document it is."),
        ("field_name", TEXT, "Field that was asked about; empty: none in particular."),
        ("page_number", INT, "Page that was shown; empty: a value without its picture."),
        ("shown", TEXT, "value, crop or page."),
        ("purpose", TEXT, "review or keying."),
    ],
    required=("document_key", "agency_code", "shown", "purpose"),
    look_up=("document_key",),
    comment="What of documents was shown at the review desk. One row per look.",
)

# An entry can never be taken back, and the gates judge every one: what they would refuse must not
# get in, or no mart could be built any more.
CHECKS = {
    "field_corrections": {
        "verdict_fits_values": "verdict in ('confirmed', 'corrected') and"
        " (verdict = 'confirmed') = (old_value is not distinct from new_value)",
        "value_is_text": "new_value <> '' and new_value = btrim(new_value)"
        " and length(new_value) <= 4000",
        "date_is_iso": f"field_name <> 'date' or new_value ~ '{_DATE}'",
        "reason_is_given": "btrim(because) <> '' and length(because) <= 1000",
        "document_is_of_agency": _ITS_AGENCY,
        "field_has_a_name": "field_name ~ '^[a-z][a-z0-9_]{0,40}$'",
        "confidence_is_a_share": "old_confidence between 0 and 1",
        "box_is_on_the_page": "num_nulls(box_left, box_top, box_right, box_bottom) in (0, 4) and"
        " 0 <= box_left and box_left < box_right and box_right <= 1"
        " and 0 <= box_top and box_top < box_bottom and box_bottom <= 1",
        "upon_is_earlier": "upon_entry_id >= 0 and upon_entry_id < entry_id",
    },
    "field_keyings": {
        "value_is_text": "value <> '' and value = btrim(value) and length(value) <= 4000",
        "document_is_of_agency": _ITS_AGENCY,
    },
    "document_views": {
        "shown_is_known": "shown in ('value', 'crop', 'page')",
        "purpose_is_known": "purpose in ('review', 'keying')",
        "document_is_of_agency": _ITS_AGENCY,
    },
}
READ = ("field_corrections", "field_keyings")
# Keyed by another person than the first, and about the same field.
_BY_ANOTHER = (
    " and exists (select from ledger.field_corrections as first where first.entry_id ="
    " field_keyings.of_entry_id and first.document_key = field_keyings.document_key and"
    " first.field_name = field_keyings.field_name and first.recorded_by <> session_user)"
)


def upgrade() -> None:
    """Make the tables, the group of reviewers, and what each of them may add."""
    for table in (CORRECTIONS, KEYINGS, VIEWS):
        make(table)
        for name, rule in CHECKS[table.name].items():
            op.execute(f"alter table ledger.{table.name} add constraint {name} check ({rule})")
    op.execute(
        """
        do $$ begin
            if not exists (select from pg_catalog.pg_roles where rolname = 'kho_reviewer') then
                create role kho_reviewer nologin;
            end if;
        exception when duplicate_object or unique_violation then null;  -- made meanwhile
        end $$
        """
    )
    op.execute("grant usage on schema ledger to kho_reviewer")
    for table in (CORRECTIONS, KEYINGS, VIEWS):
        _admit(table)


def _admit(table: sa.Table) -> None:
    """Let reviewers add entries of their agencies; the server says who and when."""
    name = table.name
    given = {"entry_id", "recorded_at", "recorded_by"}
    columns = ", ".join(column.name for column in table.columns if column.name not in given)
    extra = _BY_ANOTHER if table is KEYINGS else ""
    op.execute(f"alter table ledger.{name} enable row level security")
    op.execute(f"grant insert ({columns}) on ledger.{name} to kho_reviewer")
    op.execute(
        f"create policy added_by_reviewers on ledger.{name} for insert to kho_reviewer"
        f" with check ({name}.{_MINE}{extra})"
    )
    if name in READ:
        op.execute(f"grant select on ledger.{name} to kho_reviewer")
        op.execute(
            f"create policy agency_rows on ledger.{name} for select to kho_reviewer"
            f" using ({name}.{_MINE})"
        )


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
