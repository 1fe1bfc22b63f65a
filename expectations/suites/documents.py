"""What digitising promises about each document it hands over."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import (
    SHA256,
    USABLE,
    WARNS,
    a_fraction,
    among,
    an_outcome_with_its_reason,
    mostly_among,
    no_row,
    one_row_each,
    shaped,
    some_rows,
)

USABLE_SHARE = 0.8  # no national rate was found: our own default, and it only warns

PRODUCERS = ("office", "ocr", "scanner", "other", "unknown")


def documents_meet_expectations() -> ExpectationSuite:
    """Say what a delivered batch's documents look like; a usable one has a proved archive copy.

    pikepdf may hold its word back (``not_checked``); veraPDF may not.
    """
    return ExpectationSuite(
        name="documents_meet_expectations",
        expectations=[
            some_rows(WARNS),
            one_row_each("_batch_id", "file_ordinal"),
            *an_outcome_with_its_reason(),
            shaped("file_sha256", SHA256),
            shaped("archive_sha256", SHA256),
            shaped("reading_sha256", SHA256),
            no_row(
                "usable_documents_have_digests",
                f"{USABLE} and (file_sha256 is null or archive_sha256 is null)",
            ),
            no_row(
                "usable_documents_are_judged_archival",
                f"{USABLE} and (pdfa_verapdf is distinct from 'passed'"
                " or pdfa_pikepdf is null or pdfa_pikepdf not in ('passed', 'not_checked'))",
            ),
            no_row(
                "usable_documents_are_true_copies",
                f"{USABLE} and (is_text_equal is not true or are_images_unchanged is not true)",
            ),
            no_row("usable_documents_have_pages", f"{USABLE} and coalesce(page_count, 0) < 1"),
            no_row(
                "state_secrets_leave_no_copy",
                "reason_code = 'state_secret' and archive_sha256 is not null",
            ),
            no_row(
                "state_secrets_leave_no_reading",
                "reason_code = 'state_secret' and reading_sha256 is not null",
            ),
            a_fraction("text_confidence"),
            among("producer_type", PRODUCERS),
            mostly_among("outcome", ("ok", "degraded"), USABLE_SHARE, "most_documents_are_usable"),
        ],
    )
