"""Who may see what: login roles of analysts and reviewers, each tied to agencies.

What a role then sees is decided by the row security of the marts, which asks
``sec.current_agencies()``. A reviewer is one person, reads as an analyst, and may add to the
ledgers of review; an analyst may not.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.exc import ProgrammingError

from warehouse.errors import AgencyCodeUnusable, PrivilegeMissing, ReviewerUnnamed
from warehouse.provisioning import ANALYSTS, REVIEWERS, verifier

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
    with _changing(engine, name) as connection:
        _refuse_another_agency(connection, name, agency_code)
        _provide_role(connection, name, password, (ANALYSTS,))
        _grant_agency(connection, name, agency_code)
    return name


def reviewer_name(person: str) -> str:
    """Return the name of the login role of a reviewer."""
    name = f"reviewer_{person.lower()}"
    if not person or not USABLE.fullmatch(name) or len(name) > LONGEST_NAME:
        raise ReviewerUnnamed(
            "a reviewer's name has letters a-z, digits and underscores, "
            f"{LONGEST_NAME - len('reviewer_')} at most: one name, one person."
        )
    return name


def ensure_reviewer(
    engine: sa.Engine, person: str, agency_codes: Collection[str], password: str
) -> str:
    """See to it that a person can log in and review these agencies' documents; return the role.

    ``engine`` is the owner's. Doing it again sets the password anew and adds agencies.

    Raises:
        ReviewerUnnamed: the name cannot be one of a role, or no agency was given.
        PrivilegeMissing: the owner may not make roles here.
    """
    name = reviewer_name(person)
    if not any(code.strip() for code in agency_codes):
        raise ReviewerUnnamed("a reviewer reads documents of an agency: name one at least.")
    with _changing(engine, name) as connection:
        _provide_role(connection, name, password, (ANALYSTS, REVIEWERS))
        for code in agency_codes:
            _grant_agency(connection, name, code)
    return name


@contextmanager
def _changing(engine: sa.Engine, name: str) -> Iterator[sa.Connection]:
    """Give a transaction in which role ``name`` may be made; a missing right is named."""
    try:
        with engine.begin() as connection:
            yield connection
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != "42501":
            raise
        raise PrivilegeMissing(
            f"this role may not make or change {name}; ask the server's administrator for: "
            f"alter role OWNER createrole; grant {ANALYSTS}, {REVIEWERS} to OWNER with admin option"
        ) from None


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


def _provide_role(
    connection: sa.Connection, name: str, password: str, groups: Collection[str]
) -> None:
    there = sa.text("select exists (select from pg_catalog.pg_roles where rolname = :name)")
    role = sql.Identifier(name)
    if not connection.scalar(there, {"name": name}):
        _run(connection, sql.SQL("create role {} login").format(role))
    secret = sql.Literal(verifier(connection, name, password))
    _run(connection, sql.SQL("alter role {} login password {}").format(role, secret))
    for group in groups:
        _run(connection, sql.SQL("grant {} to {}").format(sql.Identifier(group), role))
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
