"""The check digit of an enterprise code, against codes their owners publish."""

import pytest

from connectors.business.tax_code import has_right_check_digit

# Printed on their owners' own pages: Viettel, MobiFone, EVN, Vinamilk, MISA.
PUBLISHED = ["0100109106", "0100686209", "0100100079", "0300588569", "0101243150"]


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_agree_with_their_check_digit(code):
    assert has_right_check_digit(code) is True
    assert has_right_check_digit(f"{code}-001") is True
    assert has_right_check_digit(f"{code}001") is True


@pytest.mark.parametrize("code", PUBLISHED)
def test_every_other_check_digit_is_wrong(code):
    others = [code[:9] + digit for digit in "0123456789" if digit != code[9]]
    assert not any(has_right_check_digit(other) for other in others)


@pytest.mark.parametrize("code", PUBLISHED)
def test_any_one_mistyped_digit_is_noticed(code):
    for place in range(9):
        for digit in set("0123456789") - {code[place]}:
            assert not has_right_check_digit(code[:place] + digit + code[place + 1 :])


def test_a_sum_that_leaves_ten_has_no_right_digit():
    assert not any(has_right_check_digit(f"000000000{digit}") for digit in "0123456789")


@pytest.mark.parametrize(
    "code",
    ["", "100109106", "001099000001", "0100109106-01", "01001091O6", " 0100109106", "٠" * 10],
)
def test_what_is_not_an_enterprise_code_has_no_check_digit(code):
    assert has_right_check_digit(code) is None
