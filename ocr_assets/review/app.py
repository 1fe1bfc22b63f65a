"""The desk as a web application: routes, and what every answer carries for safety."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ocr_assets.errors import EngineMissing
from ocr_assets.review.errors import NoSuchField
from ocr_assets.review.reviewing import Reviewing
from ocr_assets.review.room import ERRORS, HERE, Room, form_of, page_number, told, typed_in
from ocr_assets.review.second_keying import SecondKeying
from ocr_assets.review.sessions import COOKIE, require_ours
from warehouse.review import ReviewList

HTMX = Path("htmx.org") / "dist" / "htmx.min.js"
_HEADERS = {
    b"content-security-policy": b"default-src 'none'; script-src 'self'; style-src 'self';"
    b" img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none';"
    b" base-uri 'none'",
    b"cache-control": b"no-store",
    b"referrer-policy": b"same-origin",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
}


def desk(room: Room, npm: Path) -> Starlette:
    """Return the application of ``room``; ``npm`` is the folder of fetched npm packages.

    Raises:
        EngineMissing: htmx was not fetched.
    """
    htmx = npm / HTMX
    if not htmx.is_file():
        raise EngineMissing("htmx is missing; run ./kho setup")
    reviewing, keying, door = Reviewing(room), SecondKeying(room), Door(room)
    return Starlette(
        routes=[
            Route("/", reviewing.show),
            Route("/say", reviewing.say, methods=["POST"]),
            Route("/skip", reviewing.skip, methods=["POST"]),
            Route("/keying", keying.show),
            Route("/keying", keying.key, methods=["POST"]),
            Route("/keying/skip", keying.skip, methods=["POST"]),
            Route("/picture", door.picture),
            Route("/sign-in", door.sign_in_page),
            Route("/sign-in", door.sign_in, methods=["POST"]),
            Route("/sign-out", door.sign_out, methods=["POST"]),
            Route("/htmx.js", lambda _: FileResponse(htmx, media_type="text/javascript")),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"]),
            Middleware(Careful),
        ],
        exception_handlers=dict.fromkeys(ERRORS, told(room)),
        lifespan=_closing(room),
    )


class Door:
    """Signing in and out, and the pictures, which nobody sees who is not signed in."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def sign_in_page(self, request: Request) -> Response:
        """Return the page that asks who is there."""
        return self._room.page(request, None, "sign_in.html")

    async def sign_in(self, request: Request) -> Response:
        """Let a reviewer in."""
        require_ours(None, request.headers)
        typed = await typed_in(request)
        name, password = typed.get("name", "").strip(), typed.get("password", "")
        word = await run_in_threadpool(self._room.sessions.sign_in, name, password)
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(COOKIE, word, httponly=True, samesite="strict")
        return answer

    async def sign_out(self, request: Request) -> Response:
        """Let a reviewer out."""
        session, _ = await form_of(request, self._room)
        self._room.hands.release(session.name)
        self._room.sessions.sign_out(request.cookies)
        answer = RedirectResponse("/sign-in", status_code=303)
        answer.delete_cookie(COOKIE)
        return answer

    def picture(self, request: Request) -> Response:
        """Return a piece of a page, or a page, once it is written down who is shown it."""
        session, asked = self._room.session(request), request.query_params
        review = ReviewList(session.engine)
        item = review.item(asked.get("key", ""))
        if item is None:
            raise NoSuchField("Không có mục này, hoặc không thuộc cơ quan của bạn.")
        named = asked.get("page")
        page = page_number(named, item.page_count) if named else item.page
        if page is None:
            raise NoSuchField("Văn bản không có trang này.")
        purpose = "keying" if asked.get("purpose") == "keying" else "review"
        box = item.box if page == item.page else None
        is_crop = box is not None and asked.get("what") != "page"
        review.shown(item, "crop" if is_crop else "page", page, purpose)
        if is_crop and box is not None:
            picture = self._room.pictures.crop(item.archive_sha256, page, box)
        else:
            picture = self._room.pictures.page(item.archive_sha256, page, box)
        return Response(picture, media_type="image/png")


class Careful:
    """Every answer forbids to be kept, framed, or to load anything from elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to the answer."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS.items()]
            await send(message)

        await self._app(scope, receive, sending)


def _closing(room: Room) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        room.sessions.close()

    return lifespan
