"""Communes of the city, old and new: counted, corrected, and divided ones left to people."""

import csv
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import date
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from connectors.errors import ContractBroken
from connectors.units import tables
from connectors.units.contract import Correction, Published, Share, Unit, Word
from connectors.units.corrections import HEADER, OWN_NAME, joined_corrections, read_corrections
from connectors.units.crosswalk import CorrectionMisfits, UnitUnknown, crosswalk, read_crosswalk
from connectors.units.tables import TablesUnreadable, read_tables

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def city():
    return read_crosswalk()


def letters(name: str) -> list[str]:
    """Return a name's letters and marks in no order: a tone mark stands on either of two vowels."""
    return sorted(unicodedata.normalize("NFD", name))


def test_the_city_has_as_many_units_and_transfers_as_the_resolution_makes(city):
    assert (len(city.old), len(city.new), len(city.transfers)) == (526, 126, 795)
    kinds = [unit.name.split()[0] for unit in city.new.values()]
    assert (kinds.count("Phường"), kinds.count("Xã")) == (51, 75)
    assert all(len(code) == 5 and code.isdigit() for code in city.old.keys() | city.new.keys())


def test_units_moved_whole_are_told_from_divided_ones(city):
    whole = [code for code in city.old if city.successor(code)]
    peopled = [code for code in city.old if city.successor_of_the_people(code)]
    assert len(whole) == 327
    assert set(peopled) == {*whole, "00556"}


def test_of_the_people_of_divided_units_nothing_is_said_without_a_source(city):
    divided = [one for one in city.transfers if one.land is Share.PART]
    unknown = [one for one in divided if one.people is Share.UNKNOWN]
    assert (len(divided), len(unknown)) == (468, 466)
    assert {one.old_code for one in divided if one.people is not Share.UNKNOWN} == {"00556"}
    assert all(one.people is Share.ALL for one in city.transfers if one.land is Share.ALL)


def test_with_what_the_city_says_of_people_it_is_the_checked_crosswalk_row_by_row(corpus, tmp_path):
    """The checked file's words on people come in as a city's own file would; the rest is ours."""
    with (corpus / "units" / "hanoi_crosswalk_2025.csv").open(encoding="utf-8") as file:
        checked = list(csv.DictReader(file))
    words = {"none": Word.LAND_ONLY, "part": Word.PEOPLE_IN_PART}
    ours_already = {(one.old_code, one.new_code, one.word) for one in read_corrections()}
    lines = [
        (row["old_code"], row["new_code"], words[row["population_moved"]])
        for row in checked
        if row["population_moved"] in words
    ]
    own = own_file(
        tmp_path,
        *(f"{word},{old},{new},,checked" for old, new, word in set(lines) - ours_already),
    )
    city = read_crosswalk(own)
    assert sum(city.successor_of_the_people(code) is not None for code in city.old) == 368
    counted = dict.fromkeys(city.old, 0)
    for one in city.transfers:
        counted[one.old_code] += one.people is not Share.NONE
    ours = {
        (one.old_code, one.new_code, one.land, one.people, str(counted[one.old_code]))
        for one in city.transfers
    }
    columns = (
        "old_code",
        "new_code",
        "area_moved",
        "population_moved",
        "population_targets_of_old",
    )
    assert ours == {tuple(row[column] for column in columns) for row in checked}
    assert len(ours) == len(checked) == 795
    for row in checked:
        old, new = city.old[row["old_code"]], city.new[row["new_code"]]
        assert letters(old.name) == letters(row["old_name"])
        assert new.name == row["new_name"]
        assert old.district_code == row["old_district_code"]


def test_sources_of_corrections_name_the_clause_that_makes_the_new_unit(city, corpus):
    with (corpus / "units" / "hanoi_crosswalk_2025.csv").open(encoding="utf-8") as file:
        clauses = {row["new_code"]: row["nq1656_clause"] for row in csv.DictReader(file)}
    cited = [one for one in read_corrections() if "clause" in one.source and one.new_code]
    assert len(cited) == 4
    for one in cited:
        assert clauses[one.new_code] in one.source


def test_everyone_of_dang_xa_went_to_thuan_an_and_a_part_of_its_land_elsewhere(city):
    heirs = {one.new_code: one for one in city.heirs("00556")}
    assert city.old["00556"].name == "Xã Đặng Xá"
    assert city.new["00562"].name == "Xã Thuận An"
    assert {code: (one.land, one.people) for code, one in heirs.items()} == {
        "00562": (Share.PART, Share.ALL),
        "00541": (Share.PART, Share.NONE),
    }
    assert "00562" not in {one.new_code for one in city.heirs("00553")}


