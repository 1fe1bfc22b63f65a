"""The agency file is read strictly, keeps what it says, and its faults are named by place."""

import hashlib
from datetime import date

import pytest

from connectors.catalog.agencies import HeaderDiffers, read_agencies
from connectors.errors import ContractBroken

HEADER = (
    "agency_code,agency_name,bloc,level,parent_code,commune_code,valid_from,valid_to,successor_code"
)
WARD = "H26.01.02,Ủy ban nhân dân phường Ba Đình,government,commune,H26.01,00004,2025-07-01,,"
OLD = "H26.99,Quận ủy cũ,party,district,H26,,2010-01-01,2025-06-30,H26.01.02"


@pytest.fixture
def agencies(tmp_path):
    def write(*lines, encoding="utf-8"):
        path = tmp_path / "agencies.csv"
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return path

    return write


def test_rows_keep_leading_zeros_dates_and_emptiness(agencies):
    path = agencies(HEADER, WARD, "", OLD, ",,,,,,,,")
    catalog = read_agencies(path)
    assert catalog.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    ward, old = catalog.rows
    assert dict(ward) == {
        "agency_code": "H26.01.02",
        "agency_name": "Ủy ban nhân dân phường Ba Đình",
        "bloc": "government",
        "level": "commune",
        "parent_code": "H26.01",
        "commune_code": "00004",
        "valid_from": date(2025, 7, 1),
        "valid_to": None,
        "successor_code": None,
        "change_type": None,
        "resolution": None,
        "clause": None,
        "_extra": {},
    }
    assert old["commune_code"] is None
    assert old["valid_to"] == date(2025, 6, 30)


def test_a_byte_order_mark_and_another_order_of_columns_change_nothing(agencies):
    turned = ",".join(reversed(HEADER.split(",")))
    line = ",".join(reversed(WARD.split(",")))
    plain = read_agencies(agencies(HEADER, WARD)).rows
    assert [
        dict(row) for row in read_agencies(agencies(turned, line, encoding="utf-8-sig")).rows
    ] == [dict(row) for row in plain]


@pytest.mark.parametrize(
    "header",
    [
        "",
        HEADER.replace("bloc", "block"),
        HEADER.removesuffix(",successor_code"),
        HEADER + ",note",
        HEADER + ",bloc",
        HEADER.replace(",", ";"),
        WARD,
    ],
)
def test_another_header_is_refused_by_name(agencies, header):
    with pytest.raises(HeaderDiffers) as caught:
        read_agencies(agencies(header, WARD))
    assert "Ba Đình" not in str(caught.value)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (WARD.replace("00004", "4"), "commune_code: not five digits"),
        (WARD.replace("2025-07-01", "01/07/2025"), "valid_from: not a date as YYYY-MM-DD"),
        (WARD.replace("2025-07-01", "2025-02-30"), "valid_from: no such day"),
        (WARD.replace("government", "Government"), "bloc: not one of"),
        (WARD.replace("commune,", "ward,"), "level: not one of"),
        (WARD.replace("H26.01.02", ""), "agency_code: missing"),
        (WARD.replace("H26.01.02", "H26..2"), "agency_code: not a dotted agency code"),
        (WARD + ",", "10 cells, not 9"),
        (WARD + "\r\n" + WARD, "line 3 agency_code: stands twice"),
    ],
)
def test_a_fault_is_named_by_line_and_column_and_not_quoted(agencies, line, fault):
    with pytest.raises(ContractBroken, match=fault) as caught:
        read_agencies(agencies(HEADER, line))
    assert "line " in str(caught.value)
    assert "Ba Đình" not in str(caught.value)


def test_all_faults_are_told_at_once(agencies):
    bad = WARD.replace("00004", "4").replace("government", "x")
    with pytest.raises(ContractBroken, match="2 faults"):
        read_agencies(agencies(HEADER, bad))


WHY = HEADER + ",change_type,resolution,clause"
MERGED = OLD + ",merged,1656/NQ-UBTVQH15,khoản 110"


