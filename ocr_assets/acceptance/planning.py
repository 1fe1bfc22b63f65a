"""Drawing a plan for a batch: the lot, how strictly it is inspected, the sample."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ocr_assets.acceptance.drawing import RULE_VERSION, Unit, counted
from ocr_assets.acceptance.errors import BatchUnbalanced, NothingToInspect
from ocr_assets.acceptance.lot import lots
from ocr_assets.acceptance.rule import Rule
from ocr_assets.acceptance.samples import Counter, plan_code
from ocr_assets.acceptance.switching import Past, inspection_after
from ocr_assets.acceptance.tables import Inspection, SamplingTables, Size
from warehouse.acceptance import AcceptanceLedger

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Planner:
    """Draws the plans of an installation by its rule."""

    ledger: AcceptanceLedger
    counter: Counter
    tables: SamplingTables
    rule: Rule

    def plan(self, batch: str) -> list[Row]:
        """Return the plan of every vendor of ``batch``, drawing those that are not there.

        A plan that exists stands, however often this is called; after a decision to inspect
        again another one is drawn.

        Raises:
            BatchUnbalanced: files of the batch have no outcome yet.
            NothingToInspect: nothing of the batch can be looked at.
        """
        waiting = self.ledger.unfinished(batch)
        if waiting:
            raise BatchUnbalanced(
                f"plan the acceptance of {batch}: {waiting} of its files have no outcome yet;"
                " run digitize_batch for it to its end"
            )
        found = lots(self.ledger.usable_pages(batch), self.ledger.claims(batch), self.rule.unit)
        if not found:
            raise NothingToInspect(
                f"plan the acceptance of {batch}: it has no usable page, or there is no such"
                " batch; marts.fct_batch_balance shows what became of its files"
            )
        return [self._plan(batch, vendor, units) for vendor, units in sorted(found.items())]

    def _plan(self, batch: str, vendor: str, units: Sequence[Unit]) -> Row:
        before = self.ledger.plans(batch, vendor)
        if before and not self._is_to_be_repeated(before[-1]):
            return before[-1]
        seed = secrets.token_hex(16)
        inspection, size = self._strictness(vendor, len(units))
        sample = self.counter.sample(
            units, size.sample, self.rule.known_bad_count(size.sample), seed
        )
        plan = {
            "plan_code": plan_code(seed),
            "batch_id": batch,
            "vendor": vendor,
            "attempt": len(before) + 1,
            "seed": seed,
            "lot_size": len(units),
            "lot_sha256": self.counter.keep_lot(units),
            "strata": counted(units, sample.drawn),
            "known_bad_count": len(sample.known_bad),
        }
        plan |= self._said() | _sized(inspection, size)
        self.ledger.add_plan(plan, sample.items, sample.known_bad)
        # Where another process was faster, its plan stands and ours was not written.
        return self.ledger.plans(batch, vendor)[-1]

    def _said(self) -> dict[str, Any]:
        return {
            "unit": self.rule.unit,
            "inspection_level": self.rule.level,
            "aql_percent": self.rule.limit,
            "rule_version": RULE_VERSION,
            "owner": self.rule.owner,
        }

    def _strictness(self, vendor: str, lot: int) -> tuple[Inspection, Size]:
        """Return how this lot is inspected, after the vendor's last ones."""
        inspection = inspection_after(
            self._history(vendor), is_reduced_allowed=self.rule.is_reduced_allowed
        )
        return inspection, self.tables.size(lot, self.rule.level, self.rule.limit, inspection)

    def _is_to_be_repeated(self, plan: Row) -> bool:
        decisions = self.ledger.decisions(plan["plan_code"])
        return bool(decisions) and decisions[-1]["decision"] == "reinspect"

    def _history(self, vendor: str) -> list[Past]:
        """Return the vendor's lots at their original inspection that were validly decided."""
        return [
            Past(
                row["defect_count"],
                row["accept_number"],
                row["reject_number"],
                self._accept_tighter(row),
            )
            for row in self.ledger.decided(vendor)
            if row["attempt"] == 1 and row["is_valid"]
        ]

    def _accept_tighter(self, plan: Row) -> int:
        limit = self.tables.tighter(float(plan["aql_percent"]))
        return self.tables.size(
            plan["lot_size"], plan["inspection_level"], limit, Inspection.NORMAL
        ).accept


def _sized(inspection: Inspection, size: Size) -> dict[str, Any]:
    return {
        "inspection": inspection.value,
        "code_letter": size.letter,
        "sample_size": size.sample,
        "accept_number": size.accept,
        "reject_number": size.reject,
    }
