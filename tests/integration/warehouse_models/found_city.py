"""Invented documents to be searched, and what a person who types this means to find."""
# ruff: noqa: E501

from tests.integration.warehouse_models.raw_rows import A, B, field, file, page, sha, usable

# number, date, type, issuer, abstract, text of page 1, text of page 2
PAPERS = [
    (
        "155/KH-UBND",
        "2025-05-19",
        "Kế hoạch",
        "ỦY BAN NHÂN DÂN THÀNH PHỐ MẪU",
        "Số hóa tài liệu lưu trữ của các cơ quan cấp huyện, cấp xã trước khi sáp nhập",
        "Căn cứ Luật Lưu trữ, thành phố tổ chức quét toàn bộ hồ sơ giấy và dựng kho dữ liệu dùng chung.",
        "Kinh phí bố trí từ ngân sách thành phố năm 2025 và 2026.",
    ),
    (
        "155/QĐ-UBND",
        "2024-03-05",
        "Quyết định",
        "ỦY BAN NHÂN DÂN QUẬN THỬ",
        "Thu hồi đất để mở rộng đường Nguyễn Thử đoạn qua phường Hai",
        "Thu hồi 1.250,5 m2 đất của 14 hộ gia đình, cá nhân tại phường Hai.",
        "Giao Trung tâm Phát triển quỹ đất lập phương án bồi thường, hỗ trợ và tái định cư.",
    ),
    (
        "0155/TB-VP",
        "2023-11-30",
        "Thông báo",
        "VĂN PHÒNG ỦY BAN NHÂN DÂN HUYỆN MẪU",
        "Kết luận của Chủ tịch về công tác phòng cháy, chữa cháy tại chợ Hòa Thử",
        "Chợ Hòa Thử có 312 hộ kinh doanh, hệ thống báo cháy tự động đã hỏng từ năm 2021.",
        "Yêu cầu lắp lại họng nước và tập huấn thoát nạn trước ngày 15/12/2023.",
    ),
    (
        "27/2022/NQ-HĐND",
        "2022-12-09",
        "Nghị quyết",
        "HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ MẪU",
        "Quy định mức học phí đối với giáo dục mầm non và phổ thông công lập năm học 2023-2024",
        "Mức thu học phí lớp nhà trẻ khu vực đô thị là 217.000 đồng một tháng.",
        "Miễn cho trẻ em thuộc hộ nghèo và con của người có công.",
    ),
    (
        "414/SYT-NVY",
        "2021-08-17",
        "Công văn",
        "SỞ Y TẾ MẪU",
        "Về việc tăng cường lấy mẫu xét nghiệm và tiêm vắc xin phòng dịch",
        "Các trung tâm y tế lập đội tiêm lưu động tới từng ngõ.",
        "Báo cáo số mũi đã tiêm trước 17 giờ hằng ngày.",
    ),
    (
        "12/BC-PTNMT",
        "2020-01-20",
        "Báo cáo",
        "PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG HUYỆN MẪU",
        "Kết quả cấp giấy chứng nhận quyền sử dụng đất năm 2019",
        "Đã cấp 1.024 giấy chứng nhận, tồn đọng 77 hồ sơ vì tranh chấp ranh giới thửa.",
        "Tờ bản đồ số 12, thửa đất số 88 tại xã Đặng Thử chưa đủ điều kiện.",
    ),
    (
        "63/TTr-STC",
        "2025-02-11",
        "Tờ trình",
        "SỞ TÀI CHÍNH MẪU",
        "Phê duyệt dự toán mua sắm máy quét và máy chủ phục vụ kho lưu trữ",
        "Dự toán 4,2 tỷ đồng gồm 20 máy quét khổ A3 và 2 máy chủ.",
        "Nguồn vốn sự nghiệp công nghệ thông tin.",
    ),
    (
        "08/CT-UBND",
        "2024-07-01",
        "Chỉ thị",
        "ỦY BAN NHÂN DÂN THÀNH PHỐ MẪU",
        "Chấn chỉnh kỷ luật, kỷ cương trong giải quyết thủ tục hành chính",
        "Người đứng đầu chịu trách nhiệm khi hồ sơ quá hạn mà không xin lỗi người dân.",
        "Công khai số hồ sơ trễ hẹn trên cổng dịch vụ công.",
    ),
    (
        "29-CT/TU",
        "2023-04-14",
        "Chỉ thị",
        "THÀNH ỦY MẪU",
        "Lãnh đạo đại hội chi bộ nhiệm kỳ 2025-2027",
        "Các cấp ủy chuẩn bị nhân sự, văn kiện và lựa chọn đơn vị làm điểm.",
        "Hoàn thành đại hội chi bộ trước tháng 3 năm 2025.",
    ),
    (
        "1020/GM-VP",
        "2025-06-02",
        "Giấy mời",
        "VĂN PHÒNG ỦY BAN NHÂN DÂN THÀNH PHỐ MẪU",
        "Họp nghe báo cáo tiến độ bàn giao trụ sở sau khi bỏ cấp huyện",
        "Thời gian: 8 giờ 30 ngày 04/6/2025, tại phòng họp số 3.",
        "Đề nghị mang theo danh mục nhà, xe và con dấu phải nộp lại.",
    ),
    (
        "77/QĐ-SXD",
        "2019-09-25",
        "Quyết định",
        "SỞ XÂY DỰNG MẪU",
        "Xử phạt vi phạm hành chính về trật tự xây dựng tại số 9 ngõ 3 phố Thử Nghiệm",
        "Chủ đầu tư xây vượt hai tầng so với giấy phép.",
        "Buộc tháo dỡ phần công trình vi phạm trong 60 ngày.",
    ),
    (
        "305/KH-PGDĐT",
        "2022-08-30",
        "Kế hoạch",
        "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN THỬ",
        "Tổ chức khai giảng và bữa ăn bán trú cho học sinh tiểu học",
        "Bếp ăn phải ký hợp đồng với nơi cung cấp thực phẩm có nguồn gốc.",
        "Lưu mẫu thức ăn 24 giờ.",
    ),
    (
        "46/HD-SNV",
        "2025-03-28",
        "Hướng dẫn",
        "SỞ NỘI VỤ MẪU",
        "Chỉnh lý, bàn giao tài liệu khi sắp xếp đơn vị hành chính",
        "Tài liệu vĩnh viễn lập mục lục văn bản, đánh số tờ và đóng hộp.",
        "Biên bản giao nhận lập thành ba bản.",
    ),
    (
        "219/UBND-KT",
        "2018-10-10",
        "Công văn",
        "ỦY BAN NHÂN DÂN HUYỆN MẪU",
        "Chủ trương đầu tư trạm bơm tiêu úng vùng trũng",
        "Mùa mưa năm 2018 ngập 340 ha lúa và hoa màu.",
        "Công suất trạm 12.000 m3 một giờ, theo văn bản số 219/UBND-KT nêu trên.",
    ),
    (
        "5/NQ-HĐND",
        "2017-07-07",
        "Nghị quyết",
        "HỘI ĐỒNG NHÂN DÂN XÃ MỘT",
        "Thông qua quy hoạch nghĩa trang nhân dân",
        "Khu đất 2,3 ha cách khu dân cư 600 m.",
        "Di dời mộ trước tết Thanh minh.",
    ),
    (
        "88/GP-UBND",
        "2024-12-31",
        "Khác",
        "ỦY BAN NHÂN DÂN PHƯỜNG BA",
        "Cho phép sử dụng tạm thời vỉa hè để trông giữ xe",
        "Diện tích 45 m2, thời hạn sáu tháng.",
        "Không để xe lấn lối đi bộ.",
    ),
]
# What is asked, and the ordinal of the paper that has to be among the first three (first: *).
WORDS = [
    # numbers, symbols and dates
    ("155/KH-UBND", "*1"), ("155/kh-ubnd", "*1"), ("Kế hoạch số 155/KH-UBND", "*1"),
    ("155/QĐ-UBND", "*2"), ("155/QD-UBND", "*2"), ("155 / QĐ-UBND", "*2"), ("0155/TB-VP", "*3"),
    ("155/TB-VP", "*3"), ("27/2022/NQ-HĐND", "*4"), ("27/NQ-HĐND", "*4"), ("29-CT/TU", "9"),
    ("155", "1"), ("414", "*5"), ("KH-PGDĐT", "*12"), ("TTr-STC", "*7"), ("05/3/2024", "*2"),
    ("5-3-2024", "*2"), ("ngày 19 tháng 5 năm 2025", "*1"), ("20/01/2020", "*6"),
    ("46/HD-SNV bàn giao", "*13"),
    # words with marks
    ("thu hồi đất", "*2"), ("số hóa tài liệu", "*1"), ("học phí mầm non", "*4"), ("tiêm vắc xin", "*5"),
    ("mua sắm máy quét", "*7"), ("trạm bơm tiêu úng", "*14"), ("quy hoạch nghĩa trang", "*15"),
    ("trông giữ xe vỉa hè", "*16"), ("đại hội chi bộ", "*9"), ("kỷ luật kỷ cương", "*8"),
    # old and new places of the tone, other forms of Unicode, capitals
    ("số hoá tài liệu", "*1"), ("chợ Hoà Thử", "*3"), ("TRẬT TỰ XÂY DỰNG", "*11"), ("uỷ ban nhân dân huyện mẫu", "14"),
    ("bữa ăn bán trú", "*12"),
    # no marks
    ("thu hoi dat", "*2"), ("so hoa tai lieu luu tru", "*1"), ("phong chay chua chay", "*3"),
    ("tram bom", "*14"), ("cap giay chung nhan quyen su dung dat", "*6"), ("dai hoi chi bo", "*9"),
    ("xu phat vi pham hanh chinh", "*11"),
    # words of pages
    ("họng nước", "*3"), ("tranh chấp ranh giới", "*6"), ("đội tiêm lưu động", "*5"), ("lưu mẫu thức ăn", "*12"),
    ("thửa đất số 88", "*6"), ("máy chủ", "*7"), ("biên bản giao nhận", "*13"), ('"tái định cư"', "*2"),
    ('"hộ kinh doanh"', "*3"), ("217.000 đồng", "*4"),
    # typing errors
    ("thu hồi đât để mở rọng đường", "2"), ("quy hoach nghia trangg", "15"), ("chi thi ky luat ky cuonng", "8"),
    ("mua săm máy quets", "7"),
]  # fmt: skip
# Other words than the papers have; found by meaning alone.
PARAPHRASES = [
    ("chuyển hồ sơ giấy thành bản điện tử", 1), ("tiền đóng cho trường của trẻ nhỏ", 4),
    ("nhà xây sai phép bị phạt", 11), ("chống ngập cho ruộng đồng", 14), ("chỗ đỗ ô tô trên hè phố", 16),
    ("cán bộ chậm trễ làm phiền nhân dân", 8),
]  # fmt: skip


