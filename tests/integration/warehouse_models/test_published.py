"""What outside tools read stays there: while marts are rebuilt, under their views, by its names."""

import re
import threading
import time

import pytest
import sqlalchemy as sa

from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import DELIVERIES, RAW_ROWS, A, B

BUILT = ("dim_agency", "dim_batch", "fct_batch_balance")
DASHBOARD = """
create schema if not exists dashboards;
grant usage on schema dashboards to kho_analyst;
create view dashboards.balance with (security_invoker = true, security_barrier = true) as
select agencies.agency_name, balance.received_count
from published.fct_batch_balance as balance
inner join published.dim_agency as agencies on balance.agency_code = agencies.agency_code;
grant select on dashboards.balance to kho_analyst
"""


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory):
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    models.land(RAW_ROWS)
    models.enter(DELIVERIES)
    assert models.dbt("seed").success
    built = models.dbt("run", "--select", *(f"+{mart}" for mart in BUILT))
    assert built.success, built.failed
    models.run(DASHBOARD)
    yield models
    models.owner.dispose()


def test_every_mart_is_published_under_its_name_with_what_its_contract_names(city):
    columns = """
        select table_name, array_agg(column_name::text order by column_name)
        from information_schema.columns
        where table_schema = '{}' and column_name not like '\\_%' group by table_name
    """
    published = dict(city.rows(columns.format("published")))
    assert set(published) == set(BUILT)
    assert published == dict(city.rows(columns.format("marts")))
    described = city.rows("select obj_description('published.dim_agency'::regclass)")
    assert described == city.rows("select obj_description('marts.dim_agency'::regclass)")


def test_an_analyst_sees_the_own_agency_there_too(city):
    for agency in (A, B):
        with city.analyst(agency).connect() as connection:
            seen = connection.exec_driver_sql("select agency_code from published.dim_agency")
            assert {row[0] for row in seen} == {agency}


def test_a_view_made_by_hand_on_it_survives_a_rebuild_and_shows_what_is_new(city):
    before = city.rows("select sum(received_count) from dashboards.balance")
    for more in ((), ("--full-refresh",)):
        built = city.dbt("run", "--select", *BUILT, *more)
        assert built.success, built.failed
        assert city.rows("select sum(received_count) from dashboards.balance") == before
    city.run("update intermediate.int_agencies__current set agency_name = 'xã Mới'")
    assert city.dbt("run", "--select", "dim_agency").success
    assert city.rows("select distinct agency_name from dashboards.balance") == [("xã Mới",)]


READ = (
    "select count(*) from published.dim_agency",
    "select count(*) from published.fct_batch_balance",
    "select count(*) from dashboards.balance",
    "select count(*) from marts.dim_agency",
)


class Reader(threading.Thread):
    """Asks one thing without a pause; keeps what was wrong with the answers."""

    def __init__(self, city, query, stop):
        super().__init__()
        self.city, self.query, self.stop = city, query, stop
        self.whole, self.wrong, self.reads = city.rows(query), [], 0

    def run(self):
        owner = self.city.owner.execution_options(isolation_level="AUTOCOMMIT")
        with owner.connect() as connection:
            while not self.stop.is_set():
                try:
                    found = [tuple(row) for row in connection.exec_driver_sql(self.query)]
                except sa.exc.DBAPIError as error:
                    self.wrong.append(str(error.orig).splitlines()[0])
                else:
                    self.reads += 1
                    self.wrong += [found] if found != self.whole else []


def test_no_reader_finds_it_missing_half_built_or_in_the_way(city):
    """Eight readers read without a pause while three marts are rebuilt six times."""
    stop = threading.Event()
    readers = [Reader(city, query, stop) for query in READ * 2]
    assert all(reader.whole[0][0] > 0 for reader in readers)
    for reader in readers:
        reader.start()
    try:
        for _ in range(6):
            built = city.dbt("run", "--select", *BUILT)
            assert built.success, built.failed
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert [reader.wrong for reader in readers] == [[]] * len(readers)
    assert all(reader.reads > 50 for reader in readers)


def test_a_long_query_holds_up_the_build_and_no_other_reader(city):
    waits = []
    with city.owner.connect() as slow:
        slow.exec_driver_sql("select count(*) from published.dim_agency")  # and the lock is kept
        building = threading.Thread(target=city.dbt, args=("run", "--select", "dim_agency"))
        building.start()
        waiting = (
            "select count(*) from pg_stat_activity where query ~ 'swap_lock'"
            " and state = 'active' and pid <> pg_backend_pid()"
        )
        deadline = time.monotonic() + 60
        while not city.rows(waiting)[0][0]:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        until = time.monotonic() + 8  # as long would a reader wait who had to queue
        while time.monotonic() < until:
            begun = time.monotonic()
            assert city.rows("select count(*) from published.dim_agency")[0][0]
            waits.append(time.monotonic() - begun)
        assert building.is_alive()
    building.join(60)
    assert not building.is_alive()
    assert max(waits) < 4  # it is asked for 0.2 s at a time; the rest is a busy machine


def changed(project, mart, edit):
    [model] = project.glob(f"models/marts/*/{mart}.sql")
    [described] = [
        path
        for path in project.glob("models/marts/*/*.yml")
        if f"- name: {mart}\n" in path.read_text()
    ]
    edit(model, described)


def test_a_mart_may_gain_a_column_and_not_lose_one(city, broken_project):
    def gain(model, described):
        text = model.read_text()
        model.write_text(
            text.replace("    agency_code,\n", "    agency_code,\n    1 as floors,\n", 1)
        )
        at = re.search(r"(- name: dim_agency\n[\s\S]*?columns:\n)", described.read_text())
        given = "      - {name: floors, data_type: integer, description: Floors.}\n"
        described.write_text(described.read_text().replace(at[1], at[1] + given))

    def lose(model, described):
        model.write_text(model.read_text().replace("    1 as floors,\n", ""))
        text = described.read_text()
        described.write_text(re.sub(r"      - \{name: floors.*\n", "", text))

    changed(broken_project, "dim_agency", gain)
    assert city.dbt("run", "--select", "dim_agency", project=broken_project).success
    assert city.rows("select distinct floors from published.dim_agency") == [(1,)]
    assert city.rows("select count(*) > 0 from dashboards.balance") == [(True,)]

    changed(broken_project, "dim_agency", lose)
    refused = city.dbt("run", "--select", "dim_agency", project=broken_project)
    assert not refused.success
    assert "floors" in refused.results[0].message
    assert "outside tools" in refused.results[0].message
    assert city.rows("select distinct floors from published.dim_agency") == [(1,)]
