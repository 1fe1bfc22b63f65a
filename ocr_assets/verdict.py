"""What a PDF/A judge said of one file."""

from enum import StrEnum


class Verdict(StrEnum):
    """One judge's word on one file; silence is a word of its own and never means yes."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"  # the judge met a construct it has no opinion about
    NOT_JUDGED = "not_judged"  # the judge never gave a word: not run, timed out, crashed
