"""What became of a page, a document or a batch: one result type, from the smallest to the largest.

"Unknown" has no spelling here: what was not judged is ``NOT_RUN`` or ``QUARANTINED``, never ``OK``.
"""

from collections.abc import Iterable
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one piece of work, best first."""

    OK = "ok"
    DEGRADED = "degraded"
    FAILED = "failed"
    QUARANTINED = "quarantined"
    NOT_RUN = "not_run"


class Reason(StrEnum):
    """Why an outcome is not ``OK``; every such outcome carries exactly one."""

    # degraded: usable, with a known weakness
    PAGE_UNREAD = "page_unread"
    LOW_CONFIDENCE = "low_confidence"
    RESOLUTION_LOW = "resolution_low"
    RESOLUTION_ESTIMATED = "resolution_estimated"
    ENGINES_DISAGREE = "engines_disagree"
    # failed: no archive copy could be made
    FILE_MISSING = "file_missing"
    NOT_IN_MANIFEST = "not_in_manifest"
    EMPTY_FILE = "empty_file"
    FORMAT_UNKNOWN = "format_unknown"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    NO_PAGES = "no_pages"
    OCR_FAILED = "ocr_failed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    OUTPUT_TOO_LARGE = "output_too_large"
    WORKER_DIED = "worker_died"
    SEPARATORS_DIFFER = "separators_differ"
    # quarantined: something was made or received that must not be used
    STATE_SECRET = "state_secret"  # noqa: S105 - a reason, not a password
    NOT_ARCHIVAL = "not_archival"
    NOT_JUDGED = "not_judged"
    TEXT_DIFFERS = "text_differs"
    IMAGE_CHANGED = "image_changed"
    NOT_SIGNED = "not_signed"
    # not run
    NOT_RUN = "not_run"


_SEVERITY = {outcome: rank for rank, outcome in enumerate(Outcome)}


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the worst of ``outcomes``; of none at all, ``NOT_RUN``: nothing was proved."""
    return max(outcomes, key=_SEVERITY.__getitem__, default=Outcome.NOT_RUN)
