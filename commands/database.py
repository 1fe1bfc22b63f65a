"""`kho psql`: a SQL prompt on the warehouse, as its owner or as one agency's analyst."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa

from commands.processes import ProcessStopped
from orchestration.settings import settings
from warehouse import database, programs, roles
from warehouse.embedded import EmbeddedServer

_LOGINS = sa.text("select rolname from pg_roles where rolname = :name and rolcanlogin")


def psql(agency: str, arguments: Sequence[str]) -> None:
    """Become psql, connected to the warehouse; the password goes by environment, never by argv."""
    url = sa.make_url(address(agency))
    env = dict(os.environ) | {
        "PGHOST": url.host or "",
        "PGPORT": str(url.port or 5432),
        "PGDATABASE": url.database or "",
        "PGUSER": url.username or "",
        "PGPASSWORD": str(url.password or ""),
        "PGCLIENTENCODING": "UTF8",
        "PGAPPNAME": "kho psql",
    }
    program = programs.installed() / "bin" / "psql"
    os.execve(program, [str(program), "-X", *arguments], env)


@contextmanager
def opened() -> Iterator[sa.Engine]:
    """Give the warehouse's engine, as its owner; none of its connections outlives the command."""
    engine = database.engine(address())
    try:
        yield engine
    finally:
        engine.dispose()


def address(agency: str = "") -> str:
    """Return the warehouse's address: its owner's, or an analyst's of the sample city."""
    chosen = settings()
    if chosen.database_url:
        if agency:
            raise ProcessStopped(
                "--agency works with the embedded sample city, whose passwords kho derives; "
                "on your own server log in with psql and the password you gave that analyst"
            )
        return chosen.database_url
    server = EmbeddedServer(chosen.home, chosen.postgres_port)
    if not server.is_running():
        raise ProcessStopped("the database is not running; start it with ./kho up")
    if not agency:
        return server.url()
    name = roles.analyst_name(agency)
    with database.engine(server.url()).connect() as asking:
        is_known = asking.scalar(_LOGINS, {"name": name}) is not None
    if not is_known:
        raise ProcessStopped(
            f"there is no analyst of agency {agency!r} yet; ./kho demo lets those of its city in"
        )
    return server.url(user=name)
