"""Everything else a document says of itself, once number, date, issuer and so on are found.

Lists (recipients, addressees, attachments, joint signers) get numbered names, ``recipient_1``: a
name stands for one value everywhere, in tables, corrections and on the terminal.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ocr_assets.extract.addressees import find_addressees
from ocr_assets.extract.attachments import find_attachments
from ocr_assets.extract.confidence import judged
from ocr_assets.extract.field import Field, Finding
from ocr_assets.extract.header import Head
from ocr_assets.extract.language import find_language
from ocr_assets.extract.number import Form
from ocr_assets.extract.place import find_place
from ocr_assets.extract.receivers import find_receivers
from ocr_assets.extract.signing_block import blocks_of, find_authority, find_title
from ocr_assets.extract.strips import Strip
from ocr_assets.extract.superior import find_superior
from ocr_assets.extract.urgent import urgency_of
from ocr_assets.reading import PageReading
from ocr_assets.thresholds import SHIPPED, Thresholds

LISTS = ("addressee", "recipient", "attachment", "signer", "signer_authority", "signer_title")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it lies on the desk: its pages read, cut into strips, its head found."""

    readings: Sequence[PageReading]
    pages: Sequence[Sequence[Strip]]
    head: Head
    form: Form | None
    signer: Finding | None
    agencies: Sequence[str] = ()
    thresholds: Thresholds = SHIPPED

    @property
    def signing_page(self) -> Sequence[Strip]:
        """Return the strips of the last page, where there is more than one."""
        return self.pages[-1] if len(self.pages) > 1 else ()


def further_fields(paper: Paper) -> Iterator[Field]:
    """Yield the fields found, single ones first."""
    for name, found in _found(paper):
        if isinstance(found, Field):
            yield found
        elif found is not None:
            field = judged(name.rstrip("_0123456789"), found, paper.thresholds)
            # without a name below it, what stands in capitals may be the rim of a seal
            is_signed = paper.signer is not None or not name.startswith("signer_")
            yield replace(field, name=name, accepted=field.accepted and is_signed)


def _found(paper: Paper) -> Iterator[tuple[str, Field | Finding | None]]:
    """Yield what was found under its name; of an entry of a list the name is numbered."""
    names = paper.signer.strips if paper.signer else ()
    blocks = blocks_of(paper.pages, names)
    yield "superior", find_superior(paper.head, paper.form)
    yield "place", find_place(paper.head, paper.signing_page, paper.agencies)
    yield "signer_authority", find_authority(blocks)
    yield "signer_title", find_title(blocks)
    yield "urgency", urgency_of(paper.readings, paper.head.strips)
    yield "language", find_language(paper.pages)
    yield from _listed("addressee", find_addressees(paper.head))
    yield from _listed("recipient", find_receivers(paper.pages))
    yield from _listed("attachment", find_attachments(paper.pages, paper.head.strips[0].page))
    if paper.signer and len(names) > 1:
        yield from _listed("signer", _joint(paper.signer))
        yield from _listed("signer_authority", [find_authority([block]) for block in blocks])
        yield from _listed("signer_title", [find_title([block]) for block in blocks])


def _listed(name: str, found: Iterable[Finding | None]) -> Iterator[tuple[str, Finding | None]]:
    return ((f"{name}_{position}", one) for position, one in enumerate(found, start=1))


def _joint(signer: Finding) -> Iterator[Finding]:
    """Yield the signers of a joint document one by one, left to right."""
    people = signer.value.split("; ")
    for person, strip in zip(people, signer.strips, strict=False):
        yield replace(signer, value=person, strips=(strip,))