def test_a_line_may_say_why_an_agency_ended(agencies):
    [row] = read_agencies(agencies(WHY, MERGED)).rows
    assert (row["change_type"], row["resolution"], row["clause"]) == (
        "merged",
        "1656/NQ-UBTVQH15",
        "khoản 110",
    )
    [row] = read_agencies(agencies(HEADER + ",change_type", OLD + ",merged")).rows
    assert (row["change_type"], row["resolution"]) == ("merged", None)


SPLIT = MERGED.replace("merged", "split")
NOBODY = MERGED.replace("H26.01.02,merged", ",merged")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (MERGED.replace("merged", "gone"), "change_type: not one of merged, split, renamed, diss"),
        (MERGED.replace("2025-06-30", ""), "valid_to: missing; give the last day"),
        (MERGED.replace("H26.01.02", "H26.99"), "successor_code: the agency itself; "),
        (NOBODY, "successor_code: missing; a merged agency has one heir, of several write split"),
        (MERGED.replace("merged", ""), "change_type: missing; say what the resolution did"),
        (MERGED.replace("1656/NQ-UBTVQH15", ""), "resolution: missing; a clause is of one"),
        (SPLIT.replace("1656/NQ-UBTVQH15,khoản 110", ","), "resolution: missing; cite who named"),
        (NOBODY.replace("merged", "renamed"), "successor_code: missing; name the new code"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_told_what_to_do(agencies, line, fault):
    with pytest.raises(ContractBroken, match=fault) as caught:
        read_agencies(agencies(WHY, line))
    assert "line 2 " in str(caught.value)
    assert "Quận ủy" not in str(caught.value)


def test_a_split_agency_waits_without_an_heir_until_one_is_cited(agencies):
    waiting = SPLIT.replace("H26.01.02,split", ",split")
    dissolved = NOBODY.replace("merged", "dissolved")
    for line in (SPLIT, waiting, dissolved):
        assert len(read_agencies(agencies(WHY, line)).rows) == 1


def test_an_heir_needs_the_last_day_of_the_agency_that_ended(agencies):
    with pytest.raises(ContractBroken, match="valid_to: missing; give the last day"):
        read_agencies(agencies(HEADER, OLD.replace("2025-06-30", "")))


FIRST = "H26.99,Phòng Một,government,district,H26,,2010-01-01,2019-12-31,,renamed,12/QĐ-UBND,"
THEN = "H26.99,Phòng Hai,government,district,H26,,2020-01-01,,,,,"


def test_an_agency_renamed_under_its_code_stands_on_two_lines_that_meet(agencies):
    for lines in ([FIRST, THEN], [THEN, FIRST]):
        assert len(read_agencies(agencies(WHY, *lines)).rows) == 2


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (FIRST.replace("2019-12-31", "2020-01-01"), THEN),
        (FIRST.replace("2019-12-31,,renamed,12/QĐ-UBND", ",,,"), THEN),
        (FIRST, THEN.replace("2020-01-01", "")),
    ],
)
def test_lines_of_one_agency_that_overlap_are_refused(agencies, first, then):
    with pytest.raises(ContractBroken, match="line 3 valid_from: within the time of line 2"):
        read_agencies(agencies(WHY, first, then))


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258", "latin-1"])
def test_another_encoding_is_refused(agencies, encoding):
    line = "H26,Thành phố Hà Nội é,government,city,,,,,".encode(encoding, "replace")
    path = agencies(HEADER)
    path.write_bytes(path.read_bytes() + b"\r\n" + line)
    with pytest.raises(ContractBroken, match="UTF-8"):
        read_agencies(path)


def test_broken_quoting_and_an_absent_file_are_told(agencies, tmp_path):
    with pytest.raises(ContractBroken, match="broken quoting"):
        read_agencies(agencies(HEADER, 'H26,"Hà Nội,government,city,,,,,'))
    with pytest.raises(ContractBroken, match=r"absent\.csv cannot be read"):
        read_agencies(tmp_path / "absent.csv")
