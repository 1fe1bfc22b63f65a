"""What the connectors bring lands in the relations as they are, whole or not at all."""

import threading
from dataclasses import replace

import pytest
import sqlalchemy as sa

from connectors.catalog.agencies import read_agencies
from connectors.errors import RegistryUnavailable
from demo.registry.enterprises import Recipe, invent
from tests.support.registries import DAY, HASTE
from warehouse.loading import Warehouse


def asked(url, question):
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(question))]


def test_a_pull_lands_whole_with_its_zeros_and_its_unknown_fields(sample, database_url):
    served = sample("--drift", seed=5, enterprises=300, busy=0.1, down=0.1)
    pull = served.registry().enterprises_changed_on(DAY)
    landing = Warehouse(database_url).land("business__enterprises", pull, batch_id=DAY.isoformat())
    sent = {(c["taxCode"], c["changedAt"]) for c in invent(Recipe(300, seed=5)).changes}
    assert landing.rows == pull.received - pull.rejected_count
    found = asked(
        database_url,
        "select tax_code, changed_at, _extra ->> 'electronicAddress', _batch_id, commune_code"
        " from raw.business__enterprises",
    )
    assert len(found) == landing.rows
    assert {row[0] for row in found} == {code for code, _ in sent if code}
    assert all(row[2] and row[3] == "2026-01-05" and len(row[4]) == 5 for row in found)


def test_a_pull_that_breaks_off_leaves_the_earlier_landing_as_it_was(sample, database_url):
    warehouse, batch = Warehouse(database_url), DAY.isoformat()
    whole = sample(seed=5, enterprises=50).registry().enterprises_changed_on(DAY)
    before = warehouse.land("business__enterprises", whole, batch_id=batch).rows
    served = sample(seed=6, enterprises=400, page_size=200, drip=0.02)
    threading.Timer(2.0, served.process.kill).start()
    broken = served.registry(manners=replace(HASTE, attempts=1)).enterprises_changed_on(DAY)
    with pytest.raises(RegistryUnavailable):
        warehouse.land("business__enterprises", broken, batch_id=batch)
    assert asked(database_url, "select count(*) from raw.business__enterprises") == [(before,)]


def test_the_agency_file_lands_with_dates_and_empty_cells(database_url, tmp_path):
    path = tmp_path / "agencies.csv"
    path.write_text(
        "agency_code,agency_name,bloc,level,parent_code,commune_code,valid_from,valid_to,"
        "successor_code\nH26.01,UBND phường Ba Đình,government,commune,H26,00004,2025-07-01,,\n"
    )
    catalog = read_agencies(path)
    Warehouse(database_url).land("catalog__agencies", catalog.rows, batch_id=catalog.digest)
    found = asked(
        database_url,
        "select commune_code, valid_from::text, valid_to, successor_code, _batch_id"
        " from raw.catalog__agencies",
    )
    assert found == [("00004", "2025-07-01", None, None, catalog.digest)]
