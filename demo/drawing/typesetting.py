"""Paragraphs into lines: breaking at spaces, setting them justified, left or centred."""

from collections.abc import Iterator
from dataclasses import dataclass

from demo.bodies import Paragraph
from demo.drawing.sheet import Sheet

_Word = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class Column:
    """Where text may stand, in millimetres, and how large it is set, in points."""

    left: float
    width: float
    points: float
    indent: float = 10.0
    leading: float = 1.22

    @property
    def step(self) -> float:
        """From one baseline to the next, in millimetres."""
        return self.points * 25.4 / 72 * self.leading


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words with their styles; ``last`` lines are not stretched."""

    words: tuple[_Word, ...]
    first: bool
    last: bool
    align: str

    @property
    def text(self) -> str:
        """The words, one space apart."""
        return " ".join(word for word, _, _ in self.words)


def broken(paragraph: Paragraph, column: Column, sheet: Sheet) -> Iterator[Line]:
    """Yield the lines of a paragraph set in ``column``."""
    space = sheet.width(" ", "r", column.points)
    centred = paragraph.align == "center"
    words: list[_Word] = []
    room, first = column.width - (0 if centred else column.indent), True
    for text, style in paragraph.spans:
        for word in text.split():
            width = sheet.width(word, style, column.points)
            if words and width > room:
                yield Line(tuple(words), first, last=False, align=paragraph.align)
                words, room, first = [], column.width, False
            words.append((word, style, width))
            room -= width + space
    yield Line(tuple(words), first, last=True, align=paragraph.align)


def wrapped(text: str, style: str, column: Column, sheet: Sheet) -> list[str]:
    """Return ``text`` in lines of about equal width, none wider than the column."""
    whole = sheet.width(text, style, column.points)
    count = max(1, -(-int(whole) // int(column.width)))
    target = min(column.width, whole / count * 1.08 + 2)
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and sheet.width(longer, style, column.points) > target:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def set_line(sheet: Sheet, line: Line, column: Column, baseline: float) -> None:
    """Set one line on the sheet and remember what it says."""
    space = sheet.width(" ", "r", column.points)
    indent = column.indent if line.first and line.align != "center" else 0.0
    spare = column.width - indent - sum(width for _, _, width in line.words)
    left = column.left + indent
    if line.align == "center":
        left += (spare - space * (len(line.words) - 1)) / 2
    elif line.align == "justify" and not line.last and len(line.words) > 1:
        space = spare / (len(line.words) - 1)
    for word, style, width in line.words:
        sheet.write((left, baseline), word, style, column.points)
        left += width + space
    sheet.lines.append(line.text)
