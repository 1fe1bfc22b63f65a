"""Closed lists: document types with their codes, agency names, places, titles, surnames."""

# Decree 30/2020 (29 types), Party Guideline 36, legal texts, and kinds met on paper.
TYPES = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "QyĐ": "Quy định",
    "TC": "Thông cáo", "TB": "Thông báo", "HD": "Hướng dẫn", "CTr": "Chương trình",
    "KH": "Kế hoạch", "PA": "Phương án", "ĐA": "Đề án", "DA": "Dự án", "BC": "Báo cáo",
    "BB": "Biên bản", "TTr": "Tờ trình", "HĐ": "Hợp đồng", "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ", "BTT": "Bản thỏa thuận", "GUQ": "Giấy ủy quyền", "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu", "GNP": "Giấy nghỉ phép", "PG": "Phiếu gửi", "PC": "Phiếu chuyển",
    "PB": "Phiếu báo", "KL": "Kết luận", "NĐ": "Nghị định", "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch", "NQLT": "Nghị quyết liên tịch", "TM": "Thư mời",
    "CTPH": "Chương trình phối hợp", "KHPH": "Kế hoạch phối hợp", "QCPH": "Quy chế phối hợp",
    "CTLT": "Chương trình liên tịch", "KHLT": "Kế hoạch liên tịch",
    "CTHĐ": "Chương trình hành động",
    "HDLT": "Hướng dẫn liên tịch", "QCLT": "Quy chế liên tịch",
}  # fmt: skip
CODELESS_TYPES = (
    "Luật", "Bộ luật", "Pháp lệnh", "Lệnh", "Sắc lệnh", "Thư công", "Công văn", "Thông tri",
    "Lời kêu gọi", "Tuyên bố", "Điều lệ", "Nội quy", "Giấy xác nhận", "Giấy chứng nhận",
    "Giấy phép", "Danh sách", "Bản án", "Giấy triệu tập", "Giấy đi đường", "Giấy biên nhận",
    "Bản kiểm điểm", "Bản tường trình", "Bản thuyết minh", "Dự toán", "Bảng kê",
    "Phiếu trình", "Phiếu yêu cầu", "Thể lệ", "Bản cam kết", "Đơn",
)  # fmt: skip
LEGAL_TYPES = frozenset(
    {"Luật", "Bộ luật", "Pháp lệnh", "Lệnh", "Nghị định", "Thông tư", "Nghị quyết", "Quyết định"}
    | {"Thông tư liên tịch", "Nghị quyết liên tịch", "Chỉ thị"}
)
JOINT_CODES = frozenset({"TTLT", "NQLT", "CTPH", "KHPH", "QCPH", "CTLT", "KHLT", "HDLT", "QCLT"})
# Pieces of a symbol that readers spell without the stroke or in the wrong case.
SYMBOLS = (
    "QĐ", "NĐ", "TTr", "CTr", "QyĐ", "TTg", "HĐND", "UBND", "UBTVQH", "BCĐ", "LĐLĐ", "ĐTN",
    "BGDĐT", "GDĐT", "LĐTBXH", "BLĐTBXH", "SLĐTBXH", "BQLDA", "TTLT", "ĐUK", "VPCP", "VPUBND",
    "KSTTHC", "BTNMT", "BNNPTNT", "BNNMT", "TANDTC", "VKSTC", "VKSNDTC", "ĐĐBQH", "BHXH", "TLĐ",
)  # fmt: skip

