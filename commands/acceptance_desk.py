"""What `kho acceptance` says and asks; the rules of acceptance are in ocr_assets."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import typer

from commands.processes import ProcessStopped
from ocr_assets.acceptance.deciding import Decider, Signature
from ocr_assets.acceptance.inspection import Finding, Inspector
from ocr_assets.acceptance.planning import Planner
from orchestration.acceptance import open_planner
from orchestration.settings import Settings, settings
from warehouse.embedded import EmbeddedServer
from warehouse.errors import NotStored

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where batches are accepted in this home."""

    planner: Planner
    inspector: Inspector
    decider: Decider

    @classmethod
    @contextmanager
    def of_this_home(cls) -> "Iterator[Desk]":
        """Open the desk of the home that the environment names."""
        given = settings()
        with open_planner(given, _url(given)) as planner:
            ledger = planner.ledger
            yield cls(planner, Inspector(ledger, planner.tables), Decider(ledger, planner.rule))

    def plan(self, batch: str) -> None:
        """Draw the sample of every vendor of a batch, and say what was drawn."""
        for plan in self.planner.plan(batch):
            typer.echo(_plan_line(plan))

    def list_items(self, batch: str, *, as_json: bool) -> None:
        """Print the items of a batch; nothing of a line says that an item is known to be bad."""
        for item in self.inspector.items(batch):
            shown = self._shown(item)
            typer.echo(json.dumps(shown, ensure_ascii=False) if as_json else _item_line(shown))

    def record(self, finding: Finding) -> None:
        """Keep a finding."""
        self.inspector.record(finding)
        typer.echo(f"{finding.item}: {finding.verdict} is recorded")

    def show(self, batch: str) -> None:
        """Print where the inspection of a batch stands."""
        for plan in self.decider.plans(batch):
            typer.echo(_plan_line(plan))
            now = self.decider.standing(plan)
            typer.echo(
                f"    {now.inspected_count} of {now.sample_count} looked at,"
                f" {now.defect_count} defective, {now.open_count} items open"
            )
            if now.disputed:
                typer.echo(f"    judged differently: {', '.join(now.disputed)}")
            for eye in now.eyes:
                typer.echo(f"    {eye.inspector}: caught {eye.caught} of {eye.judged} known bad")
            for row in self.decider.ledger.decisions(plan["plan_code"]):
                typer.echo(_decision_line(row))

    def decide(self, batch: str, vendor: str | None, decision: str, signature: Signature) -> None:
        """Keep a decision and say it."""
        plan = self.decider.plan(batch, vendor)
        typer.echo(_decision_line(self.decider.decide(plan, decision, signature)).strip())

    def audit(self, batch: str) -> bool:
        """Draw every sample again; return whether all are the same as those kept."""
        is_same = True
        for plan in self.decider.plans(batch):
            code = plan["plan_code"]
            bad = {row["item_code"] for row in self.decider.ledger.known_bad(code)}
            kept = {row["item_code"] for row in self.decider.ledger.sample(code)} - bad
            is_this = self.planner.counter.redrawn(plan) == kept
            typer.echo(f"{code}: {'the same sample' if is_this else 'ANOTHER SAMPLE'} is drawn")
            is_same = is_same and is_this
        return is_same

    def _shown(self, item: Row) -> dict[str, Any]:
        names = ("item_code", "agency_code", "box_code", "dossier_code", "page_number")
        shown = {name: item[name] for name in names}
        try:
            place = str(self.planner.counter.store.path(item["file_sha256"]))
        except NotStored:  # a store elsewhere: the digest is what it is known by there
            place = item["file_sha256"]
        rest = {name: item[name] for name in ("page_count", "claims", "looks")}
        return shown | {"file": place} | rest


def _url(given: Settings) -> str:
    server = EmbeddedServer(given.home, given.postgres_port)
    if given.database_url is None and not server.is_running():
        raise ProcessStopped("the database is not running; start it with ./kho up")
    return given.database_url or server.url()


def _plan_line(plan: Row) -> str:
    return (
        f"{plan['plan_code']}  {plan['batch_id']}, {plan['vendor']}: {plan['inspection']}"
        f" inspection, {plan['sample_size']} of {plan['lot_size']} {plan['unit']}s,"
        f" Ac {plan['accept_number']}, Re {plan['reject_number']},"
        f" AQL {float(plan['aql_percent']):g} %, attempt {plan['attempt']}"
    )


def _item_line(item: Row) -> str:
    page = f"page {item['page_number']} of {item['page_count']}" if item["page_number"] else "all"
    place = f"box {item['box_code']}, dossier {item['dossier_code']}"
    claims = "".join(f"\n    {name:<9}{value}" for name, value in (item["claims"] or {}).items())
    done = f", looked at {item['looks']} times" if item["looks"] else ""
    return f"{item['item_code']}  {place}{done}\n    {item['file']}, {page}{claims}"


def _decision_line(row: Row) -> str:
    marks = [
        *(["DEVIATION"] if row["is_deviation"] else []),
        *([] if row["is_valid"] else ["inspection not valid"]),
    ]
    return f"    {row['decision']} by {row['decided_by']}, {row['decided_role']}" + "".join(
        f"; {mark}" for mark in marks
    )
