"""What people decided about documents, proposed for those most like them."""

import hashlib
from collections import defaultdict
from typing import Any

import numpy as np
import sqlalchemy as sa

from ocr_assets.suggest.neighbours import RULE, Likely, Term, likely_terms
from orchestration.defs.suggestions.library import Library
from warehouse.loading import Warehouse
from warehouse.schema import LINEAGE, RAW

NEIGHBOURS = "suggestions__neighbours"
_REVIEWED = """
select distinct on (split_part(document_key, ':', 2))
    split_part(document_key, ':', 2) as document_id, decision, decided_value,
    decided_maintenance_code, decided_retention_years
from ledger.suggestion_decisions
where suggestion_type = 'retention'
order by split_part(document_key, ':', 2), entry_id desc
"""
_VECTORS = """
select document_id, embedding, model_name, model_version
from raw.suggestions__embeddings
where outcome = 'ok'
order by document_id
"""


def refresh(library: Library, warehouse: Warehouse, *, has_news: bool) -> int:
    """Land the likely terms anew where they may have changed; return how many there are now.

    ``has_news``: contents were described since the last time.
    """
    reviewed = _reviewed(library.connection)
    told = sorted((key, repr(term)) for key, term in reviewed.items())
    method = f"{RULE}/{hashlib.sha256(repr(told).encode()).hexdigest()[:12]}"
    before = _before(library.connection)
    if not has_news and before and all(row["method_version"] == method for row in before.values()):
        return len(before)
    found = _found(library.connection, reviewed)
    wanted = {key: _row(key, likely, method) for key, likely in found.items()}
    if wanted != before:
        by_batch: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for batch in _batches(library.connection):
            by_batch[batch] = []
        for key, row in wanted.items():
            by_batch[library.standing[key].batch_id].append(row)
        for batch in sorted(by_batch):
            warehouse.land(NEIGHBOURS, by_batch[batch], batch_id=batch)
    return len(wanted)


def _reviewed(connection: sa.Connection) -> dict[str, Term]:
    """Return what people decided last, by content; of several agencies the latest word counts."""
    return {
        row.document_id: Term(
            row.decided_value, row.decided_maintenance_code, row.decided_retention_years
        )
        for row in connection.execute(sa.text(_REVIEWED))
        if row.decision != "rejected"
    }


def _found(connection: sa.Connection, reviewed: dict[str, Term]) -> dict[str, Likely]:
    """Return the likely term of each document that nobody has reviewed."""
    if not reviewed:
        return {}
    spaces: dict[tuple[str, str], tuple[list[str], list[Any]]] = defaultdict(lambda: ([], []))
    for row in connection.execution_options(yield_per=1000).execute(sa.text(_VECTORS)):
        names, vectors = spaces[row.model_name, row.model_version]
        names.append(row.document_id)
        vectors.append(np.asarray(row.embedding, np.float32))
    found: dict[str, Likely] = {}
    for names, vectors in spaces.values():
        found |= likely_terms(names, np.stack(vectors), reviewed)
    return {key: likely for key, likely in found.items() if key not in reviewed}


def _before(connection: sa.Connection) -> dict[str, dict[str, Any]]:
    rows = connection.execute(sa.select(RAW.tables[f"raw.{NEIGHBOURS}"])).mappings()
    return {
        row["document_id"]: {
            name: float(value) if name == "score" else value
            for name, value in row.items()
            if name not in LINEAGE
        }
        for row in rows
    }


def _batches(connection: sa.Connection) -> list[str]:
    column = RAW.tables[f"raw.{NEIGHBOURS}"].c["_batch_id"]
    return [str(batch) for (batch,) in connection.execute(sa.select(column).distinct())]


def _row(key: str, likely: Likely, method: str) -> dict[str, Any]:
    return {
        "document_id": key,
        "group_code": likely.term.group,
        "maintenance_code": likely.term.maintenance_code,
        "retention_years": likely.term.years,
        "score": likely.score,
        "neighbour_ids": list(likely.documents),
        "method_version": method,
    }
