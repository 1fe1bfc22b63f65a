"""Who signed: the personal names under the signature block, on the page that closes the text."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process

from ocr_assets.extract.confidence import weakest
from ocr_assets.extract.field import Finding
from ocr_assets.extract.letters import is_upper, packed, plain
from ocr_assets.extract.lists import AGENCIES, GIVEN_NAMES, POSTS, RANKS, SURNAMES
from ocr_assets.extract.strips import Strip, median_height
from ocr_assets.reading import Word

_AUTHORITY = re.compile(
    r"^\W*(?:(?:T\s?[/.]?\s?M|K\s?[/.]?\s?T|T\s?[/.]?\s?L|T\s?[/.]?\s?U\s?Q|Q)\s?[./]"
    r"|(?:T\s?/\s?[ML]|K\s?/\s?T)\b)"  # as the Party writes it, without a stop: T/M BAN THƯỜNG VỤ
)
_POSTS = tuple(packed(post) for post in POSTS)
_RECEIVERS = re.compile(r"^\W*N[OƠ]I\s?(?:NHAN|GUI|NHÂN)")
_DEGREE = re.compile(
    r"^(?:(?:PGS|GS|TS|THS|CN|KS|BS|DS|CKI{1,2}|CK[12]|TSKH|LS|ÔNG|BÀ|DR|NGƯT|NGND|TTƯT)[.,:\s]+)+",
    re.IGNORECASE,
)
_SURNAMES = {plain(name): name for name in reversed(SURNAMES)}  # the commonest wins
_RANKS = {plain(rank): rank for rank in RANKS}
_SYLLABLES = frozenset((*SURNAMES, *GIVEN_NAMES))
_AGENCY_HEADS = tuple(packed(head) for head in AGENCIES if len(packed(head)) >= 6)
_MOST_ROWS = 16  # a signature and a seal take at most so many lines
_MOST_WORDS = 14  # of a line that names a post


def is_post(strip: Strip) -> bool:
    """Return whether a strip belongs to the block of authority and post above a signature."""
    return is_post_line(strip.text)


def is_post_line(text: str) -> bool:
    """Return whether a line of that block would read so."""
    if not is_upper(text) or len(text.split()) > _MOST_WORDS:
        return False
    if _AUTHORITY.match(plain(text)):
        return True
    bare = packed(text)
    return any(post in bare or _is_nearly(post, bare) for post in _POSTS)


def _is_nearly(post: str, bare: str) -> bool:
    """Return whether a post stands in ``bare`` with a letter spoiled, as seals do."""
    return 6 <= len(post) <= len(bare) and fuzz.partial_ratio(post, bare) >= 85


def is_receivers(strip: Strip) -> bool:
    """Return whether a strip is the heading of the list of receivers."""
    return bool(_RECEIVERS.match(strip.plain))


def name_of(text: str) -> tuple[str, float] | None:
    """Return a personal name with its military rank, and how much it looks like one."""
    text = _DEGREE.sub("", re.sub(r"[^\w\s.]", " ", text)).replace(".", " ").strip()
    text = _parted(text, str.islower)
    words = text.split()
    rank = _RANKS.get(plain(" ".join(words[:2])))
    words = words[2:] if rank else words
    if not 2 <= len(words) <= 5 or not all(_is_syllable(word) for word in words):
        return None
    known = _surname(words[0])
    if known is None or is_post_or_agency(" ".join(words)):
        return None
    name = " ".join([known[0], *(word.capitalize() for word in words[1:])])
    return (f"{rank} {name}" if rank else name), known[1]


def is_of_names(text: str) -> bool:
    """Return whether a name, rank aside, has only syllables that names are made of, with marks."""
    words = _parted(_without_rank(text), lambda before: not before.isupper())
    return all(
        (word.istitle() or word.isupper()) and word.capitalize() in _SYLLABLES
        for word in words.split()
    )


def _is_made_up(word: Word) -> bool:
    """Return whether letters, not marks alone, are other than the reader saw, and none agreed."""
    seen = word.evidence
    letters = packed(word.text)
    if seen is None or letters in packed(seen.first):
        return False
    return seen.second is None or letters not in packed(seen.second)


def _without_rank(name: str) -> str:
    words = name.split()
    return " ".join(words[2:]) if plain(" ".join(words[:2])) in _RANKS else name


def _parted(text: str, is_end: Callable[[str], bool]) -> str:
    """Return ``text`` with a space before each capital whose forerunner ends a word."""
    return "".join(" " + c if c.isupper() and is_end(b) else c for b, c in pairwise(" " + text))


def _surname(word: str) -> tuple[str, float] | None:
    """Return the surname meant and how surely; a tone may be wrong, in long ones a letter too."""
    if word.capitalize() in SURNAMES:
        return word.capitalize(), 0.97
    if plain(word) in _SURNAMES:
        return _SURNAMES[plain(word)], 0.95
    near = process.extractOne(plain(word), list(_SURNAMES), scorer=fuzz.ratio, score_cutoff=80)
    return (_SURNAMES[near[0]], 0.8) if near and len(word) >= 4 else None


def is_post_or_agency(text: str) -> bool:
    """Return whether capitals name a post or an agency and not a person."""
    bare = packed(text)
    return is_upper(text) and (bare.startswith(_AGENCY_HEADS) or any(p in bare for p in _POSTS))


def _is_syllable(word: str) -> bool:
    return word.isalpha() and len(word) <= 7 and (word.istitle() or is_upper(word))


def _below(post: Strip, strips: Sequence[Strip], line: float) -> list[tuple[Strip, str, float]]:
    """Return the names that stand under a post, within a signature's reach."""
    found = []
    for strip in strips:
        reach = strip.top - post.bottom
        if not 0 < reach < _MOST_ROWS * line or abs(strip.middle - post.middle) > 0.17:
            continue
        named = name_of(strip.text)
        if named:
            found.append((strip, *named))
    return found


