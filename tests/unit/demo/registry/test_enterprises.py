"""The invented register: same for the same seed, and as wrong as it says."""

from datetime import date

import pytest

from connectors.business.tax_code import has_right_check_digit
from demo.registry.communes import A_FEW, Commune, read_communes
from demo.registry.enterprises import Recipe, invent, tax_code


def test_the_same_seed_invents_the_same_register():
    assert invent(Recipe(enterprises=50, seed=7)) == invent(Recipe(enterprises=50, seed=7))
    assert invent(Recipe(enterprises=50, seed=7)) != invent(Recipe(enterprises=50, seed=8))


def test_every_code_is_right_and_its_own():
    codes = [tax_code(number) for number in range(5000)]
    assert all(has_right_check_digit(code) for code in codes)
    assert len(set(codes)) == 5000
    assert all(code.startswith("00") for code in codes)
    assert has_right_check_digit(tax_code(999_997))


def test_planted_errors_are_the_errors_there():
    register = invent(Recipe(enterprises=3000, seed=3, changed_again=0, doubled=0))
    wrong = sum(has_right_check_digit(c["taxCode"] or "") is False for c in register.changes)
    old = {commune.code for commune in A_FEW if not commune.is_current}
    assert wrong == register.planted["wrong_check_digit"] > 0
    assert sum(c["communeCode"] in old for c in register.changes) == register.planted["old_commune"]
    assert sum(c["taxCode"] is None for c in register.changes) == register.planted["without_code"]
    missing = sum(None in (c["address"], c["representativeName"]) for c in register.changes)
    assert missing == register.planted["missing"] > 0


def test_changes_stay_within_their_days_and_in_order():
    register = invent(Recipe(enterprises=400, first_day=date(2026, 3, 1), days=3))
    moments = [change["changedAt"] for change in register.changes]
    assert moments == sorted(moments)
    assert {moment[:10] for moment in moments} == {"2026-03-01", "2026-03-02", "2026-03-03"}
    extra = register.planted["doubled"] + register.planted["changed_again"]
    assert len(moments) == 400 + extra


def test_communes_are_read_with_their_zeros(tmp_path):
    path = tmp_path / "communes.csv"
    path.write_text(
        "commune_code,commune_name,is_current\n00004,Phường Ba Đình,true\n00001,,false\n"
    )
    assert read_communes(path) == (
        Commune("00004", "Phường Ba Đình"),
        Commune("00001", "", is_current=False),
    )
    path.write_text("commune_code\n00008\n")
    assert read_communes(path) == (Commune("00008", ""),)
    path.write_text("commune_code,is_current\n00008,false\n")
    with pytest.raises(ValueError, match="no commune in force"):
        read_communes(path)
