"""How each issuing agency prints its papers: header lines, place, who signs, who receives."""

from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """The header a bloc uses: Decree 30/2020, the Party's Guideline 36, the Youth Union's."""

    STATE = "state"
    PARTY = "party"
    YOUTH = "youth"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What does not change between two documents of one agency."""

    agency_code: str
    layout: Layout
    superior: str
    issuer: tuple[str, ...]
    place: str
    area: str
    unit: str
    authority: tuple[str, ...]
    ring: str
    core: tuple[str, ...]
    code: str = "UBND"

    @property
    def issuer_name(self) -> str:
        """The issuer as one line, upper case, the way the authority file is looked up."""
        return " ".join(self.issuer)


_S, _P, _Y = Layout.STATE, Layout.PARTY, Layout.YOUTH
_UB, _GL = "ỦY BAN NHÂN DÂN", "địa bàn huyện Gia Lâm"
_VICE = ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
_PARTY_RING = "ĐẢNG CỘNG SẢN VIỆT NAM"
_ROWS = (
    Letterhead("H26.18", _S, "", (_UB, "HUYỆN GIA LÂM"), "Gia Lâm", _GL,
               "Văn phòng Ủy ban nhân dân huyện", ("TM. " + _UB, *_VICE),
               "ỦY BAN NHÂN DÂN HUYỆN GIA LÂM", ()),
    Letterhead("H26.18.31", _S, "", (_UB, "XÃ ĐẶNG XÁ"), "Đặng Xá", "địa bàn xã Đặng Xá",
               "Văn phòng Ủy ban nhân dân xã", ("TM. " + _UB, "CHỦ TỊCH"),
               "ỦY BAN NHÂN DÂN XÃ ĐẶNG XÁ", ()),
    Letterhead("H26.31", _S, "", (_UB, "XÃ THUẬN AN"), "Thuận An", "địa bàn xã Thuận An",
               "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã", ("TM. " + _UB, *_VICE),
               "ỦY BAN NHÂN DÂN XÃ THUẬN AN", ()),
    Letterhead("H26.03", _S, "UBND THÀNH PHỐ HÀ NỘI", ("SỞ NỘI VỤ",), "Hà Nội",
               "địa bàn Thành phố", "Chi cục Văn thư - Lưu trữ", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
               "UBND THÀNH PHỐ HÀ NỘI", ("SỞ", "NỘI VỤ"), "SNV"),
    Letterhead("H26.81.31", _P, "ĐẢNG BỘ HUYỆN GIA LÂM", ("ĐẢNG ỦY XÃ ĐẶNG XÁ",), "Đặng Xá",
               "địa bàn xã Đặng Xá", "Văn phòng Đảng ủy", ("T/M ĐẢNG ỦY", "BÍ THƯ"),
               _PARTY_RING, ("ĐẢNG ỦY", "XÃ ĐẶNG XÁ")),
    Letterhead("H26.83", _P, "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI", ("ĐẢNG ỦY XÃ THUẬN AN",), "Thuận An",
               "địa bàn xã Thuận An", "Văn phòng Đảng ủy", ("T/L BAN THƯỜNG VỤ",
               "CHÁNH VĂN PHÒNG"), _PARTY_RING, ("ĐẢNG ỦY", "XÃ THUẬN AN")),
    Letterhead("H26.81", _P, "THÀNH ỦY HÀ NỘI", ("HUYỆN ỦY GIA LÂM",), "Gia Lâm", _GL,
               "Văn phòng Huyện ủy", ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), _PARTY_RING,
               ("HUYỆN ỦY", "GIA LÂM")),
    Letterhead("H26.80", _P, "", ("THÀNH ỦY HÀ NỘI",), "Hà Nội", "địa bàn Thành phố",
               "Văn phòng Thành ủy", ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), _PARTY_RING,
               ("THÀNH ỦY", "HÀ NỘI")),
    Letterhead("H26.91.05", _S, "HỘI LHPN TP. HÀ NỘI",
               ("HỘI LIÊN HIỆP PHỤ NỮ", "QUẬN CẦU GIẤY"), "Cầu Giấy", "địa bàn quận Cầu Giấy",
               "Văn phòng Hội", ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"), "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM",
               ("BCH", "QUẬN", "CẦU GIẤY"), "HPN"),
    Letterhead("H26.92.05", _Y, "THÀNH ĐOÀN HÀ NỘI", ("QUẬN ĐOÀN CẦU GIẤY",), "Cầu Giấy",
               "địa bàn quận Cầu Giấy", "Văn phòng Quận Đoàn",
               ("TM. BAN THƯỜNG VỤ QUẬN ĐOÀN", "BÍ THƯ"), "ĐOÀN TNCS HỒ CHÍ MINH",
               ("BCH", "QUẬN", "CẦU GIẤY"), "ĐTN"),
)  # fmt: skip


def letterhead(agency_code: str) -> Letterhead:
    """Return the letterhead of an issuing agency."""
    return next(head for head in _ROWS if head.agency_code == agency_code)
