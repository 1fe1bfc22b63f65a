"""A landed batch in a real database, and the people who accept it."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from ocr_assets.acceptance.deciding import Decider
from ocr_assets.acceptance.inspection import Inspector
from ocr_assets.acceptance.planning import Planner
from ocr_assets.acceptance.rule import Rule
from ocr_assets.acceptance.samples import Counter
from ocr_assets.acceptance.tables import SamplingTables
from orchestration.settings import PROJECT
from tests.support.tools import TOOLS
from warehouse.acceptance import AcceptanceLedger
from warehouse.loading import Warehouse
from warehouse.store import Store

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SEEDS = PROJECT / "dbt_project" / "seeds"
OPERATOR = "TEST OPERATOR"


def sha(number):
    return f"{number:064x}"


def file(number, *, operator=OPERATOR, **more):
    return {
        "file_ordinal": number,
        "file_name": f"{number}.pdf",
        "file_sha256": sha(number),
        "agency_code": "H26.01",
        "bloc": "government",
        "box_code": f"B{number % 3}",
        "dossier_code": "D1",
        "secrecy": "thuong",
        "operator": operator,
        "scanner": "S1",
        "received_state": "received",
        "received_at": NOW,
        **more,
    }


def document(number, outcome="ok", reason=None, **more):
    return {
        "file_ordinal": number,
        "file_sha256": sha(number),
        "outcome": outcome,
        "reason_code": reason,
        "page_count": 4,
        "archive_sha256": sha(10_000 + number),
        "digitized_at": NOW,
        **more,
    }


def page(number, at, outcome="ok", reason=None):
    return {
        "file_ordinal": number,
        "file_sha256": sha(number),
        "page_number": at,
        "outcome": outcome,
        "reason_code": reason,
    }


def field(number, name, value, *, is_accepted=True):
    return {
        "file_ordinal": number,
        "file_sha256": sha(number),
        "field_name": name,
        "value": value,
        "page_number": 1,
        "is_accepted": is_accepted,
    }


def land(url, batch, *, count=40, operator=OPERATOR):
    """Land a batch of ``count`` good documents of four pages, and some that cannot be used."""
    warehouse = Warehouse(url)
    numbers = range(1, count + 1)
    refused = count + 1, count + 2
    files = [file(n, operator=operator) for n in (*numbers, *refused)]
    documents = [document(n) for n in numbers]
    documents.append(
        document(refused[0], "failed", "damaged", archive_sha256=None, page_count=None)
    )
    documents.append(
        document(refused[1], "quarantined", "state_secret", archive_sha256=None, page_count=None)
    )
    pages = [page(n, at) for n in numbers for at in range(1, 5)]
    pages[0] |= {"outcome": "degraded", "reason_code": "low_confidence"}
    fields = [
        field(n, name, f"{n}/QĐ-UBND", is_accepted=n != 2)
        for n in numbers
        for name in ("number", "type", "natural_key", "recipient_1")
    ]
    for table, rows in (
        ("files", files),
        ("documents", documents),
        ("pages", pages),
        ("fields", fields),
    ):
        warehouse.land(f"digitization__{table}", rows, batch_id=batch)


def hall(url, store, **rule):
    """Return all who take part in acceptance, under a rule."""
    ledger, tables = AcceptanceLedger(url), SamplingTables.read(SEEDS)
    chosen = Rule(**{"owner": "TEST OWNER", "limit": 1.5, "known_bad_share": 0.01, **rule})
    counter = Counter(Store(store), TOOLS / "npm" / "node_modules")
    return SimpleNamespace(
        url=url,
        ledger=ledger,
        store=Store(store),
        counter=counter,
        planner=Planner(ledger, counter, tables, chosen),
        inspector=Inspector(ledger, tables),
        decider=Decider(ledger, chosen),
    )


@pytest.fixture
def people(database_url, tmp_path):
    land(database_url, "box-1-00000000")
    given = hall(database_url, tmp_path / "store")
    yield given
    given.ledger.close()
