"""The sample platform's HTTP face: a token endpoint, registers, the axis, health and control."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from demo.axis.app import AxisDoor
from demo.axis.axis import SampleAxis
from demo.registry.answering import said
from demo.registry.faults import Dice, Faults, Mischief
from demo.registry.population import MOST_CLAIMS, frequencies, verdict
from demo.registry.served import Served, Shape, looped
from demo.registry.shelf import Shelf
from demo.registry.tokens import TokenDesk

TOKEN = "/token"  # noqa: S105 - a path
VERIFICATIONS = "/population/v1/verifications"
FREQUENCIES = "/population/v1/name-frequencies"
HEALTH = "/health"
CONTROL = "/control"


@dataclass(frozen=True, slots=True)
class SampleRegistry:
    """Registers, population and axis served over HTTP, with one token desk and their failures.

    ``registers`` is all that has to be said of a register: a new one is a line more.
    """

    registers: tuple[Served, ...]
    desk: TokenDesk
    faults: Faults
    dice: Dice
    page_size: int = 200
    seed: int = 1
    axis: SampleAxis = field(default_factory=lambda: SampleAxis([]))

    def app(self) -> Starlette:
        """Return the ASGI application."""
        registers = [
            Route(path, partial(self.register, served.shelf, shape), methods=["GET"])
            for served in self.registers
            for path, shape in served.pages().items()
        ]
        return Starlette(
            routes=[
                Route(TOKEN, self.token, methods=["POST"]),
                *registers,
                *AxisDoor(self.axis, self._refusal, self._answer, self.page_size).routes(),
                Route(VERIFICATIONS, self.verifications, methods=["POST"]),
                Route(FREQUENCIES, self.frequencies, methods=["GET"]),
                Route(HEALTH, self.health, methods=["GET"]),
                Route(CONTROL, self.control, methods=["POST"]),
            ]
        )

    async def token(self, request: Request) -> Response:
        """Hand out a token for the right credentials; 400 for another grant, 401 for a stranger."""
        form = parse_qs((await request.body()).decode("utf-8", "replace"))
        if form.get("grant_type") != ["client_credentials"]:
            return said("unsupported_grant_type", 400)
        token = self.desk.issue(request.headers.get("lgspaccesstoken"))
        if token is None:
            return said("invalid_client", 401)
        lifetime = self.desk.lifetime_s
        return JSONResponse({"access_token": token, "token_type": "Bearer", "expires_in": lifetime})

    async def health(self, _request: Request) -> Response:
        """Say what is served and what happened so far; used by launchers and tests."""
        return JSONResponse(
            {
                "status": "ok",
                "changes": {one.path: len(one.shelf.changes) for one in self.registers},
                "planted": {one.path: dict(one.planted) for one in self.registers},
                "messages": len(self.axis.shelf.changes),
                "confirmed": len(self.axis.confirmed),
                "asked": self.dice.asked,
                "busy": self.dice.busy,
                "down": self.dice.down,
                "claims": self.dice.claims,
                "tokens_issued": self.desk.issued,
                "tokens_refused": self.desk.refused,
            }
        )

    async def control(self, request: Request) -> Response:
        """Let something happen in every register while it is served.

        ``late`` holds a share of changes back and ``commit_late`` shows them, ``withdraw`` takes a
        share of records away, ``drift`` (1 or 0) begins or ends to send a field nobody agreed on,
        ``forget`` lets population know a share of nobody.
        """
        form = parse_qs((await request.body()).decode())
        for shelf in (*(one.shelf for one in self.registers), self.axis.shelf):
            if "commit_late" in form:
                shelf.commit_late()
            for share in form.get("late", ()):
                shelf.hold_back(float(share))
            for share in form.get("withdraw", ()):
                shelf.withdraw(float(share))
            for is_on in form.get("drift", ()):
                shelf.drift(is_on=is_on == "1")
        for share in form.get("forget", ()):
            self.dice.forgotten = float(share)
        return JSONResponse({one.path: len(one.shelf.changes) for one in self.registers})

    async def register(self, shelf: Shelf, shape: Shape, request: Request) -> Response:
        """Answer one page of a register."""
        asked, size = dict(request.query_params), self.page_size
        is_looped = self.faults.mischief is Mischief.LOOP
        try:
            page = (partial(looped, shape) if is_looped else shape)(shelf, asked, size)
        except (KeyError, ValueError):
            return said("from, to or the place in the list cannot be read", 400)
        if self.faults.mischief is Mischief.NO_CURSOR:
            page.pop("next_cursor", None)
        return await self._answer(request, page)

    async def verifications(self, request: Request) -> Response:
        """Answer claims about people, each by its place in the question."""
        try:
            claims = (await request.json())["items"]
            told = [verdict(self.seed, claim) for claim in claims]
        except (KeyError, TypeError, AttributeError, ValueError):
            return said("claims cannot be read", 400)
        if len(told) > MOST_CLAIMS:
            return said("too many claims", 413)
        told = [self.dice.forget(one) for one in told]
        return await self._answer(request, {"items": told})

    async def frequencies(self, request: Request) -> Response:
        """Answer how common parts of names are, on one page."""
        return await self._answer(request, {"items": frequencies(), "next_cursor": None})

    async def _answer(self, request: Request, page: dict[str, Any]) -> Response:
        """Answer with a page, or fail as the dice say."""
        return await self._refusal(request) or self._misdone(request) or self._send(page)

    async def _refusal(self, request: Request) -> Response | None:
        """Fail as the dice say, and where the token is not right; take the time it takes."""
        if (failure := self.dice.roll()) is not None:
            wait = {"Retry-After": self.faults.retry_after} if failure == 429 else None
            return said("busy" if failure == 429 else "down", failure, wait)
        if (status := self.desk.status(request.headers.get("authorization"))) != 200:
            return said("no valid token" if status == 401 else "no right to this service", status)
        await asyncio.sleep(self.faults.slow_s)
        return None

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
