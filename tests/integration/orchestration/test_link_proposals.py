"""Proposals of links: made from what the last build read, landed whole, never links themselves."""

import pytest
import sqlalchemy as sa

from demo.registry.words import NAMES, TRADES
from linkage.spelling import letters
from orchestration.defs.linkage.enterprises import proposed
from warehouse.loading import Warehouse

LAID = """
create schema if not exists intermediate;
create table intermediate.int_enterprises__cited (claim_key text, stated_name text);
create table intermediate.int_links__decided (claim_key text, commune_code text, is_open boolean);
create table intermediate.int_enterprises__latest
    (tax_code text, enterprise_name text, commune_code text, is_deleted boolean);
insert into intermediate.int_links__decided values
    ('read', '00004', true), ('gone', '00004', true), ('decided', '00004', false),
    ('keyed', '00004', true);
"""
REGISTER = [
    f"Công ty TNHH {TRADES[number % 20]} {NAMES[number % 21]} {number}" for number in range(600)
]
CITED = {"read": REGISTER[3], "gone": REGISTER[7], "decided": REGISTER[9], "keyed": None}


def lay(connection):
    connection.exec_driver_sql(LAID)
    for number, name in enumerate(REGISTER):
        connection.execute(
            sa.text(
                "insert into intermediate.int_enterprises__latest values (:k, :n, '00004', :d)"
            ),
            {"k": f"{number:010d}", "n": name, "d": number == 7},
        )
    for key, name in CITED.items():
        connection.execute(
            sa.text("insert into intermediate.int_enterprises__cited values (:k, :n)"),
            {"k": key, "n": name and letters(name)},
        )
    connection.commit()


@pytest.fixture
def connection(database_url):
    engine = sa.create_engine(database_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_before_the_first_build_nothing_is_proposed(connection):
    assert proposed(connection) is None


def test_what_is_open_and_named_is_proposed_and_lands(connection, database_url):
    lay(connection)
    found = proposed(connection)
    assert found.compared == 2
    assert {(row["left_key"], row["right_key"]) for row in found.rows} == {("read", "0000000003")}
    assert letters(REGISTER[3]) not in str(found.rows) + repr(found)
    warehouse = Warehouse(database_url)
    for _ in range(2):
        landed = warehouse.land("linkage__proposals", found.rows, batch_id=found.batch_id)
        assert landed.unexpected == ()
    kept = connection.exec_driver_sql("select count(*) from raw.linkage__proposals").scalar()
    assert kept == len(found.rows)
