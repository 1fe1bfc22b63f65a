"""Letterheads of many kinds of issuers: what each field is, whatever the form."""

from dataclasses import dataclass, replace

import pytest

from ocr_assets.extract import describe
from ocr_assets.reading import Decider, Evidence
from tests.unit.ocr_assets.extract.sheets import body, left, middle, page, right

STATE, PARTY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Head:
    """What stands at the head of a page; a letter has ``about`` under its number and no type."""

    issuer: tuple[str, ...]
    number: str
    day: str
    kind: str
    about: str
    title: str = STATE


def drawn(head):
    rows = len(head.issuer)
    below = max(rows + 1, 3)
    lines = [left(text, row) for row, text in enumerate(head.issuer)]
    lines += [right(head.title, 0), left(head.number, below), right(head.day, below)]
    if head.title == STATE:
        lines.append(right(MOTTO, 1))
    if head.kind:
        lines.append(middle(head.kind, below + 3))
        lines += [middle(head.about, below + 4)] if head.about else []
    else:
        lines += [left(head.about, below + 1), middle("Kính gửi: Sở Tài chính", below + 4)]
    text = (
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
        "Căn cứ đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV,",
    )
    return page(*lines, *(body(line, below + 7 + i) for i, line in enumerate(text)))


# issuer's lines, number, day, type line, abstract, title -> number, date, issuer, type
KINDS = [
    (
        Head(
            (
                "HỘI ĐỒNG NHÂN DÂN",
                "TỈNH MẪU",
            ),
            "Số: 12/2023/NQ-HĐND",
            "Mẫu, ngày 08 tháng 12 năm 2023",
            "NGHỊ QUYẾT",
            "Về dự toán ngân sách địa phương năm 2024",
        ),
        ("12/2023/NQ-HĐND", "2023-12-08", "HỘI ĐỒNG NHÂN DÂN TỈNH MẪU", "Nghị quyết"),
    ),
    (
        Head(
            ("BỘ TÀI CHÍNH",),
            "Số: 45 TC/TCT",
            "Hà Nội, ngày 5 tháng 6 năm 1998",
            "THÔNG TƯ",
            "Hướng dẫn thi hành luật thuế",
        ),
        ("45 TC/TCT", "1998-06-05", "BỘ TÀI CHÍNH", "Thông tư"),
    ),
    (
        Head(
            ("THỦ TƯỚNG CHÍNH PHỦ",),
            "Số: 327-CT",
            "Hà Nội, ngày 15 tháng 9 năm 1992",
            "QUYẾT ĐỊNH",
            "Về một số chủ trương sử dụng đất trống",
        ),
        ("327-CT", "1992-09-15", "THỦ TƯỚNG CHÍNH PHỦ", "Quyết định"),
    ),
    (
        Head(
            (
                "ỦY BAN NHÂN DÂN",
                "THÀNH PHỐ HÀ NỘI",
            ),
            "Số: 3814/QĐ-UB",
            "Hà Nội, ngày 02-10-2001",
            "QUYẾT ĐỊNH",
            "Về việc giao đất",
        ),
        ("3814/QĐ-UB", "2001-10-02", "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "Quyết định"),
    ),
    (
        Head(
            (
                "ĐẢNG BỘ TỈNH MẪU",
                "HUYỆN ỦY BÌNH MINH",
                "*",
            ),
            "Số 127-QĐ/HU",
            "Bình Minh, ngày 03 tháng 3 năm 2021",
            "QUYẾT ĐỊNH",
            "về việc thành lập Ban Chỉ đạo",
            PARTY,
        ),
        ("127-QĐ/HU", "2021-03-03", "HUYỆN ỦY BÌNH MINH", "Quyết định"),
    ),
    (
        Head(
            (
                "HUYỆN ỦY BÌNH MINH",
                "BAN TỔ CHỨC",
                "*",
            ),
            "Số 15-BC/BTCHU",
            "Bình Minh, ngày 03 tháng 3 năm 2021",
            "BÁO CÁO",
            "kết quả công tác quý I",
            PARTY,
        ),
        ("15-BC/BTCHU", "2021-03-03", "BAN TỔ CHỨC", "Báo cáo"),
    ),
    (
        Head(
            (
                "TỈNH ỦY MẪU",
                "*",
            ),
            "Số 1024-CV/TU",
            "Mẫu, ngày 03 tháng 3 năm 2021",
            "",
            "V/v triển khai Nghị quyết số 18",
            PARTY,
        ),
        ("1024-CV/TU", "2021-03-03", "TỈNH ỦY MẪU", "Công văn"),
    ),
    (
        Head(
            (
                "ĐẢNG ỦY XÃ AN BÌNH",
                "*",
            ),
            "Số 08-KL/ĐU",
            "An Bình, ngày 03 tháng 3 năm 2021",
            "KẾT LUẬN",
            "của Ban Thường vụ Đảng ủy",
            PARTY,
        ),
        ("08-KL/ĐU", "2021-03-03", "ĐẢNG ỦY XÃ AN BÌNH", "Kết luận"),
    ),
    (
        Head(
            (
                "UBND QUẬN 3",
                "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",
            ),
            "Số: 512/GDĐT-TH",
            "Quận 3, ngày 14 tháng 02 năm 2019",
            "",
            "V/v tổ chức hội thi giáo viên giỏi",
        ),
        ("512/GDĐT-TH", "2019-02-14", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "Công văn"),
    ),
    (
        Head(
            (
                "PHÒNG GD&ĐT QUẬN 3",
                "TRƯỜNG TIỂU HỌC LÊ LỢI",
            ),
            "Số: 15/KH-THLL",
            "Quận 3, ngày 14 tháng 9 năm 2019",
            "KẾ HOẠCH",
            "Năm học 2019 - 2020",
        ),
        ("15/KH-THLL", "2019-09-14", "TRƯỜNG TIỂU HỌC LÊ LỢI", "Kế hoạch"),
    ),
    (
        Head(
            (
                "TÒA ÁN NHÂN DÂN",
                "HUYỆN AN BÌNH",
                "TỈNH MẪU",
            ),
            "Số: 12/2020/QĐST-HNGĐ",
            "An Bình, ngày 14 tháng 9 năm 2020",
            "QUYẾT ĐỊNH",
            "CÔNG NHẬN THUẬN TÌNH LY HÔN",
        ),
        ("12/2020/QĐST-HNGĐ", "2020-09-14", "TÒA ÁN NHÂN DÂN HUYỆN AN BÌNH TỈNH MẪU", "Quyết định"),
    ),
    (
        Head(
            (
                "ỦY BAN MTTQ VIỆT NAM",
                "TỈNH MẪU",
                "BAN THƯỜNG TRỰC",
            ),
            "Số: 33/MTTQ-BTT",
            "Mẫu, ngày 14 tháng 9 năm 2020",
            "",
            "V/v góp ý dự thảo",
        ),
        ("33/MTTQ-BTT", "2020-09-14", "BAN THƯỜNG TRỰC", "Công văn"),
    ),
    (
        Head(
            (
                "HỘI LHPN TỈNH MẪU",
                "BAN THƯỜNG VỤ",
            ),
            "Số: 33/KH-BTV",
            "Mẫu, ngày 14 tháng 9 năm 2020",
            "KẾ HOẠCH",
            "Tổ chức Đại hội đại biểu phụ nữ",
        ),
        ("33/KH-BTV", "2020-09-14", "BAN THƯỜNG VỤ", "Kế hoạch"),
    ),
    (
        Head(
            (
                "LIÊN ĐOÀN LAO ĐỘNG TỈNH MẪU",
                "CÔNG ĐOÀN VIÊN CHỨC",
            ),
            "Số: 7/HD-CĐVC",
            "Mẫu, ngày 14 tháng 9 năm 2020",
            "HƯỚNG DẪN",
            "Công tác kiểm tra công đoàn",
        ),
        ("7/HD-CĐVC", "2020-09-14", "CÔNG ĐOÀN VIÊN CHỨC", "Hướng dẫn"),
    ),
    (
        Head(
            (
                "BAN QUẢN LÝ DỰ ÁN",
                "ĐẦU TƯ XÂY DỰNG HUYỆN A",
            ),
            "Số: 71/TTr-BQLDA",
            "A, ngày 14 tháng 9 năm 2020",
            "TỜ TRÌNH",
            "Về việc thẩm định báo cáo kinh tế kỹ thuật",
        ),
        ("71/TTr-BQLDA", "2020-09-14", "BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG HUYỆN A", "Tờ trình"),
    ),
    (
        Head(
            (
                "CÔNG AN TỈNH MẪU",
                "CÔNG AN HUYỆN A",
            ),
            "Số: 71/CAH-QLHC",
            "A, ngày 14 tháng 9 năm 2020",
            "",
            "V/v phối hợp quản lý cư trú",
        ),
        ("71/CAH-QLHC", "2020-09-14", "CÔNG AN HUYỆN A", "Công văn"),
    ),
    (
        Head(
            (
                "BỘ TƯ LỆNH THỦ ĐÔ HÀ NỘI",
                "BAN CHQS HUYỆN ĐÔNG ANH",
            ),
            "Số: 71/BC-BCH",
            "Đông Anh, ngày 14 tháng 9 năm 2020",
            "BÁO CÁO",
            "Kết quả tuyển quân năm 2020",
        ),
        ("71/BC-BCH", "2020-09-14", "BAN CHQS HUYỆN ĐÔNG ANH", "Báo cáo"),
    ),
    (
        Head(
            (
                "ĐẠI HỌC QUỐC GIA HÀ NỘI",
                "TRƯỜNG ĐẠI HỌC CÔNG NGHỆ",
            ),
            "Số: 71/QĐ-ĐHCN",
            "Hà Nội, ngày 14 tháng 9 năm 2O20",
            "QUYẾT ĐỊNH",
            "Về việc công nhận tốt nghiệp",
        ),
        ("71/QĐ-ĐHCN", "2020-09-14", "TRƯỜNG ĐẠI HỌC CÔNG NGHỆ", "Quyết định"),
    ),
    (
        Head(
            ("VĂN PHÒNG QUỐC HỘI",),
            "Số: 2071/VPQH-TH",
            "Hà Nội, ngày 14 tháng 9 năm 20 20",
            "",
            "V/v báo cáo tiến độ",
        ),
        ("2071/VPQH-TH", "2020-09-14", "VĂN PHÒNG QUỐC HỘI", "Công văn"),
    ),
    (
        Head(
            ("QUỐC HỘI",),
            "Luật số: 67/2025/QH15",
            "Hà Nội, ngày 14 tháng 6 năm 2025",
            "LUẬT",
            "Thuế thu nhập doanh nghiệp",
        ),
        ("67/2025/QH15", "2025-06-14", "QUỐC HỘI", "Luật"),
    ),
    (
        Head(
            (
                "ĐOÀN TNCS HỒ CHÍ MINH",
                "BCH TỈNH MẪU",
                "***",
            ),
            "Số: 105-TB/TĐTN-VP",
            "Mẫu, ngày 14 tháng 9 năm 2020",
            "THÔNG BÁO",
            "Kết luận của đồng chí Bí thư",
            "ĐOÀN TNCS HỒ CHÍ MINH",
        ),
        ("105-TB/TĐTN-VP", "2020-09-14", "BCH TỈNH MẪU", "Thông báo"),
    ),
    (
        Head(
            (
                "TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC",
                "CÔNG TY ĐIỆN LỰC MẪU",
            ),
            "Số: 4012/PCM-KT",
            "Mẫu, ngày 14 tháng 9 năm 2020",
            "",
            "V/v thông báo ngừng cung cấp điện",
        ),
        ("4012/PCM-KT", "2020-09-14", "CÔNG TY ĐIỆN LỰC MẪU", "Công văn"),
    ),
    (
        Head(
            (
                "UBND TỈNH MẪU",
                "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG",
            ),
            "Số: 1501/GM-STNMT",
            "Mẫu, ngày 14 tháng 9 năm 2020",
            "GIẤY MỜI",
            "Họp thẩm định báo cáo đánh giá tác động môi trường",
        ),
        ("1501/GM-STNMT", "2020-09-14", "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "Giấy mời"),
    ),
    (
        Head(
            (
                "CHI CỤC THUẾ KHU VỰC",
                "BÌNH MINH - AN BÌNH",
            ),
            "Số: 951/TB-CCTKV",
            "Bình Minh, ngày 14 tháng 9 năm 2020",
            "THÔNG BÁO",
            "Về việc nộp tiền sử dụng đất",
        ),
        ("951/TB-CCTKV", "2020-09-14", "CHI CỤC THUẾ KHU VỰC BÌNH MINH - AN BÌNH", "Thông báo"),
    ),
    (
        Head(
            ("BỘ GIÁO DỤC VÀ ĐÀO TẠO - BỘ NỘI VỤ",),
            "Số: 06/2015/TTLT-BGDĐT-BNV",
            "Hà Nội, ngày 16 tháng 3 năm 2015",
            "THÔNG TƯ LIÊN TỊCH",
            "Quy định về danh mục khung vị trí việc làm",
        ),
        (
            "06/2015/TTLT-BGDĐT-BNV",
            "2015-03-16",
            "BỘ GIÁO DỤC VÀ ĐÀO TẠO - BỘ NỘI VỤ",
            "Thông tư liên tịch",
        ),
    ),
    (
        Head(
            (
                "TRUNG TÂM HÀNH CHÍNH CÔNG",
                "PHƯỜNG MINH KHAI",
            ),
            "Số: 09/BB-TTHCC",
            "Minh Khai, ngày 14 tháng 9 năm 2025",
            "BIÊN BẢN",
            "Bàn giao hồ sơ, tài liệu",
        ),
        ("09/BB-TTHCC", "2025-09-14", "TRUNG TÂM HÀNH CHÍNH CÔNG PHƯỜNG MINH KHAI", "Biên bản"),
    ),
    (
        Head(
            (
                "BAN CHỈ ĐẠO 35",
                "TỈNH MẪU",
            ),
            "Số: 09-KH/BCĐ35",
            "Mẫu, ngày 14/9/2025",
            "KẾ HOẠCH",
            "Bảo vệ nền tảng tư tưởng của Đảng",
            PARTY,
        ),
        ("09-KH/BCĐ35", "2025-09-14", "BAN CHỈ ĐẠO 35 TỈNH MẪU", "Kế hoạch"),
    ),
    (
        Head(
            (
                "TÒA ÁN NHÂN DÂN",
                "THÀNH PHỐ HÀ NỘI",
            ),
            "Bản án số: 112/2021/HS-ST",
            "Ngày: 14/9/2021",
            "BẢN ÁN",
            "",
        ),
        ("112/2021/HS-ST", "2021-09-14", "TÒA ÁN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "Bản án"),
    ),
    (
        Head(
            (
                "SỞ TƯ PHÁP",
                "PHÒNG CÔNG CHỨNG SỐ 1",
            ),
            "Số: 09/CV-PCC1",
            "Hà Nội, ngày 14 tháng 9 năm 2025",
            "",
            "V/v cung cấp thông tin giao dịch",
        ),
        ("09/CV-PCC1", "2025-09-14", "PHÒNG CÔNG CHỨNG SỐ 1", "Công văn"),
    ),
]


@pytest.mark.parametrize(("head", "told"), KINDS, ids=[told[0] for _, told in KINDS])
def test_the_fields_of_a_letterhead(head, told):
    found = describe([drawn(head)])
    named = ("number", "date", "issuer", "type")
    assert tuple(found[name].value if name in found else None for name in named) == told
    if head.about:
        assert found["abstract"].value == head.about


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (("BỘ NÔNG NGHIỆP VÀ MÔI", "TRƯỜNG"), "BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"),
        (("VĂN PHÒNG", "CHÍNH PHỦ"), "VĂN PHÒNG CHÍNH PHỦ"),
        (
            ("UBND TỈNH MẪU", "SỞ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI"),
            "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
        ),
        (("TỔNG LIÊN ĐOÀN LAO", "ĐỘNG VIỆT NAM"), "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"),
        (("BỘ TÀI CHÍNH", "TỔNG CỤC THUẾ"), "TỔNG CỤC THUẾ"),
    ],
)
def test_a_name_goes_on_where_its_line_ends(lines, issuer):
    head = Head(lines, "Số: 12/QĐ-X", "Mẫu, ngày 14 tháng 9 năm 2020", "QUYẾT ĐỊNH", "Về việc giao")
    assert describe([drawn(head)])["issuer"].value == issuer


def test_a_title_torn_in_two_is_no_part_of_the_issuer():
    lines = ("THANH TRA CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ")
    head = Head(lines, "Số: 12/QĐ-X", "Mẫu, ngày 14 tháng 9 năm 2020", "QUYẾT ĐỊNH", "Về việc giao")
    assert describe([drawn(head)])["issuer"].value == "THANH TRA CHÍNH PHỦ"


def test_an_abstract_goes_on_behind_a_short_line_and_a_number():
    def flat(line):  # no letter of it reaches below the baseline
        words = tuple(replace(w, box=replace(w.box, bottom=w.box.bottom - 16)) for w in line.words)
        return replace(line, words=words)

    number = middle("37/2026/NĐ-CP", 10, 0.48)
    seen = Evidence("37/2026/NĐ-CP", 0.99, Decider.FIRST)
    number = replace(number, words=tuple(replace(w, evidence=seen) for w in number.words))
    sheet = drawn(
        Head(("BỘ Y TẾ",), "Số: 1/2026/TT-BYT", "Hà Nội, ngày 14 tháng 9 năm 2026", "", "")
    )
    kept = [line for line in sheet.lines if "Kính" not in line.text][:4]
    about = ("Quy định chi tiết thi hành một số", "điều")
    lines = [
        middle(about[0], 8),
        flat(middle(about[1], 9)),
        number,
        middle("về thuốc và vắc xin", 11),
    ]
    found = describe([page(*kept, middle("THÔNG TƯ", 7), *lines, body("Căn cứ Luật Dược;", 15))])
    told = "Quy định chi tiết thi hành một số điều 37/2026/NĐ-CP về thuốc và vắc xin"
    assert found["abstract"].value == told


def test_a_number_without_its_digits_is_never_accepted():
    issuer = ("SỞ Y TẾ MẪU", "BỆNH VIỆN ĐA KHOA TỈNH")
    day, about = "Mẫu, ngày     tháng 9 năm 2020", "V/v báo giá thiết bị y tế"
    found = describe([drawn(Head(issuer, "Số:        /BVĐK-KHTH", day, "", about))])
    assert (found["date"].value, found["date"].accepted) == ("2020-09", False)
    assert not found["number"].accepted


@pytest.mark.parametrize("line", ["ỦY BAN NHÂN DÂN XÃ BÌNH PHONG", "CÔNG ĐOÀN VIÊN CHỨC"])
def test_a_name_is_not_bent_to_a_word_of_the_list(line):
    head = Head(
        (line,), "Số: 12/QĐ-X", "Mẫu, ngày 14 tháng 9 năm 2020", "QUYẾT ĐỊNH", "Về việc giao"
    )
    assert describe([drawn(head)])["issuer"].value == line
