"""Readers planted in real workers: they read nothing and say something, or misbehave."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

from ocr_assets.reading import Box, Line, PageReading, Word

WORDS = ("CỘNG", "HÒA", "trang")


def page_of(number, size, dpi, texts):
    """Return a page with one line of ``texts`` at its upper left."""
    width, height = size
    top, bottom, step = height * 3 // 10, height * 3 // 10 + 20, width // 12
    words = tuple(
        Word(text, Box(step * (2 * i + 1), top, step * (2 * i + 2), bottom), 0.9)
        for i, text in enumerate(texts)
    )
    line = Line(words, Box(step, top, words[-1].box.right, bottom), 0.9, "planted")
    return PageReading(number, width, height, dpi, 0, (line,))


class Planted:
    """Says the same of every page, and leaves a trace of having looked at it."""

    def __init__(self, act=lambda page: None, words=lambda page: (*WORDS, str(page))):
        self._act, self._words = act, words

    def read(self, image, page, dpi):
        trace = os.environ.get("PLANTED_TRACE")
        if trace:
            with Path(trace).open("a") as out:
                out.write(f"{page}\n")
        self._act(page)
        height, width = image.shape[:2]
        return page_of(page, (width, height), dpi, self._words(page))


def plain(toolbox):
    return Planted()


def stumbles(toolbox):
    """Hang on page 2 whenever it comes, and bring the worker down at page 3, but only once."""

    def act(page):
        if page == 2:
            time.sleep(600)
        mark = Path(os.environ["PLANTED_TRACE"] + ".fallen")
        if page == 3 and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)

    return Planted(act)


def sees_a_stamp(toolbox):
    return Planted(words=lambda page: ("MẬT",) if page == 1 else (*WORDS, str(page)))


def sees_remains_of_a_seal(toolbox):
    """Read words of a pixel's width between others, as cleaned seals are read."""

    class Slim(Planted):
        def read(self, image, page, dpi):
            read = super().read(image, page, dpi)
            lines = [
                Line((Word(text, box, 0.4),), box, 0.4, "planted")
                for text, box in (
                    ("0", Box(900, 1800, 901, 1829)),
                    ("SAI", Box(900, 1900, 904, 1930)),
                )
            ]
            return replace(read, lines=(*read.lines, *lines))

    return Slim()
