"""Registers as agencies deliver them, written by the test that reads them; all of it invented."""

import csv
import io
from pathlib import Path

import openpyxl

from connectors.filedrop.mapping import read_mappings
from connectors.filedrop.register import read_register

AGENCY = "H00.01"
DOCUMENTS = ["STT", "Số, ký hiệu văn bản", "Ngày, tháng, năm văn bản", "Trích yếu nội dung"]
DOSSIERS = ["STT", "Mã hồ sơ", "Tiêu đề hồ sơ", "Thời hạn bảo quản", "Số lượng tờ"]


def csv_text(lines, delimiter=","):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    return out.getvalue()


def write_csv(path: Path, lines, *, encoding="utf-8", delimiter=",") -> Path:
    path.write_bytes(csv_text(lines, delimiter).encode(encoding))
    return path


def write_xlsx(path: Path, lines, *, change=lambda _book: None) -> Path:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    change(book)
    book.save(path)
    return path


def read(path: Path, form="documents", declared: Path | None = None):
    """Return the file's register, its rows and what it set aside."""
    register = read_register(path, AGENCY, read_mappings(declared))
    rows = [dict(row) for row in register.rows(form)]
    return register, rows, list(register.dead_letters(form))
