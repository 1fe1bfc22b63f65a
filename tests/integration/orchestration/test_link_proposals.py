"""Proposals of links: made from what the last build read, landed whole, never links themselves."""

import dagster as dg
import pytest
import sqlalchemy as sa

from demo.registry.words import NAMES, TRADES
from linkage import officials
from linkage.spelling import letters
from orchestration.defs.linkage.assets import propose_links
from orchestration.defs.linkage.enterprises import proposed_enterprises
from orchestration.defs.linkage.officials import proposed_officials
from tests.support.digitising import GivenDatabase
from warehouse.loading import Warehouse

LAID = """
create schema if not exists intermediate;
create table intermediate.int_enterprises__cited (claim_key text, stated_name text);
create table intermediate.int_links__decided (claim_key text, commune_code text, is_open boolean);
create table intermediate.int_enterprises__latest
    (tax_code text, enterprise_name text, commune_code text, is_deleted boolean);
insert into intermediate.int_links__decided values
    ('read', '00004', true), ('gone', '00004', true), ('decided', '00004', false),
    ('keyed', '00004', true), ('signed', null, true), ('namesake', null, true);
insert into intermediate.int_links__decided
select 'of CB' || n, null, true from generate_series(100, 159) as n;
create schema if not exists staging;
create table staging.stg_population__name_frequencies (
    name_part text, part_name text, people_count bigint
);
insert into staging.stg_population__name_frequencies values
    ('family', 'Nguyễn', 300), ('family', 'Quách', 100), ('family', null, 100);
create table intermediate.int_officials__cited
    (claim_key text, stated_name text, issuer_agency_code text, position_words text);
create table intermediate.int_officials__latest (
    official_id_civil_servants text, person_name text, agency_code text, position_words text,
    is_deleted boolean
);
"""
REGISTER = [
    f"Công ty TNHH {TRADES[number % 20]} {NAMES[number % 21]} {number}" for number in range(600)
]
CITED = {"read": REGISTER[3], "gone": REGISTER[7], "decided": REGISTER[9], "keyed": None}

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Quách")
MIDDLES = ("Thử Văn", "Thử Thị", "Thử Đức", "Thử Minh", "Thử Ngọc", "Thử Quang", "Thử Bá")
GIVENS = ("Hòa", "Lan", "Nam", "Bình", "Dũng", "Hạnh", "Sơn", "Yến", "Khánh", "Vân", "Tuấn")
OFFICIALS = [
    (
        f"CB{n}",
        f"{FAMILIES[n % 10]} {MIDDLES[n % 7]} {GIVENS[n % 11]}",
        f"H26.{n % 37}",
        "truong phong",
    )
    for n in range(600)
]
SIGNERS = [
    ("signed", letters(OFFICIALS[5][1]).upper(), "H26.5", "truong ban"),
    ("namesake", OFFICIALS[9][1], "H26.30", "giam doc"),
    *((f"of {key}", name, agency, "truong phong") for key, name, agency, _ in OFFICIALS[100:160]),
]


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
    for table, rows, more in (("latest", OFFICIALS, ", false"), ("cited", SIGNERS, "")):
        put = f"insert into intermediate.int_officials__{table} values (:0, :1, :2, :3{more})"
        for row in rows:
            connection.execute(sa.text(put), {str(at): value for at, value in enumerate(row)})
    connection.commit()


@pytest.fixture
def connection(database_url):
    engine = sa.create_engine(database_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_before_the_first_build_nothing_is_proposed_enterprises(connection):
    assert proposed_enterprises(connection) is None
    assert proposed_officials(connection) is None


def test_what_is_open_and_named_is_proposed_and_lands(connection, database_url):
    lay(connection)
    found = proposed_enterprises(connection)
    assert found.compared == 2
    assert {(row["left_key"], row["right_key"]) for row in found.rows} == {("read", "0000000003")}
    assert letters(REGISTER[3]) not in str(found.rows) + repr(found)
    warehouse = Warehouse(database_url)
    for _ in range(2):
        landed = warehouse.land("linkage__proposals", found.rows, batch_id=found.batch_id)
        assert landed.unexpected == ()
    kept = connection.exec_driver_sql("select count(*) from raw.linkage__proposals").scalar()
    assert kept == len(found.rows)


def test_a_signer_is_proposed_where_more_than_the_name_agrees(connection):
    lay(connection)
    found = proposed_officials(connection)
    pairs = {(row["left_key"], row["right_key"]) for row in found.rows}
    assert ("signed", "CB5") in pairs
    assert all(left in {"signed", f"of {right}"} for left, right in pairs)
    row = next(row for row in found.rows if row["left_key"] == "signed")
    assert row["agreements"]["agency"] == "same"
    assert row["agreements"]["family"] == "same_letters"
    assert "Thử" not in str(found.rows) + repr(found)


def test_names_are_weighed_by_what_staging_says_is_counted(connection, monkeypatch):
    lay(connection)
    connection.exec_driver_sql("alter table raw.population__name_frequencies rename to away")
    weighed = []
    plan = officials.plan

    def noted(frequencies):
        weighed.append(frequencies)
        return plan(frequencies)

    monkeypatch.setattr(officials, "plan", noted)
    assert proposed_officials(connection).rows
    assert weighed == [{"family": {"nguyễn": 0.75, "quách": 0.25}}]


def test_a_run_lands_keys_and_tells_counts_only(connection, database_url):
    lay(connection)
    done = dg.materialize(
        [propose_links], resources={"database": GivenDatabase(address=database_url)}
    )
    [made] = done.asset_materializations_for_node("raw__linkage__proposals")
    told = {name: value.value for name, value in made.metadata.items()}
    assert (told["enterprises compared"], told["officials compared"]) == (2, 62)
    asked = "select _batch_id, count(*) from raw.linkage__proposals group by 1 order by 1"
    landed = dict(connection.exec_driver_sql(asked).tuples().all())
    assert landed == {
        "enterprises": told["enterprises proposed"],
        "officials": told["officials proposed"] + told.get("officials ambiguous", 0),
    }
    kept = str(connection.exec_driver_sql("select to_jsonb(p) from raw.linkage__proposals p").all())
    assert not any(letters(name) in letters(kept) for _, name, *_ in OFFICIALS[:20])
