"""What a page's drawing instructions may not say in PDF/A, said another way that looks the same."""

import re
from collections.abc import Iterable, Iterator
from typing import cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf

from ocr_assets.drawn import content_of, holders_of, resource_of

Instruction = tuple[list[pikepdf.Object], Operator]

_TEXT = re.compile(rb"\bBT\b")
_SUSPECT = re.compile(rb"\bBDC\b|\bET\b")
_POSITION = frozenset({"Tm", "Td", "TD", "T*"})
_SHOW = frozenset({"Tj", "TJ", "'", '"'})
_NOT_IN_TEXT = frozenset({"q", "Q", "cm", "Do"})


def hidden_layers(pdf: Pdf) -> set[tuple[int, int]]:
    """Return the optional-content groups that a reader of the document does not see."""
    properties = pdf.Root.get("/OCProperties")
    default = properties.get("/D") if isinstance(properties, Dictionary) else None
    if not isinstance(properties, Dictionary) or not isinstance(default, Dictionary):
        return set()
    every = {group.objgen for group in properties.get("/OCGs", Array())}
    on = {group.objgen for group in default.get("/ON", Array())}
    off = {group.objgen for group in default.get("/OFF", Array())}
    return (every - on if default.get("/BaseState") == Name.OFF else set()) | off


def hides_something(page: pikepdf.Page, hidden: set[tuple[int, int]]) -> bool:
    """Return whether the page uses a layer that is, or may be, switched off."""
    groups: list[pikepdf.Object] = []
    for holder in holders_of(page) if hidden else ():
        named = resource_of(holder, Name.Properties)
        groups += named.as_dict().values() if named is not None else ()
        groups += [thing["/OC"] for thing in _drawn_by(holder) if "/OC" in thing]
    return any(
        group.get("/Type") == Name.OCMD or group.objgen in hidden
        for group in groups
        if isinstance(group, Dictionary)
    )


def draws_text(page: pikepdf.Page) -> bool:
    """Return whether a page, or a form it draws, holds any text; invisible text counts."""
    return any(_TEXT.search(content_of(holder)) for holder in holders_of(page))


def make_plain(pdf: Pdf, page: pikepdf.Page) -> None:
    """Rewrite the instructions of a page and of its forms where PDF/A objects to them.

    Layers lose their marks (look for hidden ones first), and pictures drawn in the midst of a
    text object are drawn between two text objects.
    """
    for holder in holders_of(page):
        content = content_of(holder)
        if _SUSPECT.search(content):
            parsed = pikepdf.parse_content_stream(pdf.make_stream(content))
            instructions = _with_text_apart(_without_layers(parsed))
            _replace(pdf, holder, pikepdf.unparse_content_stream(list(instructions)))
        for thing in (*_drawn_by(holder), holder.get("/Resources", Dictionary())):
            for key in ("/OC", "/Properties"):
                if key in thing:
                    del thing[key]


def _drawn_by(holder: pikepdf.Object) -> list[pikepdf.Stream]:
    drawn = resource_of(holder, Name.XObject)
    things = drawn.as_dict().values() if drawn is not None else ()
    return [thing for thing in things if isinstance(thing, pikepdf.Stream)]


def _replace(pdf: Pdf, holder: pikepdf.Object, content: bytes) -> None:
    if isinstance(holder, pikepdf.Stream):
        holder.write(content)
    else:
        holder.Contents = pdf.make_stream(content)


def _without_layers(instructions: Iterable[object]) -> Iterator[Instruction]:
    """Drop marks that name a property list; a mark that spells out its own stays."""
    is_kept: list[bool] = []
    for operands, operator in cast("Iterable[Instruction]", instructions):
        word = str(operator)
        if word in {"BDC", "BMC"}:
            is_kept.append(word == "BMC" or not isinstance(operands[-1], Name))
            if not is_kept[-1]:
                continue
        elif word == "EMC" and is_kept and not is_kept.pop():
            continue
        yield list(operands), operator


def _with_text_apart(instructions: Iterator[Instruction]) -> Iterator[Instruction]:
    """Close the text object before anything that may not stand in one, and open it again after."""
    inside = is_open = False
    moves: list[Instruction] = []
    for operands, operator in instructions:
        word = str(operator)
        if word == "BT":
            inside, is_open, moves = True, True, []
        elif word == "ET":
            if is_open:
                yield operands, operator
            inside = is_open = False
            continue
        elif is_open and word in _NOT_IN_TEXT:
            yield [], Operator("ET")
            is_open = False
        elif inside and word in _POSITION | _SHOW:
            if not is_open:
                yield from ([([], Operator("BT")), *moves])
                is_open = True
            moves = _moved(moves, operands, operator)
        yield operands, operator


def _moved(
    moves: list[Instruction], operands: list[pikepdf.Object], operator: Operator
) -> list[Instruction]:
    """Return what brings a new text object to the same line; ``Tm`` forgets what came before."""
    if str(operator) not in _POSITION:
        return moves
    return [(operands, operator)] if str(operator) == "Tm" else [*moves, (operands, operator)]
