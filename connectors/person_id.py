"""The shape of a person's number: 12 digits since 2016, 9 before; nothing here rejects."""

import re
from collections.abc import Iterator

SHAPE = re.compile(r"[0-9]{9}|[0-9]{12}", re.ASCII)


def oddities(column: str, number: str | None) -> Iterator[str]:
    """Name what is odd about ``number``, which stands in ``column`` all the same."""
    if number is None:
        yield f"{column}: missing"
    elif not SHAPE.fullmatch(number):
        yield f"{column}: no known shape"
    elif len(number) == 9:
        yield f"{column}: old number"
