"""`kho search`: documents by number, by words and by meaning, as one login sees them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
import typer

from commands.database import address
from commands.processes import ProcessStopped
from orchestration.settings import secret, settings
from warehouse.database import engine
from warehouse.store import Store

_QUESTION = sa.text(
    "select * from marts.search_documents("
    ":query, cast(:filters as jsonb), cast(:vector as real[]), :most, :model)"
)
_READINGS = sa.text(
    "select document_key, reading_sha256 from marts.dim_document"
    " where document_key = any(:keys) and reading_sha256 is not null"
)
_REFUSALS = ("22023", "22007", "22008")  # a filter nobody knows, or a date that is none


def run(  # noqa: PLR0913 - what a person may say on the command line
    query: str,
    *,
    agency: str,
    filters: Sequence[str],
    most: int,
    by_words: bool,
    as_json: bool,
) -> None:
    """Print what is found, best first."""
    vector, model = (None, None) if by_words else _meaning(query)
    asked = {
        "query": query,
        "filters": json.dumps(_filters(filters)),
        "vector": vector,
        "model": model,
        "most": most,
    }
    found = _found(address(agency), asked)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, default=str, indent=1))
        return
    for one in found:
        typer.echo("\n".join(_lines(one)))
    typer.echo(f"{len(found)} found" + (", more may follow (--most)" if len(found) == most else ""))


def _found(url: str, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Ask, and add where on its page each passage stands."""
    opened = engine(url)
    try:
        with opened.connect() as connection:
            found = [dict(row) for row in connection.execute(_QUESTION, asked).mappings()]
            keys = {"keys": [one["document_key"] for one in found]}
            kept = connection.execute(_READINGS, keys).tuples()
            readings: dict[str, str] = dict(kept.all())  # type: ignore[arg-type]
    except sa.exc.DBAPIError as error:
        raise _refusal(error) from None
    finally:
        opened.dispose()
    for one in found:
        one["boxes"] = _places(one, readings.get(one["document_key"]))
    return found


def _places(one: Mapping[str, Any], reading_sha256: str | None) -> list[Sequence[float]]:
    """Return where on the page the passage stands: in the reading that was kept, or as a field."""
    from ocr_assets.kept import kept_reading
    from ocr_assets.marking import places_of

    if one["box"]:
        return [[one["box"][side] for side in ("left", "top", "right", "bottom")]]
    passage = (one["snippet"] or "").partition("«")[2].partition("»")[0]
    store = Store(settings().store)
    if not passage or reading_sha256 is None or not store.has(reading_sha256):
        return []
    with store.open(reading_sha256) as kept:
        pages, _ = kept_reading(kept.read())
    return [
        place for page in pages if page.page == one["page_number"]
        for place in places_of(passage, page)
    ]  # fmt: skip


def _refusal(error: sa.exc.DBAPIError) -> ProcessStopped:
    """Say what was wrong with the question; the server's own words quote it."""
    diagnosis = getattr(error.orig, "diag", None)
    code = getattr(error.orig, "sqlstate", None)
    if code in ("42P01", "42883"):
        return ProcessStopped("nothing can be searched yet: let the warehouse be built first")
    if code in _REFUSALS and diagnosis is not None:
        hint = f" {diagnosis.message_hint}" if diagnosis.message_hint else ""
        return ProcessStopped(f"{diagnosis.message_primary}.{hint}")
    return ProcessStopped(f"the search failed (the server answered {code})")


def _filters(given: Sequence[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    if any(not sign for _, sign, _ in pairs):
        raise ProcessStopped("a filter is NAME=VALUE, as issued_from=2024-01-01")
    return {name: value for name, _, value in pairs}


def _meaning(query: str) -> tuple[list[float] | None, str | None]:
    """Return the vector of what is asked and its model; nothing where no vectors can be made."""
    from ocr_assets.errors import DigitizationError
    from orchestration.embeddings import configured

    try:
        embedder = configured(settings(), secret("KHO_EMBEDDING_TOKEN")).embedder()
        vector = list(embedder.embed_question(query))
    except DigitizationError as error:
        typer.echo(f"searching by words alone: {error}", err=True)
        return None, None
    return vector, f"{embedder.model.name} {embedder.model.version}"


def _lines(one: Mapping[str, Any]) -> list[str]:
    day = f"{one['issued_date']:%d/%m/%Y}" if one["issued_date"] else "no date"
    head = [one["type_name"] or "document", one["document_number"] or "without a number", day]
    where = f"   at {', '.join(f'{edge:.2f}' for edge in one['boxes'][0])}" if one["boxes"] else ""
    return [
        f"{one['place']}. {' '.join(head)} - {one['issuer_name'] or 'issuer unknown'}",
        f"   {one['abstract'] or ''}",
        f"   page {one['page_number']}: {one['snippet'] or ''}",
        f"   {one['document_key']}  by {', '.join(one['found_in'])}{where}",
    ]
