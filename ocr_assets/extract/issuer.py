"""Who issued the document: the last agency of the left column, above the number."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ocr_assets.extract.field import Finding
from ocr_assets.extract.header import Head
from ocr_assets.extract.letters import is_rule, is_upper, likeness, packed, plain, spaced
from ocr_assets.extract.lists import AGENCIES, HALF_NAMES, JOINT_CODES, PLACE_KINDS, PLACES
from ocr_assets.extract.number import Form
from ocr_assets.extract.strips import RIGHT_COLUMN, Strip

_KNOWN = sorted((*AGENCIES, *PLACES), key=lambda phrase: -len(packed(phrase)))
_PHRASES = [phrase for phrase in _KNOWN if len(packed(phrase)) >= 4]
_LONG_NAMES = [packed(name) for name in AGENCIES if " " in name]
_HEADS = {packed(head) for head in AGENCIES}
_KINDS = {packed(kind) for kind in PLACE_KINDS}
# Below this likeness a printed name is not taken for one of the authority file.
_SNAP = 0.88


def spelled(line: str) -> str:
    """Return a line of a letterhead in capitals, known names in their right spelling."""
    line = spaced(line.strip(" *._'\"|:")).upper()
    for phrase in _PHRASES:
        line = respelled(line, phrase)
    return line


def respelled(line: str, phrase: str) -> str:
    """Return ``line`` with ``phrase`` spelled right wherever it stands, marks and spaces aside."""
    for match in reversed(list(_anyhow(phrase).finditer(plain(line)))):
        line = line[: match.start()] + phrase + line[match.end() :]
    return line


@lru_cache(maxsize=1024)  # more than there are phrases: each is tried on every line
def _anyhow(phrase: str) -> re.Pattern[str]:
    letters = r"[\W_]*".join(map(re.escape, packed(phrase)))
    if " " not in phrase:  # PHÒNG, VIỆN: inside a name they may be PHONG and VIÊN
        letters = rf"(?<!\w\s){letters}(?=.)" if phrase in AGENCIES else letters
    return re.compile(rf"(?<![A-Z0-9]){letters}(?![A-Z0-9])")


def begins_agency(line: str) -> bool:
    """Return whether ``line`` opens a name of its own and does not continue the one above."""
    words = line.replace("-", " ").replace(",", " ").split()
    openings = {packed(" ".join(words[:count])) for count in range(1, 8)}
    if packed(words[0]) in _KINDS and len(words) > 1:
        return packed(" ".join(words[:2])) in _HEADS
    return bool(openings & _HEADS)


def agencies_of(lines: Sequence[str]) -> list[list[int]]:
    """Return the lines grouped by agency, top to bottom: superior first, issuer last."""
    groups: list[list[int]] = []
    for index, line in enumerate(lines):
        if groups and not _starts(lines[index - 1], line):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _starts(above: str, line: str) -> bool:
    if " " not in line or _spans(above, line):
        return False
    is_open = above.endswith(("-", ",", "&", " VÀ", " CỦA", " VỀ")) or above in HALF_NAMES
    return not is_open and not line.startswith(("-", "VÀ ", "CỦA ")) and begins_agency(line)


def _spans(above: str, line: str) -> bool:
    """Return whether a known name runs from the end of one line into the next: VÀ MÔI / TRƯỜNG."""
    joint = len(packed(above))
    text = packed(above + line)
    places = ((text.find(name, max(0, joint - len(name) + 1)), len(name)) for name in _LONG_NAMES)
    return any(0 <= start < joint < start + length for start, length in places)


def letterhead_of(head: Head) -> list[Strip]:
    """Return the lines of the letterhead's left column: superiors, then the issuer."""
    anchor = head.title or head.motto
    if head.number and head.number.middle < head.column:
        bottom = head.number.top + 0.2 * head.line
    else:
        bottom = (anchor.bottom if anchor else 0.0) + 2.2 * head.line
    strips = [s for s in head.left_between(head.top, bottom) if not is_rule(s.text)]
    strips = [s for s in strips if not s.plain.startswith(RIGHT_COLUMN)]  # half of a torn title
    return [
        s for s in strips if is_upper(s.text) and len(packed(s.text)) >= 3 and s.confidence > 0.6
    ]


def _joined(lines: Sequence[str], *, is_joint: bool) -> str:
    groups = [" ".join(lines[index] for index in group) for group in agencies_of(lines)]
    text = " - ".join(groups) if is_joint else groups[-1]
    return spelled(re.sub(r"\s*-\s*-\s*", " - ", text)).strip(" -")


def snapped(name: str, agencies: Sequence[str]) -> tuple[str, float]:
    """Return the authority file's spelling of ``name`` where one is near, and how near."""
    best = max(agencies, key=lambda agency: likeness(name, agency), default="")
    ratio = likeness(name, best) if best else 0.0
    return (spaced(best).upper(), ratio) if ratio >= _SNAP else (name, 0.0)


def find_issuer(head: Head, form: Form | None, agencies: Sequence[str]) -> Finding | None:
    """Return the issuer; joint symbols (CTPH, TTLT ...) join all agencies of the letterhead."""
    strips = letterhead_of(head)
    if not strips:
        return None
    lines = [spelled(strip.text) for strip in strips]
    is_joint = bool(form and form.code in JOINT_CODES)
    groups = agencies_of(lines)
    kept = strips if is_joint else [strips[index] for index in groups[-1]]
    value, ratio = snapped(_joined(lines, is_joint=is_joint), agencies)
    is_known = ratio > 0 or begins_agency(value)
    score = (0.98 if is_known else 0.75) * (1.0 if head.title and head.number else 0.9)
    return Finding(value, tuple(kept), "issuer:authority" if ratio else "issuer:grammar", score)
