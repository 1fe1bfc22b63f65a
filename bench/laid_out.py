"""The labelled legal texts set on paper as Decree 30/2020 wants it: first page and closing page.

The corpus gives text and labels; here the head parts into its two columns, type and abstract stand
in the middle, the signer's block stands right of the list of receivers. Then the pages are made
worse like those of rendered.py. Only print: what a pen or a seal does to a document is measured on
the scans and on the sample city.
"""

import gzip
import json
import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bench.rendered import A4, DAMAGES, worsened
from ocr_assets.extract.letters import is_upper, plain

LEFT, RIGHT = 720, 1690  # the middles of the two columns of a head, in pixels at 300 dpi
EDGE, BOTTOM = 330, 3250
POINTS, LEADING = 56, 78  # 13.5 points
_TITLE = "CONG HOA XA HOI CHU NGHIA VIET NAM"
_RULE = re.compile(r"^[\W_]*$")
_ENDS = re.compile(r"\s*[-_]{2,}.*|\s+(?:Luật\s+)?[Ss]ố\s?:.*")
_SIGNED = ("(Đã ký)", "(đã ký)")

Picture = np.ndarray


@dataclass(frozen=True)
class Laid:
    """One text on paper: its name, its labels by field, its two pages, what was done to them."""

    name: str
    labels: dict[str, str]
    pages: tuple[Picture, ...]
    damage: str


