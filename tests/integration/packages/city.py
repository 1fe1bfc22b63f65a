"""A dossier in raw rows whose files are really in a store: two good papers, a refused, a secret."""

from datetime import UTC, datetime

from tests.integration.warehouse_models.raw_rows import (
    AGENCIES,
    A,
    B,
    field,
    file,
    page,
    signature,
    usable,
)
from warehouse.loading import Warehouse
from warehouse.store import Store

BATCH, LATER = "box-1-00000000", "box-2-00000000"
DOSSIER = "D 1/2025"
LANDED = datetime(2026, 1, 6, 3, 4, 5, 678, tzinfo=UTC)
PERSON = "TEST PERSON"


def fill(url: str, store: Store) -> dict[str, str]:
    """Land the city and keep its files; return digests by what they are."""
    kept = {
        name: store.put(f"bytes of {name}".encode())
        for name in ("scan 1", "copy 1", "scan 2", "copy 2", "torn", "other scan", "other copy")
    }
    land(url, "catalog__agencies", AGENCIES, "c1")
    for table, rows in rows_of(kept).items():
        land(url, table, rows, BATCH)
    again = rows_of(kept)
    ours = {"digitization__files", "digitization__documents", "digitization__pages"}
    for table in ours:  # the second paper was delivered a second time
        land(url, table, [row for row in again[table] if row["file_ordinal"] == 2], LATER)
    return kept


def land(url, table, rows, batch):
    Warehouse(url).land(table, rows, batch_id=batch, extracted_at=LANDED)


def rows_of(kept):
    mine = {"dossier_code": DOSSIER}
    return {
        "digitization__files": [
            file(1, kept["scan 1"], **mine),
            file(2, kept["scan 2"], media_type="image/tiff", **mine),
            file(3, kept["torn"], **mine),
            file(4, "e" * 64, secrecy="mat", **mine),
            file(5, None, received_state="missing", **mine),
            file(6, kept["other scan"], dossier_code="D2"),
            file(7, kept["scan 1"], B, **mine),
        ],
        "digitization__documents": [
            judged(1, kept["scan 1"], kept["copy 1"]),
            judged(2, kept["scan 2"], kept["copy 2"]),
            {**judged(3, kept["torn"], None), "outcome": "failed", "reason_code": "damaged"},
            {
                "file_ordinal": 4,
                "file_sha256": "e" * 64,
                "outcome": "quarantined",
                "reason_code": "state_secret",
            },
            {"file_ordinal": 5, "outcome": "failed", "reason_code": "file_missing"},
            judged(6, kept["other scan"], kept["other copy"]),
            judged(7, kept["scan 1"], kept["copy 1"]),
        ],
        "digitization__pages": [
            page(1, kept["scan 1"], 'dòng một\nline two \\ "quoted"'),
            page(2, kept["scan 2"], "of the second"),
            page(6, kept["other scan"], "of another dossier"),
        ],
        "digitization__fields": [
            field(1, kept["scan 1"], "number", "051/QĐ-UBND"),
            field(1, kept["scan 1"], "date", "2025-04-19"),
            field(1, kept["scan 1"], "type", "Quyết định"),
            field(1, kept["scan 1"], "issuer", "ỦY BAN NHÂN DÂN XÃ MỘT"),
            field(1, kept["scan 1"], "signer", PERSON, is_accepted=False),
            field(6, kept["other scan"], "number", "1/QĐ-UBND"),
        ],
        "digitization__signatures": [
            signature(1, kept["scan 1"]),
            signature(1, kept["scan 1"], 2, integrity="broken", is_valid=False),
            signature(6, kept["other scan"]),
        ],
    }


def judged(ordinal, received, archive):
    row = usable(ordinal, received)
    versions = {"tool_versions": {"reader": "best", "weights": [0.10, 1e-7]}}
    return {**row, "archive_sha256": archive, **versions}


__all__ = ["BATCH", "DOSSIER", "LATER", "PERSON", "A", "B", "fill", "rows_of"]
