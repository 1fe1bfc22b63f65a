"""One question over HTTP with one time limit on all of it: connecting, headers and body.

A socket's own timeout starts anew with every byte, so a server that drips is waited for without
end, in its headers too. So the exchange runs beside the caller, who waits on the clock alone.
"""

from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from socket import SHUT_RDWR
from threading import Event, Thread
from typing import Any

import requests
from requests.adapters import HTTPAdapter

_PIECE = 1 << 12


class AnswerTooLarge(requests.RequestException):
    """The answer holds more bytes than any answer of use."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status and the bytes of a body."""

    status: int
    body: bytes


def post(
    url: str, *, patience: float, largest: int, headers: Mapping[str, str], **question: Any
) -> Answer:
    """Post ``question`` (``json=`` or ``data=``); no redirect, no proxy of the environment.

    ``patience`` is in seconds from the call to the last byte of the answer, ``largest`` in bytes.

    Raises:
        requests.RequestException: no whole answer in time (``Timeout``), too large a one
            (``AnswerTooLarge``), or none.
    """
    options = {"headers": dict(headers), "timeout": patience, **question}
    line = _Line()
    outcome: Future[Answer] = Future()

    def exchange() -> None:
        try:
            with requests.Session() as session:
                session.trust_env = False
                session.mount("http://", line)
                session.mount("https://", line)
                outcome.set_result(_answer(session, url, largest, options))
        except BaseException as error:  # noqa: BLE001 - it is raised again where somebody waits
            outcome.set_exception(error)

    Thread(target=exchange, name="timed post", daemon=True).start()
    try:
        return outcome.result(patience)
    except TimeoutError:
        line.hang_up()
        raise requests.Timeout("no whole answer in time") from None


def _answer(
    session: requests.Session, url: str, largest: int, options: Mapping[str, Any]
) -> Answer:
    with session.post(url, allow_redirects=False, stream=True, **options) as answer:
        body = bytearray()
        for piece in answer.iter_content(_PIECE):
            body += piece
            if len(body) > largest:
                raise AnswerTooLarge("the answer is too large")
        return Answer(answer.status_code, bytes(body))


class _Line(HTTPAdapter):
    """An adapter whose connections can be closed by somebody who is done waiting."""

    def __init__(self) -> None:
        super().__init__(max_retries=0)
        self._given_up = Event()
        self._connections: list[Any] = []

    def hang_up(self) -> None:
        """Close what is open, which ends the reading thread, and what is opened after this."""
        self._given_up.set()
        for connection in list(self._connections):
            with suppress(OSError, AttributeError):  # not connected yet, or closed already
                connection.sock.shutdown(SHUT_RDWR)

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> Any:
        """Return the pool, which makes connections that are known here."""
        pool: Any = super().get_connection_with_tls_context(*args, **options)
        kind: Any = pool.ConnectionCls
        line = self

        class Known(kind):  # type: ignore[misc]
            def connect(self) -> None:
                line._connections.append(self)
                super().connect()
                if line._given_up.is_set():
                    self.close()
                    raise ConnectionAbortedError

        pool.ConnectionCls = Known
        return pool
