"""From a filing to the bytes of its file, and to the truth about each of its pages."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, timezone
from pathlib import Path

from PIL import Image

from demo import city, esign
from demo.documents import Document, documents
from demo.drawing.encode import Encoding, encoded, locked, turned_sideways
from demo.drawing.faces import Faces
from demo.drawing.hand import Hand
from demo.drawing.heading import Pen
from demo.drawing.pages import lay_out
from demo.drawing.photo import photographed
from demo.drawing.scanner import faxed, scanned
from demo.drawing.sheet import Sheet
from demo.drawing.stamping import Incoming, stamp_incoming, stamp_secret, stamp_urgent
from demo.letterheads import letterhead
from demo.plan import Fate, Filing, Stamp

_BACK_BLEED = 16  # per cent of the front's ink
_HANOI = timezone(timedelta(hours=7))
_PASSWORD = "kho-sample"  # noqa: S105 - locks one sample file, so that refusing it can be shown


@dataclass(frozen=True, slots=True)
class Made:
    """A file as delivered, and what a perfect reader would find on its pages."""

    data: bytes
    texts: tuple[str, ...]
    stamps: tuple[str, ...]


class Studio:
    """Draws, scans and writes the files of the city from one seed."""

    def __init__(self, fonts: Path, mnist: Path, seed: int) -> None:
        self._faces, self._mnist, self._seed = Faces(fonts), mnist, seed
        self.documents = documents(seed)

    def make(self, filing: Filing, name: str) -> Made:
        """Return the file ``name`` holds; the same document is the same paper each time."""
        document = self.documents[filing.document]
        sheets = self._paper(document, filing)
        pages = self._scanned(sheets, filing, self._rng("scan", name))
        data = self._written(pages, filing)
        stamps = [line for sheet in sheets for line in sheet.stamps]
        if filing.fate is Fate.SIGNED:
            data, mark = self._signed(data, document)
            stamps += mark.split("\n")
        texts = tuple("\n".join(sheet.lines) for sheet in sheets)
        return Made(_harmed(data, filing.fate), texts, tuple(stamps))

    def _rng(self, purpose: str, name: str) -> random.Random:
        return random.Random(f"{self._seed}/{purpose}/{name}")  # noqa: S311 - drawings

    def _paper(self, document: Document, filing: Filing) -> list[Sheet]:
        rng = self._rng("paper", document.key)
        hand = Hand(self._mnist, self._faces, rng)
        pen = Pen.taken_by(hand, rng) if filing.is_handwritten else None
        sheets = lay_out(document, self._faces, filing.scan.dpi, pen, rng)
        self._stamp(sheets[0], document, filing)
        if filing.has_blank_back:
            sheets.append(Sheet(self._faces, filing.scan.dpi))
        return sheets

    def _stamp(self, sheet: Sheet, document: Document, filing: Filing) -> None:
        rng = self._rng("stamp", document.key)
        if filing.stamp is Stamp.URGENT:
            stamp_urgent(sheet, rng)
        elif filing.stamp is Stamp.SECRET:
            stamp_secret(sheet, rng)
        elif filing.stamp is Stamp.INCOMING:
            office = letterhead(filing.received_by).issuer_name
            day = document.issued + timedelta(days=rng.randint(1, 5))
            text = Incoming(office, str(rng.randint(300, 9800)),
                            f"{day:%d/%m/%y}")  # fmt: skip
            stamp_incoming(sheet, text, Hand(self._mnist, self._faces, rng), rng)

    def _scanned(
        self, sheets: list[Sheet], filing: Filing, rng: random.Random
    ) -> list[Image.Image]:
        pictures = [sheet.picture() for sheet in sheets]
        pages = []
        for index, picture in enumerate(pictures):
            is_back = filing.has_blank_back and index == len(pictures) - 1
            behind = pictures[index - 1] if is_back else (pictures + [None])[index + 1]
            if filing.fate is Fate.PHOTO:
                pages.append(photographed(picture, rng))
            elif filing.encoding.is_bitonal:
                pages.append(faxed(picture, filing.scan, rng))
            else:
                scan = replace(filing.scan, bleed=_BACK_BLEED) if is_back else filing.scan
                pages.append(scanned(picture, behind, scan, rng))
        return pages

    def _written(self, pages: list[Image.Image], filing: Filing) -> bytes:
        if filing.fate is Fate.SIDEWAYS:
            lying = [page.transpose(Image.Transpose.ROTATE_90) for page in pages]
            return turned_sideways(encoded(lying, filing.encoding, filing.scan.dpi, filing.quality))
        dpi = 0 if filing.fate is Fate.PHOTO else filing.scan.dpi
        return encoded(pages, Encoding(filing.encoding), dpi, filing.quality)

    def _signed(self, data: bytes, document: Document) -> tuple[bytes, str]:
        moment = datetime.combine(document.issued, time(15, 42, 7), _HANOI)
        agency = city.agency(document.head.agency_code).agency_name
        return esign.signed(data, agency, moment, self._faces.path("r"), self._seed)


def _harmed(data: bytes, fate: Fate) -> bytes:
    if fate is Fate.EMPTY:
        return b""
    if fate is Fate.TRUNCATED:
        return data[: len(data) * 2 // 5]
    if fate is Fate.LOCKED:
        return locked(data, _PASSWORD)
    return data
