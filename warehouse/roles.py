"""Who may see what: login roles of analysts, each tied to an agency.

What a role then sees is decided by the row security of the marts, which asks
``sec.current_agencies()``.
"""

import re

import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.exc import ProgrammingError

from warehouse.errors import AgencyCodeUnusable, PrivilegeMissing
from warehouse.provisioning import ANALYSTS, verifier

# A forgotten transaction would hold up the next build, which replaces the tables it has read.
PATIENCE = {"idle_in_transaction_session_timeout": "5min", "statement_timeout": "15min"}
LONGEST_NAME = 63  # PostgreSQL cuts longer ones off, silently
USABLE = re.compile(r"[a-z0-9_]+", re.ASCII)


def analyst_name(agency_code: str) -> str:
    """Return the name of the login role of an agency's analyst."""
    name = f"analyst_{agency_code.lower().replace('.', '_')}"
    if not agency_code or not USABLE.fullmatch(name) or len(name) > LONGEST_NAME:
        raise AgencyCodeUnusable(
            "an agency code that names a role has letters a-z, digits, dots and underscores, "
            f"{LONGEST_NAME - len('analyst_')} at most: correct it in agencies.csv."
        )
    return name


def ensure_analyst(engine: sa.Engine, agency_code: str, password: str) -> str:
    """See to it that the agency's analyst can log in with this password, and return the role.

    ``engine`` is the owner's. Doing it again sets the password anew and changes nothing else.
    """
    name = analyst_name(agency_code)
    try:
        with engine.begin() as connection:
            _refuse_another_agency(connection, name, agency_code)
            _provide_role(connection, name, password)
            _grant_agency(connection, name, agency_code)
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != "42501":
            raise
        raise PrivilegeMissing(
            f"this role may not make or change {name}; ask the server's administrator for: "
            f"alter role OWNER createrole; grant {ANALYSTS} to OWNER with admin option"
        ) from None
    return name


def _refuse_another_agency(connection: sa.Connection, name: str, agency_code: str) -> None:
    """Refuse a code whose role serves another code already: ``A.1`` and ``a_1`` are one name."""
    held = sa.text("select agency_code from sec.role_agency where role_name = :name")
    for other in connection.scalars(held, {"name": name}):
        # A role may be given further agencies by hand; only a shared name is a mistake.
        if other != agency_code and analyst_name(other) == name:
            raise AgencyCodeUnusable(
                f"role {name} serves the agency {other}: codes must differ by more than case and "
                "dots."
            )


def _provide_role(connection: sa.Connection, name: str, password: str) -> None:
    there = sa.text("select exists (select from pg_catalog.pg_roles where rolname = :name)")
    role, group = sql.Identifier(name), sql.Identifier(ANALYSTS)
    if not connection.scalar(there, {"name": name}):
        _run(connection, sql.SQL("create role {} login").format(role))
    secret = sql.Literal(verifier(connection, name, password))
    _run(connection, sql.SQL("alter role {} login password {}").format(role, secret))
    _run(connection, sql.SQL("grant {} to {}").format(group, role))
    for setting, limit in PATIENCE.items():
        name_of, value = sql.Identifier(setting), sql.Literal(limit)
        _run(connection, sql.SQL("alter role {} set {} = {}").format(role, name_of, value))


def _grant_agency(connection: sa.Connection, name: str, agency_code: str) -> None:
    row = "insert into sec.role_agency (role_name, agency_code) values (:name, :code)"
    connection.execute(
        sa.text(f"{row} on conflict do nothing"), {"name": name, "code": agency_code}
    )


def _run(connection: sa.Connection, statement: sql.Composed) -> None:
    """Run a statement that takes no parameters; its names and literals are quoted already."""
    connection.exec_driver_sql(statement.as_string())
