"""The embedded PostgreSQL server: a cluster of our own, on loopback, with passwords and checksums.

Its programs come from a wheel, so that a machine needs nothing installed. Use a PostgreSQL of
your own wherever one is run for you; the rest of the warehouse sees only a URL.
"""

import fcntl
import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import psycopg
import sqlalchemy as sa

from warehouse import cluster, postmaster
from warehouse.errors import ClusterUnusable, ServerNotReady
from warehouse.place import SEATS, Place, settle

OWNER = "kho"


class EmbeddedServer:
    """One embedded server; any number of these, in any process, may speak for the same home."""

    def __init__(self, home: Path, port: int = 0, *, seats: Path = SEATS) -> None:
        """Speak for the server of ``home``; nothing is touched until it is started.

        Port 0 means: choose a free one, and keep to it. ``seats`` is where the server of a home
        that an unprivileged user cannot reach lies when root starts it.
        """
        self._home = home
        self._port = port
        self._seats = seats

    @cached_property
    def place(self) -> Place:
        """Where this server lies; as root that may be outside its home."""
        return settle(self._home, self._seats)

    def start(self, seconds: float = 60) -> None:
        """Serve: make the cluster if there is none, reuse a running one, recover a killed one."""
        data = self.place.data
        with self._alone():
            if not postmaster.wait_until_ready(data, seconds, answers=self._answers):
                cluster.create(self.place)
                postmaster.clear_stale_lock(data)
                cluster.launch(self.place, cluster.choose_port(self.place, self._port), seconds)
                if not postmaster.wait_until_ready(data, seconds, answers=self._answers):
                    raise ServerNotReady("PostgreSQL went away while starting: start it again.")
            cluster.write_privately(self.place.port_file, str(self.port))

    def stop(self, seconds: float = 30) -> None:
        """Stop serving; leaves no process and no port."""
        if self._has_place():
            with self._alone():
                postmaster.stop(self.place.data, seconds)

    def is_running(self) -> bool:
        """Whether a live server serves this home."""
        return self._has_place() and postmaster.serving(self.place.data) is not None

    @property
    def port(self) -> int:
        """The port of the running server, else the one it will try first; 0 if none is known."""
        if not self._has_place():
            return self._port
        lock = postmaster.serving(self.place.data)
        return lock.port if lock else self._port or cluster.kept_port(self.place)

    def url(self, database: str = OWNER, user: str = OWNER, driver: str = "psycopg") -> str:
        """Return the URL of ``database`` as ``user``, the driver named, the password in it."""
        if not self.port:
            raise ServerNotReady("the embedded server was never started: start it first.")
        return sa.URL.create(
            f"postgresql+{driver}",
            username=user,
            password=self.password(user),
            host=cluster.LOOPBACK,
            port=self.port,
            database=database,
        ).render_as_string(hide_password=False)

    def superuser_url(self, database: str = "postgres", driver: str = "psycopg") -> str:
        """Return the URL of the one role that may create roles, databases and extensions."""
        return self.url(database, cluster.SUPERUSER, driver)

    def password(self, user: str) -> str:
        """Return the password of ``user``: the superuser's is kept, all others follow from it."""
        try:
            secret = self.place.password_file.read_text()
        except FileNotFoundError:
            raise ServerNotReady("the embedded server has no password yet: start it.") from None
        if user == cluster.SUPERUSER:
            return secret
        return hmac.new(secret.encode(), user.encode(), hashlib.sha256).hexdigest()

    def _answers(self, port: int) -> bool:
        try:
            psycopg.connect(
                host=cluster.LOOPBACK,
                port=port,
                user=cluster.SUPERUSER,
                password=self.password(cluster.SUPERUSER),
                dbname="postgres",
                connect_timeout=5,
            ).close()
        except psycopg.OperationalError as error:
            # The client library gives no code for this; the server speaks English (LC_ALL=C).
            if "password authentication failed" not in str(error):
                return False
            raise ClusterUnusable(
                f"{self.place.password_file} does not fit the server: put the right one back."
            ) from None
        return True

    def _has_place(self) -> bool:
        return "place" in vars(self) or (self._home / "postgres").is_dir()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep others who start or stop the same server out meanwhile."""
        with (self.place.folder / "lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
