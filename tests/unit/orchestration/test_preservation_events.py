"""A run tells what it did to each file, no more, and the same again is not told twice."""

from datetime import UTC, datetime

import pytest

from orchestration.defs.digitization.events import ARRIVAL, Run, events

AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
RUN = Run("box-1-00000000", datetime(2026, 1, 5, tzinfo=UTC), "best")
VERSIONS = {"ocrmypdf": "17.13.0", "pikepdf": "10.17", "trueocr": "0.1.1", "verapdf": "1.28.2"}
GOOD = {
    "file_sha256": "1" * 64,
    "archive_sha256": "a" * 64,
    "outcome": "ok",
    "reason_code": None,
    "page_count": 2,
    "pdfa_pikepdf": "passed",
    "pdfa_verapdf": "passed",
    "tool_versions": VERSIONS,
    "digitized_at": AT,
}
PDF = {"1" * 64: "application/pdf"}


def told(row, signatures=(), media_types=PDF):
    return list(events(RUN, [row], media_types, signatures))


def kinds(some):
    return [(one.type, one.outcome, one.outcome_detail) for one in some]


def test_a_good_document_was_taken_in_known_read_copied_and_judged_by_both():
    some = told(GOOD)
    assert kinds(some) == [
        ("ingestion", "success", None),
        ("format identification", "success", "application/pdf"),
        ("metadata extraction", "success", None),
        ("migration", "success", None),
        ("validation", "pass", "passed"),
        ("validation", "pass", "passed"),
    ]
    assert some[0].at == RUN.received_at
    assert some[3].made_sha256 == "a" * 64
    assert [one.agents[0].name for one in some[4:]] == ["pikepdf", "verapdf"]
    assert some[5].agents[0].version == "1.28.2"
    assert {one.file_sha256 for one in some[4:]} == {"a" * 64}


@pytest.mark.parametrize(
    ("change", "last"),
    [
        (
            {"outcome": "degraded", "reason_code": "low_confidence"},
            ("metadata extraction", "warning", "low_confidence"),
        ),
        (
            {"outcome": "failed", "reason_code": "damaged", "archive_sha256": None},
            ("migration", "fail", "damaged"),
        ),
        (
            {
                "outcome": "quarantined",
                "reason_code": "not_archival",
                "archive_sha256": None,
                "pdfa_verapdf": "failed",
            },
            ("validation", "fail", "failed"),
        ),
        (
            {"outcome": "quarantined", "reason_code": "not_archival", "archive_sha256": None},
            ("quarantine", "success", "not_archival"),
        ),
    ],
)
def test_what_went_wrong_is_told_with_its_reason(change, last):
    assert last in kinds(told({**GOOD, **change}))


def test_a_judge_who_gave_no_word_is_not_told_of():
    silent = told({**GOOD, "pdfa_verapdf": "not_judged", "pdfa_pikepdf": "not_checked"})
    assert "validation" not in [one.type for one in silent]


@pytest.mark.parametrize("reason", ["file_missing", "not_in_manifest", "state_secret"])
def test_files_that_never_came_in_and_secrets_have_no_history(reason):
    refused = {"file_sha256": "1" * 64, "outcome": "failed", "reason_code": reason}
    assert told({**refused, "digitized_at": AT}) == []


@pytest.mark.parametrize(
    ("valid", "outcome", "said"),
    [([True, True], "pass", "2 of 2"), ([True, None], "fail", "1 of 2")],
)
def test_received_signatures_are_told_as_they_were_found(valid, outcome, said):
    signatures = [{"file_sha256": "1" * 64, "is_valid": one, "signer_name": "X"} for one in valid]
    [event] = [one for one in told(GOOD, signatures) if one.type.startswith("digital")]
    assert (event.outcome, event.outcome_detail) == (outcome, f"{said} signatures valid")


def test_our_own_signature_is_told_of_the_copy():
    [*_, last] = told({**GOOD, "unsigned_sha256": "b" * 64, "copy_signed_at": AT})
    assert (last.type, last.file_sha256) == ("digital signature generation", "a" * 64)


def test_a_copy_that_was_not_signed_is_not_told_as_signed():
    unsigned = told({**GOOD, "unsigned_sha256": GOOD["archive_sha256"], "copy_signed_at": None})
    assert not [one for one in unsigned if one.type == "digital signature generation"]


def test_the_same_result_with_the_same_tools_is_the_same_event_whenever_it_is_told():
    later = {**GOOD, "digitized_at": datetime(2027, 1, 1, tzinfo=UTC)}
    assert [one.id for one in told(later)] == [one.id for one in told(GOOD)]
    newer = {**GOOD, "tool_versions": {**VERSIONS, "verapdf": "2.0"}}
    differing = {one.id for one in told(newer)} - {one.id for one in told(GOOD)}
    assert len(differing) == 1


def test_work_that_another_batch_takes_over_was_done_once():
    later = Run("box-1-11111111", datetime(2026, 2, 5, tzinfo=UTC), "best")
    first = {one.id: one.type for one in events(RUN, [GOOD], PDF, ())}
    again = {one.id: one.type for one in events(later, [GOOD], PDF, ())}
    assert {again[one] for one in again.keys() - first.keys()} == set(ARRIVAL)
