"""The agency above the issuer, where a letterhead names one."""

from ocr_assets.extract.field import Finding
from ocr_assets.extract.header import Head
from ocr_assets.extract.issuer import agencies_of, begins_agency, letterhead_of, spelled
from ocr_assets.extract.lists import JOINT_CODES
from ocr_assets.extract.number import Form


def find_superior(head: Head, form: Form | None) -> Finding | None:
    """Return the agencies above the issuer, highest first, joined by semicolons.

    A joint document has several issuers and no superior.
    """
    if form is not None and form.code in JOINT_CODES:
        return None
    strips = letterhead_of(head)
    lines = [spelled(strip.text) for strip in strips]
    groups = agencies_of(lines)[:-1]
    if not groups:
        return None
    names = [spelled(" ".join(lines[index] for index in group)) for group in groups]
    kept = tuple(strips[index] for group in groups for index in group)
    is_known = all(map(begins_agency, names))
    return Finding("; ".join(names), kept, "superior:letterhead", 0.97 if is_known else 0.7)
