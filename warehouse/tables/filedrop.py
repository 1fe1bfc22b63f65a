"""Raw tables of registers that agencies deliver as files: what they list, and each file's fate."""

import sqlalchemy as sa

from warehouse.tables.form import BIGINT, EXTRA, INSTANT, INT, JSON, TEXT, raw_table

_PLACE = (
    ("agency_code", TEXT, "Agency whose folder the register lay in."),
    ("sheet_number", INT, "Sheet of the file, from 1."),
    ("row_number", INT, "Row of the sheet, as the spreadsheet counts."),
)
_READ = (
    ("doubts", JSON, "What is doubtful about the row: column and reason, a list."),
    (EXTRA, JSON, "Columns the form does not know, and cells that cannot be read, as sent."),
)
_KEY = ("sheet_number", "row_number")

DOSSIERS = raw_table(
    "filedrop__dossiers",
    [
        *_PLACE,
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
        *_READ,
    ],
    key=_KEY,
    look_up=("agency_code",),
    comment="Dossiers as agencies listed them. One row per line of a register.",
)

DOCUMENTS = raw_table(
    "filedrop__documents",
    [
        *_PLACE,
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
        *_READ,
    ],
    key=_KEY,
    look_up=("agency_code",),
    comment="Documents as agencies listed them. One row per line of a register.",
)

FILES = raw_table(
    "filedrop__files",
    [
        ("register_id", TEXT, "The register: agency and digest of the file's name; a batch."),
        ("agency_code", TEXT, "Agency whose folder it lay in; empty if in none's."),
        ("file_name", TEXT, "Name as delivered, with folders; a name is data."),
        (
            "file_sha256",
            TEXT,
            "SHA-256 of its bytes, stored if it landed; empty if unreadable.",
        ),
        ("size_bytes", BIGINT, "Size."),
        ("modified_at", INSTANT, "When it was last written, by the folder it lay in."),
        ("state", TEXT, "landed, refused, or same (as another register of the agency)."),
        ("reason_code", TEXT, "Why it was refused."),
        ("mapping_version", TEXT, "Version of forms and mappings it was read by."),
        ("report", JSON, "What was understood of it and what not; no values."),
    ],
    look_up=("register_id", "file_sha256"),
    comment="Delivered files and what became of them. One row per register and content.",
)


def _rejected(entity: str) -> sa.Table:
    """Add the table of lines that cannot be a row of an entity."""
    return raw_table(
        f"{entity}_rejected",
        [
            *_PLACE,
            ("reason", TEXT, "Why it cannot be a row."),
            ("item", TEXT, "The line as sent, JSON in ASCII; personal data."),
        ],
        key=_KEY,
        look_up=("agency_code",),
        comment=f"Lines of registers that cannot be a row of raw.{entity}. One row per line.",
    )


DOSSIERS_REJECTED = _rejected("filedrop__dossiers")
DOCUMENTS_REJECTED = _rejected("filedrop__documents")
