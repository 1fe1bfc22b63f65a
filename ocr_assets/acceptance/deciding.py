"""Signing a batch off: what the counts allow, and what takes a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ocr_assets.acceptance.errors import (
    InspectionInvalid,
    PlanDecided,
    PlanMissing,
    ReasonMissing,
    SampleUnfinished,
)
from ocr_assets.acceptance.inspection import plain_name, refuse_who_scanned
from ocr_assets.acceptance.rule import Rule
from ocr_assets.acceptance.standing import Standing, standing
from warehouse.acceptance import AcceptanceLedger

Row = Mapping[str, Any]
ACCEPTED, REFUSED, REINSPECT = "accepted", "refused", "reinspect"


@dataclass(frozen=True, slots=True, repr=False)
class Signature:
    """Who decides, in which office, and why."""

    by: str
    role: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Decider:
    """Takes decisions on batches and keeps them."""

    ledger: AcceptanceLedger
    rule: Rule

    def standing(self, plan: Row) -> Standing:
        """Return the counts of a plan as they are now."""
        code = plan["plan_code"]
        return standing(
            self.ledger.sample(code), self.ledger.known_bad(code), self.ledger.findings(code)
        )

    def plans(self, batch: str) -> list[Row]:
        """Return every plan of a batch, oldest first.

        Raises:
            PlanMissing: there is none.
        """
        plans = self.ledger.plans(batch)
        if not plans:
            raise PlanMissing(
                f"acceptance of {batch}: no plan was drawn for such a batch;"
                f" ./kho acceptance plan --batch {batch}"
            )
        return plans

    def plan(self, batch: str, vendor: str | None = None) -> Row:
        """Return the newest plan of a batch, of its one vendor or of ``vendor``.

        Raises:
            PlanMissing: there is none, or several vendors have one and none was named.
        """
        newest = {plan["vendor"]: plan for plan in self.ledger.plans(batch, vendor)}
        if len(newest) != 1:
            what = "several vendors scanned it: name one with --vendor" if newest else "no plan"
            raise PlanMissing(
                f"acceptance of {batch}: {what}; ./kho acceptance show --batch {batch}"
            )
        return next(iter(newest.values()))

    def decide(self, plan: Row, decision: str, signature: Signature) -> Row:
        """Keep a decision and return it.

        Raises:
            PlanDecided: the plan was decided before, and no reason is given to change that.
            FourEyesBroken: who signs scanned some of the batch.
            SampleUnfinished, InspectionInvalid: the counts do not carry the decision yet.
            ReasonMissing: it contradicts the counts and does not say why.
        """
        refuse_who_scanned(signature.by, self.ledger.operators(plan["batch_id"]))
        self._refuse_decided(plan, signature)
        now = self.standing(plan)
        is_valid = now.is_valid(self.rule.least_caught)
        self._require_counts(plan, decision, now)
        is_deviation = _contradicts(plan, decision, now, is_valid=is_valid)
        if is_deviation and not signature.reason:
            raise ReasonMissing(
                f"decide on {plan['plan_code']}: {decision} contradicts the counts"
                f" ({now.defect_count} defective, Ac {plan['accept_number']}, Re"
                f" {plan['reject_number']}); say why with --reason"
            )
        entry = _entry(plan, decision, signature, now)
        entry |= {"is_valid": is_valid, "is_deviation": is_deviation}
        self.ledger.add_decision(entry)
        return entry

    def _refuse_decided(self, plan: Row, signature: Signature) -> None:
        before = self.ledger.decisions(plan["plan_code"])
        if before and (not signature.reason or before[-1]["decision"] == REINSPECT):
            raise PlanDecided(
                f"decide on {plan['plan_code']}: it was decided ({before[-1]['decision']});"
                " a correction needs a --reason, an inspection to be repeated a new plan"
            )

    def _require_counts(self, plan: Row, decision: str, now: Standing) -> None:
        is_lost = now.defect_count >= plan["reject_number"]
        if decision == ACCEPTED and not now.is_valid(self.rule.least_caught):
            raise InspectionInvalid(
                f"accept {plan['plan_code']}: an inspector found less than"
                f" {self.rule.least_caught:.0%} of the pages known to be bad; decide 'reinspect'"
                " and let others look"
            )
        if now.open_count and (decision == ACCEPTED or (decision == REFUSED and not is_lost)):
            raise SampleUnfinished(
                f"decide on {plan['plan_code']}: {now.open_count} items were not looked at yet;"
                " ./kho acceptance list shows them"
            )


def _contradicts(plan: Row, decision: str, now: Standing, *, is_valid: bool) -> bool:
    """Say whether the counts speak against a decision; looking again at a good look does too."""
    is_lost = now.defect_count >= plan["reject_number"]
    if decision == REINSPECT:
        return is_valid and not now.open_count and not now.disputed
    return is_lost if decision == ACCEPTED else not is_lost


def _entry(plan: Row, decision: str, signature: Signature, now: Standing) -> dict[str, Any]:
    return {
        "plan_code": plan["plan_code"],
        "decision": decision,
        "decided_by": plain_name(signature.by),
        "decided_role": signature.role,
        "inspected_count": now.inspected_count,
        "defect_count": now.defect_count,
        "disputed_count": len(now.disputed),
        "known_bad_judged_count": sum(eye.judged for eye in now.eyes),
        "known_bad_caught_count": sum(eye.caught for eye in now.eyes),
        "reason": signature.reason,
    }
