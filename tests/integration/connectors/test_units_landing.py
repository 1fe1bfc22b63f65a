"""The crosswalk lands in both tables as it was read; an unchanged edition changes nothing."""

import dagster as dg
import sqlalchemy as sa

from connectors.units.corrections import HEADER, OWN_NAME
from connectors.units.crosswalk import read_crosswalk
from connectors.units.rows import edition
from orchestration.defs.units.assets import units
from orchestration.resources import Database
from orchestration.settings import settings

COUNTED = """
    select
        (select count(*) from raw.units__communes where valid_to = '2025-06-30'),
        (select count(*) from raw.units__communes where valid_from = '2025-07-01'),
        (select count(*) from raw.units__transfers),
        (select count(*) from raw.units__transfers where land_share = 'all'),
        (select count(*) from raw.units__transfers where people_share = 'unknown'),
        (select count(distinct _batch_id) from raw.units__transfers)
"""
HEIRS = """
    select new_commune_code, land_share, people_share, correction is not null
    from raw.units__transfers where old_commune_code = '00556' order by 1
"""


def test_both_tables_land_as_one_edition_and_again_as_the_same(database_url, monkeypatch, tmp_path):
    monkeypatch.setenv("KHO_CATALOG", str(tmp_path))
    monkeypatch.setenv("KHO_DATABASE_URL", database_url)
    settings.cache_clear()
    for _ in range(2):
        done = dg.materialize([units], resources={"database": Database()})
        assert done.success
    settings.cache_clear()
    with sa.create_engine(database_url, poolclass=sa.NullPool).connect() as connection:
        [counted] = connection.execute(sa.text(COUNTED))
        heirs = [tuple(row) for row in connection.execute(sa.text(HEIRS))]
        batch = connection.execute(sa.text("select min(_batch_id) from raw.units__communes"))
        assert batch.scalar_one() == edition(read_crosswalk())
    assert tuple(counted) == (526, 126, 795, 327, 466, 1)
    assert heirs == [("00541", "part", "none", True), ("00562", "part", "all", True)]


def test_a_citys_own_corrections_beside_its_agencies_are_another_edition(
    database_url, monkeypatch, tmp_path
):
    monkeypatch.setenv("KHO_DATABASE_URL", database_url)
    monkeypatch.setenv("KHO_CATALOG", str(tmp_path))
    city = read_crosswalk()
    two = next(code for code in city.old if len(city.heirs(code)) == 2 and code != "00556")
    line = f"land_only,{two},{city.heirs(two)[0].new_code},,a decision of the city"
    (tmp_path / OWN_NAME).write_text(f"{','.join(HEADER)}\n{line}\n", encoding="utf-8")
    settings.cache_clear()
    assert dg.materialize([units], resources={"database": Database()}).success
    settings.cache_clear()
    told = edition(read_crosswalk(tmp_path / OWN_NAME))
    assert told != edition(city)
    asked = sa.text(
        "select people_share from raw.units__transfers"
        " where old_commune_code = :old and _batch_id = :batch order by new_commune_code"
    )
    with sa.create_engine(database_url, poolclass=sa.NullPool).connect() as connection:
        shares = connection.execute(asked, {"old": two, "batch": told}).scalars().all()
    assert shares == ["none", "all"]
