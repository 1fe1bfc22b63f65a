"""The top of page one: two columns with their rules, the number, the day, type and abstract."""

import random
from dataclasses import dataclass

from demo.documents import TYPE_NAMES, Document
from demo.drawing.hand import Hand
from demo.drawing.ink import pen_colour
from demo.drawing.sheet import Colour, Sheet
from demo.drawing.typesetting import Column, wrapped
from demo.letterheads import Layout

LEFT, RIGHT = 60.0, 143.0
_NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass(frozen=True, slots=True)
class Pen:
    """Who fills in number and day by hand, and with what ink; None where they are typed."""

    hand: Hand
    colour: Colour
    height: float

    @classmethod
    def taken_by(cls, hand: Hand, rng: random.Random) -> "Pen":
        """Return a pen for one document."""
        return cls(hand, pen_colour(rng), rng.uniform(4.4, 5.6))


def heading(sheet: Sheet, document: Document, pen: Pen | None, rng: random.Random) -> float:
    """Draw the head of page one and return the baseline where the body may begin."""
    top = rng.uniform(19, 25)
    foot = _issuer(sheet, document, top)
    _number(sheet, document, pen, foot)
    if document.type_code == "CV":
        foot = _letter_subject(sheet, document, foot + 5.5)
    _nation(sheet, document, pen, top)
    if document.type_code == "CV":
        return _addressees(sheet, document, foot + 12)
    return _title(sheet, document, foot + rng.uniform(11, 15))


def _issuer(sheet: Sheet, document: Document, top: float) -> float:
    head, at = document.head, top
    if head.superior:
        sheet.centred((LEFT, at), head.superior, "r", 12.5)
        at += 5.2
    for line in head.issuer:
        sheet.centred((LEFT, at), line, "b", 12.5)
        at += 5.2
    if head.layout is Layout.STATE:
        sheet.rule(LEFT, at - 3.6, sheet.width(head.issuer[-1], "b", 12.5) * 0.45)
    else:
        sheet.centred((LEFT, at), "*" if head.layout is Layout.PARTY else "***", "r", 13)
        at += 3.2
    return max(at + 3.2, top + 15)


def _nation(sheet: Sheet, document: Document, pen: Pen | None, top: float) -> None:
    layout = document.head.layout
    if layout is Layout.STATE:
        sheet.centred((RIGHT, top), _NATION[0], "b", 12.5)
        sheet.centred((RIGHT, top + 5.4), _NATION[1], "b", 13.5)
        sheet.rule(RIGHT, top + 7.2, sheet.width(_NATION[1], "b", 13.5))
        _place_and_day(sheet, document, pen, top + 14.5)
        return
    words = "ĐẢNG CỘNG SẢN VIỆT NAM" if layout is Layout.PARTY else "ĐOÀN TNCS HỒ CHÍ MINH"
    sheet.centred((RIGHT, top), words, "b", 14.5)
    sheet.rule(RIGHT, top + 1.8, sheet.width(words, "b", 14.5))
    _place_and_day(sheet, document, pen, top + 10.5)


def _number(sheet: Sheet, document: Document, pen: Pen | None, foot: float) -> None:
    state = document.head.layout is Layout.STATE
    lead, ordinal = "Số:" if state else "Số", f"{document.ordinal:02d}"
    sheet.lines.append(f"{lead} {document.number}")
    if pen is None:
        sheet.write(_start(sheet, sheet.lines[-1], foot), sheet.lines[-1], "r", 13)
        return
    gap = 4.0 + 3.1 * len(ordinal)
    whole = sheet.width(lead + document.symbol, "r", 13) + gap
    left = LEFT - whole / 2
    sheet.write((left, foot), lead, "r", 13)
    _by_hand(sheet, pen, ordinal, (left + sheet.width(lead, "r", 13) + gap / 2, foot))
    at = left + whole - sheet.width(document.symbol, "r", 13)
    sheet.write((at, foot), document.symbol, "r", 13)


def _place_and_day(sheet: Sheet, document: Document, pen: Pen | None, foot: float) -> None:
    issued = document.issued
    month = f"{issued.month:02d}" if issued.month < 3 else f"{issued.month}"
    before, after = f"{document.head.place}, ngày", f"tháng {month} năm {issued.year}"
    sheet.lines.append(f"{before} {issued.day:02d} {after}")
    if pen is None:
        width = sheet.width(sheet.lines[-1], "i", 13)
        sheet.write((RIGHT - width / 2, foot), sheet.lines[-1], "i", 13)
        return
    gap = 9.0
    whole = sheet.width(before + after, "i", 13) + gap
    left = RIGHT - whole / 2
    sheet.write((left, foot), before, "i", 13)
    middle = left + sheet.width(before, "i", 13) + gap / 2
    _by_hand(sheet, pen, f"{issued.day:02d}", (middle, foot))
    sheet.write((left + whole - sheet.width(after, "i", 13), foot), after, "i", 13)


def _by_hand(sheet: Sheet, pen: Pen, text: str, at: tuple[float, float]) -> None:
    mask = pen.hand.write(text, sheet.px(pen.height))
    sheet.mark(mask, pen.colour, (at[0], at[1] - pen.height * 0.42))


def _start(sheet: Sheet, text: str, foot: float) -> tuple[float, float]:
    return LEFT - sheet.width(text, "r", 13) / 2, foot


def _letter_subject(sheet: Sheet, document: Document, foot: float) -> float:
    for line in wrapped(document.abstract, "r", Column(30, 62, 12), sheet):
        sheet.centred((LEFT, foot), line, "r", 12)
        foot += 5.0
    return foot


def _title(sheet: Sheet, document: Document, foot: float) -> float:
    party = document.head.layout is Layout.PARTY
    sheet.centred((108, foot), TYPE_NAMES[document.type_code].upper(), "b", 15 if party else 14)
    for line in wrapped(document.abstract, "b", Column(40, 132, 14), sheet):
        foot += 6.1
        sheet.centred((108, foot), line, "b", 14)
    sheet.rule(108, foot + 2.4, 12 if party else 38)
    return foot + 11


def _addressees(sheet: Sheet, document: Document, foot: float) -> float:
    lines = document.addressees
    if len(lines) == 1 or document.head.layout is Layout.PARTY:
        sheet.centred((112, foot), f"Kính gửi: {lines[0].lstrip('- ')}", "r", 14)
        rest = lines[1:]
    else:
        sheet.centred((75, foot), "Kính gửi:", "r", 14)
        foot, rest = foot + 6.1, lines
    for line in rest:
        sheet.write((86, foot + (6.1 if rest is not lines else 0)), line, "r", 14)
        sheet.lines.append(line)
        foot += 6.1
    return foot + 9
