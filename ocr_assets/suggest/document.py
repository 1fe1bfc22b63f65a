"""Everything that is proposed for one document."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from ocr_assets.extract import letters, strips
from ocr_assets.language_model import SHIPPED, LanguageModel
from ocr_assets.suggest.keywords import keywords
from ocr_assets.suggest.personal import personal_data
from ocr_assets.suggest.proposal import Proposal
from ocr_assets.suggest.retention import Rule, retention
from ocr_assets.suggest.sheet import Sheet
from ocr_assets.suggest.summary import summary


def proposals(sheet: Sheet, rules: Sequence[Rule]) -> Iterator[Proposal]:
    """Yield what is proposed; the same document and rules give the same proposals."""
    yield from retention(sheet, rules)
    found = list(keywords(sheet, _model()))
    yield from found
    said = summary(sheet, [one.value for one in found])
    if said is not None:
        yield said
    yield from personal_data(sheet)


@lru_cache(maxsize=1)
def method_version() -> str:
    """Return a digest of the code and the counts that decide: others, other proposals."""
    room = Path(__file__).parent
    files = [*sorted(room.glob("*.py")), Path(strips.__file__), Path(letters.__file__), SHIPPED]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


@lru_cache(maxsize=1)
def _model() -> LanguageModel:
    return LanguageModel()
