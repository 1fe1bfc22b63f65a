"""What the evidence about two documents amounts to, by a written rule; a person has the last word.

1. The same received bytes: ``same_bytes``. (Told by the digest alone, where documents are rows.)
2. A part of the name is surely another (number, symbol, date, issuer): two documents. Where pages
   or texts are alike they are ``same_form``, which is no duplicate.
3. Words stand for other words. With one number in common that makes ``undecided`` what bad reading
   cannot explain; without, many such words make ``same_form`` and a single one ``undecided``.
4. The same picture streams on every page: ``same_paper``, one scan in two wrappings.
5. Pages alike: ``same_paper`` if the names agree or the texts are alike; else ``undecided``.
6. Texts alike, pages not: ``same_text``, a copy or another version.
7. Only the names agree: ``undecided``. Nothing of all this: no proposal.
"""

from dataclasses import dataclass
from enum import StrEnum

from ocr_assets.duplicates.looks import PagePair
from ocr_assets.duplicates.naming import Naming
from ocr_assets.duplicates.wording import Wording

RULE = "1"
ALIKE_TEXTS = 0.5  # estimated share of common pieces; a copy read with errors keeps two thirds


class Verdict(StrEnum):
    """What two documents are to each other, as far as a machine can tell."""

    SAME_BYTES = "same_bytes"
    SAME_PAPER = "same_paper"
    SAME_TEXT = "same_text"
    SAME_FORM = "same_form"
    UNDECIDED = "undecided"


#: What a person should look at; a form filled in twice is no duplicate.
PROPOSALS = (Verdict.SAME_BYTES, Verdict.SAME_PAPER, Verdict.SAME_TEXT, Verdict.UNDECIDED)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was found out about two documents by holding them against each other."""

    pages: tuple[PagePair, ...]
    seen: tuple[int, int]  # pages of each that have looks
    same_image_pages: int
    same_images: bool
    text_similarity: float | None
    wording: Wording | None
    naming: Naming

    @property
    def pages_alike(self) -> int:
        """Return how many pages look like their counterpart."""
        return sum(pair.is_alike for pair in self.pages)

    @property
    def are_pages_alike(self) -> bool:
        """Say whether the pages look alike: every one of the shorter, half of the longer."""
        least, most = sorted(self.seen)
        return least > 0 and self.pages_alike == least and 2 * least >= most

    @property
    def are_texts_alike(self) -> bool:
        """Say whether the texts have much in common."""
        return (self.text_similarity or 0) >= ALIKE_TEXTS


def judge(found: Evidence) -> Verdict | None:
    """Return what ``found`` amounts to, or None where it is nothing worth a look."""
    is_alike = found.same_images or found.are_pages_alike or found.are_texts_alike
    if found.naming.differs:
        return Verdict.SAME_FORM if is_alike else None
    if not is_alike:
        return Verdict.UNDECIDED if found.naming.agrees else None
    return _alike(found)


def _alike(found: Evidence) -> Verdict:
    """Judge documents that look or read alike and whose names do not contradict it."""
    doubt = _doubt(found)
    if doubt is not None:
        return doubt
    if found.same_images:
        return Verdict.SAME_PAPER
    says_the_same = found.are_texts_alike and found.wording is not None
    if found.are_pages_alike:
        is_proved = found.naming.agrees or says_the_same
        return Verdict.SAME_PAPER if is_proved else Verdict.UNDECIDED
    return Verdict.SAME_TEXT if says_the_same else Verdict.UNDECIDED


def _doubt(found: Evidence) -> Verdict | None:
    """Return what words in place of others make of documents that are alike otherwise."""
    if found.wording is None or not found.wording.replaced:
        return None
    if found.naming.shares_number:
        return None if found.wording.is_near else Verdict.UNDECIDED
    return Verdict.SAME_FORM if found.wording.is_other else Verdict.UNDECIDED
