"""One document as it is compared: what it looks like, what it says, what it is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ocr_assets.duplicates import looks, naming, sketch, wording
from ocr_assets.duplicates.naming import Value
from ocr_assets.duplicates.verdict import Evidence


@dataclass(frozen=True, slots=True)
class Paper:
    """What is known of one document (the bytes, not the delivery): page by page, then its name."""

    document_id: str
    texts: tuple[str, ...] = ()
    hashes: tuple[str | None, ...] = ()
    images: tuple[str | None, ...] = ()
    fields: Mapping[str, Value] = field(default_factory=dict)
    sketch: bytes | None = None

    def __repr__(self) -> str:
        return f"Paper({len(self.texts)} pages)"

    @property
    def text(self) -> str:
        """Return all that was read."""
        return "\n".join(self.texts)

    @property
    def look(self) -> str | None:
        """Return the hash of the first page that has something on it."""
        return next((found for found in self.hashes if found), None)


def evidence(first: Paper, second: Paper) -> Evidence:
    """Hold two documents against each other.

    Words are compared only where the names leave it open whether it is one document.
    """
    named = naming.compare(first.fields, second.fields)
    return Evidence(
        pages=looks.paired(first.hashes, second.hashes),
        seen=(_seen(first), _seen(second)),
        same_image_pages=sum(
            a is not None and a == b for a, b in zip(first.images, second.images, strict=False)
        ),
        same_images=_same_images(first, second),
        text_similarity=_similarity(first, second),
        wording=None if named.differs else wording.compare(first.text, second.text),
        naming=named,
    )


def _seen(paper: Paper) -> int:
    return sum(look is not None for look in paper.hashes)


def _same_images(first: Paper, second: Paper) -> bool:
    """Say whether both show the same picture streams, and something can be seen on them."""
    return first.images == second.images and all(first.images) and first.look is not None


def _similarity(first: Paper, second: Paper) -> float | None:
    if first.sketch is None or second.sketch is None:
        return None
    rows = sketch.stacked([first.sketch, second.sketch])
    return round(float(sketch.similarity(rows[:1], rows[1:])[0]), 4)
