"""The second reader: Tesseract on single lines, for its opinion about words in doubt."""

import os

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # Tesseract's threads cost more than they bring

import tesserocr
from PIL import Image

from ocr_assets.cleaning import Gray
from ocr_assets.errors import EngineMissing
from ocr_assets.layout import Found
from ocr_assets.opinions import Opinion
from ocr_assets.toolbox import Toolbox

_PATIENCE = 5000  # milliseconds for one line; after that its opinion is not waited for
_PAGE_PATIENCE = 20_000  # ... and for a whole page, which is looked at only when in dispute
_SOME_WORDS, _SURE = 3, 60  # so many words, each with this confidence in percent, are text
_MARGIN = 0.15  # of the line's height, added above and below


class TesseractLines:
    """Tesseract's Vietnamese model, loaded once and given one line at a time."""

    def __init__(self, toolbox: Toolbox) -> None:
        toolbox.require(toolbox.language_data)
        try:
            self._api = tesserocr.PyTessBaseAPI(
                path=str(toolbox.tessdata),
                lang="vie",
                psm=tesserocr.PSM.SINGLE_LINE,
                oem=tesserocr.OEM.LSTM_ONLY,
            )
        except RuntimeError as error:
            raise EngineMissing("Tesseract cannot load vie.traineddata; run ./kho setup") from error

    def show(self, gray: Gray, dpi: float) -> None:
        """Take the page that the next lines lie on."""
        self._api.SetImage(Image.fromarray(gray))
        self._api.SetSourceResolution(round(dpi))

    def read(self, box: Found) -> list[Opinion]:
        """Return the words of the line in ``box``, left to right."""
        left, top, right, bottom = box
        margin = _MARGIN * (bottom - top)
        self._api.SetRectangle(
            max(0, int(left - margin)),
            max(0, int(top - margin)),
            int(right - left + 2 * margin),
            int(bottom - top + 2 * margin),
        )
        if not self._api.Recognize(_PATIENCE):
            return []
        words = tesserocr.iterate_level(self._api.GetIterator(), tesserocr.RIL.WORD)
        found = []
        for word in words:
            box = word.BoundingBox(tesserocr.RIL.WORD)
            if box is not None:
                found.append(Opinion(word.GetUTF8Text(tesserocr.RIL.WORD), box[0], box[2]))
        return found

    def sees_text(self) -> bool:
        """Return whether there are words on the page it was shown, as far as this engine can tell.

        It makes single letters of specks and stains: those do not count.
        """
        self._api.SetPageSegMode(tesserocr.PSM.AUTO)
        try:
            if not self._api.Recognize(_PAGE_PATIENCE):
                return False
            return self._count_words() >= _SOME_WORDS
        finally:
            self._api.SetPageSegMode(tesserocr.PSM.SINGLE_LINE)

    def _count_words(self) -> int:
        found = tesserocr.iterate_level(self._api.GetIterator(), tesserocr.RIL.WORD)
        return sum(
            word.Confidence(tesserocr.RIL.WORD) >= _SURE
            and sum(map(str.isalnum, word.GetUTF8Text(tesserocr.RIL.WORD))) > 1
            for word in found
            if word.BoundingBox(tesserocr.RIL.WORD) is not None
        )
