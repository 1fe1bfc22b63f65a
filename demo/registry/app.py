"""The sample registry's HTTP face: a token endpoint, the changes of enterprises, and health."""

import asyncio
import base64
import binascii
import bisect
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from demo.registry.enterprises import HANOI_TIME, Register
from demo.registry.faults import Dice, Faults, Mischief
from demo.registry.tokens import TokenDesk

TOKEN = "/token"  # noqa: S105 - a path
CHANGES = "/business/v1/enterprises/changes"
HEALTH = "/health"


@dataclass(frozen=True, slots=True)
class SampleRegistry:
    """One register served over HTTP, with its token desk and its failures."""

    register: Register
    desk: TokenDesk
    faults: Faults
    dice: Dice
    page_size: int = 200

    def app(self) -> Starlette:
        """Return the ASGI application."""
        return Starlette(
            routes=[
                Route(TOKEN, self.token, methods=["POST"]),
                Route(CHANGES, self.changes, methods=["GET"]),
                Route(HEALTH, self.health, methods=["GET"]),
            ]
        )

    async def token(self, request: Request) -> Response:
        """Hand out a token for the right credentials; 400 for another grant, 401 for a stranger."""
        form = parse_qs((await request.body()).decode("utf-8", "replace"))
        if form.get("grant_type") != ["client_credentials"]:
            return _said("unsupported_grant_type", 400)
        token = self.desk.issue(request.headers.get("lgspaccesstoken"))
        if token is None:
            return _said("invalid_client", 401)
        lifetime = self.desk.lifetime_s
        return JSONResponse({"access_token": token, "token_type": "Bearer", "expires_in": lifetime})

    async def health(self, _request: Request) -> Response:
        """Say what is served and what happened so far; used by launchers and tests."""
        return JSONResponse(
            {
                "status": "ok",
                "changes": len(self.register.changes),
                "planted": dict(self.register.planted),
                "asked": self.dice.asked,
                "busy": self.dice.busy,
                "down": self.dice.down,
                "tokens_issued": self.desk.issued,
                "tokens_refused": self.desk.refused,
            }
        )

    async def changes(self, request: Request) -> Response:
        """Answer one page of the changes between two days, both included."""
        if (failure := self.dice.roll()) is not None:
            wait = {"Retry-After": self.faults.retry_after} if failure == 429 else None
            return _said("busy" if failure == 429 else "down", failure, wait)
        if (status := self.desk.status(request.headers.get("authorization"))) != 200:
            return _said("no valid token" if status == 401 else "no right to this service", status)
        await asyncio.sleep(self.faults.slow_s)
        try:
            first, last = (date.fromisoformat(request.query_params[end]) for end in ("from", "to"))
            start = _place(request.query_params.get("cursor"))
        except (KeyError, ValueError):
            return _said("from, to or cursor cannot be read", 400)
        return self._misdone(request) or self._answer(self._page(first, last, start))

    def _page(self, first: date, last: date, start: int) -> dict[str, Any]:
        def at(day: date) -> int:
            midnight = datetime.combine(day, time(), HANOI_TIME).isoformat()
            return bisect.bisect_left(
                self.register.changes, midnight, key=lambda change: change["changedAt"]
            )

        begin, end = max(at(first), start), at(last + timedelta(days=1))
        until = min(begin + self.page_size, end)
        is_last = until >= end
        return {
            "items": self.register.changes[begin:until],
            "next_cursor": None if is_last else _cursor(until),
        }

    def _answer(self, page: dict[str, Any]) -> Response:
        if self.faults.mischief is Mischief.LOOP:
            page["next_cursor"] = _cursor(0)
        if self.faults.mischief is Mischief.NO_CURSOR:
            del page["next_cursor"]
        if not self.faults.drip_s:
            return JSONResponse(page)
        body = json.dumps(page, ensure_ascii=False).encode()
        size = {"Content-Length": str(len(body))}
        return StreamingResponse(self._drips(body), headers=size, media_type="application/json")

    async def _drips(self, body: bytes) -> AsyncIterator[bytes]:
        for begin in range(0, len(body), 1024):
            yield body[begin : begin + 1024]
            await asyncio.sleep(self.faults.drip_s)

    def _misdone(self, request: Request) -> Response | None:
        match self.faults.mischief:
            case Mischief.HTML:
                return Response("<html>maintenance</html>", media_type="text/html")
            case Mischief.BROKEN_JSON:
                return Response('{"items": [{"taxCode": ', media_type="application/json")
            case Mischief.REDIRECT:
                elsewhere = request.url.replace(hostname="localhost", path=HEALTH)
                return RedirectResponse(str(elsewhere), status_code=307)
            case Mischief.HUGE:
                return Response(b" " * (64 * 1024 * 1024), media_type="application/json")
        return None


def _said(error: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": error}, status_code=status, headers=headers)


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"after:{position}".encode()).decode()


def _place(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        return int(base64.urlsafe_b64decode(cursor).decode().removeprefix("after:"))
    except binascii.Error:
        raise ValueError("not a cursor of ours") from None
