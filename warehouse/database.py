"""A database ready for the warehouse: made where we may, migrated, with what it can do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import ArgumentError, OperationalError, ProgrammingError

from warehouse import provisioning
from warehouse.errors import (
    DatabaseMissing,
    DriverUnnamed,
    PrivilegeMissing,
    ServerNotReady,
    ServerTooOld,
)

OLDEST = 15
ORCHESTRATOR = "dagster"
MIGRATING = 0x6B686F  # the advisory lock of whoever migrates: "kho"
MIGRATIONS = Path(__file__).with_name("migrations")


@dataclass(frozen=True, slots=True)
class Features:
    """What a database can do beyond the plain server."""

    vector: bool
    trgm: bool
    unaccent: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database at the newest migration; ``missing`` says in words what it does without."""

    features: Features
    missing: tuple[str, ...]


def prepare(url: str, *, admin_url: str | None = None) -> Prepared:
    """Make the database of ``url`` ready; doing it again changes nothing.

    ``url`` names the owner: that role makes and owns everything. ``admin_url`` names one that may
    make roles, databases and extensions (the embedded server's superuser); without it the owner
    makes what it may, and what it may not has to be there.
    """
    owner = _named(url)
    helper = _named(admin_url) if admin_url else owner
    missing = list(_provide(owner, helper))
    with _connected(helper.set(database=owner.database)) as connection:
        missing += provisioning.provide_extensions(connection)
    with _connected(owner) as connection:
        _migrate(connection)
        missing += provisioning.admit_analysts(connection)
        return Prepared(_features(connection), tuple(missing))


def engine(url: str) -> sa.Engine:
    """Return an engine whose errors never show parameters."""
    return sa.create_engine(_named(url), pool_pre_ping=True, hide_parameters=True)


def connection_string(url: str) -> str:
    """Return ``url`` as PostgreSQL's own client library reads it; not for showing."""
    return _named(url).set(drivername="postgresql").render_as_string(hide_password=False)


def features(engine: sa.Engine) -> Features:
    """Return what this database can do beyond the plain server."""
    with engine.connect() as connection:
        return _features(connection)


def refuse_old(version: int) -> None:
    """Refuse a server older than the views of the marts need (``security_invoker``)."""
    if version < OLDEST * 10_000:
        raise ServerTooOld(
            f"the server is PostgreSQL {version // 10_000}; the warehouse needs {OLDEST} or newer."
        )


def _provide(owner: sa.URL, helper: sa.URL) -> Iterator[str]:
    """See to the owner's role and both databases; yield what the warehouse can do without."""
    name, role = owner.database or "", owner.username or ""
    with _maintaining(helper, name) as server:
        refuse_old(int(server.scalar(sa.text("show server_version_num"))))
        if helper is not owner:
            provisioning.provide_owner(server, role, owner.password)
        provisioning.require_groups(server)
        lack = provisioning.provide_database(server, name, role)
        if lack:
            raise DatabaseMissing(lack)
        lack = provisioning.provide_database(server, ORCHESTRATOR, role)
        if lack:
            yield lack


def _migrate(connection: sa.Connection) -> None:
    """Run every migration that has not run yet, all in one transaction, one caller at a time."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATING)))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != "42501":
            raise
        raise PrivilegeMissing(
            f"the server said: {error.orig}. Let the database's owner prepare it, or pass the "
            "URL of an administrator."
        ) from error


def _features(connection: sa.Connection) -> Features:
    found = set(connection.scalars(sa.text("select extname from pg_catalog.pg_extension")))
    return Features("vector" in found, "pg_trgm" in found, "unaccent" in found)


def _named(url: str) -> sa.URL:
    """Refuse a URL without a driver: what it then means depends on SQLAlchemy's version."""
    try:
        parsed = sa.make_url(url)
    except ArgumentError:
        parsed = sa.URL.create("unreadable")
    if parsed.drivername not in {"postgresql+psycopg", "postgresql+psycopg2"}:
        raise DriverUnnamed(
            "write the database URL with its driver: postgresql+psycopg://USER:PASSWORD@HOST/NAME"
        )
    return parsed


@contextmanager
def _maintaining(url: sa.URL, fallback: str) -> Iterator[sa.Connection]:
    """Connect to a database that is there for sure, so that others can be made from it."""
    try:
        with _connected(url.set(database="postgres"), "AUTOCOMMIT") as connection:
            yield connection
    except ServerNotReady:
        with _connected(url.set(database=fallback), "AUTOCOMMIT") as connection:
            yield connection


@contextmanager
def _connected(url: sa.URL, isolation: str = "READ COMMITTED") -> Iterator[sa.Connection]:
    ours = url.set(drivername="postgresql+psycopg")
    once = sa.create_engine(
        ours, poolclass=sa.NullPool, hide_parameters=True, isolation_level=isolation
    )
    try:
        connection = once.connect()
    except OperationalError as error:
        raise ServerNotReady(
            f"no way into {url.database} at {url.host}:{url.port} as {url.username}: {error.orig}"
        ) from error
    with connection, connection.begin():
        yield connection
