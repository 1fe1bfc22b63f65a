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
FAMILY_NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
GIVEN_NAMES = ("An", "Bình", "Cường", "Dung", "Hà", "Hương", "Lan", "Minh", "Nam", "Phúc", "Thảo")
