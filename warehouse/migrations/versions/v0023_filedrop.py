"""Make the tables of registers that agencies deliver as files, and of the files' fate."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.migrations.making import make

revision = "0023"
down_revision = "0025"
branch_labels = None
depends_on = None

TEXT, INT, BIGINT, INSTANT = sa.Text(), sa.Integer(), sa.BigInteger(), sa.TIMESTAMP(timezone=True)
JSON = JSONB(none_as_null=True)
NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
LINEAGE = (
    ("_batch_id", TEXT, "Batch that brought the row; landing it again replaces its rows."),
    ("_extracted_at", INSTANT, "When the row was read from its source."),
    ("_row_sha256", TEXT, "SHA-256 of the contract columns, by name, as COPY writes them."),
)
LINEAGE_NAMES = {name for name, _, _ in LINEAGE}


def _table(
    name: str, columns: tuple, *more: sa.schema.SchemaItem, key: tuple = (), comment: str
) -> sa.Table:
    required = {*LINEAGE_NAMES, *key}
    batch = sa.PrimaryKeyConstraint("_batch_id", *key) if key else sa.Index(None, "_batch_id")
    return sa.Table(
        name,
        sa.MetaData(schema="raw", naming_convention=NAMES),
        *(
            sa.Column(column, kind, nullable=column not in required, comment=what)
            for column, kind, what in (*columns, *LINEAGE)
        ),
        *more,
        batch,
        comment=comment,
    )


DOSSIERS = _table(
    "filedrop__dossiers",
    (
        ("agency_code", TEXT, "Agency whose folder the register lay in."),
        ("sheet_number", INT, "Sheet of the file, from 1."),
        ("row_number", INT, "Row of the sheet, as the spreadsheet counts."),
        ("box_code", TEXT, "Box the papers lie in."),
        ("dossier_number", TEXT, "Number of the dossier on paper."),
        ("dossier_code", TEXT, "Code of the dossier (arcFileCode)."),
        ("title", TEXT, "Title of the dossier."),
        ("maintenance_code", TEXT, "Retention period, a code or words."),
        ("access_mode_code", TEXT, "Access mode, a code or words."),
        ("language_code", TEXT, "Language, a code or words."),
        ("start_date_text", TEXT, "First date, as far as it is known: 2025-04-19, 2025-04, 2025."),
        ("end_date_text", TEXT, "Last date, as far as it is known."),
        ("keyword", TEXT, "Keywords."),
        ("document_count", INT, "Documents in it, as stated."),
        ("sheet_count", INT, "Sheets of paper, as stated."),
        ("page_count", INT, "Pages, as stated."),
        ("condition_code", TEXT, "Physical condition, a code or words."),
        ("signature_info", TEXT, "Signs of information (inforSign)."),
        ("confidence_level_code", TEXT, "Kind of original: born digital, digitised, mixed."),
        ("paper_file_code", TEXT, "Code of the dossier on paper."),
        ("risk_recovery", TEXT, "Whether there is a backup."),
        ("risk_recovery_status", TEXT, "State of the backup."),
        ("description", TEXT, "Remarks."),
        ("doubts", JSON, "What is doubtful about the row: column and reason, a list."),
        ("_extra", JSON, "Columns the form does not know, and cells that cannot be read, as sent."),
    ),
    sa.Index(None, "agency_code"),
    key=("sheet_number", "row_number"),
    comment="Dossiers as agencies listed them. One row per line of a register.",
)
DOCUMENTS = _table(
    "filedrop__documents",
    (
        ("agency_code", TEXT, "Agency whose folder the register lay in."),
        ("sheet_number", INT, "Sheet of the file, from 1."),
        ("row_number", INT, "Row of the sheet, as the spreadsheet counts."),
        ("document_id_sent", TEXT, "Identifier of the document (docId), as sent."),
        ("document_code", TEXT, "Archival code of the document (arcDocCode)."),
        ("dossier_code", TEXT, "Dossier it belongs to, by code or number."),
        ("maintenance_code", TEXT, "Retention period, a code or words."),
        ("type_name", TEXT, "Type of document, a code or words."),
        ("document_number", TEXT, "Number and symbol together."),
        ("code_number", TEXT, "Number; zeros kept where the file had them."),
        ("code_notation", TEXT, "Symbol."),
        ("issued_date_text", TEXT, "Date of issue, as far as it is known."),
        ("issuer_name", TEXT, "Who issued it."),
        ("subject", TEXT, "Abstract, perhaps with the type before it."),
        ("language_code", TEXT, "Language, a code or words."),
        ("page_count", INT, "Pages, as stated."),
        ("sheet_place", TEXT, "Sheets of the dossier it takes."),
        ("signature_info", TEXT, "Signs of information (inforSign)."),
        ("keyword", TEXT, "Keywords."),
        ("access_mode_code", TEXT, "Access mode, a code or words."),
        ("confidence_level_code", TEXT, "Kind of original: born digital, digitised, mixed."),
        ("autograph", TEXT, "Handwritten remarks."),
        ("condition_code", TEXT, "Physical condition, a code or words."),
        ("process", TEXT, "How it was processed."),
        ("risk_recovery", TEXT, "Whether there is a backup."),
        ("risk_recovery_status", TEXT, "State of the backup."),
        ("signer_name", TEXT, "Who signed."),
        ("signer_title", TEXT, "Post of the signer."),
        ("file_name", TEXT, "Name of its file; a name is data."),
        ("description", TEXT, "Remarks."),
        ("doubts", JSON, "What is doubtful about the row: column and reason, a list."),
        ("_extra", JSON, "Columns the form does not know, and cells that cannot be read, as sent."),
    ),
    sa.Index(None, "agency_code"),
    key=("sheet_number", "row_number"),
    comment="Documents as agencies listed them. One row per line of a register.",
)
FILES = _table(
    "filedrop__files",
    (
        ("register_id", TEXT, "The register: agency and digest of the file's name; a batch."),
        ("agency_code", TEXT, "Agency whose folder it lay in; empty if in none's."),
        ("file_name", TEXT, "Name as delivered, with folders; a name is data."),
        ("file_sha256", TEXT, "SHA-256 of its bytes, which are in the file store."),
        ("size_bytes", BIGINT, "Size."),
        ("modified_at", INSTANT, "When it was last written, by the folder it lay in."),
        ("state", TEXT, "landed, refused, or same (as another register of the agency)."),
        ("reason_code", TEXT, "Why it was refused."),
        ("mapping_version", TEXT, "Version of forms and mappings it was read by."),
        ("report", JSON, "What was understood of it and what not; no values."),
    ),
    sa.Index(None, "file_sha256"),
    sa.Index(None, "register_id"),
    comment="Delivered files and what became of them. One row per register and content.",
)
DOSSIERS_REJECTED = _table(
    "filedrop__dossiers_rejected",
    (
        ("agency_code", TEXT, "Agency whose folder the register lay in."),
        ("sheet_number", INT, "Sheet of the file, from 1."),
        ("row_number", INT, "Row of the sheet, as the spreadsheet counts."),
        ("reason", TEXT, "Why it cannot be a row."),
        ("item", TEXT, "The line as sent, JSON in ASCII; personal data."),
    ),
    sa.Index(None, "agency_code"),
    key=("sheet_number", "row_number"),
    comment="Lines of registers that cannot be a row of raw.filedrop__dossiers. One row per line.",
)
DOCUMENTS_REJECTED = _table(
    "filedrop__documents_rejected",
    (
        ("agency_code", TEXT, "Agency whose folder the register lay in."),
        ("sheet_number", INT, "Sheet of the file, from 1."),
        ("row_number", INT, "Row of the sheet, as the spreadsheet counts."),
        ("reason", TEXT, "Why it cannot be a row."),
        ("item", TEXT, "The line as sent, JSON in ASCII; personal data."),
    ),
    sa.Index(None, "agency_code"),
    key=("sheet_number", "row_number"),
    comment="Lines of registers that cannot be a row of raw.filedrop__documents. One row per line.",
)


def upgrade() -> None:
    """Make the tables."""
    for table in (DOSSIERS, DOCUMENTS, FILES, DOSSIERS_REJECTED, DOCUMENTS_REJECTED):
        make(table)


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
