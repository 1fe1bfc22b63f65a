"""A page that hangs or kills costs that page; what was read before is not read again."""

import pytest

from ocr_assets.attempt import Attempt
from ocr_assets.batch import digitize_all
from ocr_assets.digitize import digitize, load_reader, reopened_reader
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.profile import Limits, Profile
from tests.support.pages import as_pdf, printed
from tests.support.readers import WORDS
from tests.support.tools import TOOLS

FONT = TOOLS / "npm/node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
READ, LOST = (Outcome.OK, None), (Outcome.FAILED, Reason.OCR_FAILED)


@pytest.fixture
def trace(tmp_path, monkeypatch):
    """Pages the planted readers looked at, in order, over all workers."""
    path = tmp_path / "trace"
    monkeypatch.setenv("PLANTED_TRACE", str(path))
    return lambda: [int(page) for page in path.read_text().split()] if path.exists() else []


def planted(toolbox, name, **limits):
    return Profile(toolbox, reader=f"tests.support.readers:{name}", limits=Limits(**limits))


def scan(path, pages):
    """A file of small pages, each another."""
    return as_pdf(path, *(printed(FONT, [((40, 40), str(n))], (400, 560)) for n in range(pages)))


def pages_of(done):
    return [(page.outcome, page.reason) for page in done.pages]


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_hanging_page_is_that_page_only_and_what_is_done_is_not_done_again(
    toolbox, tmp_path, trace
):
    work, profile = tmp_path / "work", planted(toolbox, "stumbles", seconds_per_page=1.5)
    first, second = scan(tmp_path / "first.pdf", 4), scan(tmp_path / "second.pdf", 1)
    [done] = digitize_all([first], work, profile, workers=1)
    assert (done.outcome, done.reason) == (Outcome.DEGRADED, Reason.PAGE_UNREAD)
    assert pages_of(done) == [READ, LOST, READ, READ]
    assert [page.text.split() for page in done.pages] == [
        [] if number == 2 else [*WORDS, str(number)] for number in (1, 2, 3, 4)
    ]
    assert done.is_archival
    # page 1 in one worker, page 2 in two, page 3 twice as its first worker fell, page 4 at last
    assert trace() == [1, 2, 2, 3, 3, 4]
    both = list(digitize_all([first, second], work, profile, workers=1))
    assert both[0] == done
    assert trace() == [1, 2, 2, 3, 3, 4, 1]


def test_the_only_page_given_up_leaves_a_failed_file_and_no_empty_text(toolbox, tmp_path):
    attempt = Attempt(tmp_path / "journal", given_up=frozenset({1}))
    done = digitize(
        scan(tmp_path / "one.pdf", 1), tmp_path / "work", planted(toolbox, "plain"), attempt=attempt
    )
    assert pages_of(done) == [LOST]
    done = done.judged_by_verapdf(done.pdfa_pikepdf)
    assert (done.outcome, done.reason) == (Outcome.FAILED, Reason.OCR_FAILED)


def test_of_a_secret_nothing_touches_the_disk(toolbox, tmp_path):
    seen = []

    def look(page):
        seen.extend(files(tmp_path / "journal"))

    done = digitize(
        scan(tmp_path / "three.pdf", 3),
        tmp_path / "work",
        planted(toolbox, "sees_a_stamp"),
        attempt=Attempt(tmp_path / "journal", turn=look),
    )
    assert done.reason is Reason.STATE_SECRET
    assert seen == files(tmp_path / "journal") == files(tmp_path / "work") == []


def test_what_was_kept_goes_when_the_outcome_says_secret(toolbox, tmp_path, monkeypatch):
    """Whatever finds it out, and however late."""
    three, journal = scan(tmp_path / "three.pdf", 3), tmp_path / "journal"
    attempt = Attempt(journal)
    monkeypatch.setattr("ocr_assets.digitize.bears_secrecy_stamp", lambda readings: True)
    done = digitize(three, tmp_path / "work", planted(toolbox, "plain"), attempt=attempt)
    assert done.reason is Reason.STATE_SECRET
    assert not files(journal)


def test_pages_of_another_recipe_are_read_anew(toolbox, tmp_path, trace):
    one, attempt = scan(tmp_path / "one.pdf", 1), Attempt(tmp_path / "journal")
    digitize(one, tmp_path / "work", planted(toolbox, "plain"), attempt=attempt)
    digitize(one, tmp_path / "work", planted(toolbox, "plain"), attempt=attempt)
    assert trace() == [1]
    digitize(one, tmp_path / "work", planted(toolbox, "plain", max_pages=7), attempt=attempt)
    assert trace() == [1, 1]


def test_a_reader_opened_anew_is_another_one_and_stays(toolbox):
    profile = planted(toolbox, "plain")
    old = load_reader(profile)
    assert load_reader(profile) is old
    new = reopened_reader(profile)
    assert new is not old
    assert load_reader(profile) is new
