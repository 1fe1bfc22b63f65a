"""The answers of agency A's analyst to the questions of docs/questions.md, in the small city."""

from datetime import date
from decimal import Decimal

from tests.integration.warehouse_models.raw_rows import BATCH, A, sha

ONE, TWO, SIX = (f"{A}:{sha(mark)}" for mark in "126")
COMMITTEE = "Ủy ban nhân dân xã Một"
PAGE = (1, Decimal("0.612"), Decimal("0.871"), "left top", False)
DOUBTFUL = Decimal("0.40000")
NOT_FOUND = ("Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Tên loại văn bản", "Trích yếu")
BY_KEY_ALONE = {
    "date": "2025-04-19",
    "issuer": COMMITTEE,
    "number": "7/TB-UBND",
    "type": "Quyết định",
}

ANSWERS = {
    1: [(BATCH, 4, 3, 2, 0, 1)],
    2: [(BATCH, "H1", 1, 0, 0)],
    3: [("not_archival", 1)],
    4: [("D9", "052/QĐ-UBND", "2025-04-20", "THỬ")],
    5: [("D1", "Hồ sơ THỬ", 1, 1, 0)],
    6: [(2025, "Quyết định", 1, 1), (None, None, 1, 1)],
    7: [(date(2025, 4, 19), "051/QĐ-UBND", None, True)],
    8: [("OTHER TEST", "BÍ THƯ", 1), ("TEST PERSON", "GIÁM ĐỐC", 1)],
    9: [("Sở Khác", "recipient", 1), ("Sở Mẫu", "addressee", 1)],
    10: [(1, "051/QĐ-UBND", date(2025, 4, 19), 1, "«Quyết định 051/QĐ-UBND»")],
    11: [(COMMITTEE, COMMITTEE, 2)],
    12: [
        *((TWO, label, None, None, None) for label in NOT_FOUND),
        (ONE, "Trích yếu", None, None, None),
        (ONE, "Người ký", "TEST PERSON", DOUBTFUL, None),
        (ONE, "Nơi nhận 2", "Sở Khác", DOUBTFUL, None),
    ],
    13: [
        ("abstract", 2, 0, 0),
        ("secrecy", 1, 0, 0),
        *((field, 2, Decimal("0.5"), 0) for field in ("date", "issuer", "number", "type")),
        ("recipient", 3, Decimal("0.667"), 0),
        ("signer", 4, Decimal("0.75"), 0),
        ("addressee", 1, 1, 0),
        ("attachment", 2, 1, 0),
        ("language", 1, 1, 0),
        ("place", 1, 1, 0),
        ("signer_authority", 2, 1, 0),
        ("signer_title", 4, 1, 0),
        ("superior", 1, 1, 0),
        ("urgency", 1, 1, 0),
    ],
    14: [(ONE, "TEST PERSON", "broken", "none", None)],
    15: [(key, *PAGE) for key in (ONE, TWO, SIX)],
    16: [(ONE, TWO, "same_paper", Decimal("0.9"))],
    17: [
        (ONE, "abstract", "only_there", None, "Về việc mẫu"),
        (TWO, "abstract", "only_there", None, "Về việc mẫu"),
        *((TWO, field, "only_there", None, value) for field, value in BY_KEY_ALONE.items()),
    ],
    18: [
        *((ONE, role, "never_checked", None) for role in ("archive", "received")),
        *((TWO, role, "never_checked", None) for role in ("archive", "received")),
        (SIX, "received", "never_checked", None),
    ],
    19: [
        ("civil_servants__officials", "issuer_not_known", "look_at_paper", 2),
        ("civil_servants__officials", "position_not_stated", "look_at_paper", 1),
    ],
    20: [
        ("civil_servants__officials", "verified", 1, 0),
        ("land__parcels", "missing_field", 1, 1),
    ],
}
