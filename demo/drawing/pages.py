"""A document laid out on sheets: heading, body flowing from page to page, closing."""

import random
from dataclasses import dataclass

from demo.documents import Document
from demo.drawing.closing import HEIGHT, closing
from demo.drawing.faces import Faces
from demo.drawing.heading import Pen, heading
from demo.drawing.sheet import Sheet
from demo.drawing.typesetting import Column, Line, broken, set_line

_FLOOR = 276.0
_TOP = 27.0
_AFTER = 1.7


@dataclass(slots=True)
class Flow:
    """Text running down sheet after sheet."""

    faces: Faces
    dpi: int
    column: Column
    sheets: list[Sheet]
    foot: float

    def turn(self) -> None:
        """Go on at the top of a new sheet, which bears its number."""
        sheet = Sheet(self.faces, self.dpi)
        self.sheets.append(sheet)
        sheet.centred((105, 16), str(len(self.sheets)), "r", 13)
        self.foot = _TOP

    def run(self, lines: list[Line]) -> None:
        """Set the lines of one paragraph."""
        for line in lines:
            if self.foot > _FLOOR:
                self.turn()
            set_line(self.sheets[-1], line, self.column, self.foot)
            self.foot += self.column.step
        self.foot += _AFTER


def lay_out(
    document: Document, faces: Faces, dpi: int, pen: Pen | None, rng: random.Random
) -> list[Sheet]:
    """Return the sheets of a document, typed, numbered, signed and sealed."""
    first = Sheet(faces, dpi)
    foot = heading(first, document, pen, rng)
    column = Column(rng.uniform(28, 31), 160.0, rng.choice((13.5, 14.0, 14.0)))
    flow = Flow(faces, dpi, column, [first], foot)
    for index, paragraph in enumerate(document.body):
        lines = list(broken(paragraph, column, first))
        is_last = index == len(document.body) - 1
        if is_last and flow.foot + len(lines) * column.step + HEIGHT > _FLOOR + 8:
            flow.turn()
        flow.run(lines)
    closing(flow.sheets[-1], document, flow.foot + 5, rng)
    return flow.sheets
