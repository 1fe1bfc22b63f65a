"""What would reading a batch anew gain? A sample is read and compared; nothing is replaced."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import sqlalchemy as sa
from pydantic import Field

from ocr_assets.profile import Scan
from orchestration.defs.digitization import rows
from orchestration.defs.digitization.history import note_readings
from orchestration.defs.digitization.workplace import at_work
from orchestration.defs.operations.jobs import SCARCE
from orchestration.failures import translated
from orchestration.resources import Database, Inbox, ScanEngines
from warehouse.schema import RAW
from warehouse.store import Store


class Sample(dg.Config):
    """Which documents are read anew, and how."""

    batch: str = Field(description="Batch to draw from: its partition.")
    documents: int = Field(default=20, ge=1, description="How many, at most.")
    reader: str = Field(default="best", description="Mode of the reader that is tried.")
    seed: int = Field(default=1, description="The same seed draws the same documents.")


@dg.op(pool="ocr", required_resource_keys={"inbox", "scan_engines", "file_store", "database"})
def read_sample_anew(context: dg.OpExecutionContext, config: Sample) -> None:
    """Read a sample of a batch with the engines of today and note how the readings differ."""
    inbox: Inbox = context.resources.inbox
    database: Database = context.resources.database
    engines: ScanEngines = context.resources.scan_engines.with_reader(config.reader)
    engines = engines.calibrated_by(database.thresholds())
    with (
        translated("read a sample anew"),
        at_work(inbox.workplace(f"reread-{config.batch}")) as work,
    ):
        store: Store = context.resources.file_store.open()
        drawn = _drawn(database, config)
        scans = list(_fetched(store, drawn, work))
        done = list(engines.digitize(scans, work, database.agency_names()))
        readings = []
        for one in done:
            if one.reading and one.outcome in rows.USABLE:
                store.put(one.reading, sha256=one.reading_sha256)
                readings.append(rows.reading(one))
        note_readings(readings, database, store, config.batch, is_trial=True)
    ended = Counter(f"outcome {one.outcome}" for one in done)
    context.add_output_metadata({"documents drawn": len(drawn), **ended})


def _drawn(database: Database, config: Sample) -> list[str]:
    documents = RAW.tables["raw.digitization__documents"].c
    question = (
        sa.select(documents.file_sha256)
        .distinct()
        .where(
            documents["_batch_id"] == config.batch,
            documents.outcome.in_(rows.USABLE),
            documents.reading_sha256.is_not(None),
        )
        .order_by(documents.file_sha256)
    )
    with database.connected() as connection:
        known = [str(row[0]) for row in connection.execute(question)]
    if not known:
        raise dg.Failure(
            "no document of this batch has a kept reading: name a batch that was digitised",
            allow_retries=False,
        )
    chance = random.Random(config.seed)  # noqa: S311 - a sample, not a secret
    return sorted(chance.sample(known, min(config.documents, len(known))))


def _fetched(store: Store, digests: list[str], work: Path) -> Iterator[Scan]:
    for digest in digests:
        yield Scan(store.fetch(digest, work / digest))


@dg.job(
    tags={SCARCE: "ocr"},
    description="Read a sample of a batch anew, with the engines of today or in another mode, and "
    "note how the readings differ: marts.fct_reading_gain says whether the batch is worth it.",
)
def reread_sample() -> None:
    """Read a sample anew."""
    read_sample_anew()
