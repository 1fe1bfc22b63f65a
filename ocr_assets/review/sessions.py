"""Who is signed in: database logins, known to a browser by a random word.

Passwords are handed to the database driver and kept nowhere else; a cookie holds no name.
"""

import hmac
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from ocr_assets.review.errors import NotAReviewer, RequestForged, SignedOut, SignInRefused
from warehouse import database
from warehouse.provisioning import REVIEWERS

COOKIE = "kho_desk"
IDLE_S = 30 * 60.0
REFUSED_S = 1.0  # a wrong password costs a guesser a second
MOST = 100  # signed in at once; the one idle for longest makes room
# The owner and administrators may do everything, so an entry of theirs would name nobody.
_MAY = sa.text(
    "select pg_has_role(session_user, cast(:group as name), 'usage') and not rolsuper"
    " and not rolcreaterole from pg_catalog.pg_roles where rolname = session_user"
)


@dataclass(slots=True)
class Session:
    """One person at the desk; ``engine`` is logged in as that person."""

    name: str
    engine: sa.Engine
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    skipped: set[str] = field(default_factory=set)
    moved_at: float = field(default_factory=time.monotonic)


class Sessions:
    """The people at one desk."""

    def __init__(self, url: str) -> None:
        """Sign people in to the database at ``url``, whose own login is not used."""
        self._url = sa.make_url(url)
        self._open: dict[str, Session] = {}
        self._one = threading.Lock()

    def sign_in(self, name: str, password: str) -> str:
        """Return the word by which the browser of ``name`` will be known.

        Raises:
            SignInRefused: the database refuses the login.
            NotAReviewer: it may read, and not correct.
        """
        if "\0" in name + password:  # a driver may cut there: what is left must not count
            time.sleep(REFUSED_S)
            raise SignInRefused("Tên đăng nhập hoặc mật khẩu không đúng.")
        person = self._url.set(username=name, password=password)
        engine = database.engine(person.render_as_string(hide_password=False))
        try:
            with engine.connect() as connection:
                may = connection.scalar(_MAY, {"group": REVIEWERS})
        except OperationalError:
            engine.dispose()
            time.sleep(REFUSED_S)
            raise SignInRefused("Tên đăng nhập hoặc mật khẩu không đúng.") from None
        if not may:
            engine.dispose()
            raise NotAReviewer(
                "Tài khoản này chỉ được xem, không được sửa: đề nghị quản trị viên cấp quyền"
                " (./kho desk admit)."
            )
        word = secrets.token_urlsafe(32)
        with self._one:
            self._make_room()
            self._open[word] = Session(name, engine)
        return word

    def of(self, cookies: Mapping[str, str]) -> Session:
        """Return who is signed in, and take it for a move.

        Raises:
            SignedOut: nobody, or not any more.
        """
        word = cookies.get(COOKIE, "")
        with self._one:
            session = self._open.get(word)
            if session is not None and time.monotonic() - session.moved_at < IDLE_S:
                session.moved_at = time.monotonic()
                return session
        self.sign_out(cookies)
        raise SignedOut("Hãy đăng nhập lại.")

    def sign_out(self, cookies: Mapping[str, str]) -> None:
        """Forget who was signed in, and close their connections."""
        with self._one:
            session = self._open.pop(cookies.get(COOKIE, ""), None)
        if session is not None:
            session.engine.dispose()

    def close(self) -> None:
        """Sign everybody out."""
        for word in list(self._open):
            self.sign_out({COOKIE: word})

    def _make_room(self) -> None:
        now = time.monotonic()
        by_age = sorted(self._open, key=lambda word: self._open[word].moved_at)
        gone = [word for word in by_age if now - self._open[word].moved_at >= IDLE_S]
        for word in {*gone, *by_age[: max(0, len(by_age) - MOST + 1)]}:
            self._open.pop(word).engine.dispose()


def require_ours(session: Session | None, headers: Mapping[str, str], csrf: str = "") -> None:
    """Return if a request that changes something came from a page of this desk.

    Raises:
        RequestForged: another site sent it, or it does not know the session's secret.
    """
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise RequestForged("Yêu cầu không đến từ bàn rà soát.")
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2] != headers.get("host"):
        raise RequestForged("Yêu cầu không đến từ bàn rà soát.")
    if session is not None:
        given = headers.get("x-csrf") or csrf
        if not hmac.compare_digest(given.encode(), session.csrf.encode()):
            raise RequestForged("Trang đã cũ: tải lại trang.")
