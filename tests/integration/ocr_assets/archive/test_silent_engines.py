"""An engine that fails in silence is found out, and no program of the system is asked for help."""

import hashlib
import os
import stat
from dataclasses import replace

import pypdf
import pytest

from ocr_assets import digitize as digitizing
from ocr_assets.batch import judged
from ocr_assets.digitize import digitize
from ocr_assets.errors import PageUnread
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.reader import open_reader
from ocr_assets.verapdf import VeraPdf
from tests.support.scans import jpeg, pdf_of


class Faltering:
    """A reader that fails on some pages: by saying so, or by finding nothing."""

    def __init__(self, reader, pages, *, says_so):
        self._reader, self._pages, self._says_so = reader, pages, says_so

    def read(self, image, page, dpi):
        if page in self._pages and self._says_so:
            raise PageUnread("the engine ran out of time")
        reading = self._reader.read(image, page, dpi)
        return replace(reading, lines=()) if page in self._pages else reading


@pytest.fixture
def falter(monkeypatch, profile, letter, tmp_path):
    """Digitise a letter of three pages with a reader that fails on some of them."""

    def done(pages, *, says_so):
        def faltering(*how, **more):
            return Faltering(open_reader(*how, **more), pages, says_so=says_so)

        monkeypatch.setattr(digitizing, "open_reader", faltering)
        digitizing._reader.cache_clear()
        source = pdf_of(tmp_path / "a.pdf", *[jpeg(letter.resize((1240, 1754)))] * 3)
        return digitize(source, tmp_path / "work", profile)

    yield done
    digitizing._reader.cache_clear()


def test_a_document_no_page_of_which_could_be_read_fails_by_name(falter, toolbox):
    [done] = judged([falter({1, 2, 3}, says_so=True)], VeraPdf(toolbox.verapdf_jar, toolbox.java))
    assert (done.outcome, done.reason) == (Outcome.FAILED, Reason.OCR_FAILED)
    assert {page.reason for page in done.pages} <= {Reason.OCR_FAILED}


def test_a_page_with_print_on_which_an_engine_finds_nothing_is_not_taken_for_read(falter):
    """As Tesseract does when its time runs out: no text, and nothing said."""
    done = falter({2}, says_so=False)
    assert [page.outcome for page in done.pages][::2] == [Outcome.OK, Outcome.OK]
    silent = done.pages[1]
    assert (silent.outcome, silent.reason) == (Outcome.DEGRADED, Reason.LOW_CONFIDENCE)
    assert silent.words == 0


def test_no_ghostscript_is_asked_and_every_picture_is_the_received_one(
    monkeypatch, profile, letter, tmp_path
):
    """Every program a writer of PDF might call lies in wait and would leave a trace."""
    called, traps = tmp_path / "called", tmp_path / "bin"
    traps.mkdir()
    for name in ("gs", "gsc", "tesseract", "unpaper", "pngquant", "jbig2"):
        trap = traps / name
        trap.write_text(f"#!/bin/sh\necho {name} >> {called}\nexit 1\n")
        trap.chmod(trap.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{traps}{os.pathsep}{os.environ['PATH']}")
    received = jpeg(letter.resize((1240, 1754)))
    source = pdf_of(tmp_path / "a.pdf", received)
    done = digitize(source, tmp_path / "work", profile)
    assert done.are_images_unchanged
    assert not called.exists(), called.read_text()
    kept = [
        hashlib.sha256(picture.get_object()._data).hexdigest()
        for page in pypdf.PdfReader(tmp_path / "work" / done.archive.name).pages
        for picture in page["/Resources"]["/XObject"].values()
        if picture.get_object()["/Subtype"] == "/Image"
    ]
    assert kept == [hashlib.sha256(received).hexdigest()]
