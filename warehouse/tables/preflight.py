"""What pre-flight tells of files and pages, and what is kept of state secrets."""

from warehouse.tables.form import BOOL, INT, NUMERIC, TEXT, Column, ledger_table

#: Columns of raw.digitization__documents.
FILE_FACTS: tuple[Column, ...] = (
    ("is_encrypted", BOOL, "Whether the PDF is encrypted, if only against changes."),
    ("is_misnamed", BOOL, "Whether the name promises another kind of file than it is."),
    ("producer_type", TEXT, "Program that wrote the PDF: office, ocr, scanner, other, unknown."),
)

#: Columns of raw.digitization__pages.
PAGE_LOOKS: tuple[Column, ...] = (
    ("is_dpi_estimated", BOOL, "Whether the resolution is a guess from paper sizes."),
    ("picture_width_px", INT, "Width of the largest received picture of the page."),
    ("picture_height_px", INT, "Height of the largest received picture of the page."),
    (
        "text_layer_type",
        TEXT,
        "Text it came with: none, signature_stamp, old_ocr, born_digital, legacy_encoded.",
    ),
    ("rotation_confidence", NUMERIC, "How likely the turn is right, by the model, 0 to 1."),
    ("skew_degrees", NUMERIC, "How far the lines leaned clockwise once upright."),
    ("is_damaged", BOOL, "Whether the picture is incomplete, or large parts are dark."),
    ("is_blank", BOOL, "Whether nothing longer than dust was seen; the page stays."),
    ("sharpness", NUMERIC, "Steepness of the edges of print, 0 to 1."),
    ("contrast", NUMERIC, "Distance of print from paper, 0 to 1."),
    ("cut_edges", TEXT, "Edges that print runs out of: none, or of left, top, right, bottom."),
    ("dark_edges", TEXT, "Edges along which a black border lies, likewise."),
)

QUARANTINE = ledger_table(
    "quarantine",
    [
        ("batch_id", TEXT, "Delivered batch."),
        ("file_ordinal", INT, "Place of the file in its batch, from 1."),
        ("agency_code", TEXT, "Agency whose document it is, as declared."),
        ("found_by", TEXT, "declared (by the manifest) or stamp (seen on a page)."),
        ("is_kept", BOOL, "Whether the file lies sealed in the quarantine; false: not stored."),
        ("sealed_name", TEXT, "Name in the quarantine, drawn at random; empty where not kept."),
        ("sealed_sha256", TEXT, "Digest of the sealed bytes; tells nothing of the file."),
        ("size_class", TEXT, "Order of its size: up to 1 MB, 10 MB, 100 MB, or more."),
    ],
    required=("batch_id", "file_ordinal", "found_by", "is_kept"),
    look_up=("batch_id",),
    comment="State secrets kept from the system: a count, no text, no name. One row per event.",
)
