"""Servers and fresh databases for tests."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import sqlalchemy as sa

from warehouse.database import prepare
from warehouse.embedded import OWNER


class Server(Protocol):
    """What tests ask of a server."""

    def url(self, database: str = OWNER, user: str = OWNER, driver: str = "psycopg") -> str: ...

    def superuser_url(self, database: str = "postgres", driver: str = "psycopg") -> str: ...


class GivenServer:
    """A server somebody else runs, known by the URL of a role that may make databases."""

    def __init__(self, url: str) -> None:
        self._url = sa.make_url(url)
        self._secret = secrets.token_hex(16)

    def url(self, database: str = OWNER, user: str = OWNER, driver: str = "psycopg") -> str:
        return self._render(database, driver, user, self._secret)

    def superuser_url(self, database: str = "postgres", driver: str = "psycopg") -> str:
        return self._render(database, driver, self._url.username, self._url.password)

    def _render(self, database, driver, user, password) -> str:
        changed = self._url.set(
            drivername=f"postgresql+{driver}", username=user, password=password, database=database
        )
        return changed.render_as_string(hide_password=False)


@contextmanager
def fresh_database(
    server: Server, *, template: str = "template0", migrated: bool = False
) -> Iterator[str]:
    """Make a database of the owner's, migrated or copied from ``template``, and drop it after."""
    name = f"kho_test_{secrets.token_hex(6)}"
    if migrated:
        prepare(server.url(name), admin_url=server.superuser_url())
    else:
        administer(server, f"create database {name} owner {OWNER} template {template}")
    try:
        yield name
    finally:
        administer(server, f"drop database if exists {name} with (force)")


def administer(server: Server, *statements: str, database: str = "postgres") -> None:
    """Run statements as the server's administrator, each on its own."""
    engine = sa.create_engine(
        server.superuser_url(database), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
    )
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
