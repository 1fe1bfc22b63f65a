"""Analysts log in, see marts of their agency, and nothing else."""

import secrets

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError

from tests.support.servers import administer
from warehouse.database import engine
from warehouse.errors import AgencyCodeUnusable, PrivilegeMissing
from warehouse.roles import analyst_name, ensure_analyst

MART = """
    create table marts.dim_document (document_id text, agency_code text);
    insert into marts.dim_document values ('a', '{mine}'), ('b', 'OTHER'), ('c', null);
    alter table marts.dim_document enable row level security;
    alter table marts.dim_document force row level security;
    create policy analysts on marts.dim_document for select to kho_analyst
        using (dim_document.agency_code = any ((select sec.current_agencies())::text[]));
    create policy builder on marts.dim_document to kho using (true) with check (true);
    grant select on marts.dim_document to kho_analyst;
"""


@pytest.fixture
def code(server):
    """An agency code no other test uses; its role is gone after the test."""
    code = f"H{secrets.token_hex(3)}.01"
    yield code
    administer(server, f"drop role if exists {analyst_name(code)}")


@pytest.fixture
def owner(database_url):
    made = engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def ask(owner, database_url):
    """Ask one question as an analyst."""

    def as_analyst(role: str, password: str, question: str) -> list:
        url = sa.make_url(database_url).set(username=role, password=password)
        one = sa.create_engine(url, poolclass=sa.NullPool)
        with one.connect() as connection:
            return list(connection.exec_driver_sql(question).scalars())

    yield as_analyst
    with owner.begin() as connection:  # a role with grants cannot be dropped
        connection.exec_driver_sql("drop schema if exists marts cascade")


def build(owner, code):
    with owner.begin() as connection:
        for statement in MART.format(mine=code).split(";"):
            connection.exec_driver_sql(statement)


def test_an_analyst_sees_the_rows_of_its_agency_alone(owner, ask, code):
    build(owner, code)
    role = ensure_analyst(owner, code, "secret")
    assert ask(role, "secret", "select document_id from marts.dim_document") == ["a"]
    with owner.connect() as connection:
        assert connection.scalar(sa.text("select count(*) from marts.dim_document")) == 3


def test_an_analyst_with_no_agency_sees_no_row(owner, ask, code):
    build(owner, code)
    role = ensure_analyst(owner, code, "secret")
    with owner.begin() as connection:
        connection.exec_driver_sql("delete from sec.role_agency")
    assert ask(role, "secret", "select document_id from marts.dim_document") == []


def test_a_mart_rebuilt_tomorrow_is_readable_without_another_grant(owner, ask, code):
    role = ensure_analyst(owner, code, "secret")
    build(owner, code)
    assert ask(role, "secret", "select document_id from marts.dim_document") == ["a"]


@pytest.mark.parametrize(
    "question",
    [
        "select page_text from raw.digitization__pages",
        "select count(*) from raw.catalog__agencies",
        "select * from staging.anything",
        "select * from intermediate.anything",
        "select role_name from sec.role_agency",
        "select sec.current_agencies()",
        "create table marts.mine (a int)",
        "create table public.mine (a int)",
        "create schema mine",
        "insert into marts.dim_document values ('x', 'y') returning 1",
        "delete from marts.dim_document returning 1",
        "alter table marts.dim_document disable row level security",
        "set role kho",
        "copy (select 1) to '/dev/null'",
    ],
)
def test_an_analyst_may_do_nothing_but_read_marts(owner, ask, code, question):
    build(owner, code)
    role = ensure_analyst(owner, code, "secret")
    with pytest.raises(DBAPIError, match=r"permission denied|must be (owner|superuser)"):
        ask(role, "secret", question)


def test_nobody_else_may_ask_who_sees_what(owner, server, database_url, code):
    name = analyst_name(code)
    administer(server, f"create role {name} login password 'x'")
    url = sa.make_url(database_url).set(username=name, password="x")
    with (
        sa.create_engine(url, poolclass=sa.NullPool).connect() as connection,
        pytest.raises(DBAPIError, match="permission denied"),
    ):
        connection.exec_driver_sql("select sec.current_agencies()")


def test_asking_again_changes_the_password_and_nothing_else(owner, ask, code):
    role = ensure_analyst(owner, code, "old")
    assert ensure_analyst(owner, code, "n'e\"w%s") == role
    with pytest.raises(OperationalError, match="password"):
        ask(role, "old", "select 1")
    assert ask(role, "n'e\"w%s", "select 1") == [1]
    with owner.connect() as connection:
        rows = connection.execute(sa.text("select role_name, agency_code from sec.role_agency"))
        assert [tuple(row) for row in rows] == [(role, code)]


def test_a_role_is_named_after_its_agency():
    assert analyst_name("000.00.01.H26") == "analyst_000_00_01_h26"


@pytest.mark.parametrize("code", ["", "x;drop role kho", 'x" superuser', "Đ1", "a b", "A" * 60])
def test_a_code_that_cannot_name_a_role_is_refused(owner, code):
    with pytest.raises(AgencyCodeUnusable):
        ensure_analyst(owner, code, "secret")


def test_two_codes_with_one_role_name_are_refused(owner, code):
    ensure_analyst(owner, code, "secret")
    with pytest.raises(AgencyCodeUnusable, match="more than case"):
        ensure_analyst(owner, code.replace(".", "_"), "secret")


def test_a_role_given_a_second_agency_keeps_it(owner, ask, code):
    role = ensure_analyst(owner, code, "secret")
    build(owner, code)
    with owner.begin() as connection:
        connection.execute(sa.text(f"insert into sec.role_agency values ('{role}', 'OTHER')"))
    ensure_analyst(owner, code, "secret")
    seen = ask(role, "secret", "select document_id from marts.dim_document order by 1")
    assert seen == ["a", "b"]


def test_an_owner_who_may_not_make_roles_says_what_to_ask_for(owner, server, code):
    administer(server, "alter role kho nocreaterole")
    try:
        with pytest.raises(PrivilegeMissing, match="createrole"):
            ensure_analyst(owner, code, "secret")
    finally:
        administer(server, "alter role kho createrole")


def test_a_table_nobody_granted_is_out_of_reach(database_url):
    """A mart built without the hook that secures it must not be readable by accident."""
    with engine(database_url).begin() as connection:
        connection.exec_driver_sql("create table marts.bare (agency_code text)")
        readable = "select has_table_privilege('kho_analyst', 'marts.bare', 'select')"
        assert connection.exec_driver_sql(readable).scalar() is False


@pytest.mark.parametrize(
    ("setting", "limit"),
    [("idle_in_transaction_session_timeout", "5min"), ("statement_timeout", "15min")],
)
def test_an_analyst_who_forgets_a_transaction_does_not_hold_up_a_build(
    owner, ask, code, setting, limit
):
    role = ensure_analyst(owner, code, "secret")
    assert ask(role, "secret", f"show {setting}") == [limit]