def digest(ordinal):
    return f"{ordinal:064x}"


def rows(embedded=None):
    """Return raw rows of the papers; even ones belong to B, odd ones to A."""
    files, documents, pages, fields = [], [], [], []
    for ordinal, (number, day, kind, issuer, about, first, second) in enumerate(PAPERS, 1):
        content = digest(ordinal)
        files.append(file(ordinal, content, B if ordinal % 2 == 0 else A, declared_pages=2))
        documents.append(usable(ordinal, content) | {"page_count": 2, "archive_sha256": sha("a")})
        for number_of_page, text in enumerate((first, second), 1):
            pages.append(page(ordinal, content, text) | {"page_number": number_of_page})
        named = {"number": number, "date": day, "type": kind, "issuer": issuer, "abstract": about}
        fields += [field(ordinal, content, name, value) for name, value in named.items()]
    found = {
        "digitization__files": files,
        "digitization__documents": documents,
        "digitization__pages": pages,
        "digitization__fields": fields,
    }
    if embedded:
        found["suggestions__embeddings"] = [
            {
                "document_id": digest(ordinal),
                "outcome": "ok",
                "model_name": "m",
                "model_version": "1",
                "embedding": vector,
            }
            for ordinal, vector in enumerate(embedded, 1)
        ]
    return found
