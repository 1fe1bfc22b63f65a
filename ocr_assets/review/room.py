"""What the pages of the desk share: who is here, pictures, templates, and how an error is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from ocr_assets.review.errors import (
    NoSuchField,
    NotAReviewer,
    RequestForged,
    RequestUnreadable,
    ReviewError,
    SignedOut,
    SignInRefused,
    ValueUnusable,
)
from ocr_assets.review.hands import Hands
from ocr_assets.review.pictures import Pictures
from ocr_assets.review.sessions import Session, Sessions, require_ours
from warehouse.errors import WarehouseError, WordRefused

HERE = Path(__file__).parent
MOST_TYPED = 64 * 1024  # bytes of a form
MOST_DIGITS = 9  # of a page number; more than int() takes is an error of its own
_STATUS: dict[type[Exception], int] = {
    RequestUnreadable: 400,
    WordRefused: 400,
    SignInRefused: 401,
    NotAReviewer: 403,
    RequestForged: 403,
    NoSuchField: 404,
}


@dataclass(frozen=True, slots=True)
class Room:
    """One desk: its people, their database logins, the pictures they see."""

    sessions: Sessions
    pictures: Pictures
    keying_share: float
    audit_share: float = 0.0
    hands: Hands = field(default_factory=Hands)
    templates: Jinja2Templates = field(
        default_factory=lambda: Jinja2Templates(directory=HERE / "pages")
    )

    def session(self, request: Request) -> Session:
        """Return who asks."""
        return self.sessions.of(request.cookies)

    def page(
        self, request: Request, session: Session | None, name: str, status: int = 200, **told: Any
    ) -> Response:
        """Return a page, or for htmx only the part of it that changes."""
        told |= {"session": session, "is_part": request.headers.get("hx-request") == "true"}
        return self.templates.TemplateResponse(request, name, told, status_code=status)


async def form_of(request: Request, room: Room) -> tuple[Session, dict[str, str]]:
    """Return who sends a form and what is in it, once it is known to be a form of ours."""
    session = room.session(request)
    typed = await typed_in(request)
    require_ours(session, request.headers, typed.get("csrf", ""))
    if any("\0" in one for pair in typed.items() for one in pair):
        raise RequestUnreadable("Yêu cầu có ký tự không dùng được: gõ lại rồi gửi.")
    return session, typed


async def typed_in(request: Request) -> dict[str, str]:
    """Return the fields of a form; one that is longer than anybody types is refused."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_TYPED:
            raise RequestForged("Yêu cầu quá dài.")
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in fields.items()}


def leave(session: Session, typed: Mapping[str, str]) -> None:
    """Note the field that is left for later; with ``again`` take up all that was left."""
    if "again" in typed:
        session.skipped.clear()
    session.skipped.update([typed["key"]] if typed.get("key") else [])


def refusal(error: Exception, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what a page shows of a value that was not taken: why, and what was typed."""
    return {"problem": str(error), "typed": typed.get("value")}


def page_number(typed: str, most: int) -> int | None:
    """Return a page number that was sent, or None if it is none of the document."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS):
        return None
    return int(typed) if 1 <= int(typed) <= most else None


def told(room: Room) -> Any:
    """Return what answers a request that met an error of ours: a page that says what to do."""

    async def answer(request: Request, error: Exception) -> Response:
        if isinstance(error, SignedOut):
            if request.headers.get("hx-request") == "true":
                return Response(status_code=401, headers={"HX-Redirect": "/sign-in"})
            return RedirectResponse("/sign-in", status_code=303)
        if isinstance(error, SignInRefused | NotAReviewer):
            status = _STATUS[type(error)]
            return room.page(request, None, "sign_in.html", status, problem=str(error))
        status = _STATUS.get(type(error), 503)
        return room.page(request, None, "problem.html", status, problem=str(error))

    return answer


ERRORS = (ReviewError, WarehouseError)
NOT_TAKEN = (ValueUnusable, WordRefused)  # a word that the desk, or the database, does not take
