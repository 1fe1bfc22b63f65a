"""Make the tables of officials and of population: who serves, and what was said of claims."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.migrations.making import make

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TEXT, INT, BIGINT, INSTANT = sa.Text(), sa.Integer(), sa.BigInteger(), sa.TIMESTAMP(timezone=True)
BOOL, DATE = sa.Boolean(), sa.Date()
JSON = JSONB(none_as_null=True)
NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
LINEAGE = (
    ("_batch_id", TEXT, "Batch that brought the row; landing it again replaces its rows."),
    ("_extracted_at", INSTANT, "When the row was read from its source."),
    ("_row_sha256", TEXT, "SHA-256 of the contract columns, by name, as COPY writes them."),
)
REQUIRED = {"_batch_id", "_extracted_at", "_row_sha256", "item_ordinal", "entity", "entity_key"}


def _table(name: str, columns: tuple, *keys: sa.schema.SchemaItem, comment: str) -> sa.Table:
    return sa.Table(
        name,
        sa.MetaData(schema="raw", naming_convention=NAMES),
        *(
            sa.Column(column, kind, nullable=column not in REQUIRED, comment=what)
            for column, kind, what in (*columns, *LINEAGE)
        ),
        *keys,
        comment=comment,
    )


OFFICIALS = _table(
    "civil_servants__officials",
    (
        ("official_id", TEXT, "Number of the official (số hiệu)."),
        ("person_id", TEXT, "Identity number of the person, 9 or 12 digits, as sent."),
        ("full_name", TEXT, "Name of the person."),
        ("birth_date", DATE, "Day of birth."),
        ("sex", TEXT, "Sex, as answered."),
        ("agency_code", TEXT, "Agency the official serves, dotted code as sent."),
        ("agency_name", TEXT, "Its name, as answered."),
        ("position_title", TEXT, "Title of the post held."),
        ("rank_code", TEXT, "Code of the rank (mã ngạch)."),
        ("category", TEXT, "cadre, civil_servant or public_employee, as answered."),
        ("appointed_date", DATE, "Day of appointment to the post."),
        ("status", TEXT, "Status of service, as answered."),
        ("changed_at", INSTANT, "When the registry last changed the record."),
        ("is_deleted", BOOL, "Whether the registry withdrew the record."),
        ("_extra", JSON, "Fields of the answer that the contract does not know."),
    ),
    sa.Index(None, "_batch_id"),
    sa.Index(None, "official_id"),
    comment="Officials as their database answered. One row per state sent and pull.",
)
REJECTED = _table(
    "civil_servants__officials_rejected",
    (
        ("item_ordinal", INT, "Place of the item in its pull, from 1."),
        ("reason", TEXT, "Why it cannot be a row: the column and what is wrong with it."),
        ("item", TEXT, "The item as sent, JSON in ASCII; personal data."),
    ),
    sa.PrimaryKeyConstraint("_batch_id", "item_ordinal"),
    comment="Items sent for raw.civil_servants__officials that cannot be a row of it."
    " One row per item.",
)
COMPARED = _table(
    "civil_servants__officials_compared",
    (
        ("entity_key", TEXT, "Key in the registry."),
        ("observation", TEXT, "withdrawn, returned, never_landed or outdated."),
        ("listed_changed_at", INSTANT, "Last change by the list; empty if not listed."),
        ("observed_at", INSTANT, "When the comparison began."),
    ),
    sa.PrimaryKeyConstraint("_batch_id", "entity_key"),
    sa.Index(None, "entity_key"),
    comment="What the registry's full list of keys told about raw.civil_servants__officials."
    " One row per key that differed and comparison.",
)
VERIFICATIONS = _table(
    "population__verifications",
    (
        ("entity", TEXT, "Raw table that holds the claim."),
        ("entity_key", TEXT, "Key of the record that makes it."),
        ("claim_token", TEXT, "HMAC-SHA256 of the values asked about; changes when they do."),
        ("claimed_at", INSTANT, "Last change of the record when its claim was asked about."),
        ("person_token", TEXT, "HMAC-SHA256 of the 12-digit number; empty if there is none."),
        ("key_id", TEXT, "Which secret key made the tokens."),
        ("result", TEXT, "matched, differs, not_found or ambiguous."),
        ("differing", TEXT, "Names of the fields that differ, with blanks between; no values."),
        ("has_successor", BOOL, "Whether an old number was answered with a new one."),
        ("verified_at", INSTANT, "When the answer came."),
        ("request_id", TEXT, "X-Request-Id of the question, as in ledger.exchanges."),
    ),
    sa.PrimaryKeyConstraint("_batch_id", "entity", "entity_key"),
    sa.Index(None, "entity_key"),
    comment="What population said of claims we hold. One row per claim and question.",
)
NAME_FREQUENCIES = _table(
    "population__name_frequencies",
    (
        ("part", TEXT, "family, middle or given."),
        ("name", TEXT, "That part of a name, as registered."),
        ("people_count", BIGINT, "How many people have it; rare ones are not told."),
        ("_extra", JSON, "Fields of the answer that the contract does not know."),
    ),
    sa.Index(None, "_batch_id"),
    comment="How frequent parts of names are in population. One row per part and name.",
)


def upgrade() -> None:
    """Make the tables."""
    for table in (OFFICIALS, REJECTED, COMPARED, VERIFICATIONS, NAME_FREQUENCIES):
        make(table)


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
