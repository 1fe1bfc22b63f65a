"""A proposal with its evidence: what is proposed, which rule said so, where it stands."""

from dataclasses import dataclass
from enum import StrEnum

Box = tuple[float, float, float, float]  # left, top, right, bottom as fractions of the page


class Kind(StrEnum):
    """What a proposal is about."""

    RETENTION = "retention"
    KEYWORD = "keyword"
    SUMMARY = "summary"
    PERSONAL_DATA = "personal_data"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing proposed for one document.

    ``value`` is a retention group, a keyword, a sentence as it was read, or the kind of personal
    data that was found, never such data itself. ``score`` (0 to 1) orders proposals of one kind; it
    is no probability. ``boxes`` lie on ``page``; ``count`` says how often it was found there.
    ``maintenance_code`` and ``retention_years`` are the term of a retention group, where a source
    gives one.
    """

    kind: Kind
    value: str
    score: float
    rule: str
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    count: int = 1
    maintenance_code: str | None = None
    retention_years: int | None = None
