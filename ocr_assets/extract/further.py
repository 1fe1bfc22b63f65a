"""Everything else a document says of itself, once number, date, issuer and so on are found.

Lists (recipients, addressees, attachments, joint signers) get numbered names, ``recipient_1``: a
name stands for one value everywhere, in tables, corrections and on the terminal.
"""

from collections.abc import Iterator, Mapping, Sequence
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

    @property
    def signing_page(self) -> Sequence[Strip]:
        """Return the strips of the last page, where there is more than one."""
        return self.pages[-1] if len(self.pages) > 1 else ()


def further_fields(paper: Paper) -> Iterator[Field]:
    """Yield the fields found, single ones first."""
    names = paper.signer.strips if paper.signer else ()
    blocks = blocks_of(paper.pages, names)
    single: Mapping[str, Field | Finding | None] = {
        "superior": find_superior(paper.head, paper.form),
        "place": find_place(paper.head, paper.signing_page, paper.agencies),
        "signer_authority": find_authority(blocks),
        "signer_title": find_title(blocks),
        "urgency": urgency_of(paper.readings, paper.head.strips),
        "language": find_language(paper.pages),
    }
    for name, found in single.items():
        if found is not None:
            yield found if isinstance(found, Field) else judged(name, found)
    yield from _listed("addressee", find_addressees(paper.head))
    yield from _listed("recipient", find_receivers(paper.pages))
    yield from _listed("attachment", find_attachments(paper.pages, paper.head.strips[0].page))
    if paper.signer and len(names) > 1:
        yield from _joint(paper.signer)
        for position, block in enumerate(blocks, start=1):
            yield from _numbered("signer_authority", position, find_authority([block]))
            yield from _numbered("signer_title", position, find_title([block]))


def _listed(name: str, findings: Sequence[Finding]) -> Iterator[Field]:
    for position, finding in enumerate(findings, start=1):
        yield from _numbered(name, position, finding)


def _numbered(name: str, position: int, finding: Finding | None) -> Iterator[Field]:
    if finding is not None:
        yield replace(judged(name, finding), name=f"{name}_{position}")


def _joint(signer: Finding) -> Iterator[Field]:
    """Yield the signers of a joint document one by one, left to right."""
    people = signer.value.split("; ")
    for position, (person, strip) in enumerate(zip(people, signer.strips, strict=False), start=1):
        alone = replace(signer, value=person, strips=(strip,))
        yield from _numbered("signer", position, alone)
