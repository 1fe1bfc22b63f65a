"""What a registry's answer means: take it, ask again later, or stop."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from requests import Response

from connectors.errors import (
    AnswerTooLarge,
    ConnectorError,
    RegistryMisbehaved,
    RegistryRefused,
    RegistryUnavailable,
)
from connectors.manners import Manners

CHUNK = 64 * 1024


def refusal(response: Response, where: str) -> ConnectorError | None:
    """Return the error an answer's status stands for, or ``None`` where it is an answer."""
    status = response.status_code
    if status == 200:
        return None
    if status in {408, 429} or status >= 500:
        wait = _seconds(response.headers.get("Retry-After"))
        return RegistryUnavailable(
            f"{where} asks to come back later ({status})", retry_after_s=wait, status=status
        )
    if 400 <= status < 500:
        return RegistryRefused(f"{where} refused the request ({status})", status=status)
    if 300 <= status < 400:
        return RegistryMisbehaved(
            f"{where} redirects ({status}); redirects are never followed, correct the address"
        )
    return RegistryMisbehaved(f"{where} answered with status {status}, not 200")


@dataclass(frozen=True, slots=True)
class Form:
    """What an answer is declared to be, and how what it says is read."""

    name: str
    media_types: tuple[str, ...]
    suffix: str
    read: Callable[[bytes, str], Any]

    @property
    def accepts(self) -> str:
        """Return what to ask for."""
        return self.media_types[0]


def body_of(response: Response, where: str, manners: Manners, form: Form) -> bytes:
    """Read what ``response`` declares to be of ``form``, bounded in size and time.

    Raises:
        RegistryMisbehaved: not declared as that.
        AnswerTooLarge: more than ``manners.max_bytes``.
        RegistryUnavailable: the answer dripped in for longer than ``manners.answer_s``.
    """
    declared = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if declared not in form.media_types and not declared.endswith(form.suffix):
        raise RegistryMisbehaved(
            f"{where} answered with something that is not declared as {form.name}"
        )
    return _body(response, where, manners)


def content(body: bytes, where: str) -> Any:
    """Return what the JSON of an answer says.

    Raises:
        RegistryMisbehaved: it is not JSON after all.
    """
    try:
        return json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise RegistryMisbehaved(f"{where} answered with broken JSON") from None


JSON = Form("JSON", ("application/json",), "+json", content)
XML = Form("XML", ("application/xml", "text/xml"), "+xml", lambda body, _where: body)


def _body(response: Response, where: str, manners: Manners) -> bytes:
    deadline = time.monotonic() + manners.answer_s
    body = bytearray()
    while piece := response.raw.read1(CHUNK, decode_content=True):
        body += piece
        if len(body) > manners.max_bytes:
            raise AnswerTooLarge(f"{where} answered with more than {manners.max_bytes} bytes")
        if time.monotonic() > deadline:
            raise RegistryUnavailable(f"{where} did not finish within {manners.answer_s:g} s")
    return bytes(body)


def _no_number(_name: str) -> Any:
    raise ValueError("NaN and Infinity are not JSON")


def _seconds(retry_after: str | None) -> float | None:
    """Read ``Retry-After`` in either of its forms; nonsense counts as not said."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
