"""What becomes of a delivered file, as it is landed: its own row, and the rows of a register."""

from collections.abc import Iterator
from typing import Any

from connectors.filedrop.forms import forms
from connectors.filedrop.register import Register
from connectors.filedrop.report import Report
from orchestration.defs.filedrop.shelf import UNREAD, Known
from warehouse.loading import Bundle


def bundles(register_id: str, register: Register, most_lost: float) -> Iterator[Bundle]:
    """Yield what each form lists; a form that the file no longer has loses its rows."""
    for form in forms():
        table = f"filedrop__{form}"
        yield Bundle(table, register.rows(form), register_id, most_lost)
        yield Bundle(f"{table}_rejected", register.dead_letters(form), register_id)


def emptied(register_id: str) -> Iterator[Bundle]:
    """Yield nothing in place of all that a register brought."""
    for form in forms():
        for table in (f"filedrop__{form}", f"filedrop__{form}_rejected"):
            yield Bundle(table, (), register_id)


def fate(register_id: str, agency: str, known: Known, report: Report) -> Bundle:
    """Return the row of one version of a register; landed again it takes its own place."""
    row = _row(register_id, agency, known, report)
    return Bundle("filedrop__files", [row], batch_of(register_id, known.sha256))


def unread(register_id: str) -> Bundle:
    """Return nothing in place of the row of bytes that could not be read."""
    return Bundle("filedrop__files", (), batch_of(register_id, UNREAD))


def batch_of(register_id: str, sha256: str) -> str:
    """Return the batch that one version of a register is in the table of files."""
    return f"{register_id}:{sha256[:16]}"


def _row(register_id: str, agency: str, known: Known, report: Report) -> dict[str, Any]:
    return {
        "register_id": register_id,
        "agency_code": agency or None,
        "file_name": report["file"]["name"] or None,
        "file_sha256": known.sha256 or None,
        "size_bytes": known.size_bytes,
        "modified_at": known.modified_at,
        "state": known.state,
        "reason_code": known.reason_code,
        "mapping_version": known.mapping_version,
        "report": dict(report),
    }
