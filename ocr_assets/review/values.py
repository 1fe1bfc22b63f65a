"""What a person types, in the normal form of its field."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from ocr_assets.extract.lists import CODELESS_TYPES, TYPES
from ocr_assets.review.errors import ValueUnusable

LONGEST = 4000
# [0-9] and not \d, which takes the digits of every script: no gate and no join knows those.
_LOCAL = re.compile(r"(?:(?:([0-9]{1,2})[./-])?([0-9]{1,2})[./-])?([12][0-9]{3})")
_ISO = re.compile(r"([12][0-9]{3})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_NUMBER = re.compile(r"[0-9]+[A-Za-z]?(?:\s*[/-]\s*\S.*)?")  # some papers have no symbol
_CLOSED = {
    "urgency": ("Khẩn", "Thượng khẩn", "Hỏa tốc"),
    "language": tuple(f"{code:02}" for code in range(1, 12)),
}
_KINDS = {name.casefold(): name for name in (*TYPES.values(), *CODELESS_TYPES)}


def said(field: str, typed: Mapping[str, str]) -> str | None:
    """Return the value a form holds; None where a key of its own says that there is none.

    Raises:
        ValueUnusable: nothing was typed, or nothing that is a value of ``field``.
    """
    if typed.get("none") == "1":
        return None
    value = normal(field, typed.get("value", ""))
    if value is None:
        raise ValueUnusable("Chưa có giá trị. Nếu văn bản không có mục này, bấm F2.")
    return value


def normal(field: str, typed: str) -> str | None:
    """Return ``typed`` as a value of ``field``: composed letters, single blanks; None if empty.

    Raises:
        ValueUnusable: it is none, and nobody could count on it.
    """
    composed = unicodedata.normalize("NFC", typed)
    shown = "".join(c for c in composed if c.isspace() or unicodedata.category(c)[0] != "C")
    value = " ".join(shown.split())
    if not value:
        return None
    if len(value) > LONGEST:
        raise ValueUnusable(f"Giá trị quá dài: tối đa {LONGEST} ký tự.")
    match field:
        case "date":
            return _day(value)
        case "number":
            return _number(value)
        case "type":
            return _KINDS.get(value.casefold(), value)
        case "urgency" | "language":
            return _listed(field, value)
    return value


def _listed(field: str, value: str) -> str:
    """Return a value of a closed list as the list writes it."""
    for known in _CLOSED[field]:
        if value.casefold() == known.casefold():
            return known
    raise ValueUnusable(f"Chọn một trong: {', '.join(_CLOSED[field])}.")


def _day(value: str) -> str:
    """Return a date as it is kept: 2025, 2025-04 or 2025-04-19, by what was typed."""
    local, iso = _LOCAL.fullmatch(value), _ISO.fullmatch(value)
    if local:
        day, month, year = local.groups()
    elif iso:
        year, month, day = iso.groups()
    else:
        raise ValueUnusable("Ngày viết là 19/4/2025, tháng là 4/2025, năm là 2025.")
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueUnusable("Lịch không có ngày này: xem lại ngày và tháng.") from None
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


def _number(value: str) -> str:
    if not _NUMBER.fullmatch(value):
        raise ValueUnusable("Số, ký hiệu viết là 51/QĐ-UBND: số, gạch, rồi ký hiệu.")
    return value
