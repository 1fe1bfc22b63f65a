"""Pages that follow the last item taken: by its time of change and, where times tie, by its key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.errors import RegistryMisbehaved
from connectors.http import RegistryHttp
from connectors.kinds import Unreadable, moment, text

Place = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class Keyset:
    """How a registry names the two parts of its cursor, in items and in the next question."""

    moment: str
    key: str
    items: str = "items"
    has_more: str = "has_more"
    after_moment: str = "after_time"
    after_key: str = "after_key"


def pages_after(
    http: RegistryHttp, path: str, params: Mapping[str, str], keyset: Keyset
) -> Iterator[list[Any]]:
    """Yield the items of each page, asking for what comes after the last one taken.

    Raises:
        RegistryMisbehaved: a page is not a page, does not move on, or pages do not end.
    """
    where = http.place(path)
    asked, taken = dict(params), None
    last: Any
    for _ in range(http.most_pages):
        items, has_more = _page(http.answer(path, asked), keyset, where)
        yield items
        if not has_more:
            return
        last = items[-1] if items else None
        place = _place(last, keyset, where)
        if taken is not None and place <= taken:
            raise RegistryMisbehaved(f"{where} does not move on past the last item: its pages loop")
        taken = place
        asked |= {keyset.after_moment: last[keyset.moment], keyset.after_key: last[keyset.key]}
    raise RegistryMisbehaved(f"{where} has no last page within {http.most_pages}")


def _page(answer: Any, keyset: Keyset, where: str) -> tuple[list[Any], bool]:
    if not isinstance(answer, dict) or not isinstance(answer.get(keyset.items), list):
        raise RegistryMisbehaved(f"{where} answered with JSON that is not a page of items")
    has_more = answer.get(keyset.has_more)
    if not isinstance(has_more, bool):
        raise RegistryMisbehaved(f"{where} does not say whether more pages follow")
    return answer[keyset.items], has_more


def _place(item: Any, keyset: Keyset, where: str) -> Place:
    """Return where an item stands; without both parts there is no way on from it."""
    try:
        return moment(item[keyset.moment]), text(item[keyset.key])
    except (Unreadable, KeyError, TypeError):
        raise RegistryMisbehaved(
            f"{where} ends a page with an item that no next page can follow"
        ) from None
