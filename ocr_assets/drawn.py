"""What a page or a form draws with: its content, its resources, the forms it calls."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name

MOST_NESTED = 12


def content_of(holder: pikepdf.Object) -> bytes:
    """Return the drawing instructions of a page or a form."""
    if isinstance(holder, pikepdf.Stream):
        return holder.read_bytes()
    contents = holder.get("/Contents")
    if isinstance(contents, pikepdf.Stream):
        return contents.read_bytes()
    if isinstance(contents, pikepdf.Array):
        parts = (part for part in contents if isinstance(part, pikepdf.Stream))
        return b"\n".join(part.read_bytes() for part in parts)
    return b""


def resource_of(holder: pikepdf.Object, kind: Name) -> Dictionary | None:
    """Return the resources of one kind, or None."""
    resources = holder.get("/Resources")
    if not isinstance(resources, Dictionary):
        return None
    found = resources.get(kind)
    return found if isinstance(found, Dictionary) else None


def forms_of(holder: pikepdf.Object) -> Iterator[pikepdf.Stream]:
    """Yield the forms a page or form can draw, those of the next level only."""
    drawn = resource_of(holder, Name.XObject)
    for thing in drawn.as_dict().values() if drawn is not None else ():
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == Name.Form:
            yield thing


def holders_of(page: pikepdf.Page) -> list[pikepdf.Object]:
    """Return the page and every form it can draw, each once: forms may call themselves."""
    return holders_from(page.obj)


def holders_from(start: pikepdf.Object) -> list[pikepdf.Object]:
    """Return ``start`` (a page or a form) and every form it can draw, each once."""
    found: dict[tuple[int, int], pikepdf.Object] = {}
    waiting: list[tuple[pikepdf.Object, int]] = [(start, 0)]
    while waiting:
        holder, depth = waiting.pop()
        if holder.objgen in found or depth > MOST_NESTED:
            continue
        found[holder.objgen] = holder
        waiting += [(form, depth + 1) for form in forms_of(holder)]
    return list(found.values())
