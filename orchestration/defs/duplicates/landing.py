"""How sketches and pairs get into raw: batch by batch, what still holds beside what is new.

Pairs land before sketches. A sketch says that its content has been compared, so a run that is
killed in between is done again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from ocr_assets.duplicates.shelf import Card
from orchestration.defs.duplicates import rows
from orchestration.defs.duplicates.comparison import Work
from orchestration.defs.duplicates.library import Library
from warehouse.loading import Warehouse
from warehouse.schema import LINEAGE, RAW

SKETCHES, PAIRS = "duplicates__sketches", "duplicates__pairs"


def sketched(connection: sa.Connection) -> dict[str, Mapping[str, Any]]:
    """Return the sketches that were kept, by content."""
    found = connection.execute(sa.select(RAW.tables[f"raw.{SKETCHES}"])).mappings()
    return {row["document_id"]: dict(row) for row in found}


def land_pairs(
    library: Library, warehouse: Warehouse, found: Iterable[rows.Row], work: Work
) -> None:
    """Let ``found`` take the place of all pairs of what was touched.

    A pair lies in the batch of the content that was compared last.
    """
    table = RAW.tables[f"raw.{PAIRS}"]
    is_touched = sa.or_(
        *(_among(table.c[end], work.touched) for end in ("first_document_id", "second_document_id"))
    )
    by_batch: dict[str, list[rows.Row]] = defaultdict(list)
    for pair in found:
        ends = (pair["first_document_id"], pair["second_document_id"])
        newer = max(key for key in ends if key in work.fresh)
        by_batch[library.standing[newer].batch_id].append(pair)
    batches = sa.select(table.c["_batch_id"]).where(is_touched).distinct()
    for row in library.connection.execute(batches).mappings():
        by_batch.setdefault(row["_batch_id"], [])
    kept = sa.select(table).where(_among(table.c["_batch_id"], by_batch), ~is_touched)
    for still in library.connection.execute(kept).mappings():
        by_batch[still["_batch_id"]].append(_bare(dict(still)))
    _land(warehouse, PAIRS, by_batch)


def land_sketches(
    library: Library,
    warehouse: Warehouse,
    kept: Mapping[str, Mapping[str, Any]],
    fresh: Mapping[str, Card],
) -> None:
    """Land the cards of ``fresh`` contents, and ``kept`` ones of their batches that still stand."""
    by_batch: dict[str, list[rows.Row]] = defaultdict(list)
    for key, card in fresh.items():
        stands = library.standing[key]
        by_batch[stands.batch_id].append(rows.sketched(card, stands, library.words.get(key)))
    still = {key: row for key, row in kept.items() if key in library.standing and key not in fresh}
    for key, row in kept.items():
        if key not in still:
            by_batch.setdefault(row["_batch_id"], [])
    for row in still.values():
        if row["_batch_id"] in by_batch:
            by_batch[row["_batch_id"]].append(_bare(row))
    _land(warehouse, SKETCHES, by_batch)


def _land(warehouse: Warehouse, table: str, by_batch: Mapping[str, list[rows.Row]]) -> None:
    for batch in sorted(by_batch):
        warehouse.land(table, by_batch[batch], batch_id=batch)


def _bare(row: Mapping[str, Any]) -> rows.Row:
    return {name: value for name, value in row.items() if name not in LINEAGE}


def _among(column: sa.Column, values: Iterable[str]) -> sa.ColumnElement[bool]:
    return column == sa.any_(sa.cast(sorted(values), ARRAY(sa.Text())))
