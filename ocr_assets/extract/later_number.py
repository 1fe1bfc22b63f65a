"""A number that does not stand in the head: on a later page, or in what an attachment says."""

import re
from collections.abc import Iterator, Sequence

from ocr_assets.extract.field import Finding
from ocr_assets.extract.header import NUMBER_LINE
from ocr_assets.extract.number import Form, forms_of, number_found
from ocr_assets.extract.strips import Strip

_ENCLOSED = re.compile(
    r"^\W*(?:BAN\s*HANH\s*)?KEM\s*THEO\b.{0,40}?\bSO\W*(?P<number>\S.{3,40}?)\s*,?\s*NGAY\b"
)
_MOST_WORDS = 5
_OWN, _TOLD = 0.6, 0.5  # a line of its own on a later page; what an attachment says


def later_number(pages: Sequence[Sequence[Strip]]) -> Finding | None:
    """Return the number found after the first page, the last page first; always for a person."""
    candidates = (*_own_lines(pages[1:]), *_enclosures(pages[1:]))
    return max(candidates, key=lambda finding: finding.score, default=None)


def _own_lines(pages: Sequence[Sequence[Strip]]) -> Iterator[Finding]:
    for strips in reversed(pages):
        for strip in strips:
            if NUMBER_LINE.match(strip.plain) and len(strip.words) <= _MOST_WORDS:
                yield from _found(strip, strip.text, "number:later-page", _OWN)


def _enclosures(pages: Sequence[Sequence[Strip]]) -> Iterator[Finding]:
    """Yield the numbers in lines like "(Kèm theo Quyết định số ...)": of what they belong to."""
    for strips in pages:
        for strip in strips:
            told = _ENCLOSED.match(strip.plain)
            if told:
                text = strip.text[slice(*told.span("number"))]
                yield from _found(strip, text, "number:enclosure", _TOLD)


def _found(strip: Strip, text: str, method: str, score: float) -> Iterator[Finding]:
    form = _best(forms_of(text))
    if form is not None and form.digits.rstrip("abcd").isdigit():
        trust = number_found(strip, form).trust
        yield Finding(form.value, (strip,), method, score, trust, is_doubtful=True)


def _best(forms: dict[str, Form]) -> Form | None:
    grammars = (grammar for grammar in ("legal", "state", "party") if grammar in forms)
    return next((forms[grammar] for grammar in grammars), None)
