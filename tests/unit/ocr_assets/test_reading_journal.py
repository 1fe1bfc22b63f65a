"""What is read is kept page by page, in a closed place, and never of a secret."""

import hashlib
import os
import stat

import pytest

from ocr_assets.attempt import Attempt
from ocr_assets.careful import CarefulReader
from ocr_assets.digitized import Digitized, PageOutcome
from ocr_assets.errors import PageUnread
from ocr_assets.extract import Field
from ocr_assets.journal import Journal
from ocr_assets.outcome import Outcome, Reason
from tests.support.readers import page_of

SIZE = (2000, 3000)
RECIPE = "a" * 64


@pytest.fixture
def root(tmp_path):
    return tmp_path / "journal"


def journal(root, recipe=RECIPE):
    return Journal.of(root, "0" * 64, recipe)


def page(number, *words):
    return page_of(number, SIZE, 300.0, words or ("xin", "chào", str(number)))


def files(root):
    return [path for path in root.rglob("*") if path.is_file()]


def test_a_page_comes_back_as_it_was_read(root):
    journal(root).keep(page(1))
    assert journal(root).reading(1) == page(1)
    assert journal(root).reading(2) is None


def test_another_recipe_knows_nothing(root):
    journal(root).keep(page(1))
    assert journal(root, "b" * 64).reading(1) is None


def test_only_the_owner_may_look(root):
    journal(root).keep(page(1))
    for path in (root, *root.rglob("*")):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path.name


def test_a_page_cut_short_by_a_power_failure_was_never_read(root):
    journal(root).keep(page(1))
    [kept] = files(root)
    kept.write_bytes(kept.read_bytes()[:-20])
    assert journal(root).reading(1) is None


def test_nothing_is_kept_before_page_one_has_passed_the_gate(root):
    kept = journal(root)
    kept.keep(page(2))
    assert not root.exists()
    kept.keep(page(1))
    kept.keep(page(3))
    assert {path.name for path in files(root)} == {"page-00001.json", "page-00003.json"}


def test_a_page_one_of_an_earlier_try_has_passed(root):
    journal(root).keep(page(1))
    again = journal(root)
    again.reading(1)
    again.keep(page(2))
    assert journal(root).reading(2) is not None


def test_a_stamp_burns_what_was_kept_and_nothing_follows(root):
    kept = journal(root)
    kept.keep(page(1, "TUYỆT", "MẬT"))
    kept.keep(page(2))
    assert not files(root)


def test_a_finished_file_is_known_while_its_copy_is_there(root, tmp_path):
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(b"%PDF")
    field = Field("number", "1/QĐ", "1/QĐ", 1, (0.0, 0.1, 0.2, 0.3), "rule", 0.9, True)
    outcome = PageOutcome(1, Outcome.OK, None, 10, 20, 300.0, words=3, text="xin chào")
    done = Digitized(
        "a.pdf", "0" * 64, 4, "application/pdf", Outcome.QUARANTINED, Reason.NOT_JUDGED,
        pages=(outcome,), fields={"number": field}, archive=copy, versions={"tool": "1"},
        archive_sha256=hashlib.sha256(b"%PDF").hexdigest(),
    )  # fmt: skip
    journal(root).finish(done)
    assert journal(root).finished() == done
    copy.write_bytes(b"%PDF signed")
    assert journal(root).finished() is None
    copy.unlink()
    assert journal(root).finished() is None


def test_without_a_folder_nothing_is_kept():
    kept = Journal(None)
    kept.keep(page(1))
    kept.burn()
    assert kept.reading(1) is None
    assert kept.finished() is None


class Counting:
    """A reader that fails the first ``failures`` times."""

    def __init__(self, failures=0):
        self.calls, self.failures = 0, failures

    def read(self, image, number, dpi):
        self.calls += 1
        if self.calls <= self.failures:
            raise PageUnread("not this time")
        return page(number)


def careful(root, reader, fresh=None, **attempt):
    return CarefulReader(reader, lambda: fresh, journal(root), Attempt(journal=root, **attempt))


def test_a_page_read_before_is_not_read_again(root):
    reader = Counting()
    careful(root, reader).read(None, 1, 300.0)
    assert careful(root, reader).read(None, 1, 300.0) == page(1)
    assert reader.calls == 1


def test_a_failed_page_gets_one_more_try_by_a_reader_without_a_past(root):
    first, fresh = Counting(failures=9), Counting()
    assert careful(root, first, fresh).read(None, 1, 300.0) == page(1)
    assert (first.calls, fresh.calls) == (1, 1)


def test_a_page_that_fails_twice_is_unread(root):
    first, fresh = Counting(failures=9), Counting(failures=9)
    with pytest.raises(PageUnread):
        careful(root, first, fresh).read(None, 1, 300.0)
    assert (first.calls, fresh.calls) == (1, 1)
    assert not root.exists()


def test_a_page_given_up_is_not_tried(root):
    reader = Counting()
    with pytest.raises(PageUnread, match="page 2"):
        careful(root, reader, given_up=frozenset({2})).read(None, 2, 300.0)
    assert reader.calls == 0


def test_the_page_in_hand_is_told_and_taken_back_whatever_happens(root):
    told = []
    with pytest.raises(PageUnread):
        careful(root, Counting(9), Counting(9), turn=told.append).read(None, 4, 300.0)
    assert told == [4, 0]


def test_parts_of_a_write_have_names_of_their_own(root):
    """Two processes may work on the same bytes: each moves its own file into place."""
    journal(root).keep(page(1))
    assert not [path for path in files(root) if str(os.getpid()) in path.name]
