"""By what authority and in what post somebody signed: the lines of capitals above the name.

``TM.`` on behalf of a body, ``KT.`` in place of a head, ``TL.`` by order, ``TUQ.`` by delegation,
``Q.`` acting; the Party writes ``T/M``. Each binds the lines up to the next one or to the post.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ocr_assets.extract.confidence import weakest
from ocr_assets.extract.field import Finding
from ocr_assets.extract.issuer import respelled, spelled
from ocr_assets.extract.letters import is_upper, packed, plain
from ocr_assets.extract.lists import POSTS
from ocr_assets.extract.posts import spelled_post
from ocr_assets.extract.signer import is_post, is_receivers
from ocr_assets.extract.strips import Strip, median_height

_MARK = re.compile(
    r"^\W*(T\s?[/.]?\s?M|K{1,2}\s?[/.]?\s?T|T\s?[/.]?\s?L|T\s?[/.]?\s?U\s?Q|Q)\s?[./]\s*"
)
_PARTY_MARK = re.compile(r"^\W*([TK])\s?/\s?([MTL])\b[\s.]*")
_POSTS = sorted(POSTS, key=lambda post: -len(packed(post)))
_LEGIBLE = 0.85  # below it, capitals that name no post may be those of the seal
_REACH = 16  # a signature and a seal take at most so many lines
_OFF_CENTRE = 0.17  # of the page's width: a name stands under its post
_MOST_LINES = 6
_APART = 1.8  # heights of a line between two lines of one block


@dataclass(frozen=True, slots=True)
class Block:
    """The lines above one name, highest first: those of authority, then those of the post.

    Where no name was read, a mark or a line of the post may be hidden as well: a person must look.
    """

    authority: tuple[Strip, ...]
    title: tuple[Strip, ...]
    is_named: bool = True

    @property
    def ends_unmarked(self) -> bool:
        """Return whether lines follow the last mark, and no post was read below them."""
        return bool(self.authority) and not self.title and not _is_marked(self.authority[-1])


def find_authority(blocks: Sequence[Block]) -> Finding | None:
    """Return on whose behalf was signed, of several signers left to right."""
    parts = [
        (block.authority, [_spelled(line.text) for line in block.authority]) for block in blocks
    ]
    found = _looked_at(_joined(parts, "signer_authority:block", 0.97), blocks)
    # without a post, the last line may be what a seal has left of it
    if found is not None and any(block.ends_unmarked for block in blocks):
        return replace(found, is_doubtful=True)
    return found


def find_title(blocks: Sequence[Block]) -> Finding | None:
    """Return the post of the signer, of several left to right."""
    parts, surety = [], 0.97
    for block in blocks:
        above = " ".join(_spelled(line.text) for line in block.authority)
        told = [spelled_post(_spelled(line.text), above) for line in block.title]
        parts.append((block.title, [text for text, _ in told]))
        surety = min([surety, *(sure for _, sure in told)])
    return _looked_at(_joined(parts, "signer_title:block", surety), blocks)


def _looked_at(found: Finding | None, blocks: Sequence[Block]) -> Finding | None:
    """Return the finding, for a person to look at where a name is missing."""
    if found is None or all(block.is_named for block in blocks):
        return found
    return replace(found, is_doubtful=True)


def _joined(
    parts: Sequence[tuple[Sequence[Strip], Sequence[str]]], method: str, surety: float
) -> Finding | None:
    """Return the lines of every block as one value; ``parts`` are strips and how they are spelt."""
    strips = tuple(strip for lines, _ in parts for strip in lines)
    if not strips:
        return None
    value = "; ".join(" ".join(texts) for _, texts in parts if texts)
    trust = weakest(word for strip in strips for word in strip.words)
    is_known = all(_is_marked(lines[0]) or is_post(lines[0]) for lines, _ in parts if lines)
    return Finding(value, strips, method, surety if is_known else 0.8, trust)


def blocks_of(pages: Sequence[Sequence[Strip]], names: Sequence[Strip]) -> list[Block]:
    """Return the block above each name; without names, the one beside the list of receivers."""
    by_page = {strips[0].page: strips for strips in pages}
    if names:
        return [_block(_above(name, by_page[name.page])) for name in names]
    for strips in pages:
        lists = [strip for strip in strips if is_receivers(strip)]
        if lists:
            return [replace(_block(_beside(lists[0], strips)), is_named=False)]
    return []


def _above(name: Strip, strips: Sequence[Strip]) -> list[Strip]:
    """Return the lines of capitals above a name that belong to its block, highest first.

    A second post may stand below the signature, right above the name.
    """
    reach = _REACH * median_height(strips)
    over = [
        strip
        for strip in strips
        if 0 < name.top - strip.top < reach and abs(strip.middle - name.middle) < _OFF_CENTRE
    ]
    run, low = _run(over), [strip for strip in over if name.top - strip.bottom < name.height]
    return [*run, *(strip for strip in low if strip not in run and is_post(strip))]


def _beside(heading: Strip, strips: Sequence[Strip]) -> list[Strip]:
    """Return the lines of capitals right of the heading of the list of receivers."""
    line = median_height(strips)
    right = [
        strip
        for strip in strips
        if strip.middle > 0.5 and -3 * line < strip.top - heading.top < 8 * line
    ]
    return _run(right)


def _run(strips: Sequence[Strip]) -> list[Strip]:
    """Return the lines from the first post or mark on that follow close upon each other."""
    upper = [strip for strip in strips if is_upper(strip.text) or _is_marked(strip)]
    begins = (index for index, strip in enumerate(upper) if _is_marked(strip) or is_post(strip))
    start = next(begins, None)
    if start is None:
        return []
    run = [upper[start]]
    for strip in upper[start + 1 :]:
        if strip.top - run[-1].bottom > _APART * run[-1].height or len(run) == _MOST_LINES:
            break
        if not (_is_marked(strip) or is_post(strip)) and strip.confidence < _LEGIBLE:
            continue
        run.append(strip)
    return run


def _block(lines: Sequence[Strip]) -> Block:
    """Part the lines: what a mark binds, and the post below it."""
    marks = [index for index, line in enumerate(lines) if _is_marked(line)]
    if not marks:
        return Block((), tuple(lines))
    below = range(marks[-1] + 1, len(lines))
    post = next((index for index in below if is_post(lines[index])), len(lines))
    return Block(tuple(lines[:post]), tuple(lines[post:]))


def _is_marked(strip: Strip) -> bool:
    return bool(_MARK.match(strip.plain) or _PARTY_MARK.match(strip.plain))


def _spelled(text: str) -> str:
    """Return a line in capitals with its mark as it is usually written and known words right."""
    party, state = _PARTY_MARK.match(plain(text)), _MARK.match(plain(text))
    mark = ""
    if party:
        mark, text = f"{party[1]}/{party[2]} ", text[party.end() :]
    elif state:
        letters = re.sub(r"\W", "", state[1]).replace("KK", "K")
        mark, text = f"{letters}. ", text[state.end() :]
    line = spelled(text) if text.strip() else ""
    for post in _POSTS:
        line = respelled(line, post)
    return f"{mark}{line}".strip(" .,;:")
