"""The sample registry's HTTP face: a token endpoint, the changes of enterprises, and health."""

import asyncio
import base64
import binascii
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from demo.registry.enterprises import Register
from demo.registry.faults import Dice, Faults, Mischief
from demo.registry.shelf import Shelf
from demo.registry.tokens import TokenDesk

TOKEN = "/token"  # noqa: S105 - a path
CHANGES = "/business/v1/enterprises/changes"
KEYS = "/business/v1/enterprises/keys"
PARCEL_CHANGES = "/land/v1/parcels/changes"
PARCEL_KEYS = "/land/v1/parcels/keys"
HEALTH = "/health"
CONTROL = "/control"


@dataclass(frozen=True, slots=True)
class SampleRegistry:
    """One register served over HTTP, with its token desk and its failures."""

    register: Register
    shelf: Shelf
    parcels: Shelf
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
                Route(KEYS, self.keys, methods=["GET"]),
                Route(PARCEL_CHANGES, self.parcel_changes, methods=["GET"]),
                Route(PARCEL_KEYS, self.parcel_keys, methods=["GET"]),
                Route(HEALTH, self.health, methods=["GET"]),
                Route(CONTROL, self.control, methods=["POST"]),
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
                "changes": len(self.shelf.changes),
                "parcel_changes": len(self.parcels.changes),
                "planted": dict(self.register.planted),
                "asked": self.dice.asked,
                "busy": self.dice.busy,
                "down": self.dice.down,
                "tokens_issued": self.desk.issued,
                "tokens_refused": self.desk.refused,
            }
        )

    async def control(self, request: Request) -> Response:
        """Let something happen in the registry: ``commit_late``, or ``withdraw`` a share."""
        form = parse_qs((await request.body()).decode())
        for shelf in (self.shelf, self.parcels):
            if "commit_late" in form:
                shelf.commit_late()
            for share in form.get("withdraw", ()):
                shelf.withdraw(float(share))
        return JSONResponse({"changes": len(self.shelf.changes)})

    async def changes(self, request: Request) -> Response:
        """Answer one page of the changes between two days, both included."""
        try:
            first, last = (date.fromisoformat(request.query_params[end]) for end in ("from", "to"))
            start = _place(request.query_params.get("cursor"))
        except (KeyError, ValueError):
            return _said("from, to or cursor cannot be read", 400)
        begin, end = self.shelf.span(first, last)
        return await self._page(request, self.shelf.changes, max(begin, start), end)

    async def keys(self, request: Request) -> Response:
        """Answer one page of the keys of every enterprise that is here now."""
        return await self._keys(request, self.shelf)

    async def parcel_keys(self, request: Request) -> Response:
        """Answer one page of the keys of every parcel that is here now."""
        return await self._keys(request, self.parcels)

    async def parcel_changes(self, request: Request) -> Response:
        """Answer the changes of days that come after a time and key, in the order of both."""
        asked = request.query_params
        try:
            first, last = (date.fromisoformat(asked[end]) for end in ("from", "to"))
        except (KeyError, ValueError):
            return _said("from or to cannot be read", 400)
        begin, end = self.parcels.span(first, last)
        days = [one for one in self.parcels.changes[begin:end] if one["parcelId"]]
        days.sort(key=lambda one: (one["changedAt"], one["parcelId"]))
        after = (asked.get("after_time", ""), asked.get("after_key", ""))
        left = [one for one in days if (one["changedAt"], one["parcelId"]) > after]
        if self.faults.mischief is Mischief.LOOP:
            left = days
        items, has_more = left[: self.page_size], len(left) > self.page_size
        return await self._answer(request, {"items": items, "has_more": has_more})

    async def _keys(self, request: Request, shelf: Shelf) -> Response:
        try:
            start = _place(request.query_params.get("cursor"))
        except ValueError:
            return _said("cursor cannot be read", 400)
        keys = shelf.keys()
        return await self._page(request, keys, start, len(keys))

    async def _page(
        self, request: Request, items: list[dict[str, Any]], begin: int, end: int
    ) -> Response:
        """Answer a page by its place in a list."""
        until = min(begin + self.page_size, end)
        following = None if until >= end else _cursor(until)
        if self.faults.mischief is Mischief.LOOP:
            following = _cursor(0)
        page = {"items": items[begin:until], "next_cursor": following}
        if self.faults.mischief is Mischief.NO_CURSOR:
            del page["next_cursor"]
        return await self._answer(request, page)

    async def _answer(self, request: Request, page: dict[str, Any]) -> Response:
        """Answer with a page, or fail as the dice say."""
        if (failure := self.dice.roll()) is not None:
            wait = {"Retry-After": self.faults.retry_after} if failure == 429 else None
            return _said("busy" if failure == 429 else "down", failure, wait)
        if (status := self.desk.status(request.headers.get("authorization"))) != 200:
            return _said("no valid token" if status == 401 else "no right to this service", status)
        await asyncio.sleep(self.faults.slow_s)
        return self._misdone(request) or self._send(page)

    def _send(self, page: dict[str, Any]) -> Response:
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