def _signatures(strips: Sequence[Strip]) -> list[tuple[Strip, str, float]]:
    """Return each name under a post once, left to right."""
    line = median_height(strips)
    posts = [strip for strip in strips if is_post(strip) and strip.middle > 0.15]
    best: dict[int, tuple[Strip, str, float]] = {}
    for post in posts:
        for strip, name, likeness in _below(post, strips, line):
            best[id(strip)] = (strip, name, likeness)
    chosen = sorted(best.values(), key=lambda item: item[0].left)
    right = [item for item in chosen if item[0].middle > 0.5]
    if not right:
        return []
    last = max(right, key=lambda item: (item[2] >= 0.9, item[0].top))
    pair = [item for item in chosen if item[0] is not last[0] and item[0].is_beside(last[0])]
    return sorted([*pair, last], key=lambda item: item[0].left)


def _beside_receivers(strips: Sequence[Strip]) -> list[tuple[Strip, str, float]]:
    """Return the name right of the list of receivers, where a seal hid the post above it."""
    lists = [strip for strip in strips if is_receivers(strip)]
    if not lists:
        return []
    top, line = lists[0].top, median_height(strips)
    right = [s for s in strips if s.middle > 0.55 and top < s.top < top + _MOST_ROWS * line]
    named = [(strip, name_of(strip.text)) for strip in right]
    return [(strip, name[0], 0.85 * name[1]) for strip, name in named if name][-1:]


def find_signer(pages: Sequence[Sequence[Strip]]) -> Finding | None:
    """Return who signed: on the first page with a list of receivers, or failing that the last.

    Annexes and other documents follow the list of receivers, so no name after it counts.
    """
    fallback: Finding | None = None
    for strips in pages:
        has_list = any(map(is_receivers, strips))
        signed = _signatures(strips) or _beside_receivers(strips)
        if signed:
            fallback = _finding(signed, 0.97 if has_list else 0.75)
        if has_list and (signed or any(is_post(s) and s.middle > 0.5 for s in strips)):
            return fallback if signed else None
    return fallback


def _finding(signed: Sequence[tuple[Strip, str, float]], score: float) -> Finding:
    value = "; ".join(name for _, name, _ in signed)
    surety = min(likeness for _, _, likeness in signed)
    strips = tuple(strip for strip, _, _ in signed)
    trust = weakest(word for strip in strips for word in strip.words)
    method = "signer:block" if len(signed) == 1 else "signer:joint"
    # a tone that no name has was misread; a name nobody has listed is looked at as well
    is_odd = not all(is_of_names(name) for _, name, _ in signed) or any(
        _is_made_up(word) for strip in strips for word in strip.words
    )
    return Finding(value, strips, method, score * surety, trust, is_doubtful=is_odd)
