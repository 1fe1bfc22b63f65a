"""The agency authority file lands once a version: when it did is when we came to know."""

import dagster as dg
import pytest
import sqlalchemy as sa

from orchestration.resources import Database
from warehouse.database import engine

HEADER = (
    "agency_code,agency_name,bloc,level,parent_code,commune_code,valid_from,valid_to,successor_code"
)
ONE, OTHER = (f"{HEADER}\nH26.01,{name},government,city,,,,,\n" for name in ("Sở Một", "Sở Khác"))


@pytest.fixture
def read(home, run_job):
    (home / "catalog").mkdir(exist_ok=True)

    def read(text):
        (home / "catalog" / "agencies.csv").write_text(text, encoding="utf-8")
        only = [dg.AssetKey(["raw", "catalog__agencies"])]
        assert run_job("pull_sources", only=only, partition="2026-01-05").success

    return read


@pytest.fixture
def landings(module_database_url):
    question = sa.text(
        "select agency_name, _batch_id, _extracted_at from raw.catalog__agencies order by 3"
    )

    def landings():
        with engine(module_database_url).connect() as connection:
            return [tuple(row) for row in connection.execute(question)]

    return landings


def test_a_version_keeps_the_moment_it_was_first_read_and_news_is_kept_beside_it(read, landings):
    read(ONE)
    [first] = landings()
    read(ONE)
    assert landings() == [first]
    read(OTHER)
    assert [name for name, *_ in landings()] == ["Sở Một", "Sở Khác"]
    read(ONE)
    [kept, _, again] = landings()
    assert kept == first
    assert again[0] == "Sở Một"
    assert again[1] == first[1] + "@2"
    read(ONE)
    assert landings()[-1] == again


def test_of_an_agency_on_several_lines_the_name_that_began_last_is_the_latest(read):
    lines = (
        "H26.02,Sở Mới,government,city,,,2020-01-01,,,",
        "H26.02,Sở Cũ,government,city,,,,2019-12-31,,renamed",
    )
    read("\n".join((f"{HEADER},change_type", *lines, "")))
    assert Database().agency_names_by_code()["H26.02"] == "Sở Mới"
