"""Which number it is: a person's, a telephone's, an account's; by its form and by what is said.

Numbers of persons have twelve digits (before 2016: nine) and no check digit. Their make-up is a
soft check: it makes a number without a word beside it count, and never takes one away.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from ocr_assets.suggest.digit_runs import Run


class Personal(StrEnum):
    """Kinds of personal data that are looked for."""

    ID_NUMBER = "id_number"
    OLD_ID_NUMBER = "old_id_number"
    PHONE = "phone"
    BANK_ACCOUNT = "bank_account"
    ID_CARD = "id_card"


class Said(StrEnum):
    """What the words beside a number say it is."""

    IDENTITY = "identity"
    PHONE = "phone"
    ACCOUNT = "account"
    TAX = "tax"
    TREASURY = "treasury"
    OTHER = "other"


_WORDS = {
    Said.IDENTITY: r"CCCD|CAN CUOC|C?CMND|CMTND|CMT\b|CHUNG MINH (?:NHAN DAN|THU)|DINH DANH",
    Said.PHONE: r"DIEN THOAI|\bS?DT(?:DD)?\b|\bTEL\b|DI DONG|LIEN HE|LIEN LAC|\bZALO\b|HOTLINE",
    Said.ACCOUNT: r"TAI KHOAN|\bSTK\b|\bTK\b",
    Said.TAX: r"MA SO THUE|\bMST\b|MA SO DOANH NGHIEP|\bMSDN\b|MA SO CHI NHANH",
    Said.TREASURY: r"KHO BAC|\bKBNN\b|NGAN SACH",
    Said.OTHER: r"MA HO SO|MA VACH|HOA DON|SO SERI|BIEN LAI|MA BUU|SO KHUNG|SO MAY|VAN DON"
    r"|MA SO BHXH|BAO HIEM|TOA DO|FAX",
}  # fmt: skip
_SAID = re.compile("|".join(f"(?P<{said.value}>{words})" for said, words in _WORDS.items()))
# Registration of birth: 63 provinces had codes 001 to 096, and not all of them are in use.
_PROVINCES = frozenset(
    int(code)
    for code in (  # noqa: SIM905 - a list of quoted numbers is harder to read
        "1 2 4 6 8 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48"
        " 49 51 52 54 56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95"
        " 96"
    ).split()
)
_MOBILE = re.compile(r"(?:0|84)(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])\d{7}")
_SURE, _SAID_SO, _FORM = 0.95, 0.85, 0.6


def telling(text: str) -> Iterator[tuple[Said, int, int]]:
    """Yield what words of ``text`` (capitals, no marks) say of a number, and where they stand."""
    for found in _SAID.finditer(text):
        yield Said(str(found.lastgroup)), found.start(), found.end()


def said_in(text: str) -> Said | None:
    """Return what the last telling words of ``text`` say, if any do."""
    return next((said for said, _, _ in reversed(list(telling(text)))), None)


def is_well_made(digits: str) -> bool:
    """Return whether twelve digits are made as a person's number is: province, century, year."""
    return (
        len(digits) == 12
        and int(digits[:3]) in _PROVINCES
        and digits[3] in "0123"
        and (digits[3] in "01" or digits[4:6] <= "30")
    )


def judged(run: Run, said: Said | None) -> tuple[Personal, float] | None:
    """Return which kind of personal data a number is, and how sure that is; None for none."""
    if said in (Said.TAX, Said.TREASURY, Said.OTHER):
        return None
    if said is Said.ACCOUNT and not run.is_amount:
        return Personal.BANK_ACCOUNT, _SAID_SO
    if said is Said.IDENTITY and len(run.digits) in (9, 12):
        sure = _SURE if is_well_made(run.digits) or len(run.digits) == 9 else _SAID_SO
        return _ID_OF_LENGTH[len(run.digits)], sure
    if run.is_amount:
        return None
    return _by_its_form(run, said)


_ID_OF_LENGTH = {9: Personal.OLD_ID_NUMBER, 12: Personal.ID_NUMBER}


def _by_its_form(run: Run, said: Said | None) -> tuple[Personal, float] | None:
    """Return what a number nobody names is: only what hardly anything else looks like."""
    if _MOBILE.fullmatch(run.digits) and _is_phone_grouped(run):
        return Personal.PHONE, _SURE if said is Said.PHONE else _FORM
    if is_well_made(run.digits) and run.groups in ((12,), (3, 3, 3, 3), (3, 3, 6)):
        return Personal.ID_NUMBER, _FORM
    return None


def _is_phone_grouped(run: Run) -> bool:
    groups = run.groups
    return min(groups) >= 2 and len(groups) <= 5
