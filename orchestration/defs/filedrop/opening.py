"""Everything one run takes files with: the database, the store, what is known, and the pages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import sqlalchemy as sa

from connectors.filedrop.mapping import MAPPING_NAME, read_mappings
from connectors.filedrop.report import Report
from orchestration.defs.filedrop.fates import Room
from orchestration.defs.filedrop.knowing import Memory
from orchestration.defs.filedrop.pages import FOLDER, Pages
from orchestration.defs.filedrop.shelf import Shelf, report_on
from orchestration.defs.filedrop.taking_back import Recall
from orchestration.pulls import Acceptance
from orchestration.resources import Database, FileStore
from orchestration.settings import settings
from warehouse.tables.preflight import QUARANTINE

FILES = dg.AssetKey(["raw", "filedrop__files"])


def open_room(
    context: dg.AssetExecutionContext,
    database: Database,
    file_store: FileStore,
    config: Acceptance,
) -> Room:
    """Return what files are taken to and by; whatever lands is announced at once."""
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
    warehouse, store, pages = database.warehouse(), file_store.open(), Pages(given.reports / FOLDER)
    return Room(
        warehouse=warehouse,
        store=store,
        memory=Memory(shelf, mappings.version, most_lost),
        mappings=mappings,
        pages=pages,
        recall=Recall(warehouse, store, file_store.quarantine(), shelf, pages, enter),
        told=told,
        announce=lambda: context.log_event(dg.AssetMaterialization(FILES)),
    )
