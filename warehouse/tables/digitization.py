"""Raw tables of digitisation: of our own making, so every one has a key."""

from warehouse.tables.form import BIGINT, BOOL, INSTANT, INT, JSON, NUMERIC, TEXT, raw_table

FILES = raw_table(
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

DOCUMENTS = raw_table(
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

PAGES = raw_table(
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
        ("image_phash", TEXT, "What the upright page looks like, in 64 hex digits; empty if bare."),
    ],
    key=("file_ordinal", "page_number"),
    look_up=("file_sha256",),
    comment="Pages as read. One row per page of a digitised file.",
)

FIELDS = raw_table(
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
