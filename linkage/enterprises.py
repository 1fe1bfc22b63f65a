"""Enterprises that papers name without a tax code, compared with a registry of enterprises.

A name is taken apart, for its parts tell unequally much: thousands are companies with limited
liability, hundreds build houses, few are called Minh Phát,
and of those one has the number 12.
"""

from collections.abc import Iterable
from typing import Any

from linkage.guards import Guards
from linkage.plan import Compared, Likeness, LinkPlan
from linkage.spelling import letters

FORMS = {
    "cong ty trach nhiem huu han mot thanh vien": "one_member",
    "cong ty tnhh mot thanh vien": "one_member",
    "cong ty tnhh mtv": "one_member",
    "cong ty trach nhiem huu han": "limited",
    "cong ty tnhh": "limited",
    "cong ty co phan": "joint_stock",
    "cong ty cp": "joint_stock",
    "ctcp": "joint_stock",
    "cong ty hop danh": "partnership",
    "doanh nghiep tu nhan": "private",
    "dntn": "private",
    "hop tac xa": "cooperative",
}
PLAN = LinkPlan(
    compared=(
        Compared("trade", Likeness.WORDS, is_weighed=True),
        Compared("own_name", Likeness.WORDS, is_weighed=True),
        Compared("number", Likeness.SAME, is_weighed=True),
        Compared("form", Likeness.SAME, is_weighed=True),
        Compared("commune", Likeness.SAME),
    ),
    blocking=(("own_name",), ("trade",), ("last_word", "form"), ("number", "form")),
    training=(("own_name",), ("trade",)),
    certain=(),
    expected_share=0.5,
)
GUARDS = Guards(is_left_linked_once=True)


def named(key: str, name: str, commune: str | None) -> dict[str, Any]:
    """Return an enterprise as it is compared: form, trade, own name, numbers."""
    words, form = letters(name), None
    is_branch = words.startswith("chi nhanh ")
    words = words.removeprefix("chi nhanh ")
    for said, code in FORMS.items():
        if words.startswith(f"{said} "):
            words, form = words.removeprefix(f"{said} "), code
            break
    rest = [word for word in words.split() if not word.isdigit()]
    return {
        "key": key,
        "form": f"branch of {form}" if is_branch else form,
        "trade": " ".join(rest[:-2]) or None,
        # Two numbers that look alike are two enterprises: they are compared on their own.
        "number": " ".join(word for word in words.split() if word.isdigit()) or None,
        "own_name": " ".join(rest[-2:]) or None,
        "last_word": rest[-1] if rest else None,
        "commune": commune,
    }


def compared(rows: Iterable[tuple[str, str, str | None]]) -> list[dict[str, Any]]:
    """Return rows of (key, name, commune) as they are compared; who has no name is left out."""
    return [named(key, name, commune) for key, name, commune in rows if name and letters(name)]
