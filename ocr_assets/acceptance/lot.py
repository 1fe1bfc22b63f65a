"""The lot: what of a batch can be inspected, by vendor, page by page or document by document."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ocr_assets.acceptance.drawing import MANY_PAGES, Unit

Row = Mapping[str, Any]
Claims = dict[str, dict[tuple[str, int], str]]


def lots(pages: Iterable[Row], claims: Iterable[Row], unit: str) -> dict[str, list[Unit]]:
    """Return the units of every vendor, each once: the same bytes twice are one document."""
    said, doubtful = _by_file(claims)
    found: dict[str, dict[str, Unit]] = {}
    for row in pages:
        one = _page(row, said, doubtful)
        units = found.setdefault(row["vendor"], {})
        if unit == "page":
            units.setdefault(one.name, one)
        else:
            whole = _document(one, said)
            before = units.setdefault(whole.name, whole)
            if _HARDNESS[whole.hard_class] > _HARDNESS[before.hard_class]:
                units[whole.name] = whole
    return {vendor: list(units.values()) for vendor, units in found.items()}


#: A document is as hard as its hardest page.
_HARDNESS = {"plain": 0, "many_pages": 1, "degraded": 2, "doubtful_number": 3}


def _by_file(rows: Iterable[Row]) -> tuple[Claims, set[tuple[str, int]]]:
    """Return claimed values by file, and the pages whose number a person has to look at."""
    claims: Claims = {}
    doubtful = set()
    for row in rows:
        file, page = row["file_sha256"], row["page_number"] or 1
        claims.setdefault(file, {})[row["field_name"], page] = row["value"]
        if row["field_name"] == "number" and not row["is_accepted"]:
            doubtful.add((file, page))
    return claims, doubtful


def _page(row: Row, claims: Claims, doubtful: set[tuple[str, int]]) -> Unit:
    file, page = row["file_sha256"], row["page_number"]
    said = claims.get(file, {})
    return Unit(
        document_key=f"{row['agency_code'] or '-'}:{file}",
        agency_code=row["agency_code"],
        box_code=row["box_code"],
        dossier_code=row["dossier_code"],
        page=page,
        page_count=row["page_count"],
        file_sha256=row["archive_sha256"],
        hard_class=_hard_class(row, is_doubtful=(file, page) in doubtful),
        claims={name: value for (name, at), value in said.items() if at == page},
    )


def _hard_class(row: Row, *, is_doubtful: bool) -> str:
    if is_doubtful:
        return "doubtful_number"
    if row["is_degraded"]:
        return "degraded"
    return "many_pages" if (row["page_count"] or 0) >= MANY_PAGES else "plain"


def _document(page: Unit, claims: Claims) -> Unit:
    file = page.document_key.rpartition(":")[2]
    said = {name: value for (name, _), value in claims.get(file, {}).items()}
    return replace(page, page=None, claims=said)
