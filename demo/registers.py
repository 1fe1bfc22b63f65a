"""Lists of dossiers and documents as the agencies of the sample city deliver them, faults and all.

Each office lists what it handed over, in its own way: leading zeros lost, a day left out, columns
in another order, a line too many and one too few.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from demo import city
from demo.documents import Document
from demo.plan import Delivery, Filing, Stamp, dossier_of, name_of
from demo.studio import Studio

Line = Sequence[object]
# Of the district's dossiers: one whose term still runs, and one that is due.
_TERMS = {2: "5 năm", 3: "2 năm"}
_TONES = "\u0300\u0301\u0303\u0309\u0323"
WEB_PAGE = "<html><meta charset='utf-8'><table><tr><td>Mục lục văn bản</td></tr></table></html>"


def registers_of(studio: Studio, delivery: Delivery) -> Iterator[tuple[str, bytes]]:
    """Yield the registers that come with a delivery, by their path under the home."""
    folder = f"drop/{delivery.custodian}"
    listed = list(_listed(studio, delivery))
    write = _STYLES.get(delivery.custodian, _as_agreed)
    for name, data in write(delivery, listed):
        yield f"{folder}/{name}", data


Listed = tuple[int, Filing, Document]


def _listed(studio: Studio, delivery: Delivery) -> Iterator[Listed]:
    """Yield what the office that delivers has of its own; secrets are on no list."""
    for ordinal, filing in enumerate(delivery.filings, 1):
        document = studio.documents[filing.document]
        keeper = filing.received_by or document.head.agency_code
        is_own = city.agency(keeper).agency_code == delivery.custodian
        if is_own and filing.stamp is not Stamp.SECRET:
            yield ordinal, filing, document


def _as_agreed(delivery: Delivery, listed: list[Listed]) -> Iterator[tuple[str, bytes]]:
    """Yield a list of documents on the sample form."""
    header = ("STT", "Mã hồ sơ", "Số, ký hiệu văn bản", "Ngày, tháng, năm văn bản",
              "Trích yếu nội dung", "Tên tệp")  # fmt: skip
    lines = [
        (n, dossier_of(delivery, n), one.number, f"{one.issued:%d/%m/%Y}", one.abstract,
         name_of(delivery, n))
        for n, _, one in listed
    ]  # fmt: skip
    yield "muc-luc-van-ban.csv", _csv([header, *lines]).encode("utf-8-sig")


def _by_hand(delivery: Delivery, listed: list[Listed]) -> Iterator[tuple[str, bytes]]:
    """Yield a list whose numbers a spreadsheet has spoilt, and a list of dossiers."""
    title = [["MỤC LỤC VĂN BẢN TRONG HỒ SƠ"], []]
    upper = ("STT", "Hồ sơ số", "Số văn bản", "Ký hiệu", "Ngày, tháng, năm văn bản", "", "",
             "Tên loại và trích yếu nội dung", "Số trang")  # fmt: skip
    lower = ("", "", "", "", "Ngày", "Tháng", "Năm", "", "")
    lines: list[Line] = [
        (n, dossier_of(delivery, n), one.ordinal, one.symbol.lstrip("/-"),
         "" if n % 5 == 0 else one.issued.day, one.issued.month, one.issued.year, one.abstract, "")
        for n, _, one in listed[:-1]
    ]  # fmt: skip
    never_scanned = (99, dossier_of(delivery, 1), 999, "QĐ-UBND", 1, 9, 2025, "Về việc THỬ", 2)
    total = ("", "", "", "", "", "", "", f"Tổng cộng: {len(lines) + 1} văn bản", "")
    yield (
        "muc-luc-van-ban.csv",
        _csv([*title, upper, lower, *lines, never_scanned, total]).encode("utf-8-sig"),
    )
    header = ("Mã hồ sơ", "Tiêu đề hồ sơ", "Thời hạn bảo quản", "Thời gian bắt đầu",
              "Thời gian kết thúc", "Mức độ tin cậy", "Mã hồ sơ giấy gốc")  # fmt: skip
    codes = dict.fromkeys(dossier_of(delivery, n) for n, _, _ in listed)
    dossiers = [
        (code, f"Hồ sơ THỬ số {n}", _TERMS.get(n, "Vĩnh viễn"), "2020", "2021", "02", "")
        for n, code in enumerate(codes, 1)
    ]
    yield "muc-luc-ho-so.csv", _csv([header, *dossiers]).encode()


def _in_another_order(delivery: Delivery, listed: list[Listed]) -> Iterator[tuple[str, bytes]]:
    """Yield a list as a spreadsheet exports "Unicode text", its headings without marks."""
    header = ("Trich yeu", "So ky hieu", "Nguoi giao", "Ngay ban hanh", "Ten file")
    lines = [
        (one.abstract, one.number, "THỬ", f"{one.issued:%d-%m-%Y}", name_of(delivery, n))
        for n, _, one in listed
    ]
    yield "danh-sach.txt", _csv([header, *lines], "\t").encode("utf-16")


def _in_old_letters(delivery: Delivery, listed: list[Listed]) -> Iterator[tuple[str, bytes]]:
    """Yield a list in windows-1258, and a web page that is called a workbook."""
    header = ("STT", "Số và ký hiệu", "Ngày tháng", "Trích yếu", "Đường dẫn")
    lines = [
        (n, one.number, f"{one.issued:%m/%Y}", one.abstract, rf"D:\quet\{name_of(delivery, n)}")
        for n, _, one in listed
    ]
    yield "muc luc.csv", _in_1258(_csv([header, *lines], ";"))
    yield "muc luc cu.xls", WEB_PAGE.encode()


_STYLES: dict[str, Callable[[Delivery, list[Listed]], Iterator[tuple[str, bytes]]]] = {
    "H26.18": _by_hand,
    "H26.83": _in_another_order,
    "H26.91.05": _in_old_letters,
}


def _csv(lines: Sequence[Line], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue()


def _in_1258(text: str) -> bytes:
    """Encode text as that code has it: a letter with its hat, then its tone as a mark."""
    written = []
    for sign in unicodedata.normalize("NFC", text):
        try:
            written.append(sign.encode("cp1258"))
        except UnicodeEncodeError:
            split = unicodedata.normalize("NFD", sign)
            tones = "".join(mark for mark in split if mark in _TONES)
            letter = "".join(mark for mark in split if mark not in _TONES)
            composed = unicodedata.normalize("NFC", letter) + tones
            written.append(composed.encode("cp1258", "replace"))
    return b"".join(written)
