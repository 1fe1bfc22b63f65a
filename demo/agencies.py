"""The agencies of the sample city, as rows: three blocs, three levels, both sides of 1 July 2025.

Names and five-digit codes of communes are public facts of Hanoi; agency codes below ``H26`` are
made up. A body whose area went to several new units has no successor: a split is never reassigned
by a machine. Columns: code, name, bloc, level, parent, commune, valid from, valid to, successor.
Why a body ended follows from these.
"""

GOV, PARTY, MASS = "government", "party", "mass_organisation"
CITY, DISTRICT, COMMUNE = "city", "district", "commune"
MERGER, LAST_DAY = "2025-07-01", "2025-06-30"
GL, CG, UB = "huyện Gia Lâm", "quận Cầu Giấy", "Ủy ban nhân dân"
WU = "Hội Liên hiệp Phụ nữ"
D61, D97, D76 = "1961-05-31", "1997-09-01", "1976-07-02"

ROWS = (
    ("H26", f"{UB} thành phố Hà Nội", GOV, CITY, "", "", D76, "", ""),
    ("H26.02", f"Văn phòng {UB} thành phố Hà Nội", GOV, CITY, "H26", "", D76, "", ""),
    ("H26.03", "Sở Nội vụ", GOV, CITY, "H26", "", D76, "", ""),
    ("H26.04", "Sở Tài chính", GOV, CITY, "H26", "", D76, "", ""),
    ("H26.05", "Sở Khoa học và Công nghệ", GOV, CITY, "H26", "", D76, "", ""),
    ("H26.06", "Trung tâm Phục vụ hành chính công", GOV, CITY, "H26", "", "2024-10-01", "", ""),
    ("H26.80", "Thành ủy Hà Nội", PARTY, CITY, "", "", D76, "", ""),
    ("H26.80.01", "Văn phòng Thành ủy Hà Nội", PARTY, CITY, "H26.80", "", D76, "", ""),
    ("H26.80.02", "Ban Tổ chức Thành ủy Hà Nội", PARTY, CITY, "H26.80", "", D76, "", ""),
    ("H26.90", "Ủy ban Mặt trận Tổ quốc thành phố Hà Nội", MASS, CITY, "", "", D76, "", ""),
    ("H26.91", f"{WU} thành phố Hà Nội", MASS, CITY, "H26.90", "", D76, "", ""),
    ("H26.92", "Thành Đoàn Hà Nội", MASS, CITY, "H26.90", "", D76, "", ""),
    ("H26.93", "Liên đoàn Lao động thành phố Hà Nội", MASS, CITY, "H26.90", "", D76, "", ""),
    ("H26.18", f"{UB} {GL}", GOV, DISTRICT, "H26", "", D61, LAST_DAY, ""),
    ("H26.18.01", f"Phòng Nội vụ {GL}", GOV, DISTRICT, "H26.18", "", D61, LAST_DAY, ""),
    ("H26.18.02", f"Văn phòng {UB} {GL}", GOV, DISTRICT, "H26.18", "", D61, LAST_DAY, ""),
    ("H26.05.05", f"{UB} {CG}", GOV, DISTRICT, "H26", "", D97, LAST_DAY, ""),
    ("H26.81", "Huyện ủy Gia Lâm", PARTY, DISTRICT, "H26.80", "", D61, LAST_DAY, ""),
    ("H26.82", "Quận ủy Cầu Giấy", PARTY, DISTRICT, "H26.80", "", D97, LAST_DAY, ""),
    ("H26.91.05", f"{WU} {CG}", MASS, DISTRICT, "H26.91", "", D97, LAST_DAY, ""),
    ("H26.91.18", f"{WU} {GL}", MASS, DISTRICT, "H26.91", "", D61, LAST_DAY, ""),
    ("H26.92.05", "Quận Đoàn Cầu Giấy", MASS, DISTRICT, "H26.92", "", D97, LAST_DAY, ""),
    ("H26.18.31", f"{UB} xã Đặng Xá", GOV, COMMUNE, "H26.18", "00556", D61, LAST_DAY, "H26.31"),
    ("H26.18.32", f"{UB} xã Lệ Chi", GOV, COMMUNE, "H26.18", "00550", D61, LAST_DAY, "H26.31"),
    ("H26.18.33", f"{UB} xã Dương Quang", GOV, COMMUNE, "H26.18", "00568", D61, LAST_DAY, "H26.31"),
    ("H26.18.34", f"{UB} thị trấn Trâu Quỳ", GOV, COMMUNE, "H26.18", "00565", D61, LAST_DAY, ""),
    ("H26.18.35", f"{UB} xã Dương Xá", GOV, COMMUNE, "H26.18", "00571", D61, LAST_DAY, "H26.32"),
    ("H26.18.36", f"{UB} xã Kiêu Kỵ", GOV, COMMUNE, "H26.18", "00580", D61, LAST_DAY, "H26.32"),
    ("H26.18.37", f"{UB} xã Yên Thường", GOV, COMMUNE, "H26.18", "00529", D61, LAST_DAY, "H26.33"),
    ("H26.18.38", f"{UB} xã Ninh Hiệp", GOV, COMMUNE, "H26.18", "00535", D61, LAST_DAY, "H26.33"),
    (
        "H26.05.41",
        f"{UB} phường Nghĩa Tân",
        GOV,
        COMMUNE,
        "H26.05.05",
        "00160",
        D97,
        LAST_DAY,
        "H26.41",
    ),
    ("H26.05.42", f"{UB} phường Dịch Vọng", GOV, COMMUNE, "H26.05.05", "00166", D97, LAST_DAY, ""),
    ("H26.05.43", f"{UB} phường Quan Hoa", GOV, COMMUNE, "H26.05.05", "00169", D97, LAST_DAY, ""),
    ("H26.31", f"{UB} xã Thuận An", GOV, COMMUNE, "H26", "00562", MERGER, "", ""),
    ("H26.32", f"{UB} xã Gia Lâm", GOV, COMMUNE, "H26", "00565", MERGER, "", ""),
    ("H26.33", f"{UB} xã Phù Đổng", GOV, COMMUNE, "H26", "00541", MERGER, "", ""),
    ("H26.41", f"{UB} phường Nghĩa Đô", GOV, COMMUNE, "H26", "00160", MERGER, "", ""),
    ("H26.42", f"{UB} phường Cầu Giấy", GOV, COMMUNE, "H26", "00166", MERGER, "", ""),
    ("H26.81.31", "Đảng ủy xã Đặng Xá", PARTY, COMMUNE, "H26.81", "00556", D61, LAST_DAY, "H26.83"),
    ("H26.81.32", "Đảng ủy xã Lệ Chi", PARTY, COMMUNE, "H26.81", "00550", D61, LAST_DAY, "H26.83"),
    ("H26.83", "Đảng ủy xã Thuận An", PARTY, COMMUNE, "H26.80", "00562", MERGER, "", ""),
    ("H26.84", "Đảng ủy phường Cầu Giấy", PARTY, COMMUNE, "H26.80", "00166", MERGER, "", ""),
    (
        "H26.91.31",
        f"{WU} xã Đặng Xá",
        MASS,
        COMMUNE,
        "H26.91.18",
        "00556",
        D61,
        LAST_DAY,
        "H26.91.62",
    ),
    ("H26.91.62", f"{WU} xã Thuận An", MASS, COMMUNE, "H26.91", "00562", MERGER, "", ""),
    ("H26.91.66", f"{WU} phường Cầu Giấy", MASS, COMMUNE, "H26.91", "00166", MERGER, "", ""),
)

# Clauses of Resolution 1656 that connectors/units/corrections.csv cites, too; the others are left
# out, as are the decisions of the Party and the unions.
CLAUSES = {"H26.31": "khoản 110, Điều 1", "H26.33": "khoản 112, Điều 1"}


def why_it_ended(bloc: str, level: str, valid_to: str, successor: str) -> tuple[str, str, str]:
    """Return what became of a body, by which resolution and clause of it; empty while it exists."""
    if not valid_to:
        return "", "", ""
    if level == DISTRICT:
        return "dissolved", "203/2025/QH15" if bloc == GOV else "", ""
    change = "merged" if successor else "split"
    return change, "1656/NQ-UBTVQH15" if bloc == GOV else "", CLAUSES.get(successor, "")
