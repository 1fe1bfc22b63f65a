"""Delimited text in every code of letters and with every delimiter that offices still use."""

import subprocess
import sys
import unicodedata

import pytest

from connectors.filedrop.old_codes import from_tcvn3, from_vni
from connectors.filedrop.refusals import FileRefused, Refusal
from tests.support.old_codes import tcvn3, vni
from tests.support.registers import DOCUMENTS, csv_text, read, write_csv

LINES = [
    DOCUMENTS,
    [1, "051/QĐ-UBND", "19/04/2025", "Về việc THỬ đường, nước; ký bởi ủy ban"],
    [2, "052/QĐ-UBND", "20/04/2025", 'Tên "gọi"\nxuống dòng'],
]
SUBJECTS = [LINES[1][3], LINES[2][3].replace("\n", "\n")]


def subjects(path):
    register, rows, letters = read(path)
    assert not letters
    return register, [unicodedata.normalize("NFC", row["subject"]) for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_unicode_with_and_without_a_mark_and_every_delimiter(tmp_path, encoding, delimiter):
    path = write_csv(tmp_path / "a.csv", LINES, encoding=encoding, delimiter=delimiter)
    register, found = subjects(path)
    assert found == SUBJECTS
    names = {",": "comma", ";": "semicolon", "\t": "tab"}
    assert register.how["delimiter"] == names[delimiter]


def test_windows_1258_writes_tones_as_marks_of_their_own(tmp_path):
    text = csv_text(LINES)
    parts = [
        sign if len(split := unicodedata.normalize("NFD", sign)) < 3 else split
        for sign in unicodedata.normalize("NFC", text)
    ]
    encoded = b"".join(map(_in_1258, parts))
    path = tmp_path / "a.csv"
    path.write_bytes(encoded)
    register, found = subjects(path)
    assert found == SUBJECTS
    assert register.how["encoding"] == "windows-1258"


def _in_1258(sign):
    """Encode one letter the way that code has it: the letter with its hat, then its tone."""
    split = unicodedata.normalize("NFD", sign)
    tones = [mark for mark in split if mark in "\u0300\u0301\u0303\u0309\u0323"]
    base = unicodedata.normalize("NFC", "".join(mark for mark in split if mark not in tones))
    try:
        return sign.encode("cp1258") if len(sign) == 1 else (base + "".join(tones)).encode("cp1258")
    except UnicodeEncodeError:
        return (base + "".join(tones)).encode("cp1258")


@pytest.mark.parametrize(("name", "code"), [("tcvn3", tcvn3), ("vni", vni)])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_codes_of_the_time_before_unicode_are_turned_back(tmp_path, name, code, encoding):
    path = tmp_path / "a.csv"
    small = [[str(cell).lower() for cell in line] for line in LINES]
    path.write_bytes(code(csv_text(small)).encode(encoding))
    register, found = subjects(path)
    assert found == [subject.lower() for subject in SUBJECTS]
    assert name in register.how["encoding"]


def test_every_letter_comes_back_from_the_old_codes():
    letters = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    for letter in letters:
        assert from_tcvn3(tcvn3(letter)) == letter
        assert from_vni(vni(letter)) == letter
    assert from_vni("í ì æ ó ò î") == "í ì ỉ ĩ ị ỵ"
    assert from_vni("ÑAÛNG UÛY Ñaïi AÊN Æ") == "ĐẢNG ỦY Đại ĂN Ỉ"
    assert from_tcvn3("Số đã đúng") == "Số đã đúng"


def test_letters_in_no_known_code_are_refused_by_name(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"STT,So ky hieu,Ngay,Trich yeu\r\n1,5/QD,19/04/2025,\xe0\xcd\xff\r\n")
    assert refusal(path) == Refusal.ENCODING_UNKNOWN


def refusal(path):
    with pytest.raises(FileRefused) as refused:
        read(path)
    assert str(refused.value).startswith(refused.value.refusal)
    assert not refused.value.retryable
    return refused.value.refusal


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Refusal.EMPTY),
        (b"\xef\xbb\xbf\r\n  \r\n", Refusal.EMPTY),
        (b"a,b\r\n1,2\r\n", Refusal.HEADER_NOT_FOUND),
        (b"%PDF-1.7\n\0\x01\x02", Refusal.FORMAT_UNKNOWN),
        (b"<html><table><tr><td>STT</td></tr></table></html>", Refusal.HTML_INSIDE),
        (b"\n <?xml version='1.0'?><Workbook/>", Refusal.HTML_INSIDE),
        ("﻿STT,Số".encode("utf-16")[:-1], Refusal.DAMAGED),
        (b'"STT,a\r\n' + b"x" * 200_000, Refusal.QUOTES_BROKEN),
    ],
)
def test_what_is_no_register_is_refused_by_name(tmp_path, content, why):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert refusal(path) == why


def test_a_quotation_mark_that_is_never_closed_refuses_the_file_and_names_the_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(csv_text(LINES) + '3,"053/QĐ\r\n' + "x,y\r\n" * 100_000, encoding="utf-8")
    with pytest.raises(FileRefused, match="line ") as refused:
        read(path)
    assert refused.value.refusal == Refusal.QUOTES_BROKEN


def test_a_first_line_that_names_the_delimiter_is_passed_over(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=;\r\n" + csv_text(LINES, ";"), encoding="utf-8-sig")
    register, rows, _ = read(path)
    assert (register.how["delimiter"], rows[0]["row_number"]) == ("semicolon", 3)


def test_a_file_that_is_not_there_is_a_refusal(tmp_path):
    assert refusal(tmp_path / "a.csv") == Refusal.UNREADABLE


READ_ALL = """
import resource, sys
from pathlib import Path
from connectors.filedrop.mapping import read_mappings
from connectors.filedrop.register import read_register
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
register = read_register(Path(sys.argv[1]), "H00.01", read_mappings())
rows = sum(1 for _ in register.rows("documents"))
print(rows, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_a_large_file_is_read_in_little_memory(tmp_path):
    path = tmp_path / "a.csv"
    line = csv_text([[1, "051/QĐ-UBND", "19/04/2025", "THỬ " * 2_000]])
    with path.open("w", encoding="utf-8") as file:
        file.write(csv_text([DOCUMENTS]))
        for _ in range(6_000):
            file.write(line)
    assert path.stat().st_size > 60 << 20
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, path], capture_output=True, text=True, check=True
    )
    rows, megabytes = map(int, done.stdout.split())
    assert rows == 6_000
    assert megabytes < 16


ENDLESS = [",x" * 200_000, '"' + ' \r\n","' * 100_000]


@pytest.mark.parametrize("line", ENDLESS)
@pytest.mark.parametrize("first", ["", csv_text(LINES)])
def test_a_line_that_does_not_end_is_refused_before_it_fills_the_memory(tmp_path, first, line):
    path = tmp_path / "a.csv"
    path.write_text(first + "1," + line, encoding="utf-8", newline="")
    with pytest.raises(FileRefused) as refused:
        read(path)
    assert refused.value.refusal == Refusal.EXPANDS
    assert refused.value.where.startswith("line ")
