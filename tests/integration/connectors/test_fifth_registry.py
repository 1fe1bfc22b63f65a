"""A registry nobody has foreseen, added by the checklist of connectors/README.md and nothing else.

The test writes the folder, with pages of a shape that no other registry has, lets a real server
answer it, and pulls it into a real database through the assets every registry gets.
"""

import importlib
import socket
import sys
import threading
from contextlib import contextmanager
from textwrap import dedent

import dagster as dg
import pytest
import sqlalchemy as sa
import uvicorn
from alembic.migration import MigrationContext
from alembic.operations import Operations

from demo.registry.app import TOKEN, SampleRegistry
from demo.registry.faults import Dice, Faults
from demo.registry.served import Served, days
from demo.registry.shelf import Shelf
from demo.registry.tokens import Client, TokenDesk
from orchestration.settings import settings
from tests.support.registries import DAY
from warehouse.database import engine
from warehouse.migrations.making import make
from warehouse.schema import RAW
from warehouse.tables.form import BOOL, INSTANT, NUMERIC, TEXT
from warehouse.tables.registries import registry_tables

FOLDER = {
    "__init__.py": '"""An invented register of ferries."""\n',
    "contract.py": '''
        """What was agreed with the register of ferries."""

        from connectors.contract import Contract, Field, Pii
        from connectors.kinds import moment, number, text, truth

        FERRIES = Contract(
            entity="ferries__ferries",
            owner="TEST OWNER",
            key="ferry_id",
            cadence="daily",
            purpose="show that a registry is a folder",
            legal_basis="none: invented",
            fields=(
                Field("ferry_id", "so", text, Pii.NONE, is_required=True),
                Field("owner_name", "chu", text, Pii.DIRECT),
                Field("load_tonnes", "tan", number, Pii.NONE),
                Field("changed_at", "luc", moment, Pii.NONE, is_required=True),
                Field("is_deleted", "xoa", truth, Pii.NONE, absent=False),
            ),
        )
    ''',
    "registry.py": '''
        """The register of ferries: pages are counted from 0 and say how many items there are."""

        from functools import partial

        from connectors.errors import RegistryMisbehaved
        from connectors.key_list import KeyList, KeyShape
        from connectors.pull import Pull
        from connectors.source import Source
        from ferries.contract import FERRIES

        CHANGES, KEYS = "/ferries/v1/ferries/changes", "/ferries/v1/ferries/keys"


        def pages_by_offset(http, path, params):
            taken = 0
            for _ in range(http.most_pages):
                answer = http.answer(path, params | {"offset": str(taken)})
                yield answer["results"]
                taken += len(answer["results"])
                if taken >= answer["total"]:
                    return
                if not answer["results"]:
                    raise RegistryMisbehaved(f"{http.place(path)} ends before its own total")
            raise RegistryMisbehaved(f"{http.place(path)} has no last page")


        class FerriesRegistry:
            def __init__(self, http):
                self._http = http

            def changed_on(self, day):
                span = {"from": day.isoformat(), "to": day.isoformat()}
                return Pull(FERRIES, partial(pages_by_offset, self._http, CHANGES, span))

            def keys(self):
                pages = partial(self._http.pages, KEYS, {})
                return KeyList(FERRIES, pages, KeyShape("so", "changedAt"))


        SOURCES = (
            Source(
                FERRIES,
                "Ferries changed on one day",
                FerriesRegistry,
                FerriesRegistry.changed_on,
                FerriesRegistry.keys,
            ),
        )
    ''',
}


def ferry(number, **more):
    moment = f"2026-01-05T08:{number % 60:02}:00+07:00"
    return {"so": f"F{number:03}", "chu": "TEST PERSON", "tan": 1.5, "luc": moment} | {
        "changedAt": moment, **more
    }  # fmt: skip


SENT = [
    *(ferry(number) for number in range(23)),
    ferry(30, so=None),
    ferry(31, tan="1,5"),
    ferry(32, luc="yesterday"),
]


def by_offset(shelf, asked, size):
    begin, end = shelf.span(*days(asked))
    found = shelf.changes[begin:end]
    place = int(asked.get("offset", "0"))
    return {"total": len(found), "results": shelf.sent(found[place : place + size])}


