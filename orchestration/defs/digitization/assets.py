"""One delivered batch: its files against the manifest, then what they say."""

from collections.abc import Iterator

import dagster as dg

from ocr_assets import assets as made  # not its names: Dagster would find the specs twice
from ocr_assets.balance import Balance, balance_of
from ocr_assets.delivery_ledger import DeliveryLedger
from ocr_assets.intake import Delivery
from orchestration.defs.digitization import rows
from orchestration.defs.digitization.asking import ask_for_fields
from orchestration.defs.digitization.batch import Batch
from orchestration.defs.digitization.custody import Custody, secrets_of
from orchestration.defs.digitization.events import Run, events, media_types
from orchestration.defs.digitization.history import note_readings
from orchestration.defs.digitization.opening import open_delivery
from orchestration.defs.digitization.stack_rows import part_media_types
from orchestration.defs.digitization.workplace import at_work
from orchestration.failures import translated
from orchestration.resources import Database, FileStore, Inbox, ScanEngines, landed
from warehouse.events import note

# The authority file may be landing at this moment; engines and scans do not change by waiting.
shortly = dg.RetryPolicy(max_retries=6, delay=15)


@dg.multi_asset(specs=[made.FILES], name="receive")
def receive(
    context: dg.AssetExecutionContext, inbox: Inbox, database: Database
) -> dg.MaterializeResult:
    """Hold the delivery against its manifest; what is missing or undeclared is a row as well."""
    with (
        translated("receive the delivery"),
        open_delivery(inbox, context.partition_key, database) as delivery,
    ):
        files = _files(delivery, context.partition_key, database)
        landing = database.warehouse().land(
            "digitization__files", files, batch_id=context.partition_key
        )
    states = {f"files {state}": 0 for state in ("received", "missing", "undeclared")}
    for row in files:
        states[f"files {row['received_state']}"] += 1
    return dg.MaterializeResult(metadata={**landed(landing), **states})


# What the digitising step lands; the first of them vouches for the others.
DIGITIZED = (made.DOCUMENTS, made.PAGES, made.FIELDS, made.SIGNATURES, made.PARTS, made.READINGS)

# Red does not hold back: what is there is worth reading while the rest is looked for.
BALANCES = dg.AssetCheckSpec(
    "declared_is_received_is_accepted_or_refused_in_every_box",
    asset=made.DOCUMENTS.key,
    description="Every declared document and page of the batch is accepted, refused or missing by"
    " name; the same is entered in the ledger as closed or left open.",
)

# Red does not hold back: the pages that were read are worth having while the rest is looked into.
READ = dg.AssetCheckSpec(
    "every_page_was_read",
    asset=made.PAGES.key,
    description="No page was left unread. One that an engine stopped or hung on is a row with"
    " the reason ocr_failed; digitise the batch again to try its document once more.",
)


REREAD = dg.Field(
    bool,
    default_value=False,
    description="Read everything anew, also what was digitised before by the same recipe.",
)


@dg.multi_asset(
    specs=DIGITIZED,
    check_specs=[BALANCES, READ],
    name="digitize",
    config_schema={"reread": REREAD},
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
    key, reread = context.partition_key, context.op_execution_context.op_config["reread"]
    with (
        translated("digitise the batch"),
        at_work(inbox.workplace(key), reread=reread) as work,
        open_delivery(inbox, key, database) as delivery,
    ):
        store, reader = file_store.open(), scan_engines.field_reader()
        store.sweep()
        batch = Batch(delivery, store, context.log.info)
        engines = scan_engines.calibrated_by(database.thresholds())
        batch.digitize(engines, work, database, reread=reread)
        custody = Custody(key, file_store.quarantine(), store)
        with database.connected() as connection:
            kept_apart = custody.take(batch.secrets, connection, context.log.info)
        note_readings(batch.newly_read, database, store, key)
        asked = ask_for_fields(batch, reader, database, store)
        warehouse = database.warehouse()
        if batch.secrets:  # what was found on a page just now has its name taken back
            warehouse.land("digitization__files", _files(delivery, key, database), batch_id=key)
        receipts = {
            name: warehouse.land(f"digitization__{name}", rows, batch_id=key)
            for name, rows in batch.rows_of.items()
        }
        run = Run(key, delivery.received_at, scan_engines.reader)
        kinds = media_types(delivery.files) | part_media_types(batch.parts)
        told = events(run, batch.documents, kinds, batch.signatures)
        with database.connected() as connection:
            note(connection, told)
        balance = _closed(database, key)
    for spec in DIGITIZED[1:]:
        receipt = receipts[spec.key.path[-1].removeprefix("digitization__")]
        yield dg.MaterializeResult(spec.key, metadata=landed(receipt))
    counts = {**landed(receipts["documents"]), **batch.counts(), **asked, **kept_apart}
    yield dg.MaterializeResult(made.DOCUMENTS.key, metadata=counts)
    yield from _checks(key, balance, batch.count_unread())


def _checks(batch_id: str, balance: Balance, unread: int) -> Iterator[dg.AssetCheckResult]:
    """Yield what the batch's own checks say."""
    yield dg.AssetCheckResult(
        passed=balance.is_closed,
        check_name=BALANCES.name,
        asset_key=BALANCES.asset_key,
        metadata={**balance.counts(), "batch": batch_id},
    )
    yield dg.AssetCheckResult(
        passed=not unread,
        check_name=READ.name,
        asset_key=READ.asset_key,
        metadata={"pages unread": unread, "batch": batch_id},
    )


def _files(delivery: Delivery, batch_id: str, database: Database) -> list[rows.Row]:
    """Return the rows of a delivery's files, without the names of known secrets."""
    with database.connected() as connection:
        secrets = secrets_of(connection, batch_id)
    return [rows.received_file(file, delivery.received_at, secrets) for file in delivery.files]


def _closed(database: Database, batch: str) -> Balance:
    """Close the batch in the ledger if it balances, else note by which counts it stays open."""
    with database.connected() as connection:
        balance = balance_of(connection, batch)
        DeliveryLedger(connection).close(batch, balance.counts(), is_closed=balance.is_closed)
    return balance