def test_a_divided_unit_is_left_to_a_person_however_unequal_its_parts(city):
    [dai_mo] = [u.code for u in city.old.values() if u.name == "Phường Đại Mỗ"]
    assert len(city.heirs(dai_mo)) == 5
    assert city.successor(dai_mo) is None
    assert city.successor_of_the_people(dai_mo) is None
    assert city.successor("00556") is None
    assert city.successor_of_the_people("00556") == "00562"
    with pytest.raises(UnitUnknown, match="99999"):
        city.successor("99999")


def test_old_units_end_the_day_before_new_ones_begin(city):
    assert {unit.valid_to for unit in city.old.values()} == {date(2025, 6, 30)}
    assert {(u.valid_from, u.valid_to) for u in city.new.values()} == {(date(2025, 7, 1), None)}
    assert city.old["00004"].name == "Phường Trúc Bạch"
    assert city.new["00004"].name == "Phường Ba Đình"


def test_without_corrections_the_tables_lack_a_pair_and_know_nothing_of_people():
    bare = crosswalk(read_tables(), [])
    assert len(bare.transfers) == 794
    assert {one.people for one in bare.transfers} == {Share.ALL, Share.UNKNOWN}


def own_file(folder, *lines):
    """Write a city's own file of corrections."""
    path = folder / OWN_NAME
    path.write_text("\n".join([",".join(HEADER), *lines]) + "\n", encoding="utf-8-sig")
    return path


def test_a_citys_own_word_settles_whom_the_people_went_to(city, tmp_path):
    two = next(c for c in city.old if len(city.heirs(c)) == 2 and c != "00556")
    left, kept = (one.new_code for one in city.heirs(two))
    assert city.successor_of_the_people(two) is None
    own = own_file(tmp_path, f"land_only,{two},{left},,a decision of the city")
    told = read_crosswalk(own)
    assert told.successor_of_the_people(two) == kept
    assert told.heirs(two)[0].corrections == ("land_only: a decision of the city",)
    assert told.successor_of_the_people("00556") == "00562"


def test_without_a_file_of_its_own_a_city_has_our_corrections(tmp_path):
    assert joined_corrections(tmp_path / OWN_NAME) == joined_corrections() == read_corrections()


def test_what_both_files_say_is_refused_even_with_another_source(tmp_path):
    own = own_file(tmp_path, "land_only,00556,00541,,another source")
    with pytest.raises(ContractBroken, match=r"unit_corrections\.csv: .* land_only 00556 00541"):
        joined_corrections(own)


def test_a_file_of_its_own_is_read_as_strictly_as_ours(tmp_path):
    own = own_file(tmp_path, "land_only,556,00541,,a source")
    with pytest.raises(ContractBroken, match=r"unit_corrections\.csv line 2: .* leading zeros"):
        read_crosswalk(own)
    own.write_bytes("word,Đặng Xá".encode("utf-16"))
    with pytest.raises(ContractBroken, match=r"unit_corrections\.csv cannot be read"):
        read_crosswalk(own)


# Small tables of our own, to see the rules apart from the city.


def small(pairs=frozenset({("00001", "00003"), ("00002", "00003"), ("00002", "00004")})):
    unit = Unit("", "Xã", "001", "Huyện", None, None)
    old = {code: replace(unit, code=code) for code in ("00001", "00002")}
    new = {code: replace(unit, code=code) for code in ("00003", "00004")}
    return Published(old, new, frozenset(pairs), "1")


def said(word, old, new, value=""):
    return Correction(Word(word), old, new, value, "an invented source")


def test_land_only_leaves_the_people_to_the_other_part():
    made = crosswalk(small(), [said("land_only", "00002", "00003")])
    assert [(t.land, t.people) for t in made.heirs("00002")] == [
        (Share.PART, Share.NONE),
        (Share.PART, Share.ALL),
    ]
    assert made.heirs("00002")[0].corrections == ("land_only: an invented source",)
    assert made.successor_of_the_people("00002") == "00004"


def test_people_of_several_heirs_are_unknown_until_something_is_said():
    assert [t.people for t in crosswalk(small(), []).heirs("00002")] == [Share.UNKNOWN] * 2
    assert crosswalk(small(), []).successor_of_the_people("00002") is None


