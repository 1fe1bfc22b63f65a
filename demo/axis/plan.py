"""Which documents of the sample city went over the axis, and what their messages say otherwise.

Most say what the paper says. What is planted here is what a reconciliation must find.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with a message besides what it says."""

    NONE = "none"
    CUT_OFF = "cut_off"
    NOT_BASE64 = "not_base64"
    ENTITIES = "entities"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Sending:
    """One document as it was sent; ``says`` names what the message says otherwise.

    ``brings_scan``: the very file that was delivered on paper's behalf went out as well.
    ``old_code``: the sender's code is written back to front and padded, as before 2018.
    ``whole_number``: the sender's system writes number and symbol into the number.
    """

    document: str
    says: Mapping[str, str] = field(default_factory=dict)
    brings_scan: bool = False
    is_packed: bool = False
    old_code: bool = False
    whole_number: bool = False
    action: str = "0"


SENDINGS = (
    Sending("gl-qd-2417"),
    Sending("gl-kh-155", old_code=True),
    Sending("gl-tb-86", {"signer": "Nguyễn Thử"}, whole_number=True),
    Sending("gl-bc-412", {"date": "2021-11-29"}),
    Sending("gl-ttr-73", {"number": "37"}),
    Sending("gl-cv-1308", brings_scan=True),
    Sending("snv-cv-2954", {"abstract": "V/v hướng dẫn chỉnh lý tài liệu"}, brings_scan=True,
            is_packed=True),
    Sending("dx-qd-57"),
    Sending("gl-ct-04", {"type": "Công văn"}),
    Sending("dx-bc-31"),
    Sending("gl-tb-140"),
    Sending("ta-tb-12", old_code=True),
    Sending("dx-qd-45"),
    Sending("pn-kh-15", {"pages": "99"}),
    Sending("pn-bc-48", {"date": "2022-12-15", "signer": "Trần Thử"}),
    Sending("pn-cv-102", brings_scan=True),
    Sending("pn-qd-23", action="1"),
)  # fmt: skip
