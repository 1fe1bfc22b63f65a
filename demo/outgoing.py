"""The outgoing registers of the sample city: one row for each document ever issued here."""

from typing import NamedTuple


class Row(NamedTuple):
    """One entry: who issued what, when, and about how many paragraphs its clerk wrote."""

    key: str
    agency_code: str
    type_code: str
    number: int
    suffix: str
    issued: str
    abstract: str
    topic: str
    paragraphs: int


ROWS = (
    Row("gl-qd-2417", "H26.18", "QĐ", 2417, "UBND", "2023-05-12",
        "Về việc kiện toàn Ban Chỉ đạo chuyển đổi số huyện Gia Lâm", "chuyển đổi số", 13),
    Row("gl-kh-155", "H26.18", "KH", 155, "UBND", "2024-02-19",
        "Cải cách hành chính năm 2024 trên địa bàn huyện Gia Lâm", "cải cách hành chính", 34),
    Row("gl-tb-86", "H26.18", "TB", 86, "UBND", "2022-07-08",
        "Kết luận của Chủ tịch Ủy ban nhân dân huyện tại cuộc họp giao ban về công tác quản lý "
        "trật tự xây dựng", "công tác quản lý trật tự xây dựng", 9),
    Row("gl-bc-412", "H26.18", "BC", 412, "UBND", "2021-11-30",
        "Kết quả thực hiện công tác văn thư, lưu trữ năm 2021", "công tác văn thư, lưu trữ", 12),
    Row("gl-ttr-73", "H26.18", "TTr", 73, "UBND", "2020-09-15",
        "Về việc đề nghị phê duyệt kế hoạch đầu tư công năm 2021 của huyện Gia Lâm",
        "công tác đầu tư công", 13),
    Row("gl-cv-1308", "H26.18", "CV", 1308, "VP", "2024-09-09",
        "V/v chủ động ứng phó mưa lớn, ngập úng trên địa bàn huyện",
        "công tác phòng, chống thiên tai", 4),
    Row("snv-cv-2954", "H26.03", "CV", 2954, "CCVTLT", "2023-08-21",
        "V/v hướng dẫn chỉnh lý tài liệu giấy trước khi số hóa", "công tác chỉnh lý tài liệu", 9),
    Row("gl-qd-3061", "H26.18", "QĐ", 3061, "UBND", "2019-06-27",
        "Về việc giao chỉ tiêu biên chế sự nghiệp giáo dục năm học 2019 - 2020",
        "quản lý biên chế", 1),
    Row("dx-qd-57", "H26.18.31", "QĐ", 57, "UBND", "2022-03-14",
        "Về việc công nhận tổ hòa giải ở cơ sở xã Đặng Xá", "công tác hòa giải ở cơ sở", 1),
    Row("gl-ct-04", "H26.18", "CT", 4, "UBND", "2021-04-05",
        "Về việc tăng cường công tác phòng cháy, chữa cháy trong mùa nắng nóng",
        "công tác phòng cháy, chữa cháy", 9),
    Row("gl-cv-19", "H26.18", "CV", 19, "QS", "2023-02-06",
        "V/v chuẩn bị nội dung họp chuyên đề quý I", "công tác chuẩn bị họp chuyên đề", 3),
    Row("dx-bc-31", "H26.18.31", "BC", 31, "UBND", "2024-12-10",
        "Kết quả thu gom, phân loại rác thải sinh hoạt tại nguồn năm 2024",
        "phân loại rác thải tại nguồn", 8),
    Row("ta-tb-12", "H26.31", "TB", 12, "UBND", "2025-09-18",
        "Về việc tiếp nhận hồ sơ tại Điểm phục vụ hành chính công xã Thuận An",
        "tiếp nhận và trả kết quả thủ tục hành chính", 4),
    Row("gl-tb-140", "H26.18", "TB", 140, "UBND", "2023-10-03",
        "Về việc phân công trực lãnh đạo", "công tác trực lãnh đạo", 3),
    Row("dx-nq-12", "H26.81.31", "NQ", 12, "ĐU", "2022-01-18",
        "về nâng cao chất lượng sinh hoạt chi bộ trong tình hình mới",
        "nâng cao chất lượng sinh hoạt chi bộ", 20),
    Row("dx-qd-45", "H26.81.31", "QĐ", 45, "ĐU", "2021-06-03",
        "về việc thành lập Tổ công tác kiểm tra, giám sát chuyên đề năm 2021",
        "công tác kiểm tra, giám sát", 1),
    Row("hu-kl-118", "H26.81", "KL", 118, "HU", "2023-10-16",
        "về tiếp tục đẩy mạnh xây dựng nông thôn mới kiểu mẫu giai đoạn 2023 - 2025",
        "xây dựng nông thôn mới kiểu mẫu", 9),
    Row("tu-ct-29", "H26.80", "CT", 29, "TU", "2024-03-11",
        "về tăng cường thực hành tiết kiệm, chống lãng phí trong các cơ quan của Thành phố",
        "thực hành tiết kiệm, chống lãng phí", 9),
    Row("dx-kh-33", "H26.81.31", "KH", 33, "ĐU", "2023-02-20",
        "tổ chức học tập chuyên đề năm 2023 tại Đảng bộ xã Đặng Xá",
        "học tập và làm theo chuyên đề năm 2023", 9),
    Row("dx-bc-64", "H26.81.31", "BC", 64, "ĐU", "2024-11-25",
        "kết quả công tác dân vận năm 2024, phương hướng năm 2025", "công tác dân vận", 8),
    Row("dx-cv-71", "H26.81.31", "CV", 71, "ĐU", "2022-08-09",
        "V/v cử đảng viên tham gia lớp bồi dưỡng nghiệp vụ", "bồi dưỡng nghiệp vụ công tác Đảng",
        4),
    Row("ta-tb-05", "H26.83", "TB", 5, "ĐU", "2025-08-12",
        "về lịch tiếp công dân của Thường trực Đảng ủy xã Thuận An", "công tác tiếp công dân", 4),
    Row("dx-qd-52", "H26.81.31", "QĐ", 52, "ĐU", "2022-04-27",
        "về việc chuẩn y Ban Chi ủy chi bộ thôn", "công tác tổ chức, cán bộ", 1),
    Row("dx-bc-70", "H26.81.31", "BC", 70, "ĐU", "2023-12-18",
        "kết quả thu, nộp đảng phí năm 2023", "quản lý tài chính Đảng", 3),
    Row("pn-qd-23", "H26.91.05", "QĐ", 23, "BTV", "2021-03-08",
        "Về việc khen thưởng phong trào thi đua năm 2020", "phong trào thi đua", 1),
    Row("pn-kh-15", "H26.91.05", "KH", 15, "BTV", "2023-01-30",
        "Tổ chức Tuần lễ Áo dài và hội thi nữ công gia chánh năm 2023",
        "hoạt động Tuần lễ Áo dài", 9),
    Row("pn-bc-48", "H26.91.05", "BC", 48, "BTV", "2022-12-05",
        "Kết quả công tác Hội và phong trào phụ nữ năm 2022", "công tác Hội và phong trào phụ nữ",
        8),
    Row("pn-ttr-09", "H26.91.05", "TTr", 9, "BTV", "2024-04-17",
        "Về việc đề nghị hỗ trợ kinh phí sửa chữa phòng truyền thống",
        "sửa chữa phòng truyền thống", 3),
    Row("qd-qd-88", "H26.92.05", "QĐ", 88, "ĐTN", "2019-07-22",
        "V/v công nhận cơ sở Đoàn vững mạnh năm 2019", "công tác Đoàn và phong trào thanh niên",
        11),
    Row("pn-tb-31", "H26.91.05", "TB", 31, "BTV", "2023-06-14",
        "Về việc tổ chức lớp tập huấn kỹ năng tư vấn pháp luật cho phụ nữ",
        "tập huấn kỹ năng tư vấn pháp luật", 4),
    Row("pn-cv-102", "H26.91.05", "CV", 102, "VP", "2024-10-28",
        "V/v đăng ký số liệu hội viên trên phần mềm quản lý", "cập nhật số liệu hội viên", 4),
    Row("pn-nq-06", "H26.91.05", "NQ", 6, "BCH", "2021-12-20",
        "Về phương hướng, nhiệm vụ công tác Hội năm 2022", "công tác Hội năm 2022", 8),
    Row("pn-tb-37", "H26.91.05", "TB", 37, "BTV", "2023-09-05",
        "Về việc thay đổi địa điểm sinh hoạt câu lạc bộ", "sinh hoạt câu lạc bộ phụ nữ", 3),
)  # fmt: skip
