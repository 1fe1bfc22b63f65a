import csv
import io
from datetime import date

from connectors.catalog.agencies import read_agencies
from demo import city


def test_the_authority_file_has_the_columns_the_connector_reads():
    rows = list(csv.reader(io.StringIO(city.authority_file())))
    assert rows[0] == [
        "agency_code", "agency_name", "bloc", "level", "parent_code", "commune_code",
        "valid_from", "valid_to", "successor_code", "change_type", "resolution", "clause",
    ]  # fmt: skip
    assert len(rows) - 1 == len(city.agencies()) >= 40


def test_codes_are_unique_and_every_code_named_elsewhere_exists():
    bodies = city.agencies()
    codes = {body.agency_code for body in bodies}
    assert len(codes) == len(bodies)
    assert {body.parent_code for body in bodies} | {body.successor_code for body in bodies} <= {
        *codes,
        "",
    }


def test_the_authority_file_is_one_the_connector_reads(tmp_path):
    (tmp_path / "agencies.csv").write_text(city.authority_file(), encoding="utf-8")
    rows = {row["agency_code"]: row for row in read_agencies(tmp_path / "agencies.csv").rows}
    why = [(row["change_type"], row["clause"]) for row in map(rows.get, ("H26.18.31", "H26.18.34"))]
    assert why == [("merged", "khoản 110, Điều 1"), ("split", None)]


def test_the_merger_dissolves_districts_and_joins_several_communes_into_one():
    bodies = {body.agency_code: body for body in city.agencies()}
    districts = [body for body in bodies.values() if body.level == "district"]
    assert districts
    assert all(body.valid_to == "2025-06-30" for body in districts)
    old = [body for body in bodies.values() if body.successor_code == "H26.31"]
    assert len(old) == 3
    for body in old:
        assert bodies[body.successor_code].valid_from == "2025-07-01" > body.valid_to


def test_all_blocs_and_levels_are_present():
    bodies = city.agencies()
    assert {body.bloc for body in bodies} == {"party", "government", "mass_organisation"}
    assert {body.level for body in bodies} == {"city", "district", "commune"}


def test_communes_of_a_day_bear_five_digits_once_each():
    for day in (date(2024, 1, 1), date(2025, 7, 1)):
        codes = [unit.code for unit in city.communes(on=day)]
        assert len(codes) == len(set(codes)) >= 5
        assert all(len(code) == 5 and code.isdigit() for code in codes)
    assert {unit.name for unit in city.communes(on=date(2025, 7, 1))} >= {"xã Thuận An"}
