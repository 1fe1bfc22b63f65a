"""Make the tables of administrative units: communes of both times, and who took over whom."""

import sqlalchemy as sa

from warehouse.migrations.making import make

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TEXT, DATE, INSTANT = sa.Text(), sa.Date(), sa.TIMESTAMP(timezone=True)
NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
LINEAGE = (
    ("_batch_id", TEXT, "Batch that brought the row; landing it again replaces its rows."),
    ("_extracted_at", INSTANT, "When the row was read from its source."),
    ("_row_sha256", TEXT, "SHA-256 of the contract columns as canonical JSON."),
)
REQUIRED = {
    "_batch_id",
    "_extracted_at",
    "_row_sha256",
    "old_commune_code",
    "new_commune_code",
}


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


COMMUNES = _table(
    "units__communes",
    (
        ("commune_code", TEXT, "Five-digit commune code; used again after July 2025."),
        ("commune_name", TEXT, "Kind and name."),
        ("district_code", TEXT, "District it lay in; empty since there are none."),
        ("district_name", TEXT, "Kind and name of that district."),
        ("valid_from", DATE, "First day under this code and name; empty where not known."),
        ("valid_to", DATE, "Last day; empty while it exists."),
    ),
    sa.Index(None, "commune_code"),
    sa.Index(None, "_batch_id"),
    comment="Communes before and after July 2025. One row per commune, time and edition.",
)
TRANSFERS = _table(
    "units__transfers",
    (
        ("old_commune_code", TEXT, "Commune that ended."),
        ("new_commune_code", TEXT, "Commune that took over something of it."),
        ("land_share", TEXT, "How much of the old commune's land: all or part."),
        ("people_share", TEXT, "How much of the old commune's people: all, part, none or unknown."),
        ("correction", TEXT, "What the tables were corrected by, with its source; mostly empty."),
    ),
    sa.PrimaryKeyConstraint("_batch_id", "old_commune_code", "new_commune_code"),
    comment="What new communes took over of old ones. One row per pair and edition.",
)


def upgrade() -> None:
    """Make the tables."""
    make(COMMUNES)
    make(TRANSFERS)


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
