"""The enterprise code (mã số thuế): its shape and its check digit.

Nothing here rejects: a registry's wrong code is a fact to report to the registry.
"""

import re
from operator import mul

SHAPE = re.compile(r"(\d{9})(\d)(?:-?\d{3})?", re.ASCII)
WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def has_right_check_digit(tax_code: str) -> bool | None:
    """Say whether the tenth digit agrees with the nine before it.

    Returns ``None`` for what is not 10 digits, or 13 with or without the branch's dash: since
    July 2025 household businesses use a person's 12 digits, which have no check digit.
    """
    shape = SHAPE.fullmatch(tax_code)
    if shape is None:
        return None
    digits, check = shape.groups()
    total: int = sum(map(mul, WEIGHTS, map(int, digits)))
    return 10 - total % 11 == int(check)
