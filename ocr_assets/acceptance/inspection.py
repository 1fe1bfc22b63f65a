"""An inspector's work: what to look at, and what was found."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ocr_assets.acceptance.errors import (
    FindingUnclear,
    FourEyesBroken,
    ItemUnknown,
    PlanDecided,
    PlanMissing,
)
from ocr_assets.acceptance.tables import SamplingTables
from warehouse.acceptance import AcceptanceLedger

Row = Mapping[str, Any]
WRONG_FIELD = "wrong_field_value"


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """What an inspector says of one item."""

    item: str
    inspector: str
    verdict: str
    defect: str | None = None
    wrong_fields: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Inspector:
    """Lists the items of a batch and records what is found on them."""

    ledger: AcceptanceLedger
    tables: SamplingTables

    def items(self, batch: str) -> list[Row]:
        """Return what is to be looked at in a batch, with how often each item was judged.

        Raises:
            PlanMissing: no plan was drawn for the batch.
        """
        newest = {plan["vendor"]: plan for plan in self.ledger.plans(batch)}
        if not newest:
            raise PlanMissing(
                f"list the items of {batch}: no plan was drawn for this batch;"
                f" ./kho acceptance plan --batch {batch}"
            )
        return [item for plan in newest.values() for item in self._of_plan(plan)]

    def _of_plan(self, plan: Row) -> list[Row]:
        looks = [row["item_code"] for row in self.ledger.findings(plan["plan_code"])]
        return [
            {**item, "looks": looks.count(item["item_code"])}
            for item in self.ledger.sample(plan["plan_code"])
        ]

    def record(self, finding: Finding) -> None:
        """Add a finding beside those that are there.

        Raises:
            ItemUnknown: no sample has the item.
            PlanDecided: the batch was signed off meanwhile.
            FourEyesBroken: the inspector scanned some of the batch.
            FindingUnclear: verdict, defect and wrong fields do not go together.
        """
        plan = self.ledger.plan_of(finding.item)
        if plan is None:
            raise ItemUnknown(
                "record a finding: no sample has this item; ./kho acceptance list shows them"
            )
        if self.ledger.decisions(plan["plan_code"]):
            raise PlanDecided(
                f"record a finding: plan {plan['plan_code']} was signed off; to look again,"
                " decide 'reinspect' and draw a new plan"
            )
        refuse_who_scanned(finding.inspector, self.ledger.operators(plan["batch_id"]))
        self._require_clear(finding, plan["plan_code"])
        self.ledger.add_finding(
            {
                "item_code": finding.item,
                "inspector": plain_name(finding.inspector),
                "verdict": finding.verdict,
                "defect_code": finding.defect,
                "wrong_fields": sorted(set(finding.wrong_fields)),
            }
        )

    def _require_clear(self, finding: Finding, plan: str) -> None:
        if finding.verdict not in ("pass", "fail"):
            raise FindingUnclear("record a finding: the verdict is 'pass' or 'fail'")
        if (finding.verdict == "fail") != (finding.defect is not None):
            raise FindingUnclear(
                "record a finding: a fail names its defect, and a pass has none (--defect)"
            )
        if finding.defect is not None and finding.defect not in self.tables.defects:
            known = ", ".join(sorted(self.tables.defects))
            raise FindingUnclear(f"record a finding: the defect is one of {known}")
        self._require_fields(finding, plan)

    def _require_fields(self, finding: Finding, plan: str) -> None:
        if (finding.defect == WRONG_FIELD) != bool(finding.wrong_fields):
            raise FindingUnclear(
                f"record a finding: {WRONG_FIELD} names the wrong fields, no other defect"
                " does (--field)"
            )
        claims = next(
            item["claims"] or {}
            for item in self.ledger.sample(plan)
            if item["item_code"] == finding.item
        )
        if not set(finding.wrong_fields) <= set(claims):
            known = ", ".join(sorted(claims)) or "none"
            raise FindingUnclear(f"record a finding: the fields claimed for this item are: {known}")


def plain_name(name: str) -> str:
    """Return a person's name as it is kept: composed letters, single blanks."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def refuse_who_scanned(name: str, operators: set[str]) -> None:
    """Refuse one of those who scanned the batch: four eyes.

    Raises:
        FourEyesBroken: ``name`` is one of ``operators``, or empty.
    """
    told = plain_name(name).casefold()
    if not told:
        raise FourEyesBroken("acceptance: say who you are; an entry without a name proves nothing")
    if told in {plain_name(one).casefold() for one in operators}:
        raise FourEyesBroken(
            "acceptance: this person scanned in the batch, and who scanned may neither inspect"
            " nor sign it; let a colleague do it"
        )
