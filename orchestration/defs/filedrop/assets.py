"""Registers that agencies deliver as files, landed as they arrive."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import dagster as dg
import sqlalchemy as sa

from connectors.errors import ConnectorError
from connectors.filedrop.download import Remote
from connectors.filedrop.mapping import MAPPING_NAME, read_mappings
from connectors.filedrop.report import Report, counts_of
from orchestration.defs.filedrop.knowing import Memory
from orchestration.defs.filedrop.pages import Pages
from orchestration.defs.filedrop.shelf import LANDED, REFUSED, SAME, Shelf, report_on
from orchestration.defs.filedrop.taking import Room, Taken, take
from orchestration.defs.filedrop.taking_back import Recall
from orchestration.drop import DropPlaces
from orchestration.failures import patiently, translated
from orchestration.pulls import Acceptance
from orchestration.resources import Database, FileStore
from orchestration.settings import settings
from warehouse.tables.preflight import QUARANTINE

POOL = "drop_folder"


def _spec(table: str, description: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["raw", f"filedrop__{table}"],
        group_name="filedrop",
        owners=["team:integration"],
        kinds={"python", "postgres", "csv"},
        description=description,
        skippable=True,
    )


SPECS = (
    _spec("files", "Delivered files and what became of them. One row per register and content."),
    _spec("dossiers", "Dossiers as agencies listed them. One row per line of a register."),
    _spec("documents", "Documents as agencies listed them. One row per line of a register."),
    _spec("dossiers_rejected", "Lines that list no dossier, as sent. One row per line."),
    _spec("documents_rejected", "Lines that list no document, as sent. One row per line."),
)


@dg.multi_asset(specs=SPECS, name="registers", retry_policy=patiently, pool=POOL)
def registers(
    config: Acceptance, database: Database, file_store: FileStore, drop_places: DropPlaces
) -> Iterator[dg.MaterializeResult]:
    """Take every new or corrected file of the drop folder; a bad one is an outcome, others land.

    What our own code or database refuses, or a server that does not answer, keeps nothing else
    out: the run fails at its end, and such files are looked at again.
    """
    counts: Counter[str] = Counter()
    troubles: list[str] = []
    with translated("take delivered registers"):
        room = _room(database, file_store, config)
        if drop_places.has_server:
            counts.update(_fetched(drop_places, room.memory, troubles))
        for arrival in drop_places.arrivals():
            try:
                # Also what nobody foresaw of one file: told without its message, the others land.
                with translated("take a delivered register"):
                    counts.update(_told(take(arrival, room)))
                    if room.memory.knows(arrival):
                        drop_places.let_go(arrival)
            except dg.Failure as failure:
                if failure.allow_retries:
                    raise
                troubles.append(failure.description or "")
                counts["files not taken"] += 1
    dg.get_dagster_logger().info(", ".join(f"{name}: {n}" for name, n in sorted(counts.items())))
    # A look that changed nothing is no landing: a build would be asked for.
    if any(counts[f"files {outcome}"] for outcome in (LANDED, REFUSED, SAME)):
        yield from (dg.MaterializeResult(spec.key, metadata=dict(counts)) for spec in SPECS)
    if troubles:
        # Not worth a retry of ours: the folder is watched, and the server is asked every hour.
        raise dg.Failure(
            f"take delivered registers: {troubles[0]} (whatever else was there has landed)",
            allow_retries=False,
        )


def _fetched(places: DropPlaces, memory: Memory, troubles: list[str]) -> dict[str, int]:
    def is_known(remote: Remote) -> bool:
        return memory.needs_no(remote.register_id, remote.size, remote.modified_at)

    try:
        found = places.fetch(is_known)
    except ConnectorError as error:
        troubles.append(str(error))
        return {"server looks that failed": 1}
    return {f"server {name}": count for name, count in asdict(found).items()}


def _told(taken: Taken) -> Counter[str]:
    """Return what became of a file, in numbers."""
    counts = Counter({f"files {taken.outcome}": 1, **taken.taken_back})
    if taken.report:
        counts.update(counts_of(taken.report))
        if refusal := taken.report["refusal"]:
            counts[f"refused: {refusal['code']}"] += 1
    return counts


def _room(database: Database, file_store: FileStore, config: Acceptance) -> Room:
    given = settings()
    with database.connected() as connection:
        shelf = Shelf(connection)

    def told(register_id: str, sha256: str) -> Report | None:
        with database.connected() as connection:
            return report_on(connection, register_id, sha256)

    def enter(entry: Mapping[str, Any]) -> None:
        with database.connected() as connection:
            connection.execute(sa.insert(QUARANTINE), [entry])

    mappings = read_mappings(Path(given.catalog) / MAPPING_NAME)
    most_lost = 1.0 if config.accept_loss else given.registry_most_lost
    warehouse, store, pages = database.warehouse(), file_store.open(), Pages(given.reports / "drop")
    return Room(
        warehouse=warehouse,
        store=store,
        memory=Memory(shelf, mappings.version, most_lost),
        mappings=mappings,
        pages=pages,
        recall=Recall(warehouse, store, file_store.quarantine(), shelf, pages, enter),
        told=told,
    )
