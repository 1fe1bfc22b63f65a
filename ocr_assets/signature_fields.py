"""The signature fields of a PDF that carry a signature: where they are and what bytes they hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from ocr_assets.signature import Box

MOST_LISTED = 1000
_DEEPEST_FIELD = 20


@dataclass(frozen=True, slots=True)
class SignatureField:
    """One signed field as it stands in the file; ``contents`` is the signature, unread."""

    name: str
    contents: bytes
    byte_range: tuple[int, ...]
    subfilter: str | None
    is_timestamp: bool
    claimed_at: str | None
    page: int | None
    box: Box | None


def count_signatures(pdf: Pdf) -> int:
    """Return how many signature fields carry a signature."""
    return len(_signed(pdf))


def signature_fields(pdf: Pdf) -> list[SignatureField]:
    """Return the signed fields in the order they were signed: the later, the more they cover."""
    signed = _signed(pdf)
    places = _places(pdf) if signed else {}
    found = [_described(name, field, places) for name, field in signed]
    return sorted(found, key=lambda field: sum(field.byte_range[-2:]))


def _signed(pdf: Pdf) -> list[tuple[str, Dictionary]]:
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, Dictionary):
        return []
    fields = form.get("/Fields")
    return list(islice(_below(fields, "", None, 0), MOST_LISTED))


def _below(
    fields: pikepdf.Object | None, prefix: str, inherited: pikepdf.Object | None, depth: int
) -> Iterator[tuple[str, Dictionary]]:
    """Yield the signed fields of a level and those below, with their full names."""
    if not isinstance(fields, Array) or depth > _DEEPEST_FIELD:
        return
    for field in fields:
        if not isinstance(field, Dictionary):
            continue
        partial = field.get("/T")
        name = ".".join(filter(None, (prefix, str(partial) if partial is not None else "")))
        kind = field.get("/FT", inherited)
        if kind == Name.Sig and isinstance(field.get("/V"), Dictionary):
            yield name, field
        else:
            yield from _below(field.get("/Kids"), name, kind, depth + 1)


def _described(
    name: str, field: Dictionary, places: dict[tuple[int, int], tuple[int, Box | None]]
) -> SignatureField:
    value = field["/V"]
    contents, claimed = value.get("/Contents"), value.get("/M")
    subfilter = value.get("/SubFilter")
    page, box = next((places[one] for one in _widgets(field) if one in places), (None, None))
    return SignatureField(
        name=name,
        contents=bytes(contents) if isinstance(contents, String) else b"",
        byte_range=_byte_range(value.get("/ByteRange")),
        subfilter=str(subfilter).removeprefix("/") if isinstance(subfilter, Name) else None,
        is_timestamp=value.get("/Type") == Name.DocTimeStamp,
        claimed_at=str(claimed) if isinstance(claimed, String) else None,
        page=page,
        box=box,
    )


def _byte_range(told: pikepdf.Object | None) -> tuple[int, ...]:
    """Return the range as told, or nothing where it is no list of whole numbers."""
    if not isinstance(told, Array) or len(told) > 64:
        return ()
    numbers = tuple(told)
    return tuple(map(int, numbers)) if all(isinstance(n, int) for n in numbers) else ()


def _widgets(field: Dictionary) -> Iterator[tuple[int, int]]:
    """Yield the ids of what shows the field: itself, or its kids."""
    yield field.objgen
    kids = field.get("/Kids")
    for kid in kids if isinstance(kids, Array) else ():
        if isinstance(kid, Dictionary):
            yield kid.objgen


def _places(pdf: Pdf) -> dict[tuple[int, int], tuple[int, Box | None]]:
    """Return the page and the box of every annotation that is an object of its own."""
    found: dict[tuple[int, int], tuple[int, Box | None]] = {}
    for number, page in enumerate(pdf.pages, start=1):
        notes = page.obj.get("/Annots")
        for note in notes if isinstance(notes, Array) else ():
            if isinstance(note, Dictionary) and note.is_indirect:
                found.setdefault(note.objgen, (number, _box(page, note.get("/Rect"))))
    return found


def _box(page: pikepdf.Page, rectangle: pikepdf.Object | None) -> Box | None:
    """Return the rectangle as fractions of the page as displayed; None where nothing shows."""
    try:
        x0, y0, x1, y1 = _numbers(rectangle)
        left, bottom, right, top = _numbers(page.cropbox)
        degrees = int(page.obj.get("/Rotate", 0)) % 360
    except (ValueError, TypeError, pikepdf.PdfError):
        return None
    wide, high = right - left, top - bottom
    if x0 == x1 or y0 == y1 or wide <= 0 or high <= 0:
        return None
    corners = [((x - left) / wide, (top - y) / high) for x, y in ((x0, y0), (x1, y1))]
    turned = [_turned(corner, degrees) for corner in corners]
    xs, ys = (sorted(min(1.0, max(0.0, one)) for one in axis) for axis in zip(*turned, strict=True))
    return (xs[0], ys[0], xs[1], ys[1]) if xs[0] < xs[1] and ys[0] < ys[1] else None


def _numbers(rectangle: pikepdf.Object | None) -> list[float]:
    if not isinstance(rectangle, Array) or len(rectangle) != 4:
        raise ValueError("no rectangle")
    return [float(number) for number in rectangle]


def _turned(corner: tuple[float, float], degrees: int) -> tuple[float, float]:
    """Return a point of the page after the page was turned clockwise."""
    x, y = corner
    return {90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}.get(degrees, (x, y))
