"""A third reader behind HTTP on this machine: it gets the picture of a few words and says them.

The contract is small: POST a PNG, get `{"words": [{"text", "left", "right"}]}` in pixels of that
picture. It is one more opinion about words in doubt, never about digits, and never the last word.

Pages are read before anybody knows whether they bear a secrecy stamp, so nothing of them may leave
the machine: an address elsewhere is refused. A model on another host is reached through a tunnel
that somebody has opened on purpose.
"""

import json
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import requests

from ocr_assets.ask.address import may_be_asked
from ocr_assets.cleaning import Gray
from ocr_assets.errors import EndpointElsewhere
from ocr_assets.layout import Found
from ocr_assets.opinions import Opinion
from ocr_assets.timed_post import post

_PATIENCE = 10.0  # seconds for one answer; without it the words stay as they were read
_TRIES = 3  # answers in a row that may fail before this page is read without it
_MARGIN = 0.15  # of the line's height, added on every side
_MOST_WORDS = 200
_LARGEST = 1 << 20  # bytes of an answer


class RemoteLines:
    """Asks one endpoint about lines; a page on which it fails is read without it."""

    def __init__(self, url: str) -> None:
        """Ask ``url``.

        Raises:
            EndpointElsewhere: the address is not on this machine.
        """
        if not may_be_asked(url):
            raise EndpointElsewhere(
                "a reader on another machine may not see pages that no secrecy check has passed: "
                "give an address on 127.0.0.1 (a tunnel's end, for instance)"
            )
        self._url = url
        self._failures = 0
        self._gray: Gray = np.zeros((1, 1), np.uint8)
        self._dpi = 0.0

    def show(self, gray: Gray, dpi: float) -> None:
        """Take the page that the next lines lie on."""
        self._gray, self._dpi, self._failures = gray, dpi, 0

    def read(self, box: Found) -> Sequence[Opinion]:
        """Return the words in ``box``, left to right; none where no usable answer came."""
        if self._failures >= _TRIES:
            return []
        left, top, right, bottom = self._widened(box)
        png = cv2.imencode(".png", self._gray[top:bottom, left:right])[1].tobytes()
        try:
            return list(_opinions(self._asked(png), left))
        except (requests.RequestException, ValueError, KeyError, TypeError):
            self._failures += 1
            return []

    def _asked(self, png: bytes) -> Any:
        answer = post(
            self._url,
            patience=_PATIENCE,
            largest=_LARGEST,
            headers={"Content-Type": "image/png", "X-Dots-Per-Inch": str(round(self._dpi))},
            data=png,
        )
        if answer.status != requests.codes.ok:
            raise ValueError("another status than OK")
        return json.loads(answer.body)["words"]

    def _widened(self, box: Found) -> tuple[int, int, int, int]:
        left, top, right, bottom = box
        height, width = self._gray.shape
        margin = _MARGIN * (bottom - top)
        return (
            max(0, int(left - margin)),
            max(0, int(top - margin)),
            min(width, int(right + margin) + 1),
            min(height, int(bottom + margin) + 1),
        )


def _opinions(words: Any, offset: int) -> Sequence[Opinion]:
    return [
        Opinion(str(word["text"]), offset + float(word["left"]), offset + float(word["right"]))
        for word in words[:_MOST_WORDS]
    ]
