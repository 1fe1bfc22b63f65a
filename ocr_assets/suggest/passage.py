"""The words of a document that its vector is made from: the abstract, then how the text begins.

The model knows capitals badly and decomposed letters not at all, so lines in capitals are lowered
and letters composed. Long numbers are left out: they say nothing of a topic, and may be a person's.
"""

import re
import unicodedata

from ocr_assets.extract.letters import is_upper
from ocr_assets.suggest.sheet import Sheet, is_citation

FORM = "1"  # another way to choose the words: another vector
_SYLLABLES = 60  # of the text; a vector's price grows with every one
_LONG_NUMBER = re.compile(r"\+?\d[\d .-]{5,}\d")


def passage(sheet: Sheet) -> str:
    """Return the words, empty where nothing was read."""
    words: list[str] = []
    for _, strip in sheet.body:
        if len(words) >= _SYLLABLES:
            break
        if not is_citation(strip.text):
            words += _lowered(strip.text).split()
    parts = (_lowered(sheet.value("abstract")), " ".join(words[:_SYLLABLES]))
    text = unicodedata.normalize("NFC", "\n".join(part for part in parts if part))
    return _LONG_NUMBER.sub(" ", text).strip()


def _lowered(text: str) -> str:
    return text.lower() if is_upper(text) else text
