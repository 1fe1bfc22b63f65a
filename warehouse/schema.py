"""The raw tables: one per source and entity, typed by contract, each row with its lineage.

Models over them live in dbt_project/; how rows get in, in loading.py. Tables of our own making
(digitization) have keys; what a registry answers is kept as sent, repeated or not: gates judge it.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

RAW = sa.MetaData(
    schema="raw",
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"},
)
LINEAGE = ("_batch_id", "_extracted_at", "_row_sha256")
EXTRA = "_extra"

TEXT, INT, BIGINT, NUMERIC = sa.Text(), sa.Integer(), sa.BigInteger(), sa.Numeric()
BOOL, DATE, INSTANT = sa.Boolean(), sa.Date(), sa.TIMESTAMP(timezone=True)
JSON = JSONB(none_as_null=True)

Column = tuple[str, sa.types.TypeEngine, str]


def _table(
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
        ("_row_sha256", TEXT, "SHA-256 of the contract columns as canonical JSON."),
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


AGENCIES = _table(
    "catalog__agencies",
    [
        ("agency_code", TEXT, "Code of the agency in the authority file."),
        ("agency_name", TEXT, "Full name, as printed on its documents."),
        ("bloc", TEXT, "party, government or mass_organisation."),
        ("level", TEXT, "city, district or commune."),
        ("parent_code", TEXT, "Agency it reports to."),
        ("commune_code", TEXT, "Commune it serves, if it is of commune level."),
        ("valid_from", DATE, "First day the agency existed under this code."),
        ("valid_to", DATE, "Last day; empty while it exists."),
        ("successor_code", TEXT, "Agency that took over its work."),
        (EXTRA, JSON, "Fields of the file that the contract does not know."),
    ],
    look_up=("agency_code",),
    comment="Agency authority file, as delivered. One row per agency and batch.",
)

ENTERPRISES = _table(
    "business__enterprises",
    [
        ("tax_code", TEXT, "Enterprise code, which is also its tax code."),
        ("enterprise_name", TEXT, "Registered name."),
        ("enterprise_type", TEXT, "Legal form, as answered."),
        ("status", TEXT, "Status of activity, as answered."),
        ("address", TEXT, "Head office."),
        ("commune_code", TEXT, "Commune of the head office."),
        ("representative_name", TEXT, "Legal representative."),
        ("founded_date", DATE, "Day of first registration."),
        ("changed_at", INSTANT, "When the registry last changed the record."),
        ("is_deleted", BOOL, "Whether the registry withdrew the record."),
        (EXTRA, JSON, "Fields of the answer that the contract does not know."),
    ],
    look_up=("tax_code",),
    comment="Enterprises as the business registry answered. One row per enterprise and pull.",
)

FILES = _table(
    "digitization__files",
    [
        ("file_ordinal", INT, "Place of the file in its batch, from 1."),
        ("file_name", TEXT, "Name in the delivery folder."),
        ("file_sha256", TEXT, "Digest of the received bytes; empty for a missing file."),
        ("size_bytes", BIGINT, "Size of the received file."),
        ("media_type", TEXT, "What the file is, by its first bytes."),
        ("agency_code", TEXT, "Agency whose document it is, as declared."),
        ("bloc", TEXT, "party, government or mass_organisation, as declared."),
        ("box_code", TEXT, "Archive box."),
        ("dossier_code", TEXT, "Dossier in the box."),
        ("declared_pages", INT, "Pages the scanning operator counted."),
        ("secrecy", TEXT, "Declared degree: empty or thuong, mat, toi_mat, tuyet_mat."),
        ("operator", TEXT, "Who scanned, as declared."),
        ("scanner", TEXT, "Scanner used, as declared."),
        ("received_state", TEXT, "received, missing or undeclared."),
        ("received_at", INSTANT, "When intake saw the file."),
    ],
    key=("file_ordinal",),
    look_up=("file_sha256",),
    comment="Deliveries against their manifests. One row per file of a delivered batch.",
)

DOCUMENTS = _table(
    "digitization__documents",
    [
        ("file_ordinal", INT, "Place of the file in its batch, from 1."),
        ("file_sha256", TEXT, "Digest of the received bytes."),
        ("outcome", TEXT, "ok, degraded, failed, quarantined or not_run."),
        ("reason_code", TEXT, "Why it is not ok, from a closed set."),
        ("page_count", INT, "Pages found."),
        ("word_count", INT, "Words read."),
        ("text_confidence", NUMERIC, "Mean confidence of the words, 0 to 1."),
        ("archive_sha256", TEXT, "Digest of the PDF/A copy in the store."),
        ("archive_size_bytes", BIGINT, "Size of the PDF/A copy."),
        ("pdfa_pikepdf", TEXT, "Verdict of our own structural judge."),
        ("pdfa_verapdf", TEXT, "Verdict of veraPDF."),
        ("is_text_equal", BOOL, "Whether the copy holds exactly the text that was read."),
        ("are_images_unchanged", BOOL, "Whether the copy shows the received images."),
        ("signature_count", INT, "Digital signatures in the received file."),
        ("seconds", NUMERIC, "Time the digitisation took."),
        ("tool_versions", JSON, "Programs and models that made it."),
        ("digitized_at", INSTANT, "When it was digitised."),
    ],
    key=("file_ordinal",),
    look_up=("file_sha256",),
    comment="Outcomes of digitisation, refusals too. One row per file digitised.",
)

PAGES = _table(
    "digitization__pages",
    [
        ("file_ordinal", INT, "Place of the file in its batch, from 1."),
        ("file_sha256", TEXT, "Digest of the received bytes."),
        ("page_number", INT, "Page, from 1."),
        ("outcome", TEXT, "ok, degraded, failed, quarantined or not_run."),
        ("reason_code", TEXT, "Why it is not ok, from a closed set."),
        ("width_px", INT, "Width of the upright raster."),
        ("height_px", INT, "Height of the upright raster."),
        ("dpi", NUMERIC, "Resolution of the raster."),
        ("rotation_degrees", INT, "Turn that set the page upright."),
        ("word_count", INT, "Words read."),
        ("text_confidence", NUMERIC, "Mean confidence of the words, 0 to 1."),
        ("image_sha256", TEXT, "Digest of the page's pixels."),
        ("page_text", TEXT, "What was read, one line of print a line."),
    ],
    key=("file_ordinal", "page_number"),
    look_up=("file_sha256",),
    comment="Pages as read. One row per page of a digitised file.",
)

FIELDS = _table(
    "digitization__fields",
    [
        ("file_ordinal", INT, "Place of the file in its batch, from 1."),
        ("file_sha256", TEXT, "Digest of the received bytes."),
        ("field_name", TEXT, "number, date, issuer, type, abstract or signer."),
        ("value", TEXT, "The value, normalised."),
        ("text_as_read", TEXT, "The words it was taken from."),
        ("page_number", INT, "Page it stands on, from 1."),
        ("box_left", NUMERIC, "Left edge, as a fraction of the page's width."),
        ("box_top", NUMERIC, "Top edge, as a fraction of the page's height."),
        ("box_right", NUMERIC, "Right edge, as a fraction of the page's width."),
        ("box_bottom", NUMERIC, "Bottom edge, as a fraction of the page's height."),
        ("method", TEXT, "Rule that found it."),
        ("method_version", TEXT, "Version of the rules."),
        ("confidence", NUMERIC, "Calibrated confidence, 0 to 1."),
        ("is_accepted", BOOL, "Whether it is taken without a person looking."),
    ],
    key=("file_ordinal", "field_name"),
    look_up=("file_sha256",),
    comment="Values found on documents, with their evidence. One row per field value found.",
)
