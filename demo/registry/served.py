"""What the sample registry serves: one line for each register, and the shapes pages come in.

A shape is a function from the parameters asked with to a page. It raises ``KeyError`` or
``ValueError`` for parameters that cannot be read, which is answered with 400.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from demo.registry.answering import cursor, place
from demo.registry.shelf import Shelf

Asked = Mapping[str, str]
Page = dict[str, Any]
Shape = Callable[[Shelf, Asked, int], Page]


@dataclass(frozen=True, slots=True)
class Served:
    """One register: ``<path>/changes`` in pages of its own shape, ``<path>/keys`` with cursors."""

    path: str
    shelf: Shelf
    changes: Shape
    planted: Counter[str] = field(default_factory=Counter)

    def pages(self) -> Mapping[str, Shape]:
        """Return the two addresses and how each is answered."""
        return {f"{self.path}/changes": self.changes, f"{self.path}/keys": keys}


def by_cursor(shelf: Shelf, asked: Asked, size: int) -> Page:
    """Answer changes of days with a cursor that says where the page ended."""
    first, end = shelf.span(*days(asked))
    begin = max(first, place(asked.get("cursor")))
    items, following = _cut(shelf.changes, begin, end, size)
    return {"items": shelf.sent(items), "next_cursor": following}


def by_keyset(shelf: Shelf, asked: Asked, size: int) -> Page:
    """Answer changes of days that come after a time and key, in the order of both."""
    last = (asked.get("after_time", ""), asked.get("after_key", ""))
    items, has_more = shelf.after(*days(asked), last, size)
    return {"items": shelf.sent(items), "has_more": has_more}


def keys(shelf: Shelf, asked: Asked, size: int) -> Page:
    """Answer the keys of every record that is here now."""
    listed = shelf.keys()
    items, following = _cut(listed, place(asked.get("cursor")), len(listed), size)
    return {"items": items, "next_cursor": following}


def days(asked: Asked) -> tuple[date, date]:
    """Return the first and the last day asked for."""
    return date.fromisoformat(asked["from"]), date.fromisoformat(asked["to"])


def looped(shape: Shape, shelf: Shelf, asked: Asked, size: int) -> Page:
    """Answer the first page again, with a way on that leads back to it."""
    page = shape(shelf, {end: asked[end] for end in ("from", "to") if end in asked}, size)
    way_on: Page = {"next_cursor": cursor(0)} if "next_cursor" in page else {"has_more": True}
    return page | way_on


def _cut(items: list[Any], begin: int, end: int, size: int) -> tuple[list[Any], str | None]:
    until = min(begin + size, end)
    return items[begin:until], None if until >= end else cursor(until)
