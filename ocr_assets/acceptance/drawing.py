"""Which units of a lot are drawn: by chance, but by a chance that can be drawn again.

Every unit has a rank, the SHA-256 of the seed and its name; the lowest ranks are drawn. The rank
depends on nothing else, so an auditor with the seed and the list of the lot finds the same sample,
in any language and in any order of the list.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

RULE_VERSION = "1"
MANY_PAGES = 20


@dataclass(frozen=True, slots=True, repr=False)
class Unit:
    """A page or a document that can be drawn; its claims are a document's content."""

    document_key: str
    agency_code: str | None
    box_code: str | None
    dossier_code: str | None
    page: int | None
    page_count: int
    file_sha256: str
    hard_class: str
    claims: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What tells the unit from every other one of its lot."""
        return self.document_key if self.page is None else f"{self.document_key}#{self.page}"

    @property
    def stratum(self) -> tuple[str, str, str]:
        """Agency, box and hard class: each such group has its share of the sample."""
        return (self.agency_code or "-", self.box_code or "-", self.hard_class)

    def listed(self) -> dict[str, Any]:
        """Return what the kept list of the lot says of it; no content."""
        return {"unit": self.name, "stratum": list(self.stratum)}


def rank(seed: str, name: str) -> str:
    """Return the place of ``name`` in the draw that ``seed`` makes."""
    return hashlib.sha256(f"{seed}\n{name}".encode()).hexdigest()


def draw(units: Sequence[Unit], size: int, seed: str) -> list[Unit]:
    """Return ``size`` units: one of each stratum while there is room, the others in proportion.

    Where strata outnumber the sample, chance decides which of them are looked at.
    """
    strata: dict[tuple[str, str, str], list[Unit]] = {}
    for unit in sorted(units, key=lambda unit: rank(seed, unit.name)):
        strata.setdefault(unit.stratum, []).append(unit)
    shares = _shares({stratum: len(some) for stratum, some in strata.items()}, size, seed)
    drawn = [unit for stratum, some in strata.items() for unit in some[: shares[stratum]]]
    return sorted(drawn, key=lambda unit: rank(seed, unit.name))


def _shares(
    sizes: Mapping[tuple[str, str, str], int], wanted: int, seed: str
) -> dict[tuple[str, str, str], int]:
    """Return how many are drawn of each stratum; together ``wanted``, or all there are."""
    by_chance = sorted(sizes, key=lambda stratum: rank(seed, "\t".join(stratum)))
    shares = dict.fromkeys(sizes, 0)
    for stratum in by_chance[:wanted]:
        shares[stratum] = 1
    whole = sum(sizes.values())
    for _ in range(min(wanted, whole) - sum(shares.values())):
        # The stratum that is furthest behind its share of the lot is next.
        behind = max(
            (stratum for stratum in by_chance if shares[stratum] < sizes[stratum]),
            key=lambda stratum: sizes[stratum] * wanted / whole - shares[stratum],
        )
        shares[behind] += 1
    return shares


def counted(units: Sequence[Unit], drawn: Sequence[Unit]) -> list[dict[str, Any]]:
    """Return units and drawn units of every stratum, in the order of their names."""
    names = {unit.name for unit in drawn}
    counts: dict[tuple[str, str, str], list[int]] = {}
    for unit in units:
        count = counts.setdefault(unit.stratum, [0, 0])
        count[0] += 1
        count[1] += unit.name in names
    return [
        {
            "agency_code": None if agency == "-" else agency,
            "box_code": None if box == "-" else box,
            "hard_class": hard,
            "lot_count": lot,
            "sample_count": sample,
        }
        for (agency, box, hard), (lot, sample) in sorted(counts.items())
    ]