# An agency's name begins with one of these; several are whole names.
AGENCIES = (
    "ỦY BAN NHÂN DÂN", "UBND", "HỘI ĐỒNG NHÂN DÂN", "HĐND", "CHÍNH PHỦ", "THỦ TƯỚNG CHÍNH PHỦ",
    "THỦ TƯỚNG", "CHỦ TỊCH NƯỚC", "QUỐC HỘI", "ỦY BAN THƯỜNG VỤ QUỐC HỘI", "VĂN PHÒNG CHÍNH PHỦ",
    "ỦY BAN", "BỘ TÀI CHÍNH", "BỘ NỘI VỤ", "BỘ Y TẾ", "BỘ CÔNG THƯƠNG", "BỘ XÂY DỰNG",
    "BỘ TƯ PHÁP", "BỘ GIÁO DỤC VÀ ĐÀO TẠO", "BỘ NGOẠI GIAO", "BỘ QUỐC PHÒNG", "BỘ CÔNG AN",
    "BỘ GIAO THÔNG VẬN TẢI", "BỘ KẾ HOẠCH VÀ ĐẦU TƯ", "BỘ THÔNG TIN VÀ TRUYỀN THÔNG",
    "BỘ KHOA HỌC VÀ CÔNG NGHỆ", "BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
    "BỘ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN", "BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
    "BỘ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "BỘ DÂN TỘC VÀ TÔN GIÁO",
    "SỞ TÀI CHÍNH", "SỞ NỘI VỤ", "SỞ Y TẾ", "SỞ CÔNG THƯƠNG", "SỞ XÂY DỰNG", "SỞ TƯ PHÁP",
    "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "SỞ NGOẠI VỤ", "SỞ GIAO THÔNG VẬN TẢI", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ",
    "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "SỞ DU LỊCH",
    "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN",
    "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG",
    "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "SỞ VĂN HÓA VÀ THỂ THAO", "SỞ QUY HOẠCH - KIẾN TRÚC",
    "SỞ DÂN TỘC VÀ TÔN GIÁO", "ĐẢNG ỦY", "ĐẢNG BỘ", "CHI BỘ", "TỈNH ỦY", "THÀNH ỦY", "HUYỆN ỦY",
    "QUẬN ỦY", "THỊ ỦY", "BAN CHẤP HÀNH", "BCH", "BAN THƯỜNG VỤ", "BAN CHỈ ĐẠO", "BCĐ",
    "BAN TỔ CHỨC", "BAN TUYÊN GIÁO", "BAN TUYÊN GIÁO VÀ DÂN VẬN", "BAN DÂN VẬN", "BAN NỘI CHÍNH",
    "BAN QUẢN LÝ", "BAN DÂN TỘC", "ỦY BAN KIỂM TRA", "ĐẢNG ĐOÀN", "BAN CÁN SỰ ĐẢNG",
    "TỈNH ĐOÀN", "THÀNH ĐOÀN", "QUẬN ĐOÀN", "HUYỆN ĐOÀN", "THỊ ĐOÀN", "ĐOÀN THANH NIÊN",
    "ĐOÀN TNCS HỒ CHÍ MINH", "HỘI LIÊN HIỆP PHỤ NỮ", "HỘI NÔNG DÂN", "HỘI CỰU CHIẾN BINH",
    "HỘI CHỮ THẬP ĐỎ", "LIÊN ĐOÀN LAO ĐỘNG", "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "CÔNG ĐOÀN",
    "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", "MẶT TRẬN TỔ QUỐC VIỆT NAM", "LIÊN HIỆP", "LIÊN MINH",
    "TRƯỜNG ĐẠI HỌC", "TRƯỜNG CAO ĐẲNG", "TRƯỜNG CHÍNH TRỊ", "TRƯỜNG", "ĐẠI HỌC", "HỌC VIỆN",
    "BỆNH VIỆN ĐA KHOA", "BỆNH VIỆN", "TRUNG TÂM Y TẾ", "TRUNG TÂM", "TRẠM Y TẾ",
    "VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO", "VIỆN KIỂM SÁT NHÂN DÂN", "TÒA ÁN NHÂN DÂN TỐI CAO",
    "TÒA ÁN NHÂN DÂN", "KIỂM TOÁN NHÀ NƯỚC", "BẢO HIỂM XÃ HỘI", "KHO BẠC NHÀ NƯỚC",
    "NGÂN HÀNG NHÀ NƯỚC", "NGÂN HÀNG", "TỔNG CỤC THUẾ", "CỤC THUẾ", "CHI CỤC THUẾ",
    "TỔNG CỤC HẢI QUAN", "CỤC HẢI QUAN", "TỔNG CỤC", "CHI CỤC", "CỤC", "CÔNG AN", "THANH TRA",
    "BỘ CHỈ HUY QUÂN SỰ", "BỘ CHỈ HUY", "BỘ TƯ LỆNH", "ĐỒN BIÊN PHÒNG", "BAN CHỈ HUY QUÂN SỰ",
    "VĂN PHÒNG", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "PHÒNG", "CÔNG TY", "TỔNG CÔNG TY", "TẬP ĐOÀN",
    "HỢP TÁC XÃ", "ĐÀI PHÁT THANH VÀ TRUYỀN HÌNH", "ĐÀI", "BÁO", "NHÀ XUẤT BẢN", "BẢO TÀNG",
    "THƯ VIỆN", "QUỸ", "HỘI ĐỒNG", "ĐOÀN ĐẠI BIỂU QUỐC HỘI", "THUẾ", "BỘ", "SỞ", "BAN", "HỘI",
    "VIỆN", "VỤ", "ĐOÀN", "ĐỒN", "TỔ", "XÍ NGHIỆP", "CHI NHÁNH", "NHÀ VĂN HÓA", "KHOA",
)  # fmt: skip
# Half a name: the next line completes it even where that line could stand alone.
HALF_NAMES = (
    "BAN CHẤP HÀNH", "BCH", "BAN THƯỜNG VỤ", "BAN QUẢN LÝ", "BAN CHỈ ĐẠO", "CHỦ TỊCH",
    "ỦY BAN THƯỜNG VỤ",
)  # fmt: skip
PLACES = tuple(
    (  # noqa: SIM905 - a list of quoted names is harder to read
        "AN GIANG|BÀ RỊA - VŨNG TÀU|BẠC LIÊU|BẮC GIANG|BẮC KẠN|BẮC NINH|BẾN TRE|BÌNH DƯƠNG|"
        "BÌNH ĐỊNH|BÌNH PHƯỚC|BÌNH THUẬN|CÀ MAU|CAO BẰNG|CẦN THƠ|ĐÀ NẴNG|ĐẮK LẮK|ĐẮK NÔNG|"
        "ĐIỆN BIÊN|ĐỒNG NAI|ĐỒNG THÁP|GIA LAI|HÀ GIANG|HÀ NAM|HÀ NỘI|HÀ TĨNH|HẢI DƯƠNG|HẢI PHÒNG|"
        "HẬU GIANG|HÒA BÌNH|HỒ CHÍ MINH|HUẾ|HƯNG YÊN|KHÁNH HÒA|KIÊN GIANG|KON TUM|LAI CHÂU|"
        "LẠNG SƠN|LÀO CAI|LÂM ĐỒNG|LONG AN|NAM ĐỊNH|NGHỆ AN|NINH BÌNH|NINH THUẬN|PHÚ THỌ|PHÚ YÊN|"
        "QUẢNG BÌNH|QUẢNG NAM|QUẢNG NGÃI|QUẢNG NINH|QUẢNG TRỊ|SÓC TRĂNG|SƠN LA|TÂY NINH|"
        "THÁI BÌNH|THÁI NGUYÊN|THANH HÓA|THỪA THIÊN HUẾ|TIỀN GIANG|TRÀ VINH|TUYÊN QUANG|"
        "VĨNH LONG|VĨNH PHÚC|YÊN BÁI|VIỆT NAM"
    ).split("|")
)
PLACE_KINDS = (
    "TỈNH", "THÀNH PHỐ", "TP", "QUẬN", "HUYỆN", "THỊ XÃ", "XÃ", "PHƯỜNG", "THỊ TRẤN", "ĐẶC KHU",
)  # fmt: skip

