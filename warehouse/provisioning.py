"""Roles, databases and extensions on a server: made where we may, named as missing where not."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from warehouse.errors import DatabaseMissing

ANALYSTS = "kho_analyst"
REVIEWERS = "kho_reviewer"
EXTENSIONS = ("vector", "pg_trgm", "unaccent")


def provide_owner(admin: sa.Connection, owner: str, password: str | None) -> None:
    """See to it that the owner may log in with this password and may make analysts' roles."""
    name = _quoted(admin, owner)
    if not _exists(admin, "pg_roles", "rolname", owner):
        admin.exec_driver_sql(f"create role {name} login createrole")
    if password is not None:
        admin.exec_driver_sql(f"alter role {name} password '{verifier(admin, owner, password)}'")
    for group in (ANALYSTS, REVIEWERS):
        if not _exists(admin, "pg_roles", "rolname", group):
            admin.exec_driver_sql(f"create role {group} nologin")
        if not _is_superuser(admin, owner):
            admin.exec_driver_sql(f"grant {group} to {name} with admin option")


def provide_database(connection: sa.Connection, database: str, owner: str) -> str | None:
    """Create ``database`` if it is not there; return what is missing if we may not."""
    if _exists(connection, "pg_database", "datname", database):
        return None
    name, whose = _quoted(connection, database), _quoted(connection, owner)
    wish = f"create database {name} owner {whose} encoding 'UTF8' template template0"
    if not _may(connection, "rolcreatedb"):
        return f"database {database} is not there and this role may not make it: {wish}"
    connection.exec_driver_sql(wish)
    # Analysts come in by grant alone, and the orchestrator's records are none of their business.
    connection.exec_driver_sql(f"revoke all on database {name} from public")
    return None


def provide_extensions(connection: sa.Connection) -> Iterator[str]:
    """Create the extensions the server offers; yield what is missing."""
    for extension in EXTENSIONS:
        if not _exists(connection, "pg_available_extensions", "name", extension):
            yield f"extension {extension} is not installed on the server: search does without"
            continue
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(f"create extension if not exists {extension}")
        except DBAPIError:
            yield f"extension {extension}: this role may not make it: create extension {extension}"


def require_groups(connection: sa.Connection) -> None:
    """Refuse to go on where a group of people neither is there nor may be made."""
    for group in (ANALYSTS, REVIEWERS):
        if not _exists(connection, "pg_roles", "rolname", group) and not _may(
            connection, "rolcreaterole"
        ):
            raise DatabaseMissing(
                f"role {group} is not there and this role may not make it; ask the server's "
                f"administrator for: create role {group} nologin"
            )


def admit_analysts(connection: sa.Connection) -> Iterator[str]:
    """Let analysts into this database, and nobody in by default; yield what is missing.

    Not a migration: a dump restored into another database carries no rights on the database.
    """
    name = _quoted(
        connection, str(connection.exec_driver_sql("select current_database()").scalar())
    )
    wish = f"grant connect on database {name} to {ANALYSTS}"
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(wish)
    except DBAPIError:
        yield f"analysts may not be able to log in; ask the database's owner for: {wish}"


def _exists(connection: sa.Connection, catalog: str, column: str, name: str) -> bool:
    query = sa.text(f"select exists (select from pg_catalog.{catalog} where {column} = :name)")  # noqa: S608
    return bool(connection.scalar(query, {"name": name}))


def _may(connection: sa.Connection, right: str) -> bool:
    query = f"select {right} or rolsuper from pg_catalog.pg_roles where rolname = current_user"  # noqa: S608
    return bool(connection.exec_driver_sql(query).scalar())


def _is_superuser(connection: sa.Connection, role: str) -> bool:
    query = sa.text("select rolsuper from pg_catalog.pg_roles where rolname = :role")
    return bool(connection.scalar(query, {"role": role}))


def _quoted(connection: sa.Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)


def verifier(connection: sa.Connection, role: str, password: str) -> str:
    """Return the SCRAM verifier of a password, so that the server never sees the password."""
    raw: Any = connection.connection.driver_connection
    secret: bytes = raw.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return secret.decode()
