"""What the judges say decides; silence is never a yes."""

import json
from itertools import product
from pathlib import Path

import pytest

from ocr_assets.digitized import Digitized, PageOutcome, outcome_of
from ocr_assets.extract.field import Field
from ocr_assets.judge import Judgement, objection
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.verdict import Verdict

PASSED, FAILED = Verdict.PASSED, Verdict.FAILED
OK = PageOutcome(1, Outcome.OK, None, words=30, confidence=0.9, text="a text")
UNREAD = PageOutcome(2, Outcome.FAILED, Reason.OCR_FAILED)
BLANK = PageOutcome(2, Outcome.OK, None)
LOW = PageOutcome(3, Outcome.DEGRADED, Reason.RESOLUTION_LOW, words=10, confidence=0.5)


def digitized(*pages, **changes):
    found = {
        "file": "a.pdf",
        "sha256": "0" * 64,
        "size_bytes": 1,
        "media_type": "application/pdf",
        "outcome": Outcome.QUARANTINED,
        "reason": Reason.NOT_JUDGED,
        "pages": pages,
        "archive": Path("a.pdf"),
        "archive_sha256": "1" * 64,
        "pdfa_pikepdf": PASSED,
        "is_text_equal": True,
        "are_images_unchanged": True,
        "page_count": len(pages),
    }
    return Digitized(**(found | changes))


@pytest.mark.parametrize(
    ("pikepdf", "verapdf", "text", "images", "reason"),
    [
        (PASSED, PASSED, True, True, None),
        (Verdict.NOT_CHECKED, PASSED, True, True, None),
        (FAILED, PASSED, True, True, Reason.NOT_ARCHIVAL),
        (PASSED, FAILED, True, True, Reason.NOT_ARCHIVAL),
        (PASSED, Verdict.NOT_JUDGED, True, True, Reason.NOT_JUDGED),
        (Verdict.NOT_JUDGED, PASSED, True, True, Reason.NOT_JUDGED),
        (PASSED, Verdict.NOT_CHECKED, True, True, Reason.NOT_JUDGED),
        (PASSED, PASSED, False, True, Reason.TEXT_DIFFERS),
        (PASSED, PASSED, True, False, Reason.IMAGE_CHANGED),
    ],
)
def test_every_no_is_a_reason(pikepdf, verapdf, text, images, reason):
    assert objection(Judgement(pikepdf, text, images), verapdf) is reason


def test_only_one_pair_of_words_and_its_jpeg2000_twin_ever_passes():
    agreed = {
        pair
        for pair in product(Verdict, Verdict)
        if objection(Judgement(pair[0], is_text_equal=True, are_images_unchanged=True), pair[1])
        is None
    }
    assert agreed == {(PASSED, PASSED), (Verdict.NOT_CHECKED, PASSED)}


def test_before_verapdf_has_spoken_a_copy_is_in_quarantine_and_after_it_is_what_its_pages_are():
    waiting = digitized(OK)
    assert not waiting.is_archival
    judged = waiting.judged_by_verapdf(PASSED)
    assert (judged.outcome, judged.reason, judged.is_archival) == (Outcome.OK, None, True)


def test_a_copy_that_a_judge_refuses_is_not_handed_on():
    judged = digitized(OK).judged_by_verapdf(FAILED)
    assert (judged.outcome, judged.reason) == (Outcome.QUARANTINED, Reason.NOT_ARCHIVAL)
    assert judged.archive is None
    assert judged.archive_sha256 is None


def test_what_was_never_made_is_not_saved_by_a_verdict():
    failed = digitized(archive=None, outcome=Outcome.FAILED, reason=Reason.DAMAGED)
    assert failed.judged_by_verapdf(PASSED) is failed


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ((OK,), (Outcome.OK, None)),
        ((OK, UNREAD), (Outcome.DEGRADED, Reason.PAGE_UNREAD)),
        ((UNREAD, UNREAD), (Outcome.FAILED, Reason.OCR_FAILED)),
        ((OK, LOW), (Outcome.DEGRADED, Reason.RESOLUTION_LOW)),
        ((), (Outcome.NOT_RUN, None)),
        ((BLANK, BLANK), (Outcome.DEGRADED, Reason.LOW_CONFIDENCE)),
        ((OK, BLANK), (Outcome.OK, None)),
    ],
    ids=["fine", "one unread", "all unread", "one weak", "none", "all blank", "blank back"],
)
def test_a_document_is_as_good_as_its_pages(pages, expected):
    assert outcome_of(pages) == expected


def test_confidence_is_weighed_by_words():
    assert digitized(OK, LOW, UNREAD).text_confidence == pytest.approx(0.8)
    assert digitized(UNREAD).text_confidence is None


def test_the_line_of_json_says_who_judged():
    box = (0.1, 0.1, 0.3, 0.2)
    field = Field("number", "51/QĐ-UBND", "51/QĐ-UBND", 1, box, "rule", 0.97, True, 0.98, 0.99)
    told = json.loads(
        json.dumps(digitized(OK, fields={"number": field}).judged_by_verapdf(PASSED).as_json())
    )
    assert told["pdfa"] == {
        "part": "2b",
        "passed": True,
        "judges": {"pikepdf": "passed", "verapdf": "passed"},
    }
    assert told["fields"]["number"] == {
        "value": "51/QĐ-UBND",
        "confidence": 0.97,
        "reading_confidence": 0.98,
        "extraction_confidence": 0.99,
        "page": 1,
        "box": [0.1, 0.1, 0.3, 0.2],
        "accepted": True,
    }
    assert (told["outcome"], told["reason"], told["pages"], told["words"]) == ("ok", None, 1, 30)
    assert "a text" not in json.dumps(told)