# Words of a signer's authority or post.
POSTS = (
    "CHỦ TỊCH", "GIÁM ĐỐC", "BÍ THƯ", "TRƯỞNG", "CHÁNH", "BỘ TRƯỞNG", "THỦ TƯỚNG", "HIỆU PHÓ",
    "TỔNG GIÁM ĐỐC", "CHÍNH TRỊ VIÊN", "CHÍNH ỦY", "TƯ LỆNH", "CHỈ HUY", "PHÓ", "CHỦ NHIỆM",
    "ỦY VIÊN", "THƯ KÝ",
    "TỔNG BIÊN TẬP", "KIỂM TOÁN", "CHÁNH ÁN", "THỐNG ĐỐC", "NGƯỜI", "ĐẠI DIỆN",
    "KẾ TOÁN", "CHỦ TỌA",
)  # fmt: skip
RANKS = (
    "Đại tướng", "Thượng tướng", "Trung tướng", "Thiếu tướng", "Đại tá", "Thượng tá", "Trung tá",
    "Thiếu tá", "Đại úy", "Thượng úy", "Trung úy", "Thiếu úy",
)  # fmt: skip
SURNAMES = tuple(
    (  # noqa: SIM905 - a list of quoted names is harder to read
        "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đoàn|Vương|"
        "Trịnh|Trương|Đinh|Lâm|Phùng|Mai|Tô|Hà|Tạ|Cao|Lương|Lưu|Châu|Thái|La|Chu|Quách|Kiều|Tống|"
        "Triệu|Doãn|Nghiêm|Từ|Tôn|Hứa|Thạch|Danh|Lò|Quàng|Cà|Giàng|Vàng|Sùng|Thào|Hầu|Ma|Nông|Hạ|"
        "Mạc|Mạnh|Khuất|Thân|Ninh|Khổng|Âu|Bạch|Lục|Lăng|Ksor|Rơ|Điểu|Tòng|Bạc|Cầm|Vi|Lang|Thiều|"
        "Bế|Đàm|Cù|Phương|Tăng|Giáp|Ngụy|Mẫn|Uông|Diệp|Nhữ|Trà|Đồng|Mã|Quan|Chử|Lã|Lại|Đới|Kim|"
        "Sơn|Viên|An"
    ).split("|")
)
# Middle and given names as they are written; with the surnames, what a syllable of a name can be.
GIVEN_NAMES = tuple(
    (  # noqa: SIM905 - a list of quoted names is harder to read
        "An Anh Ân Ánh Ái Ba Bá Bách Bạch Bằng Bảo Bắc Băng Bích Biên Biểu Bình Bính Bội Bửu "
        "Ca Cảnh Cần Cẩm Cát Can Châm Chân Chấn Châu Chi Chí Chiến Chiểu Chinh Chính Chúc "
        "Chung Chương Chức Công Cơ Cúc Cung Cương Cường Cử Cừ Danh Dân Dần Di Dĩ Diễm Diễn "
        "Diện Diệp Diệu Dinh Doan Doanh Doãn Du Dung Dũng Duy Duyên Duyệt Dư Dương Dưỡng Đa "
        "Đài Đại Đan Đang Đảng Đào Đạo Đạt Đăng Đắc Đệ Đích Điềm Điền Điển Điệp Điều Điệu Định "
        "Đình Đính Đoan Đoàn Đô Độ Đôn Đông Đồng Đức Đường Đạm Đấu Gấm Gia Giác Giang Giáp "
        "Giới Giao Hà Hạ Hải Hàm Hàn Hán Hạnh Hào Hảo Hạo Hãn Hằng Hân Hậu Hiên Hiền Hiến Hiển "
        "Hiện Hiệp Hiếu Hiệu Hinh Hoa Hòa Hoà Hoạch Hoài Hoan Hoàn Hoán Hoàng Hoành Hoạt Học "
        "Hồi Hồng Hội Hợi Hợp Huân Huấn Huệ Huê Hùng Huy Huyên Huyền Huyến Huỳnh Hưng Hương "
        "Hường Hướng Hưởng Hữu Hoè Hòe Ích Kha Khá Khả Khai Khải Khang Khanh Khánh Khắc Khiêm "
        "Khiết Khiển Khoa Khoan Khoát Khôi Khuê Khuyên Khuyến Khương Kiên Kiệm Kiểm Kiện Kiệt "
        "Kiều Kim Kính Kỳ Kỷ Kỉ Kích Lai Lãm Lam Lâm Lan Lanh Lành Lãng Lãnh Lân Lập Lệ Lễ Lê "
        "Lịch Lên Liêm Liên Liễu Linh Lĩnh Lý Loan Long Lộc Lợi Luân Luận Luật Lục Lư Lưu Lực "
        "Lương Lượng Lượt Lữ Ly Mai Mạnh Mẫn Mẫu Mậu Mến Mi Minh Mùi Muôn Mừng Mười Mỹ My Mỵ "
        "Nam Năm Năng Nga Ngà Ngân Nghi Nghĩa Nghị Nghiêm Nghiệp Ngoan Ngọ Ngọc Ngôn Nguyên "
        "Nguyễn Nguyện Nguyệt Ngữ Nhã Nhàn Nhạn Nhài Nhâm Nhân Nhẫn Nhất Nhật Nhi Nhiên Nhiệm "
        "Nhị Nho Nhu Nhuận Nhung Như Nhựt Nhường Ninh Nữ Oanh Phác Phan Phát Phẩm Phấn Phê Phi "
        "Phiên Phong Phòng Phô Phú Phúc Phụ Phụng Phùng Phước Phương Phượng Phường Pha Phái "
        "Quan Quán Quang Quảng Quân Quế Quốc Quý Quí Quyên Quyền Quyết Quyến Quỳnh Quy Sa Sang "
        "Sáng San Sâm Sen Sĩ Sinh Soạn Sỹ Sơn Song Sử Sự Sửu Sương Sao Tài Tám Tam Tăng Tạo "
        "Tâm Tân Tấn Tất Tập Thạch Thái Thám Thanh Thành Thạnh Thảo Thạo Thao Thân Thắm Thắng "
        "Thăng Thế Thi Thì Thìn Thị Thích Thiêm Thiên Thiện Thiết Thiệu Thiệp Thịnh Thoa Thoại "
        "Thoan Thoàn Thoả Thọ Thông Thống Thơ Thơm Thời Thu Thụ Thuấn Thuần Thuận Thuật Thục "
        "Thuỷ Thủy Thuý Thúy Thuyên Thuyết Thuỳ Thùy Thư Thứ Thừa Thức Thương Thường Thưởng "
        "Thược Tiên Tiến Tiền Tiếp Tiệp Tín Tình Tính Tịnh Toan Toàn Toán Toản Tố Tô Tôn Trà "
        "Trang Tráng Trâm Trân Trấn Trí Tri Trị Triết Triển Triệu Trinh Trình Trịnh Trọng "
        "Trung Trúc Trực Trường Trưởng Trương Trữ Tú Tuân Tuấn Tuất Tuệ Tùng Tuyên Tuyển Tuyến "
        "Tuyền Tuyết Tư Từ Tứ Tự Tường Tưởng Tựu Tý Ty Tỵ Út Uyên Uy Ước Ứng Vân Vấn Vạn Văn "
        "Viên Viện Viết Việt Vi Vĩ Vinh Vĩnh Võ Vọng Vũ Vui Vụ Vương Vượng Vy Vỹ Xanh Xoan "
        "Xuân Xuyên Xuyến Xứng Yên Yến Ý Phớc Thúc Hoạ Họa Cầu Cầm Chuyên Chuyền Chuẩn Cảm "
        "Bường Đáng Điểm Đởm Hè Hôn Khởi Khuông Lạc Lài Lựu Na Ngát Ngoạn Nhuần Quới Rạng Sáu "
        "Bảy Chín Tuyn Tươi Vịnh Xinh Xuất Thuyền Tỉnh Giảng Thỏa Kế Kiểu Luyện Luyến Nở Nết "
        "Nụ Mận Miên Mơ Hộ Hoá Hóa Hiệt Nhiều Ngừng Phận Sách Bộ Bổn Bền Bé Bốn Đậu Đoá Đóa "
        "Lụa Thấm Thấn Tha Thà Tiếu Tiêu Trác Trạch Tuy Vững "
    ).split()
)
