"""Tables of readings: in numbers, as kept, and held against each other."""

from warehouse.tables.form import BOOL, INT, JSON, NUMERIC, TEXT, ledger_table, raw_table

PAGE_READINGS = raw_table(
    "digitization__readings",
    [
        ("file_ordinal", INT, "Place of the file in its batch, from 1."),
        ("file_sha256", TEXT, "Digest of the received bytes."),
        ("page_number", INT, "Page, from 1."),
        ("word_count", INT, "Words read."),
        ("doubtful_count", INT, "Words with a confidence below 0.9."),
        ("asked_count", INT, "Words the second reader was asked about."),
        ("changed_count", INT, "Words whose text is another for what the second reader said."),
        ("text_confidence", NUMERIC, "Mean confidence of the words, 0 to 1."),
        ("is_disputed", BOOL, "Whether one engine sees text on the page and the other none."),
    ],
    key=("file_ordinal", "page_number"),
    look_up=("file_sha256",),
    comment="Readings in numbers. One row per page that was read.",
)

READINGS = ledger_table(
    "readings",
    [
        ("file_sha256", TEXT, "Digest of the received bytes."),
        ("recipe_id", TEXT, "Digest of all that decided the reading."),
        ("reader", TEXT, "Mode of the reader."),
        ("reading_sha256", TEXT, "Digest of the Parquet file in the store."),
        ("archive_sha256", TEXT, "Digest of the archive copy with this text; empty for a trial."),
        ("word_count", INT, "Words read."),
        ("text_confidence", NUMERIC, "Mean confidence of the words, 0 to 1."),
    ],
    required=("file_sha256", "recipe_id", "reading_sha256"),
    look_up=("file_sha256",),
    comment="Readings of documents, old ones and trials too. One row per reading made.",
)

COMPARISONS = ledger_table(
    "reading_comparisons",
    [
        ("file_sha256", TEXT, "Digest of the received bytes."),
        ("batch_id", TEXT, "Batch whose digitising, or whose sample, it was read anew in."),
        ("old_reading_sha256", TEXT, "Digest of the earlier reading's Parquet file."),
        ("new_reading_sha256", TEXT, "Digest of the later reading's Parquet file."),
        ("old_recipe_id", TEXT, "Recipe of the earlier reading."),
        ("new_recipe_id", TEXT, "Recipe of the later reading."),
        ("old_reader", TEXT, "Mode of the earlier reader."),
        ("new_reader", TEXT, "Mode of the later reader."),
        ("is_trial", BOOL, "Whether the later reading was a sample only and replaced nothing."),
        ("old_word_count", INT, "Words of the earlier reading."),
        ("new_word_count", INT, "Words of the later reading."),
        ("common_word_count", INT, "Words the two have in common, in order."),
        (
            "character_distance",
            INT,
            "Characters to change, add or drop from one text to the other.",
        ),
        ("character_count", INT, "Characters of the earlier text."),
        ("old_confidence", NUMERIC, "Mean confidence of the earlier reading's words."),
        ("new_confidence", NUMERIC, "Mean confidence of the later reading's words."),
        ("changed_fields", JSON, "Names of the fields whose value is another."),
        ("gained_fields", JSON, "Names of the fields accepted in the later reading only."),
        ("lost_fields", JSON, "Names of the fields accepted in the earlier reading only."),
    ],
    required=("file_sha256", "batch_id", "old_reading_sha256", "new_reading_sha256", "is_trial"),
    look_up=("file_sha256",),
    comment="Two readings of one document held against each other. One row per comparison.",
)