def test_a_part_that_is_said_tells_nothing_of_the_other_heir():
    made = crosswalk(small(), [said("people_in_part", "00002", "00003")])
    assert [t.people for t in made.heirs("00002")] == [Share.PART, Share.UNKNOWN]
    assert made.successor_of_the_people("00002") is None


def test_one_land_only_of_three_heirs_leaves_the_other_two_unknown():
    published = small()
    third = {"00005": replace(published.new["00003"], code="00005")}
    wide = replace(
        published,
        new=published.new | third,
        pairs=published.pairs | {("00002", "00005")},
    )
    made = crosswalk(wide, [said("land_only", "00002", "00003")])
    assert [t.people for t in made.heirs("00002")] == [Share.NONE, Share.UNKNOWN, Share.UNKNOWN]


@pytest.mark.parametrize(
    ("corrections", "complaint"),
    [
        ([said("pair", "00009", "00003")], "in no table: 00009"),
        ([said("old_name", "00009", "", "Xã")], "in no table: 00009"),
        ([said("land_only", "00001", "00004")], "people of a pair that is none"),
        ([said("no_pair", "00001", "00003")], "without heir: 00001"),
        ([said("no_pair", "00002", "00004")], "without land: 00004"),
        ([said("land_only", "00001", "00003")], "people of units nowhere: 00001"),
        (
            [said("pair", "00002", "00004"), said("no_pair", "00002", "00004")],
            "denied by another",
        ),
        (
            [said("land_only", "00002", "00004"), said("people_in_part", "00002", "00004")],
            "denied by another",
        ),
        ([said("people_in_part", "00001", "00003")], "a unit with one heir"),
    ],
)
def test_a_correction_that_does_not_fit_the_tables_stops_it(corrections, complaint):
    with pytest.raises(CorrectionMisfits, match=complaint):
        crosswalk(small(), corrections)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("guess,00001,00003,,a source", "word is none of"),
        ("pair,00001,00003,, ", "cite one"),
        ("pair,00001,00003,value,a source", "a value stands"),
        ("old_name,00001,,,a source", "a value stands"),
        ("pair,00001,00003", "3 cells"),
        ("pair,00001,,,a source", "five digits"),
        ("old_name,1,,Xã,a source", "five digits"),
        ("old_name,00001,00003,Xã,a source", "empty new_code"),
        ("pair,00001,00003,,a\npair,00001,00003,,b", "says twice"),
    ],
)
def test_a_line_of_corrections_that_is_not_one_is_named_by_place(tmp_path, line, complaint):
    path = tmp_path / "corrections.csv"
    path.write_text(f"{','.join(HEADER)}\n{line}\n", encoding="utf-8")
    with pytest.raises(ContractBroken, match=complaint):
        read_corrections(path)


def test_corrections_without_their_header_are_refused(tmp_path):
    (path := tmp_path / "corrections.csv").write_text("a,b\n")
    with pytest.raises(ContractBroken, match="must start"):
        read_corrections(path)


def test_a_missing_package_and_tables_of_another_form_say_what_to_install(monkeypatch, tmp_path):
    def absent(_):
        raise PackageNotFoundError

    class Other:
        version = "9"

        def locate_file(self, name):
            return tmp_path / name

    monkeypatch.setattr(tables, "distribution", lambda _: Other())
    with pytest.raises(TablesUnreadable, match=r"vietnamadminunits 9 .* requirements\.lock"):
        read_tables()
    monkeypatch.setattr(tables, "distribution", absent)
    with pytest.raises(TablesUnreadable, match=r"not installed; install requirements\.lock"):
        read_tables()


def test_the_address_conversion_is_not_even_loaded():
    """It sends addresses to a geocoder outside; reading the tables must leave it alone."""
    program = (
        "import sys, connectors.units.crosswalk as crosswalk; crosswalk.read_crosswalk();"
        "print(sorted(m for m in sys.modules if m.startswith(('vietnamadminunits', 'geopy'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_no_geocoder_is_among_what_is_installed():
    names = {
        line.partition("==")[0]
        for line in (ROOT / "requirements.lock").read_text().splitlines()
        if "==" in line and not line.startswith((" ", "#")) and "python_version < '3'" not in line
    }
    assert "vietnamadminunits" in names
    assert not names & {"geopy", "shapely"}
