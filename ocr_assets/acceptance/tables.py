"""The sampling tables: from a lot's size to how many are looked at and how many may be bad.

The values are seeds of the dbt project (their source is named there), read here from their files:
a batch may land before the first build has brought the seeds into the database.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from ocr_assets.acceptance.errors import TablesUnfit


class Inspection(StrEnum):
    """How strictly a vendor's lots are looked at, after what the last ones were like."""

    NORMAL = "normal"
    TIGHTENED = "tightened"
    REDUCED = "reduced"
    DISCONTINUED = "discontinued"


@dataclass(frozen=True, slots=True)
class Size:
    """How many are drawn, and how many of them may be defective."""

    letter: str
    sample: int
    accept: int
    reject: int


@dataclass(frozen=True, slots=True)
class SamplingTables:
    """Code letters by lot size and level, and plans by letter, limit and inspection."""

    letters: Mapping[str, tuple[tuple[int, str], ...]]
    sizes: Mapping[tuple[str, str, float], Size]
    defects: frozenset[str]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the tables from the folder of seeds."""
        letters: dict[str, list[tuple[int, str]]] = {}
        for row in _rows(folder / "list_sampling_code_letters.csv"):
            most = int(row["lot_size_to"] or 10**18)
            letters.setdefault(row["inspection_level"], []).append((most, row["code_letter"]))
        sizes = {
            (row["inspection"], row["code_letter"], float(row["aql_percent"])): Size(
                row["plan_letter"],
                int(row["sample_size"]),
                int(row["accept_number"]),
                int(row["reject_number"]),
            )
            for row in _rows(folder / "list_sampling_plans.csv")
        }
        defects = frozenset(row["code"] for row in _rows(folder / "list_acceptance_defects.csv"))
        return cls({level: tuple(sorted(rows)) for level, rows in letters.items()}, sizes, defects)

    def size(self, lot: int, level: str, limit: float, inspection: Inspection) -> Size:
        """Return what to draw from a lot; never more than there is.

        Under discontinued inspection nothing is sampled: all of it is looked at, none may be bad.

        Raises:
            TablesUnfit: the tables know no such level or limit.
        """
        letter = self._letter(lot, level)
        if inspection is Inspection.DISCONTINUED:
            return Size(letter, lot, 0, 1)
        found = self.sizes.get((inspection.value, letter, limit))
        if found is None:
            known = ", ".join(f"{one:g}" for one in self.limits())
            raise TablesUnfit(f"no plan has the acceptance quality limit {limit:g}; these: {known}")
        return Size(found.letter, min(lot, found.sample), found.accept, found.reject)

    def limits(self) -> list[float]:
        """Return the acceptance quality limits the tables know, tightest first."""
        return sorted({limit for _, _, limit in self.sizes})

    def tighter(self, limit: float) -> float:
        """Return the limit one step tighter; of the tightest, itself."""
        return max((one for one in self.limits() if one < limit), default=limit)

    def _letter(self, lot: int, level: str) -> str:
        rows = self.letters.get(level)
        if rows is None:
            known = ", ".join(sorted(self.letters))
            raise TablesUnfit(f"there is no inspection level {level}; these: {known}")
        return next(letter for most, letter in rows if lot <= most)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
