"""What a person types becomes a value or a word of advice; forged requests stay out."""

import pytest

from ocr_assets.review.errors import RequestForged, ValueUnusable
from ocr_assets.review.hands import Hands
from ocr_assets.review.room import page_number
from ocr_assets.review.sessions import Session, require_ours
from ocr_assets.review.values import LONGEST, normal, said


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("date", "19/4/2025", "2025-04-19"),
        ("date", " 2025-4-9 ", "2025-04-09"),
        ("date", "19.04.2025", "2025-04-19"),
        ("date", "4/2025", "2025-04"),
        ("date", "2025", "2025"),
        ("date", "29/2/2024", "2024-02-29"),
        ("number", "051/QĐ-UBND", "051/QĐ-UBND"),
        ("number", "127-QĐ/TW", "127-QĐ/TW"),
        ("number", "05", "05"),
        ("type", "quyết ĐỊNH", "Quyết định"),
        ("type", "Giấy đi đường", "Giấy đi đường"),
        ("signer", "Nguye\u0302\u0303n  Va\u0306n\nA", "Nguyễn Văn A"),
        ("issuer", "ỦY BAN\u200b NHÂN DÂN\u0000", "ỦY BAN NHÂN DÂN"),
        ("urgency", "hỏa TỐC", "Hỏa tốc"),
        ("language", "01", "01"),
        ("recipient_3", "Như  trên", "Như trên"),
        ("abstract", " \n\t ", None),
    ],
)
def test_what_is_typed_is_kept_in_the_normal_form_of_its_field(field, typed, value):
    assert normal(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("date", "30/2/2025"),
        ("date", "ngày 3"),
        ("date", "19/4/25"),
        ("date", "0/4/2025"),
        ("number", "KH-TU"),
        ("number", "77/"),
        ("number", "٥٧/QĐ"),
        ("number", "５７/QĐ"),
        ("date", "١٩/٤/2025"),
        ("date", "2025-٠٤"),
        ("urgency", "nhanh"),
        ("language", "vi"),
        ("abstract", "a" * (LONGEST + 1)),
    ],
)
def test_what_nobody_could_count_on_is_refused_and_not_quoted(field, typed):
    with pytest.raises(ValueUnusable) as caught:
        normal(field, typed)
    assert typed not in str(caught.value)


def test_nothing_typed_is_no_word_and_none_needs_its_own_key():
    with pytest.raises(ValueUnusable, match="F2"):
        said("signer", {"value": " "})
    assert said("signer", {"value": "left over", "none": "1"}) is None


def test_a_field_on_one_screen_is_not_handed_to_another():
    hands = Hands()
    hands.take("a", "1")
    assert hands.of_others("b") == {"1"}
    assert hands.of_others("a") == set()
    hands.take("a", "2")
    assert hands.of_others("b") == {"2"}


SESSION = Session("a", None, csrf="right")
OURS = {"host": "127.0.0.1:1", "origin": "http://127.0.0.1:1", "x-csrf": "right"}


def test_a_request_of_our_own_page_is_taken():
    require_ours(SESSION, OURS | {"sec-fetch-site": "same-origin"})
    require_ours(SESSION, {"host": "127.0.0.1:1"}, csrf="right")


@pytest.mark.parametrize(
    "change",
    [
        {"x-csrf": "wrong"},
        {"x-csrf": ""},
        {"x-csrf": "đúng"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:2"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_request_of_another_site_is_refused(change):
    with pytest.raises(RequestForged):
        require_ours(SESSION, OURS | change)


@pytest.mark.parametrize(
    ("typed", "page"),
    [("1", 1), ("9", 9), ("10", None), ("0", None), ("-1", None), ("x", None), ("²", None)],
)
def test_only_pages_of_the_document_can_be_asked_for(typed, page):
    assert page_number(typed, 9) == page
