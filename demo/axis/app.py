"""The sample axis over HTTP: a list of messages by day, each message, and a confirmation."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from demo.axis.axis import SampleAxis
from demo.registry.answering import cursor, place, said

LIST = "/exchange/v1/receivedEdocs"
MESSAGE = "/exchange/v1/edoc"
CONFIRM = "/exchange/v1/updateStatus"


@dataclass(frozen=True, slots=True)
class AxisDoor:
    """The axis behind a platform that checks tokens and fails as its dice say."""

    axis: SampleAxis
    refuse: Callable[[Request], Awaitable[Response | None]]
    answer: Callable[[Request, dict[str, Any]], Awaitable[Response]]
    page_size: int

    def routes(self) -> tuple[Route, ...]:
        """Return what can be asked."""
        return (
            Route(LIST, self.messages, methods=["GET"]),
            Route(MESSAGE, self.message, methods=["GET"]),
            Route(CONFIRM, self.confirm, methods=["POST"]),
        )

    async def messages(self, request: Request) -> Response:
        """Answer one page of the messages changed between two days, both included."""
        asked = request.query_params
        try:
            first, last = (date.fromisoformat(asked[end]) for end in ("fromDate", "toDate"))
            start = place(asked.get("cursor"))
        except (KeyError, ValueError):
            return said("fromDate, toDate or cursor cannot be read", 400)
        items, following = self.axis.page(first, last, start, self.page_size)
        after = None if following is None else cursor(following)
        return await self.answer(request, {"data": items, "nextCursor": after})

    async def message(self, request: Request) -> Response:
        """Answer one message as it was sent."""
        if (refusal := await self.refuse(request)) is not None:
            return refusal
        sent = self.axis.message(request.query_params.get("docId", ""))
        if sent is None:
            return said("no such message", 404)
        return Response(sent, media_type="application/xml")

    async def confirm(self, request: Request) -> Response:
        """Note that an agency has received a message."""
        if (refusal := await self.refuse(request)) is not None:
            return refusal
        form = parse_qs((await request.body()).decode("utf-8", "replace"))
        self.axis.confirmed.update(form.get("docId", ()))
        return JSONResponse({"status": "OK"})
