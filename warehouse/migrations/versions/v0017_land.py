"""Make the tables of the land database: parcels, what is none, and what full key lists told."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.migrations.making import make

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TEXT, INT, INSTANT = sa.Text(), sa.Integer(), sa.TIMESTAMP(timezone=True)
NUMERIC, BOOL, DATE = sa.Numeric(), sa.Boolean(), sa.Date()
JSON = JSONB(none_as_null=True)
NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
LINEAGE = (
    ("_batch_id", TEXT, "Batch that brought the row; landing it again replaces its rows."),
    ("_extracted_at", INSTANT, "When the row was read from its source."),
    ("_row_sha256", TEXT, "SHA-256 of the contract columns as canonical JSON."),
)
REQUIRED = {"_batch_id", "_extracted_at", "_row_sha256", "item_ordinal", "entity_key"}


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


PARCELS = _table(
    "land__parcels",
    (
        ("parcel_id", TEXT, "Identifier of the parcel in the land database."),
        ("commune_code", TEXT, "Commune, by the key in force."),
        ("map_sheet", TEXT, "Map sheet, by the key in force; zeros kept."),
        ("parcel_number", TEXT, "Number on the sheet, by the key in force."),
        ("old_commune_code", TEXT, "Commune, by the key before the last renumbering."),
        ("old_map_sheet", TEXT, "Map sheet, by the key before the last renumbering."),
        ("old_parcel_number", TEXT, "Number on the sheet, by the key before."),
        ("address", TEXT, "Where the parcel lies, in words."),
        ("area_m2", NUMERIC, "Area in square metres, as registered."),
        ("land_use_code", TEXT, "Code of the purpose the land may be used for."),
        ("certificate_number", TEXT, "Number of the certificate of land use rights."),
        ("issued_date", DATE, "Day the certificate was issued."),
        ("holder_person_id", TEXT, "Identity number of the holder, 9 or 12 digits, as sent."),
        ("holder_name", TEXT, "Name of the holder."),
        ("changed_at", INSTANT, "When the registry last changed the record."),
        ("is_deleted", BOOL, "Whether the registry withdrew the record."),
        ("_extra", JSON, "Fields of the answer that the contract does not know."),
    ),
    sa.Index(None, "_batch_id"),
    sa.Index(None, "parcel_id"),
    comment="Parcels as the land database answered. One row per state sent and pull.",
)
REJECTED = _table(
    "land__parcels_rejected",
    (
        ("item_ordinal", INT, "Place of the item in its pull, from 1."),
        ("reason", TEXT, "Why it cannot be a row: the column and what is wrong with it."),
        ("item", TEXT, "The item as sent, JSON in ASCII; personal data."),
    ),
    sa.PrimaryKeyConstraint("_batch_id", "item_ordinal"),
    comment="Items sent for raw.land__parcels that cannot be a row of it. One row per item.",
)
COMPARED = _table(
    "land__parcels_compared",
    (
        ("entity_key", TEXT, "Key in the registry."),
        ("observation", TEXT, "withdrawn, returned, never_landed or outdated."),
        ("listed_changed_at", INSTANT, "Last change by the list; empty if not listed."),
        ("observed_at", INSTANT, "When the comparison began."),
    ),
    sa.PrimaryKeyConstraint("_batch_id", "entity_key"),
    sa.Index(None, "entity_key"),
    comment="What the registry's full list of keys told about raw.land__parcels."
    " One row per key that differed and comparison.",
)


def upgrade() -> None:
    """Make the tables."""
    make(PARCELS)
    make(REJECTED)
    make(COMPARED)


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