@contextmanager
def served(shelf):
    """Serve the ferries over HTTP, a third of the answers failing and tokens dying after five."""
    registry = SampleRegistry(
        (Served("/ferries/v1/ferries", shelf, by_offset),),
        TokenDesk(Client("sample", "sample-secret"), 3600, 5),
        faults := Faults(busy=0.2, down=0.1),
        Dice(faults, 1),
        page_size=4,
    )
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(registry.app(), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture
def source(tmp_path, monkeypatch):
    """Files 1 to 3 of the checklist, and the line that lists a registry read from them."""
    folder = tmp_path / "ferries"
    folder.mkdir()
    for name, text in FOLDER.items():
        (folder / name).write_text(dedent(text).lstrip())
    monkeypatch.syspath_prepend(tmp_path)
    [found] = importlib.import_module("ferries.registry").SOURCES
    yield found
    for name in [name for name in sys.modules if name.partition(".")[0] == "ferries"]:
        del sys.modules[name]


@pytest.fixture
def tables(database_url):
    """The raw tables, and the migration that makes them."""
    made = registry_tables(
        "ferries__ferries",
        [
            ("ferry_id", TEXT, "Number of the ferry."),
            ("owner_name", TEXT, "Name of its owner."),
            ("load_tonnes", NUMERIC, "What it may carry."),
            ("changed_at", INSTANT, "Last change."),
            ("is_deleted", BOOL, "Whether it is withdrawn."),
        ],
        key="ferry_id",
        comment="Ferries as answered. One row per state sent and pull.",
    )
    with engine(database_url).begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with Operations.context(operations.migration_context):
            for table in made:
                make(table)
    yield made
    for table in made:
        RAW.remove(table)


@pytest.fixture
def run(database_url, tmp_path, monkeypatch):
    """Run an asset of the source as an installation would, asking a server at an address."""
    monkeypatch.setenv("KHO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KHO_DATABASE_URL", database_url)
    settings.cache_clear()
    from orchestration.access import RegistryAccess
    from orchestration.resources import Database

    def run(asset, source, url, partition=None):
        access = RegistryAccess(
            title="register of ferries",
            setting="KHO_FERRIES_URL",
            url=url,
            token_url=url + TOKEN,
            app_name="kho",
            partner_code="H26",
            partner_code_customer="H26",
            ca_bundle="",
            plain_http=False,
            requests_per_s=1000,
            access_key="sample",
            secret_key="sample-secret",
        )
        result = dg.materialize(
            [asset],
            partition_key=partition,
            resources={source.resource: access, "database": Database()},
            raise_on_error=False,
        )
        assert result.success
        return {
            event.asset_key.path[-1]: {
                k: v.value for k, v in event.materialization.metadata.items()
            }
            for event in result.get_asset_materialization_events()
        }

    yield run
    settings.cache_clear()


@pytest.fixture
def ask(database_url):
    """Ask the database."""
    asked = engine(database_url)

    def ask(question):
        with asked.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(question))]

    yield ask
    asked.dispose()


def test_one_folder_is_a_registry(source, tables, run, ask):
    from orchestration.pulls import comparison_of, days_of

    assert (source.group, source.resource) == ("ferries", "ferries_registry")
    columns = [column.name for column in tables[0].columns]
    assert columns[: len(source.contract.fields)] == list(source.contract.pii)
    shelf = Shelf(SENT, "so", new_field={"mau": "xanh"})
    shelf.drift(is_on=True)
    with served(shelf) as url:
        landed = run(days_of(source), source, url, DAY.isoformat())
        rows = "select {} from raw.ferries__ferries {}"
        assert ask(rows.format("count(*), count(distinct ferry_id)", "")) == [(24, 24)]
        assert ask(rows.format("_extra->>'tan'", "where ferry_id = 'F031'")) == [("1,5",)]
        assert ask(rows.format("distinct _extra->>'mau'", "")) == [("xanh",)]
        assert ask("select reason from raw.ferries__ferries_rejected order by 1") == [
            ("changed_at: not an ISO time",),
            ("ferry_id: missing",),
        ]
        assert landed["ferries__ferries"]["rejected"] == 2
        assert landed["ferries__ferries"]["unknown: mau"] == 24
        assert landed["ferries__ferries_rejected"]["dagster/row_count"] == 2

        shelf.withdraw(0.3)
        told = run(comparison_of(source), source, url)["ferries__ferries_compared"]
        # What could not be a row is listed all the same, and its day is asked for again.
        found = "select observation, count(*) from raw.ferries__ferries_compared group by 1"
        assert dict(ask(found)) == {"withdrawn": told["withdrawn"], "never_landed": 1}
        assert told["withdrawn"] > 3
        assert told["days_pulled_again"] == 1
        assert ask(rows.format("count(*)", "")) == [(24 - told["withdrawn"],)]
    grounds = "select distinct entity, purpose from ledger.exchanges where status = 200"
    assert ask(grounds) == [("ferries__ferries", "show that a registry is a folder")]
