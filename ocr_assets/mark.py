"""The mark our signature leaves: the agency's name and the time, top right of page one.

Text alone in Times New Roman's widths, 10 points, black, as Decree 30/2020 wants it of digital
copies; no picture of a seal. The font is embedded: PDF/A allows no other.
"""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from pyhanko.pdf_utils import generic, layout
from pyhanko.pdf_utils.font import FontEngineFactory
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.stamp import TextStamp, TextStampStyle

VIETNAM = timezone(timedelta(hours=7))
_TINOS = "@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
_SIZE, _LEADING = 10, 12
_WIDEST = 230.0  # points
_LETTERS = "0123456789.:+- Thời gian ký"


class MarkFont(FontEngineFactory):
    """The font of the marks of one agency, cut to its letters once and embedded each time.

    It is scaled to 1000 units an em, without the hints that would not scale: pyHanko 0.38 writes
    widths in font units.
    """

    def __init__(self, fonts: Path, agency: str) -> None:
        options = Options(hinting=False, notdef_outline=True, glyph_names=True)
        subsetter = Subsetter(options)
        subsetter.populate(text=agency + _LETTERS)
        with TTFont(fonts / _TINOS, recalcTimestamp=False) as face, io.BytesIO() as written:
            missing = {ord(letter) for letter in agency} - face.getBestCmap().keys() - {10}
            if missing:
                raise ValueError(f"{len(missing)} letters of the mark are not in the font")
            subsetter.subset(face)
            scale_upem(face, 1000)
            face.save(written)
            self._file = written.getvalue()
            widths, letters = face["hmtx"], face.getBestCmap()
            self._widths: dict[int, float] = {
                code: widths[glyph][0] / 1000 for code, glyph in letters.items()
            }

    def create_font_engine(self, writer: Any, obj_stream: Any = None) -> GlyphAccumulator:
        """Return what embeds the letters used, into the file being signed."""
        handle = io.BytesIO(self._file)
        return GlyphAccumulator(writer, handle, font_size=_SIZE, obj_stream=obj_stream)

    def width(self, text: str) -> float:
        """Return how wide a line of ``text`` is, in points."""
        return _SIZE * sum(self._widths.get(ord(letter), 1.0) for letter in text)


@dataclass(frozen=True, slots=True)
class Mark:
    """The lines of one mark and the room they take, upright, in points."""

    lines: tuple[str, ...]
    width: float
    height: float


def mark_of(agency: str, moment: datetime, font: MarkFont) -> Mark:
    """Return the mark of ``agency`` at ``moment``; a long name goes on the next line."""
    lines: list[str] = []
    for word in agency.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.width(longer) <= _WIDEST:
            lines[-1] = longer
        else:
            lines.append(word)
    local = moment.astimezone(VIETNAM)
    lines.append(f"Thời gian ký: {local:%d.%m.%Y %H:%M:%S} +07:00")
    return Mark(tuple(lines), max(map(font.width, lines)) + 2, _LEADING * len(lines) + 4)


@dataclass(frozen=True)
class MarkStyle(TextStampStyle):
    """A mark that stands upright on a page that is displayed turned by ``rotation`` degrees."""

    rotation: int = 0

    def create_stamp(self, writer: Any, box: Any, text_params: dict[str, Any]) -> "TextStamp":
        """Return the mark, drawn upright in a box of its own."""
        if self.rotation % 180:
            box = layout.BoxConstraints(width=box.height, height=box.width)
        return _TurnedStamp(writer=writer, style=self, box=box, text_params=text_params)


class _TurnedStamp(TextStamp):
    def as_form_xobject(self) -> generic.StreamObject:
        drawn = super().as_form_xobject()
        turn = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
        numbers = (*turn[self.style.rotation], 0, 0)
        drawn[generic.pdf_name("/Matrix")] = generic.ArrayObject(map(generic.NumberObject, numbers))
        return drawn


def style_of(mark: Mark, font: MarkFont, rotation: int) -> MarkStyle:
    """Return how pyHanko is to draw the mark."""
    return MarkStyle(
        stamp_text="\n".join(mark.lines).replace("%", "%%"),
        border_width=0,
        background=None,
        text_box_style=TextBoxStyle(font=font, font_size=_SIZE, leading=_LEADING),
        inner_content_layout=layout.SimpleBoxLayoutRule(
            x_align=layout.AxisAlignment.ALIGN_MIN, y_align=layout.AxisAlignment.ALIGN_MID
        ),
        rotation=rotation,
    )
