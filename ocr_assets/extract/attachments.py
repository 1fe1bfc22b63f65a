"""What is attached inside the file: where each attachment begins, and its title.

Three things tell a first page: "PHỤ LỤC", a line "(Kèm theo ...)" or "(Ban hành kèm theo ...)"
under a title, and a second letterhead with a type line of its own.
"""

import re
from collections.abc import Iterator, Sequence

from ocr_assets.extract.field import Finding
from ocr_assets.extract.header import head_of
from ocr_assets.extract.kind import find_type_line
from ocr_assets.extract.letters import is_rule, is_upper, packed, spaced
from ocr_assets.extract.strips import Strip

_LABEL = re.compile(r"^\W*(?:PHU\s*LUC|BIEU\s*MAU|MAU\s*(?:SO|BIEU))\b(?!.*[,;]\s*$)")
# A scanner may have cut off what stands before "kèm theo".
_ENCLOSED = re.compile(
    r"^\W*(?:\w{0,4}\s*HANH\s*|\w{0,2}\s)?K[EÈ]M\s*THEO\s+(?:CAC\s+)?"
    r"(?:THONG|QUYET|NGHI|KE|CONG|TO|BAO|VAN|CHUONG|HUONG|CHI|QUY|PHUONG|HOP|DE)\b"
)
_OPENINGS = ("(", "[", "{", "B", "K")
_CUT_OFF = 0.02  # of the page's width: what begins here ran off the scan
_NUMBERED = re.compile(r"\W*(?:SO\s*)?[\dIVXLA-H]{0,5}(?:[./\-]\w{1,8})*\W*")
_DEPTH = 0.4  # of the page's height: an attachment's title stands above this
_MOST_LINES = 6  # of a title
_APART = 1.6  # heights of a line between two lines of a title
_FEWEST_LETTERS = 3
_MOST_WORDS = 12


def find_attachments(pages: Sequence[Sequence[Strip]], first: int) -> list[Finding]:
    """Return the attachments in order, each by its title; ``first`` is the page of the letterhead.

    Each finding stands on the first page of its attachment.
    """
    found = []
    for strips in pages:
        if strips[0].page > first:
            top = [strip for strip in strips if strip.top < _DEPTH]
            finding = _labelled(top) or _enclosed(top) or _second_letterhead(strips)
            if finding is not None:
                found.append(finding)
    return found


def _labelled(strips: Sequence[Strip]) -> Finding | None:
    """Return a title that begins with "PHỤ LỤC" and what follows in capitals below it."""
    for index, strip in enumerate(strips):
        if _is_label(strip):
            lines = [strip, *_title_below(strip, strips[index + 1 :])]
            return _finding(lines, "attachment:label", 0.95 if is_upper(strip.text) else 0.85)
    return None


def _is_label(strip: Strip) -> bool:
    """Return whether a line is a label: alone with its number, or all in capitals."""
    label = _LABEL.match(strip.plain)
    if label is None or len(strip.words) > _MOST_WORDS:
        return False
    return is_upper(strip.text) or bool(_NUMBERED.fullmatch(strip.plain[label.end() :]))


def _title_below(label: Strip, strips: Sequence[Strip]) -> Iterator[Strip]:
    above = label
    for strip in list(strips)[:_MOST_LINES]:
        is_far = strip.top - above.bottom > _APART * max(label.height, strip.height)
        if is_far or _ENCLOSED.match(strip.plain) or abs(strip.middle - label.middle) > 0.2:
            return
        if not is_upper(strip.text) and above is not label:
            return
        yield strip
        above = strip


def _enclosed(strips: Sequence[Strip]) -> Finding | None:
    """Return the title above a line "(Kèm theo ...)": the capitals that stand over its middle."""
    at = next((i for i, strip in enumerate(strips) if _ENCLOSED.match(strip.plain)), None)
    if at is None or not (strips[at].text.startswith(_OPENINGS) or strips[at].left < _CUT_OFF):
        return None
    title: list[Strip] = []
    below = strips[at]
    for strip in reversed(strips[:at]):
        is_far = below.top - strip.bottom > 2 * _APART * max(below.height, strip.height)
        if is_far or len(title) == _MOST_LINES or is_rule(strip.text):
            break
        if abs(strip.middle - strips[at].middle) > 0.2:
            continue
        if title and not is_upper(strip.text):
            break
        title.insert(0, strip)
        below = strip
    return _finding(title, "attachment:enclosed", 0.95) if title else None


def _second_letterhead(strips: Sequence[Strip]) -> Finding | None:
    """Return the type line under a second letterhead: another document in the same file."""
    head = head_of(strips)
    if head.title is None or head.number is None:
        return None
    line = find_type_line(head)
    if line is None:
        return _finding([head.number], "attachment:letterhead", 0.7)
    return _finding([line[0]], "attachment:letterhead", 0.85)


def _finding(lines: Sequence[Strip], method: str, score: float) -> Finding | None:
    text = spaced(" ".join(line.text for line in lines)).strip(" .:;_*-")
    if len(packed(text)) < _FEWEST_LETTERS:
        return None
    return Finding(text, tuple(lines), method, score)