def laid_out(corpus: Path, fonts: Path, step: int = 1) -> Iterator[Laid]:
    """Yield every ``step``-th text of the corpus, each damage in turn."""
    faces = {style: next(fonts.rglob(f"Tinos_{name}.ttf")) for style, name in _STYLES.items()}
    with gzip.open(corpus / "vn_text" / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    for number, text in enumerate(texts):
        if number % step:
            continue
        parts = _parts(text)
        damage = DAMAGES[number // step % len(DAMAGES)]
        random_of = np.random.default_rng(number)
        sheets = [_first(parts, faces), _closing(parts, faces)]
        pages = tuple(worsened(sheet, damage, random_of) for sheet in sheets)
        yield Laid(text["id"], _labels(text, parts), pages, damage)


_STYLES = {"r": "400Regular", "b": "700Bold", "i": "400Regular_Italic"}


@dataclass(frozen=True)
class _Parts:
    issuer: list[str]
    number: str
    dated: str
    kind: str
    about: list[str]
    body: list[str]
    receivers: list[str]
    block: list[str]
    signer: str


def _labels(text: dict, parts: _Parts) -> dict[str, str]:
    """Return what a perfect reader finds; what the page does not show has an empty label."""
    issuer = _ENDS.sub("", text["co_quan_from_body"] or "").strip()
    return {
        "number": text["so_ky_hieu"] if _is_whole(text["so_ky_hieu"], parts.number) else "",
        "date": _calendar(text["ngay_ban_hanh_from_body"]) if parts.dated else "",
        "issuer": issuer if parts.issuer else "",
        "type": text["loai_van_ban"] if parts.kind else "",
        "abstract": " ".join(parts.about),
        "signer": parts.signer,
    }


def _is_whole(number: str, line: str) -> bool:
    """Return whether a label is all of the number that is printed: some portals cut it off."""
    return bool(re.search(rf"(?<!\w){re.escape(number)}(?![\w-])", line))


def _calendar(day: str | None) -> str:
    """Return a label that is a day of the calendar (one is the 32nd of December), or nothing."""
    try:
        return date.fromisoformat(day or "").isoformat()
    except ValueError:
        return ""


def _parts(text: dict) -> _Parts:
    whole = unicodedata.normalize("NFC", text["text"])
    lines = [" ".join(line.split()) for line in whole.split("\n")]
    lines = [line for line in lines if line and not _RULE.match(line)]
    body = next((i for i, line in enumerate(lines) if plain(line).startswith("CAN CU")), 12)
    head, rest = lines[:body], lines[body:]
    wanted = plain(text["loai_van_ban"])
    kinds = (i for i, line in enumerate(head) if is_upper(line) and plain(line) == wanted)
    kind = next(kinds, len(head))
    above, about = head[:kind], head[kind + 1 :]
    title = next((i for i, line in enumerate(above) if plain(line) == _TITLE), len(above))
    number = next((line for line in above if re.search(r"[Ss]ố\s?:", line)), "")
    dated = next((line for line in above if re.search(r"ngày.*tháng.*năm", line)), "")
    closing = _closing_of(rest)
    return _Parts(
        issuer=[line for line in above[:title] if line not in (number, dated)],
        number=number,
        dated=dated,
        kind=head[kind] if kind < len(head) else "",
        about=about if kind < len(head) else [],
        body=rest,
        receivers=closing[0],
        block=closing[1],
        signer=closing[2],
    )


def _closing_of(lines: Sequence[str]) -> tuple[list[str], list[str], str]:
    """Return receivers, the lines of the block, and the name of who signed, where they are told."""
    is_capital = [is_upper(line) and len(line.split()) <= 9 for line in lines]
    for i in range(len(lines) - 1, 1, -1):
        name = lines[i].split()
        named = 2 <= len(name) <= 5 and all(
            word[0].isupper() and word[1:].islower() for word in name
        )
        above = i - 1 - (lines[i - 1] in _SIGNED)
        if named and is_capital[above]:
            start = above - (above > 0 and is_capital[above - 1])
            receivers = [line for line in lines[max(0, start - 40) : start] if line.startswith("-")]
            return receivers[-14:], list(lines[start : above + 1]), lines[i]
    return [], [], ""


class _Sheet:
    """A page being set: lines in a style, around a middle or between the edges."""

    def __init__(self, faces: dict[str, Path]) -> None:
        self.image = Image.new("RGB", A4, "white")
        self._draw = ImageDraw.Draw(self.image)
        self._faces = faces

    def font(self, style: str, points: int = POINTS) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(self._faces[style]), points)

    def middle(self, x: int, y: int, text: str, style: str, points: int = POINTS) -> None:
        self._draw.text((x, y), text, fill=(25, 25, 25), font=self.font(style, points), anchor="ma")

    def left(self, y: int, text: str, style: str = "r", points: int = POINTS) -> None:
        self._draw.text((EDGE, y), text, fill=(25, 25, 25), font=self.font(style, points))

    def rule(self, x: int, y: int, width: int) -> None:
        self._draw.line((x - width // 2, y, x + width // 2, y), fill=(25, 25, 25), width=4)

    def wrapped(self, text: str, width: int, style: str) -> list[str]:
        font = self.font(style)
        lines, line = [], ""
        for word in text.split():
            if line and font.getlength(f"{line} {word}") > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        return [*lines, line]


def _first(parts: _Parts, faces: dict[str, Path]) -> Picture:
    sheet = _Sheet(faces)
    y = 250
    issuer = [piece for line in parts.issuer for piece in sheet.wrapped(line, 760, "b")]
    for line in issuer:
        sheet.middle(LEFT, y, line, "b")
        y += LEADING
    sheet.rule(LEFT, y + 10, 240)
    sheet.middle(RIGHT, 250, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b", 50)
    sheet.middle(RIGHT, 250 + LEADING, "Độc lập - Tự do - Hạnh phúc", "b")
    sheet.rule(RIGHT, 250 + 2 * LEADING + 10, 620)
    y = max(y + 40, 250 + 2 * LEADING + 40)
    sheet.middle(LEFT, y, parts.number, "r")
    sheet.middle(RIGHT, y, parts.dated, "i")
    y += 2 * LEADING
    if parts.kind:
        sheet.middle(A4[0] // 2, y, parts.kind, "b", 60)
        y += LEADING + 10
    for line in (piece for about in parts.about for piece in sheet.wrapped(about, 1600, "b")):
        sheet.middle(A4[0] // 2, y, line, "b")
        y += LEADING
    sheet.rule(A4[0] // 2, y + 14, 480)
    y += 70
    for paragraph in parts.body:
        for line in sheet.wrapped("        " + paragraph, A4[0] - 2 * EDGE, "r"):
            if y > BOTTOM:
                return np.asarray(sheet.image)
            sheet.left(y, line)
            y += LEADING
        y += 22
    return np.asarray(sheet.image)


def _closing(parts: _Parts, faces: dict[str, Path]) -> Picture:
    sheet = _Sheet(faces)
    y = 300
    end = next((i for i, line in enumerate(parts.body) if line in parts.block), 6)
    for paragraph in parts.body[max(0, end - 6 - len(parts.receivers)) : end]:
        if paragraph in parts.receivers or plain(paragraph).startswith("NOI NHAN"):
            continue
        for line in sheet.wrapped("        " + paragraph[:900], A4[0] - 2 * EDGE, "r"):
            if y < 1700:
                sheet.left(y, line)
                y += LEADING
    y += LEADING
    top = y
    if parts.signer:
        sheet.left(y, "Nơi nhận:", "i", 50)
        for line in parts.receivers or ["- Như trên;", "- Lưu: VT."]:
            y += 58
            for piece in textwrap.wrap(line, 44):
                sheet.left(y, piece, points=44)
        y = top
        for line in parts.block:
            sheet.middle(RIGHT, y, line, "b")
            y += LEADING
        sheet.middle(RIGHT, y + 420, parts.signer, "b")
    return np.asarray(sheet.image)
