"""Layout hypotheses: each reads the same head its own way, and the best supported one wins.

State titled documents, Party and mass organisations, legal texts with the year, and công văn
differ in the number's grammar and in where the subject stands; no single letterhead is assumed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ocr_assets.extract.field import Finding
from ocr_assets.extract.header import Head
from ocr_assets.extract.kind import find_type_line
from ocr_assets.extract.letters import packed
from ocr_assets.extract.lists import LEGAL_TYPES, TYPES
from ocr_assets.extract.number import UNREAD, Form, forms_of, number_found
from ocr_assets.extract.strips import Strip
from ocr_assets.extract.subject import letter_abstract, titled_abstract

_PARTYS = ("/TW", "/TU", "/HU", "/QU", "/ĐU", "/ĐUK", "/ĐTN")  # what a Party number ends in
_LISTED = 0.97  # a closed list mends tone marks: 28 of 28 such types on the real scans were right
_LETTER_CODE = "CV"  # of the Party; a State letter's number has none


@dataclass(frozen=True, slots=True)
class Draft:
    """What one hypothesis makes of a head, and how well the head supports it."""

    layout: str
    form: Form | None
    kind: Finding | None
    abstract: Finding | None
    support: float


def _titled(head: Head, layout: str, form: Form | None) -> Draft:
    line = find_type_line(head)
    if line is None:
        return Draft(layout, form, _kind_by_code(head, form), None, 0.0)
    strip, name, surety = line
    agrees = form is not None and TYPES.get(form.code) == name
    score = 0.99 if agrees else 0.97 * surety
    kind = Finding(name, (strip,), "type:line", score, trust=_trust(strip, name))
    abstract = titled_abstract(head, strip, name)
    return Draft(layout, form, kind, abstract, 1.0 + agrees + 0.5 * (abstract is not None))


def _trust(strip: Strip, name: str) -> float | None:
    """Return how surely a type was read: it is on the list but for its marks."""
    return _LISTED if packed(strip.text).startswith(packed(name)) else None


def _kind_by_code(head: Head, form: Form | None) -> Finding | None:
    """Return the type a code stands for; CT is also Cục Thuế, so the page must not object."""
    if form is None or not form.is_titled or head.number is None or head.addressed:
        return None
    return Finding(TYPES[form.code], (head.number,), "type:code", 0.7)


def _state(head: Head, forms: dict[str, Form]) -> Draft:
    form = forms.get("state")
    if form is None or UNREAD in form.digits:
        form = forms.get("old") or form
    draft = _titled(head, "state", form)
    return _supported(draft, 1.0 * (form is not None and form.is_titled))


def _party(head: Head, forms: dict[str, Form]) -> Draft:
    form = forms.get("party")
    if form and form.is_bare and not (head.is_partys or form.symbol.endswith(_PARTYS)):
        form = None  # 45 TC/TCT of a ministry, long ago
    own = 0.5 + form.is_titled if form else -0.5
    return _supported(_titled(head, "party", form), own)


def _legal(head: Head, forms: dict[str, Form]) -> Draft:
    form = forms.get("legal")
    draft = _titled(head, "legal", form)
    is_legal = draft.kind is not None and draft.kind.value in LEGAL_TYPES
    return _supported(draft, (1.5 if form else -0.5) + 0.5 * is_legal)


def _letter(head: Head, forms: dict[str, Form]) -> Draft:
    party = forms.get("party")
    form = party if party and party.code == _LETTER_CODE else forms.get("state") or party
    abstract = letter_abstract(head)
    has_title = find_type_line(head) is not None
    support = 1.5 * (abstract is not None) + 1.0 * (head.addressed is not None) - 2.5 * has_title
    if form is not None:
        support += 0.5 if not form.is_titled else 0.0
    evidence = tuple(abstract.strips[:1]) if abstract else ()
    evidence = evidence or tuple(filter(None, (head.addressed, head.number)))[:1]
    if not evidence or (abstract is None and head.addressed is None):
        return Draft("letter", form, None, None, -1.0)
    score = 0.96 if abstract and head.addressed else 0.85
    # the letters say little: it is what stands where, and the number, that make it a letter
    trust = _LISTED if abstract and head.addressed and form and not form.is_titled else None
    kind = Finding("Công văn", evidence, "type:letter", score, trust)
    return Draft("letter", form, kind, abstract, support)


def _supported(draft: Draft, more: float) -> Draft:
    return Draft(draft.layout, draft.form, draft.kind, draft.abstract, draft.support + more)


_LAYOUTS: tuple[Callable[[Head, dict[str, Form]], Draft], ...] = (_state, _party, _legal, _letter)


def best_draft(head: Head) -> Draft:
    """Return the draft with most support; a form of another grammar fills a missing number."""
    forms = forms_of(head.number.text) if head.number else {}
    best = max((layout(head, forms) for layout in _LAYOUTS), key=lambda draft: draft.support)
    form = best.form or next(iter(forms.values()), None)
    return Draft(best.layout, form, best.kind, best.abstract, best.support)


def number_of(head: Head, draft: Draft) -> Finding | None:
    """Return the number as the winning layout reads it."""
    if head.number is None or draft.form is None:
        return None
    return number_found(head.number, draft.form)
