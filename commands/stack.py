"""The whole stack of one home: its processes, and the order in which they start and stop."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa

from commands import ports, sample_registry
from commands.processes import Records, Running
from orchestration import services
from orchestration.settings import Settings, settings
from warehouse import database
from warehouse.embedded import EmbeddedServer

Say = Callable[[str], object]
NAMES = ("code-location", "daemon", "webserver")  # Dagster's own, in starting order


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the database is: the warehouse for our rooms, the instance for Dagster."""

    warehouse: str
    instance: str


class Stack:
    """Database, sample registry, code location, daemon and web interface of one home."""

    def __init__(self, chosen: Settings) -> None:
        """Look after the stack that ``chosen`` settings describe."""
        self.settings = chosen
        self.records = Records(chosen.home)
        self.server = EmbeddedServer(chosen.home, chosen.postgres_port)
        self._missing: tuple[str, ...] = ()

    @classmethod
    def of_this_home(cls) -> "Stack":
        """Return the stack of the home that the environment names."""
        return cls(settings())

    @property
    def web_address(self) -> str | None:
        """Address of the running Dagster UI, or None."""
        running = self.records.find("webserver")
        return f"http://127.0.0.1:{running.port}" if running else None

    @cached_property
    def addresses(self) -> Addresses:
        """Start the database if it is ours, bring it to the newest schema, return where it is."""
        if self.settings.database_url is None:
            self.server.start()
            url, admin_url = self.server.url(), self.server.superuser_url()
            self._missing = database.prepare(url, admin_url=admin_url).missing
        else:
            url = self.settings.database_url
            self._missing = database.prepare(url).missing
        instance = sa.make_url(url).set(database=database.ORCHESTRATOR)
        return Addresses(url, instance.render_as_string(hide_password=False))

    def up(self, say: Say) -> None:
        """Start what does not run yet; a second call changes nothing."""
        with self._alone():
            self._up(say)

    def _up(self, say: Say) -> None:
        say(f"database       {sa.make_url(self.addresses.warehouse)!r}")  # repr hides the password
        for lack in self._missing:
            say(f"               without: {lack}")
        env = dict(os.environ) | services.environment(self.settings, self.addresses.instance)
        if self.settings.business_url is None:
            registry = sample_registry.start(self.settings, self.records)
            env |= registry.environment
            say(f"registry       {registry.url}")
        self._start_dagster(env, say)

    def _start_dagster(self, env: dict[str, str], say: Say) -> None:
        code = self.records.find("code-location")
        if code is None or code.port is None:
            for name in reversed(NAMES):  # the others follow its port
                self.records.stop(name)
            port = ports.free(self.settings.code_server_port)
            services.prepare_home(self.settings, port)
            code = self.records.start("code-location", services.code_server(port), env, port)
        code_port = code.port or 0
        self.records.wait_until(code, lambda: ports.listens(code_port))
        say(f"code location  127.0.0.1:{code_port}")
        if self.records.find("daemon") is None:
            self.records.start("daemon", services.daemon(self.settings), env)
        say("daemon         schedules, sensors, the run queue")
        web = self.records.find("webserver") or self._start_web(env)
        address = f"http://127.0.0.1:{web.port}"
        self.records.wait_until(web, lambda: ports.answers(f"{address}/server_info"))
        say(f"Dagster UI     {address}")

    def _start_web(self, env: dict[str, str]) -> Running:
        port = ports.free(self.settings.webserver_port)
        return self.records.start("webserver", services.webserver(self.settings, port), env, port)

    def down(self, say: Say) -> None:
        """Stop everything of this home, in reverse order; leaves no process and no port."""
        with self._alone():
            self._down(say)

    def _down(self, say: Say) -> None:
        for name in (*reversed(NAMES), sample_registry.NAME):
            if self.records.stop(name):
                say(f"stopped {name}")
        if self.settings.is_embedded and self.server.is_running():
            self.server.stop()
            say("stopped database")

    def status(self) -> tuple[list[str], bool]:
        """Return a line for each part, and whether all of them run."""
        rows = [("database", *self._database_state())]
        parts = [*NAMES] + ([sample_registry.NAME] if self.settings.business_url is None else [])
        for name in parts:
            running = self.records.find(name)
            answering = running and (running.port is None or ports.listens(running.port))
            place = f"pid {running.pid}" if running else ""
            if running and running.port:
                place += f", 127.0.0.1:{running.port}"
            state = "running" if answering else "starting" if running else "stopped"
            rows.append((name, state, place))
        lines = [f"{name:<15}{state:<10}{place}".rstrip() for name, state, place in rows]
        return lines, all(state == "running" for _, state, _ in rows)

    def _database_state(self) -> tuple[str, str]:
        if self.settings.database_url is not None:
            return _state_of(self.settings.database_url)
        if not self.server.is_running():
            return "stopped", f"data in {self.settings.home / 'postgres'}"
        return "running", f"127.0.0.1:{self.server.port}, data in {self.server.place.data}"

    def summary(self) -> str:
        """Return where to look."""
        places = {
            "UI": self.web_address or "not running",
            "Reports": (self.settings.reports / "index.html").as_uri(),
            "SQL": "./kho psql -c 'select * from marts.dim_document limit 5'",
            "Search": "./kho search 155/KH-UBND",
            "Tables": "./kho docs (every table and column, as one page)",
            "Inbox": f"{self.settings.inbox} (a folder with manifest.csv, scans, then _COMPLETE)",
            "Stop": "./kho down",
        }
        return "\n".join(f"{name:<10}{place}" for name, place in places.items())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep another `up` or `down` of this home waiting: two at once would start all twice."""
        with (self.settings.home / "run" / "lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield


def _state_of(url: str) -> tuple[str, str]:
    """Ask a server that somebody else runs."""
    try:
        with database.engine(url).connect():
            return "running", repr(sa.make_url(url))
    except sa.exc.SQLAlchemyError:
        return "stopped", f"{sa.make_url(url)!r} does not answer"
