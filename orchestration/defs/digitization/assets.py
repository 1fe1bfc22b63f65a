"""One delivered batch: its files against the manifest, then what they say."""

from collections.abc import Iterator

import dagster as dg

from ocr_assets import assets as made  # not its names: Dagster would find the specs twice
from ocr_assets.balance import Balance, balance_of
from ocr_assets.delivery_ledger import DeliveryLedger
from ocr_assets.intake import Delivery
from orchestration.defs.digitization.batch import Batch
from orchestration.defs.digitization.custody import Custody, secrets_of
from orchestration.defs.digitization.events import Run, events, media_types
from orchestration.defs.digitization.opening import open_delivery
from orchestration.defs.digitization.rows import Row, received_file
from orchestration.defs.digitization.stack_rows import part_media_types
from orchestration.failures import translated
from orchestration.resources import Database, FileStore, Inbox, ScanEngines, landed
from warehouse.events import note

# The authority file may be landing at this moment; engines and scans do not change by waiting.
shortly = dg.RetryPolicy(max_retries=2, delay=15)


# Red does not hold back: what is there is worth reading while the rest is looked for.
BALANCES = dg.AssetCheckSpec(
    "declared_is_received_is_accepted_or_refused_in_every_box",
    asset=made.DOCUMENTS.key,
    description="Every declared document and page of the batch is accepted, refused or missing by"
    " name; the same is entered in the ledger as closed or left open.",
)


@dg.multi_asset(specs=[made.FILES], name="receive")
def receive(
    context: dg.AssetExecutionContext, inbox: Inbox, database: Database
) -> dg.MaterializeResult:
    """Hold the delivery against its manifest; what is missing or undeclared is a row as well."""
    with (
        translated("receive the delivery"),
        open_delivery(inbox, context.partition_key, database) as delivery,
    ):
        rows = _files(delivery, context.partition_key, database)
        landing = database.warehouse().land(
            "digitization__files", rows, batch_id=context.partition_key
        )
    states = {f"files {state}": 0 for state in ("received", "missing", "undeclared")}
    for row in rows:
        states[f"files {row['received_state']}"] += 1
    return dg.MaterializeResult(metadata={**landed(landing), **states})


@dg.multi_asset(
    specs=[made.DOCUMENTS, made.PAGES, made.FIELDS, made.SIGNATURES, made.PARTS],
    check_specs=[BALANCES],
    name="digitize",
    pool="ocr",
    retry_policy=shortly,
)
def digitize(
    context: dg.AssetExecutionContext,
    inbox: Inbox,
    scan_engines: ScanEngines,
    file_store: FileStore,
    database: Database,
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Digitise each received file; a bad scan is an outcome, a missing engine stops the run."""
    with (
        translated("digitise the batch"),
        open_delivery(inbox, context.partition_key, database) as delivery,
    ):
        batch = Batch(delivery, file_store.open(), context.log.info)
        batch.digitize(scan_engines, inbox.workplace(context.partition_key), database)
        custody = Custody(context.partition_key, file_store.quarantine(), file_store.open())
        with database.connected() as connection:
            kept_apart = custody.take(batch.secrets, connection, context.log.info)
        warehouse = database.warehouse()
        if batch.secrets:  # what was found on a page just now has its name taken back
            rows = _files(delivery, context.partition_key, database)
            warehouse.land("digitization__files", rows, batch_id=context.partition_key)
        receipts = [
            (spec, warehouse.land(spec.key.path[-1], rows, batch_id=context.partition_key))
            for spec, rows in (
                (made.PAGES, batch.pages),
                (made.FIELDS, batch.fields),
                (made.SIGNATURES, batch.signatures),
                (made.PARTS, batch.parts),
            )
        ]
        # Documents last: a document row says that all else of it is there.
        documents = warehouse.land(
            "digitization__documents", batch.documents, batch_id=context.partition_key
        )
        run = Run(context.partition_key, delivery.received_at, scan_engines.reader)
        kinds = media_types(delivery.files) | part_media_types(batch.parts)
        told = events(run, batch.documents, kinds, batch.signatures)
        with database.connected() as connection:
            note(connection, told)
        balance = _closed(database, context.partition_key)
    for spec, receipt in receipts:
        yield dg.MaterializeResult(spec.key, metadata=landed(receipt))
    yield dg.MaterializeResult(
        made.DOCUMENTS.key, metadata={**landed(documents), **batch.counts(), **kept_apart}
    )
    yield dg.AssetCheckResult(
        passed=balance.is_closed,
        check_name=BALANCES.name,
        asset_key=BALANCES.asset_key,
        metadata={**balance.counts(), "batch": context.partition_key},
    )


def _files(delivery: Delivery, batch_id: str, database: Database) -> list[Row]:
    """Return the rows of a delivery's files, without the names of known secrets."""
    with database.connected() as connection:
        secrets = secrets_of(connection, batch_id)
    return [received_file(file, delivery.received_at, secrets) for file in delivery.files]


def _closed(database: Database, batch: str) -> Balance:
    """Close the batch in the ledger if it balances, else note by which counts it stays open."""
    with database.connected() as connection:
        balance = balance_of(connection, batch)
        DeliveryLedger(connection).close(batch, balance.counts(), is_closed=balance.is_closed)
    return balance
