"""What examining a received file promises about each digital signature in it."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import (
    SHA256,
    WARNS,
    a_fraction,
    among,
    given,
    mostly_among,
    no_row,
    one_row_each,
    shaped,
)

KINDS = ("signature", "document_timestamp")
STATES = ("intact", "broken", "unknown")
COVERAGES = ("whole_file", "from_header", "earlier_revision", "part", "unknown")
CHANGES = ("none", "validation_data", "form_filling", "annotations", "other", "unknown")
TRUST = ("trusted", "untrusted", "not_examined")
PROBLEMS = ("unreadable", "format_unsupported", "certificate_missing", "too_many")
EDGES = ("box_left", "box_top", "box_right", "box_bottom")
INTACT_SHARE = 0.9  # our own default, and it only warns: a broken signature is a fact to keep


def signatures_meet_expectations() -> ExpectationSuite:
    """Say what a signature looks like: judged from closed lists, valid only with its reasons."""
    return ExpectationSuite(
        name="signatures_meet_expectations",
        expectations=[
            one_row_each("_batch_id", "file_ordinal", "signature_ordinal"),
            shaped("file_sha256", SHA256),
            given("integrity"),
            given("is_valid"),
            among("kind", KINDS),
            among("integrity", STATES),
            among("timestamp_integrity", STATES),
            among("coverage", COVERAGES),
            among("later_changes", CHANGES),
            among("certificate_trust", TRUST),
            among("problem_code", PROBLEMS),
            *(a_fraction(edge) for edge in EDGES),
            no_row("marks_have_an_area", "box_left >= box_right or box_top >= box_bottom"),
            no_row(
                "valid_signatures_are_intact_and_cover_their_revision",
                "is_valid and (integrity is distinct from 'intact'"
                " or coverage not in ('whole_file', 'earlier_revision')"
                " or are_later_changes_allowed is not true)",
            ),
            no_row(
                "unknown_integrity_has_a_reason",
                "integrity = 'unknown' and problem_code is null",
            ),
            no_row(
                "signatures_are_not_of_the_future",
                "coalesce(timestamp_at, signed_at) > _extracted_at + interval '1 day'",
                WARNS,
            ),
            mostly_among("integrity", ("intact",), INTACT_SHARE, "most_signatures_are_intact"),
        ],
    )
