"""From the pages as read to the fields of the document."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from ocr_assets.extract.arrival import without_arrival_stamps
from ocr_assets.extract.confidence import judged
from ocr_assets.extract.dates import find_date
from ocr_assets.extract.derived import counted, derived_from
from ocr_assets.extract.field import Field
from ocr_assets.extract.further import Paper, further_fields
from ocr_assets.extract.half_dates import find_half_date
from ocr_assets.extract.header import Head, head_of
from ocr_assets.extract.issuer import find_issuer
from ocr_assets.extract.kind import find_type_line
from ocr_assets.extract.later_number import later_number
from ocr_assets.extract.layouts import best_draft, number_of
from ocr_assets.extract.signer import find_signer
from ocr_assets.extract.strips import Strip, strips_of
from ocr_assets.reading import PageReading
from ocr_assets.thresholds import SHIPPED, Thresholds

# A page with fewer strips is a blank back with the seal showing through.
_FEWEST_STRIPS = 2
# A letterhead stands on one of so many first pages; covers come before it.
_COVERS = 3


def describe(
    readings: Sequence[PageReading],
    agencies: Sequence[str] = (),
    thresholds: Thresholds = SHIPPED,
) -> dict[str, Field]:
    """Return the fields found, by name; a field that was not found is absent.

    ``agencies`` are names of the authority file, to which the issuer is snapped when near;
    ``thresholds`` say what is accepted.
    """
    strips_of_pages = [without_arrival_stamps(strips_of(reading)) for reading in readings]
    pages = [strips for strips in strips_of_pages if len(strips) >= _FEWEST_STRIPS]
    if not pages:
        return {}
    head = _first_head(pages)
    draft = best_draft(head)
    last = pages[-1] if len(pages) > 1 else ()
    signer = find_signer(pages)
    findings = {
        "number": number_of(head, draft) or later_number(pages),
        "date": find_date(head, last) or find_half_date(head, last),
        "issuer": find_issuer(head, draft.form, agencies),
        "type": draft.kind,
        "abstract": draft.abstract,
        "signer": signer,
    }
    fields = {name: judged(name, found, thresholds) for name, found in findings.items() if found}
    paper = Paper(readings, pages, head, draft.form, signer, agencies, thresholds)
    more = chain(derived_from(fields), further_fields(paper), counted(readings))
    fields |= {field.name: field for field in more}
    if head.is_double:  # whose number, whose signer? a person tells
        fields = {name: replace(field, accepted=False) for name, field in fields.items()}
    return fields


def _first_head(pages: Sequence[Sequence[Strip]]) -> Head:
    """Return the head of the document: of the first page, unless that is a cover without one."""
    heads = [head_of(strips) for strips in pages[:_COVERS]]
    return next(
        (head for head in heads if head.title or head.number or find_type_line(head)), heads[0]
    )
