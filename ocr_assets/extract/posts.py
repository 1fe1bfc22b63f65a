"""Posts as they are printed above a signature, and what a seal leaves of them set right.

Whole lines are held against known posts. Where somebody signs in place of a head (``KT. CHỦ TỊCH``)
the post is that head's deputy by Decree 30/2020, so that less of it needs to be legible.
"""

import re

from rapidfuzz import fuzz, process

from ocr_assets.extract.letters import packed, plain

_HEADS = (
    "CHỦ TỊCH", "GIÁM ĐỐC", "TỔNG GIÁM ĐỐC", "BÍ THƯ", "HIỆU TRƯỞNG", "CHÁNH VĂN PHÒNG",
    "CHÁNH THANH TRA", "CHÁNH ÁN", "VIỆN TRƯỞNG", "TRƯỞNG BAN", "TRƯỞNG PHÒNG", "CỤC TRƯỞNG",
    "CHI CỤC TRƯỞNG", "TỔNG CỤC TRƯỞNG", "VỤ TRƯỞNG", "TRẠM TRƯỞNG", "CHỦ NHIỆM", "THỦ TƯỚNG",
    "TỔNG KIỂM TOÁN", "THỐNG ĐỐC", "CHỈ HUY TRƯỞNG", "KHO BẠC TRƯỞNG", "TRƯỞNG ĐOÀN",
)  # fmt: skip
_DEPUTIES = {head: f"PHÓ {head}" for head in _HEADS} | {
    "BỘ TRƯỞNG": "THỨ TRƯỞNG",
    "HIỆU TRƯỞNG": "PHÓ HIỆU TRƯỞNG",
    "CHỈ HUY TRƯỞNG": "CHỈ HUY PHÓ",
}
_POSTS = (
    *_DEPUTIES, *_DEPUTIES.values(), "PHÓ BÍ THƯ THƯỜNG TRỰC", "PHÓ CHỦ TỊCH THƯỜNG TRỰC",
    "CHÍNH TRỊ VIÊN", "CHÍNH ỦY", "ỦY VIÊN THƯỜNG TRỰC", "PHÓ GIÁM ĐỐC THƯỜNG TRỰC",
)  # fmt: skip
_BY_LETTERS = {packed(post): post for post in _POSTS}
_NEAR = 82.0  # percent of letters in place
_NEAR_DEPUTY = 62.0  # where the authority says which post to expect
_IN_PLACE = re.compile(r"\bK\s?[./]?\s?T\s?[./]?\s*(?P<head>[A-Z ]+?)\s*$")


def spelled_post(line: str, authority: str = "") -> tuple[str, float]:
    """Return the post that ``line`` is, and how surely; another line is returned as it is.

    ``authority`` is what stands above it, "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH".
    """
    letters = packed(line)
    if letters in _BY_LETTERS:
        return _BY_LETTERS[letters], 1.0
    expected = _deputy_for(authority)
    if expected and fuzz.ratio(letters, packed(expected)) >= _NEAR_DEPUTY:
        return expected, 0.9
    near = process.extractOne(letters, list(_BY_LETTERS), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return (_BY_LETTERS[near[0]], 0.9) if near else (line, 0.97)


def _deputy_for(authority: str) -> str | None:
    match = _IN_PLACE.search(plain(authority))
    head = _BY_LETTERS.get(packed(match["head"])) if match else None
    return _DEPUTIES.get(head) if head else None
