"""What a batch costs that is digitised again, unchanged: CPU and wall seconds, to the first time.

Needs no server: it starts one for itself. Prints a table and writes bench/out/rerun.json.
"""

import argparse
import csv
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import sqlalchemy as sa

from bench.fields import CORPUS, FOLDERS, TOOLS
from ocr_assets.intake import COMPLETE, batch_key
from ocr_assets.kept import as_parquet, kept_reading
from orchestration.defs.digitization.assets import digitize, receive
from orchestration.resources import Database, FileStore, Inbox, ScanEngines
from warehouse.database import prepare
from warehouse.embedded import EmbeddedServer
from warehouse.loading import Warehouse
from warehouse.store import Store

OUT = Path(__file__).parent / "out" / "rerun.json"
COLUMNS = ["agency_code", "bloc", "box_code", "dossier_code", "file_name", "declared_pages"]
COLUMNS += ["secrecy", "operator", "scanner"]
SCANS = {".pdf", ".png", ".jpg"}
CPU_A_PAGE_MS = 15.0  # what keeping the readings may cost
SHARE = 0.02  # of the first run


class GivenDatabase(Database):
    """The database at an address that is said."""

    address: str

    def url(self) -> str:
        """Return the address."""
        return self.address


def delivery(inbox: Path, most: int) -> Path:
    folder = inbox / "REAL-01"
    folder.mkdir(parents=True)
    scans = [
        path
        for name in FOLDERS
        for path in sorted((CORPUS / name).iterdir())
        if path.suffix in SCANS
    ][:most]
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, COLUMNS)
        rows.writeheader()
        for path in scans:
            (folder / path.name).write_bytes(path.read_bytes())
            rows.writerow({"agency_code": "H26.18", "bloc": "government", "file_name": path.name})
    (folder / COMPLETE).touch()
    return folder


def cpu() -> float:
    """Return the CPU seconds of this process and of those it started and saw end."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, spent = time.perf_counter(), cpu()
    work()
    return time.perf_counter() - wall, cpu() - spent


def run(home: Path, url: str, reader: str, most: int) -> list[dict]:
    folder = delivery(home / "inbox", most)
    key = batch_key(folder)
    agency = {"agency_code": "H26.18", "agency_name": "ỦY BAN NHÂN DÂN THÀNH PHỐ MẪU"}
    Warehouse(url).land("catalog__agencies", [agency], batch_id="c1")
    resources = {
        "database": GivenDatabase(address=url),
        "file_store": FileStore(address=str(home / "store")),
        "inbox": Inbox(folder=str(home / "inbox"), work=str(home / "work")),
        "scan_engines": ScanEngines(tools=str(TOOLS), reader=reader, workers=2),
    }
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("scan_batch", [key])

        def once() -> None:
            dg.materialize(
                [receive, digitize], instance=instance, partition_key=key, resources=resources
            )

        first, again = timed(once), timed(once)
    measures = [
        measure(f"{kind} seconds of an unchanged batch ({reader})", new, old, SHARE)
        for kind, new, old in zip(("wall", "CPU"), again, first, strict=True)
    ]
    return [*measures, keeping(Store(home / "store"), url)]


def keeping(store: Store, url: str) -> dict:
    """Measure what writing the Parquet files of all documents costs, by page."""
    question = (
        "select reading_sha256 from raw.digitization__documents where reading_sha256 is not null"
    )
    with sa.create_engine(url).connect() as connection:
        digests = [row[0] for row in connection.execute(sa.text(question))]
    kept = [kept_reading(store.path(digest).read_bytes()) for digest in digests]
    as_parquet(*kept[0])
    spent = time.process_time()
    for readings, about in kept:
        as_parquet(readings, about)
    pages = sum(len(readings) for readings, _ in kept)
    cost = (time.process_time() - spent) / pages * 1000
    return measure("CPU ms a page to keep what readers saw", cost, CPU_A_PAGE_MS, 1.0)


def measure(what: str, ours: float, reference: float, goal: float) -> dict:
    ratio = ours / reference
    return {
        "measure": what,
        "ours": round(ours, 3),
        "reference": round(reference, 3),
        "ratio": round(ratio, 4),
        "goal": goal,
        "met": ratio <= goal,
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reader", default="best")
    asked.add_argument("--most", type=int, default=30, help="documents of the corpus")
    given = asked.parse_args()
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    with tempfile.TemporaryDirectory(prefix="kho-rerun-") as home:
        Path(home).chmod(0o755)  # the server may run as another user than we do
        server = EmbeddedServer(Path(home) / "home", seats=Path(home) / "seats")
        server.start()
        try:
            prepare(server.url(), admin_url=server.superuser_url())
            measures = run(Path(home), server.url(), given.reader, given.most)
        finally:
            server.stop()
    for one in measures:
        told = f"{one['ours']:10.3f} {one['reference']:10.3f} {one['ratio']:8.4f} <= {one['goal']}"
        print(f"{one['measure']:<52} {told} {'met' if one['met'] else 'NOT MET'}")
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(measures, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
