"""A registry behind HTTP: its pages, read with a bearer token."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from connectors.address import checked, place
from connectors.answers import XML
from connectors.errors import RegistryMisbehaved, RegistryRefused
from connectors.manners import Manners
from connectors.transport import AS_JSON, Handling, Told, Transport
from connectors.witness import Withhold, Witness


class Tokens(Protocol):
    """Where bearer tokens come from."""

    def current(self) -> str:
        """Return a token believed to be valid."""

    def forget(self, token: str) -> None:
        """Stop believing in ``token``: the registry did."""


@dataclass(frozen=True, slots=True)
class Paging:
    """How a registry names the parts of a page; its contract decides."""

    items: str = "items"
    following: str = "next_cursor"
    cursor: str = "cursor"


@dataclass(frozen=True, slots=True, repr=False)
class _Page:
    items: list[Any]
    following: str | None


class RegistryHttp:
    """One registry, as far as HTTP goes: address, token, pages."""

    def __init__(  # noqa: PLR0913 - two of them are for tests: how time passes
        self,
        base_url: str,
        tokens: Tokens,
        *,
        manners: Manners | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        witness: Witness | None = None,
    ) -> None:
        """Read below ``base_url`` with ``tokens``; ``sleep`` and ``clock`` are how waiting is done.

        Threads that share the client share its pace and its rests. ``witness`` is told of every
        answer.
        """
        self._manners = manners or Manners()
        self._base_url = checked(base_url, self._manners)
        self._tokens = tokens
        self._transport = Transport(self._manners, sleep=sleep, clock=clock, witness=witness)

    def __repr__(self) -> str:
        return f"RegistryHttp({place(self._base_url)})"

    def pages(
        self, path: str, params: Mapping[str, str], paging: Paging | None = None
    ) -> Iterator[list[Any]]:
        """Yield the items of each page, following cursors until the registry says it is the last.

        Raises:
            RegistryMisbehaved: a cursor came twice, pages do not end, or a page is not a page.
        """
        paging = paging or Paging()
        where = place(self._base_url + path)
        seen: set[str] = set()
        asked = dict(params)
        for _ in range(self._manners.max_pages):
            page = _page(self.answer(path, asked), paging, where)
            yield page.items
            if page.following is None:
                return
            if page.following in seen:
                raise RegistryMisbehaved(f"{where} sends the same cursor twice: its pages loop")
            seen.add(page.following)
            asked[paging.cursor] = page.following
        raise RegistryMisbehaved(f"{where} has no last page within {self._manners.max_pages}")

    @property
    def most_pages(self) -> int:
        """After how many pages a list that does not end is given up."""
        return self._manners.max_pages

    def place(self, path: str) -> str:
        """Return host and path for messages."""
        return place(self._base_url + path)

    def answer(self, path: str, params: Mapping[str, str]) -> Any:
        """Ask once with the token at hand and, if that is refused as stale, once with a new one."""
        return self._told("GET", path, AS_JSON, params=params).content

    def document(self, path: str, params: Mapping[str, str], withhold: Withhold) -> bytes:
        """Return the XML of an answer, unread: it is for a reader that trusts nothing.

        Evidence keeps what ``withhold`` leaves of it.

        Raises:
            AnswerTooLarge: it is larger than any answer may be.
        """
        document: bytes = self._told("GET", path, Handling(XML, withhold), params=params).content
        return document

    def told(self, path: str, question: Any, withhold: Withhold) -> Told:
        """Put a ``question`` that must stand in no address: as the JSON body of a POST.

        Asked again like any other, so it must be one that changes nothing at the registry. The
        question is kept nowhere; of the answer, evidence keeps what ``withhold`` leaves.
        """
        return self._told("POST", path, Handling(withhold=withhold), json=question)

    def _told(self, method: str, path: str, handling: Handling, **request: Any) -> Told:
        token = self._tokens.current()
        try:
            return self._ask(method, path, token, handling, request)
        except RegistryRefused as refused:
            if refused.status != 401:
                raise
        self._tokens.forget(token)
        return self._ask(method, path, self._tokens.current(), handling, request)

    def _ask(
        self,
        method: str,
        path: str,
        token: str,
        handling: Handling,
        request: Mapping[str, Any],
    ) -> Told:
        headers = {"Authorization": f"Bearer {token}"}
        url = self._base_url + path
        return self._transport.told(method, url, handling, headers=headers, **request)


def _page(answer: Any, paging: Paging, where: str) -> _Page:
    """Check the shape of a page; one that does not say whether more follows is not the last."""
    if not isinstance(answer, dict) or not isinstance(answer.get(paging.items), list):
        raise RegistryMisbehaved(f"{where} answered with JSON that is not a page of items")
    following = answer.get(paging.following, False)
    if following is None or (isinstance(following, str) and following):
        return _Page(answer[paging.items], following)
    raise RegistryMisbehaved(f"{where} does not say whether more pages follow")
