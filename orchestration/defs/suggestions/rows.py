"""What a described content and a proposal are in the raw tables."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import numpy as np

from ocr_assets.suggest.embedding import Model, Vector
from ocr_assets.suggest.proposal import Proposal
from orchestration.defs.duplicates.library import Standing

Row = dict[str, Any]


class Outcome(StrEnum):
    """What became of a content."""

    OK = "ok"
    READING_MISSING = "reading_missing"  # nothing to read it from: no proposal and no vector
    NO_TEXT = "no_text"  # nothing was read on it: no vector
    ENDPOINT_SILENT = "endpoint_silent"  # proposals are there; the next run asks again


def content(
    stands: Standing, outcome: Outcome, model: Model, vector: Vector | None, method: str
) -> Row:
    """Return the row of a content that was worked on; ``vector`` has length 1."""
    return {
        "document_id": stands.document_id,
        "standing_ordinal": stands.file_ordinal,
        "digitized_at": stands.digitized_at,
        "method_version": method,
        "outcome": outcome.value,
        "model_name": model.name if vector else None,
        "model_version": model.version if vector else None,
        # As short as single precision is written, so that a row read back is the same row.
        "embedding": [float(str(np.float32(x))) for x in vector] if vector else None,
    }


def is_current(row: Mapping[str, Any], stands: Standing, model: Model, method: str) -> bool:
    """Say whether a content was described as it stands now, by the methods of today."""
    was = (row["_batch_id"], row["standing_ordinal"], row["digitized_at"], row["method_version"])
    if was != (stands.batch_id, stands.file_ordinal, stands.digitized_at, method):
        return False
    if row["outcome"] != Outcome.OK:
        return bool(row["outcome"] != Outcome.ENDPOINT_SILENT)
    return (row["model_name"], row["model_version"]) == (model.name, model.version)


def proposals(document_id: str, found: Iterable[Proposal], method: str) -> Iterator[Row]:
    """Yield a row per proposal, numbered within its kind."""
    ordinals: Counter[str] = Counter()
    for one in found:
        ordinals[one.kind] += 1
        yield {
            "document_id": document_id,
            "suggestion_type": one.kind.value,
            "suggestion_ordinal": ordinals[one.kind],
            "suggested_value": one.value,
            "maintenance_code": one.maintenance_code,
            "retention_years": one.retention_years,
            "score": round(one.score, 5),
            "rule_code": one.rule,
            "page_number": one.page,
            "boxes": [[round(edge, 5) for edge in box] for box in one.boxes],
            "occurrence_count": one.count,
            "method_version": method,
        }
