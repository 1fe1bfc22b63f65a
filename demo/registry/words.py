"""Words from which invented enterprises are named; people's names come from faker."""

TRADES = (
    "Xây dựng", "Thương mại", "Vận tải", "Dược phẩm", "May mặc", "Thực phẩm", "Cơ khí", "In ấn",
    "Du lịch", "Giáo dục", "Nội thất", "Nông sản", "Điện lạnh", "Phần mềm", "Bao bì", "Mỹ phẩm",
    "Thiết bị y tế", "Vật liệu xây dựng", "Dịch vụ kế toán", "Xuất nhập khẩu",
)  # fmt: skip
NAMES = (
    "An Bình", "Ánh Dương", "Bảo Tín", "Cửu Long", "Đại Phát", "Đông Đô", "Gia Hưng", "Hòa Phú",
    "Hồng Hà", "Kim Ngân", "Long Biên", "Minh Quang", "Nam Thắng", "Phú Quý", "Quốc Khánh",
    "Sông Đà", "Tân Tiến", "Thái Sơn", "Thịnh Vượng", "Trường An", "Việt Hưng", "Vĩnh Phát",
)  # fmt: skip
FORMS = {
    "llc_one": "Công ty TNHH Một thành viên",
    "llc_multi": "Công ty TNHH",
    "joint_stock": "Công ty Cổ phần",
    "private": "Doanh nghiệp tư nhân",
    "partnership": "Công ty Hợp danh",
}
STATES = ("active", "active", "active", "active", "suspended", "dissolving", "dissolved")
STREETS = (
    "Phố Huế", "Trần Phú", "Lê Duẩn", "Nguyễn Trãi", "Kim Mã", "Láng Hạ", "Giải Phóng", "Bạch Mai",
    "Hàng Bông", "Đê La Thành", "Ngọc Hồi", "Cầu Giấy", "Quang Trung", "Lạc Long Quân",
)  # fmt: skip
LAND_USES = ("ODT", "ODT", "ONT", "CLN", "LUC", "SKC", "TMD", "DGT")
# Parts of people's names, with how common they are; rounded from what is widely known.
FAMILY_NAMES = {
    "Nguyễn": 38.0, "Trần": 11.0, "Lê": 9.5, "Phạm": 7.0, "Hoàng": 5.0, "Vũ": 4.0, "Đặng": 2.1,
    "Bùi": 2.0, "Đỗ": 1.4, "Ngô": 1.3, "Tống": 0.1, "Khuất": 0.0001,
}  # fmt: skip
MIDDLE_NAMES = {
    "THỬ": 20.0, "THỬ Văn": 24.0, "THỬ Thị": 26.0, "THỬ Đức": 8.0, "THỬ Ngọc": 7.0,
    "THỬ Minh": 6.0, "THỬ Thu": 5.0, "THỬ Quang": 4.0,
}  # fmt: skip
GIVEN_NAMES = {
    "An": 6.0, "Bình": 7.0, "Cường": 6.0, "Dung": 6.0, "Hà": 9.0, "Hương": 9.0, "Lan": 8.0,
    "Minh": 9.0, "Nam": 8.0, "Phúc": 5.0, "Thảo": 7.0, "Tuấn": 9.0, "Vân": 5.0, "Uyên": 2.0,
}  # fmt: skip
