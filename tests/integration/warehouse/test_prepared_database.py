"""Preparing a database: everything made where we may, everything else named."""

import re
import secrets
import threading

import pytest
import sqlalchemy as sa

from tests.support.servers import administer
from warehouse import provisioning
from warehouse.database import Features, engine, features, prepare, refuse_old
from warehouse.errors import DatabaseMissing, DriverUnnamed, ServerNotReady, ServerTooOld
from warehouse.schema import RAW


@pytest.fixture
def name(server):
    """A name for a database and for its role, both gone after the test."""
    name = f"kho_test_{secrets.token_hex(6)}"
    yield name
    administer(
        server, f"drop database if exists {name} with (force)", f"drop role if exists {name}"
    )


def outsider(server, name: str, *, database: str | None = None) -> str:
    """Return the URL of an ordinary role that may make nothing on the server."""
    administer(server, f"create role {name} login password 'x'")
    url = sa.make_url(server.url(database or name)).set(username=name, password="x")
    return url.render_as_string(hide_password=False)


def test_everything_is_made_and_owned_by_the_owner(server, name):
    prepared = prepare(server.url(name), admin_url=server.superuser_url())
    with engine(server.url(name)).connect() as connection:
        owners = connection.exec_driver_sql(
            "select distinct nspowner::regrole::text from pg_namespace "
            "where nspname in ('raw', 'staging', 'intermediate', 'marts', 'sec')"
        )
        assert list(owners.scalars()) == ["kho"]
        assert len(sa.inspect(connection).get_table_names("raw")) == len(RAW.tables)
    assert prepared.features == features(engine(server.url(name)))
    with engine(server.url("dagster")).connect() as connection:
        assert connection.scalar(sa.text("select current_user")) == "kho"


def test_the_embedded_server_has_every_extension(server, name):
    if not hasattr(server, "place"):
        pytest.skip("a given server has the extensions it has")
    prepared = prepare(server.url(name), admin_url=server.superuser_url())
    assert prepared.features == Features(vector=True, trgm=True, unaccent=True)
    assert prepared.missing == ()


def test_preparing_again_changes_nothing(server, name):
    first = prepare(server.url(name), admin_url=server.superuser_url())
    with engine(server.url(name)).begin() as connection:
        connection.exec_driver_sql("insert into sec.role_agency values ('r', 'a')")
    assert prepare(server.url(name), admin_url=server.superuser_url()) == first
    assert prepare(server.url(name)).features == first.features
    with engine(server.url(name)).connect() as connection:
        assert connection.scalar(sa.text("select count(*) from sec.role_agency")) == 1


def test_preparing_from_several_places_at_once_is_safe(server, name):
    prepare(server.url(name), admin_url=server.superuser_url())
    with engine(server.url(name)).begin() as connection:
        connection.exec_driver_sql(
            "drop schema raw, ledger, staging, intermediate, marts, sec, search, changes cascade"
        )
        connection.exec_driver_sql("drop table public.alembic_version")
    failures = []

    def one():
        try:
            prepare(server.url(name))
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_role_that_may_make_nothing_uses_what_is_there(server, name, template_database):
    url = outsider(server, name)
    administer(server, f"create database {name} owner {name}")
    prepared = prepare(url)
    assert len(sa.inspect(engine(url)).get_table_names("raw")) == len(RAW.tables)
    assert prepared.features.trgm  # trusted: the database's owner may make it


def test_what_may_not_be_made_is_named_with_the_statement_to_ask_for(
    server, name, monkeypatch, template_database
):
    url = outsider(server, name)
    with pytest.raises(DatabaseMissing, match=f"create database {name} owner {name}"):
        prepare(url)
    administer(server, f"create database {name} owner {name}")
    monkeypatch.setattr(provisioning, "ANALYSTS", "nobody_made_this_group")
    with pytest.raises(DatabaseMissing, match="create role nobody_made_this_group nologin"):
        prepare(url)
    monkeypatch.undo()
    monkeypatch.setattr("warehouse.database.ORCHESTRATOR", "nobody_made_this")
    missing = prepare(url).missing
    assert any(f"create database nobody_made_this owner {name}" in lack for lack in missing)
    assert all(re.search(r"create (database|extension)|not installed", lack) for lack in missing)


def test_extensions_the_server_lacks_are_named_and_done_without(server, name, monkeypatch):
    monkeypatch.setattr(provisioning, "EXTENSIONS", ("nobody_wrote_this", "unaccent"))
    prepared = prepare(server.url(name), admin_url=server.superuser_url())
    assert prepared.features == Features(vector=False, trgm=False, unaccent=True)
    assert len(prepared.missing) == 1
    assert "nobody_wrote_this" in prepared.missing[0]


def test_a_stranger_gets_into_neither_database(server, name, template_database):
    prepare(server.url(name), admin_url=server.superuser_url())
    stranger = f"{name}_s"
    outsider(server, stranger)
    try:
        for database in (name, "dagster"):
            url = sa.make_url(server.url(database)).set(username=stranger, password="x")
            with pytest.raises(sa.exc.OperationalError, match="CONNECT privilege"):
                sa.create_engine(url, poolclass=sa.NullPool).connect()
    finally:
        administer(server, f"drop role {stranger}")


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg", "sqlite"])
def test_a_url_that_does_not_name_its_driver_is_refused_without_being_shown(scheme):
    for use in (prepare, engine):
        with pytest.raises(DriverUnnamed, match=r"postgresql\+psycopg://") as caught:
            use(f"{scheme}://kho:hush-hush@127.0.0.1/kho")
        assert "hush" not in str(caught.value)


def test_no_way_in_is_named_without_the_password(server):
    url = sa.make_url(server.url()).set(username="nobody_here", password="hush-hush")
    with pytest.raises(ServerNotReady, match="nobody_here") as caught:
        prepare(url.render_as_string(hide_password=False))
    assert "hush" not in str(caught.value)


def test_an_old_server_is_refused_by_version():
    refuse_old(150_000)
    with pytest.raises(ServerTooOld, match="PostgreSQL 14"):
        refuse_old(140_012)


def test_an_engines_errors_never_show_parameters(database_url):
    with engine(database_url).connect() as connection:
        statement = sa.text("select :canary from nowhere")
        with pytest.raises(sa.exc.DBAPIError) as caught:
            connection.execute(statement, {"canary": "079012345678"})
    assert "079012345678" not in str(caught.value)
