"""Enterprises named without their tax code: taken apart, found, and left alone where none is."""

from dataclasses import replace

import pytest

from demo.registry.words import NAMES, TRADES
from linkage import enterprises
from linkage.guards import Standing
from linkage.proposing import proposals

REGISTER = [
    (f"{number:010d}", f"Công ty TNHH {TRADES[number % 20]} {NAMES[number % 21]} {number}", "00004")
    for number in range(1, 601)
]


def proposed(papers):
    left, right = enterprises.compared(papers), enterprises.compared(REGISTER)
    found = proposals(left, right, enterprises.PLAN, enterprises.GUARDS)
    return {
        (one.pair.left, one.pair.right) for one in found.judged if one.standing is Standing.PROPOSED
    }


@pytest.mark.parametrize(
    ("name", "form", "trade", "own_name", "number"),
    [
        ("Công ty TNHH MTV Xây dựng An Bình 5", "one_member", "xay dung", "an binh", "5"),
        ("CTCP Vận tải Đông Đô", "joint_stock", "van tai", "dong do", None),
        ("Chi nhánh Công ty CP Cơ khí Đông Đô", "branch of joint_stock", "co khi", "dong do", None),
        ("Thử", None, None, "thu", None),
    ],
)
def test_a_name_is_taken_apart(name, form, trade, own_name, number):
    row = enterprises.named("1", name, None)
    assert (row["form"], row["trade"], row["own_name"], row["number"]) == (
        form,
        trade,
        own_name,
        number,
    )


def test_a_name_read_with_a_wrong_letter_is_proposed_and_a_stranger_is_not():
    papers = [
        ("misread", REGISTER[4][1].replace("Thực", "Thưc").upper(), "00004"),
        ("stranger", "cong ty co phan duoc pham cuu long 9", None),
    ]
    assert proposed(papers) == {("misread", "0000000005")}


def test_another_number_is_another_enterprise():
    assert proposed([("other", "cong ty tnhh xay dung dong do 901", "00004")]) == set()


def test_too_few_to_learn_from_are_compared_as_is_usual(monkeypatch):
    """Ten papers drive EM into a corner; it is left, not died in."""
    papers = [(f"p{number}", name, None) for number, (_, name, _) in enumerate(REGISTER[:10])]
    right = {(f"p{at}", key) for at, (key, *_) in enumerate(REGISTER[:10])}
    assert proposed(papers) == right
    monkeypatch.setattr(enterprises, "PLAN", replace(enterprises.PLAN, least_to_learn=1))
    assert proposed(papers) == right


def test_who_has_no_name_is_left_out():
    assert enterprises.compared([("1", "", None), ("2", "...", None)]) == []
