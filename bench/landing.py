"""Landing a million rows of 12 columns: beside a bare COPY, pandas, dlt and SQLAlchemy's inserts.

One server, one run; every way fills an empty table of its own with the rows, in turns. The bare
COPY gets rows that are ready, digest included, for the same table as ours. Then a whole pull from
a sample registry over HTTP, stage by stage, and how much memory a landing takes.
"""
# ruff: noqa: D102, E501, PLC0415, S311, S608, SIM117

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pandas as pd
import psycopg
import sqlalchemy as sa

from connectors.business.registry import BusinessRegistry
from connectors.http import RegistryHttp
from connectors.lgsp import LgspCredentials, LgspTokens
from connectors.manners import Manners
from demo.registry.__main__ import SAMPLE_SECRET
from warehouse.database import connection_string, engine, prepare
from warehouse.embedded import EmbeddedServer
from warehouse.evidence import EvidenceBook
from warehouse.loading import Warehouse
from warehouse.tables.form import BOOL, DATE, INSTANT, INT, NUMERIC, TEXT, raw_table

OUT = Path(__file__).parent / "out" / "landing.json"
AT = datetime(2026, 1, 5, tzinfo=UTC)
PULLED = AT.date()
COLUMNS = {
    "parcel_id": TEXT,
    "commune_code": TEXT,
    "map_sheet": TEXT,
    "parcel_number": TEXT,
    "address": TEXT,
    "area_m2": NUMERIC,
    "land_use_code": TEXT,
    "holder_name": TEXT,
    "page_count": INT,
    "issued_date": DATE,
    "changed_at": INSTANT,
    "is_deleted": BOOL,
}
TABLE = raw_table(
    "bench__rows",
    [(name, kind, "Measured.") for name, kind in COLUMNS.items()],
    look_up=("parcel_id",),
    comment="Rows to measure with. One row per parcel.",
)
LINEAGE = ("_batch_id", "_extracted_at", "_row_sha256")


def invented(count: int) -> Iterator[dict]:
    """Yield rows as a connector types them; each value is an object of its own."""
    chance = random.Random(1)
    for number in range(count):
        yield {
            "parcel_id": f"P{number:09d}",
            "commune_code": f"{chance.randrange(99_999):05d}",
            "map_sheet": f"{chance.randrange(200):03d}",
            "parcel_number": str(chance.randrange(900)),
            "address": f"Số {chance.randrange(300)} phố Thử {chance.randrange(50)}, Phường Mẫu, Thành phố Hà Nội",
            "area_m2": Decimal(chance.randrange(180, 9000)) / 10,
            "land_use_code": chance.choice(("ODT", "ONT", "CLN", "LUC")),
            "holder_name": chance.choice(("NGUYỄN THỬ ÁNH", "TRẦN THỬ BÌNH", None)),
            "page_count": chance.randrange(400),
            "issued_date": date(1995, 1, 1) + timedelta(days=chance.randrange(11_000)),
            "changed_at": AT + timedelta(seconds=chance.randrange(86_400)),
            "is_deleted": chance.random() < 0.005,
        }


class Bench:
    """The ways to fill a table, each timed on an empty one."""

    def __init__(self, url: str, rows: list[dict]) -> None:
        self.url, self.rows = url, rows
        self.target = connection_string(url)
        self.ready = [
            (*(row[name] for name in COLUMNS), "bench", AT, f"{number:064x}")
            for number, row in enumerate(rows)
        ]
        self.engine = engine(url)
        with self.engine.begin() as connection:
            TABLE.create(connection, checkfirst=True)
            connection.exec_driver_sql(
                f"create table if not exists public.bare as select {', '.join(COLUMNS)} from raw.bench__rows"
            )
            connection.exec_driver_sql(
                "create index if not exists bare_key on public.bare (parcel_id)"
            )
        self.text = self._text()

    def timed(self, way: Callable[[], int]) -> float:
        """Return microseconds a row, on tables emptied and a server that has written everything."""
        with psycopg.connect(self.target, autocommit=True) as connection:
            connection.execute("truncate raw.bench__rows, public.bare")
        begun = time.perf_counter()
        count = way()
        return (time.perf_counter() - begun) / count * 1e6

    def ours(self) -> int:
        return Warehouse(self.url).land("bench__rows", self.rows, batch_id="bench").rows

    def copy(self) -> int:
        return self._copy("raw.bench__rows", (*COLUMNS, *LINEAGE), self.ready)

    def copy_of_12(self) -> int:
        width = len(COLUMNS)
        return self._copy("public.bare", tuple(COLUMNS), (row[:width] for row in self.ready))

    def copy_of_text(self) -> int:
        statement = f"copy raw.bench__rows ({', '.join((*COLUMNS, *LINEAGE))}) from stdin"
        with psycopg.connect(self.target) as connection, connection.cursor() as cursor:
            with cursor.copy(statement) as copy:
                for part in self.text:
                    copy.write(part)
        return len(self.rows)

    def pandas(self, count: int) -> int:
        frame = pd.DataFrame(self.rows[:count])
        frame.to_sql(
            "bare",
            self.engine,
            schema="public",
            if_exists="append",
            index=False,
            chunksize=10_000,
            dtype=COLUMNS,
        )
        return count

    def sqlalchemy(self, count: int) -> int:
        table = sa.Table(
            "bare", sa.MetaData(), *(sa.Column(*one) for one in COLUMNS.items()), schema="public"
        )
        rows = iter(self.rows[:count])
        with self.engine.begin() as connection:
            while some := list(islice(rows, 10_000)):
                connection.execute(sa.insert(table), some)
        return count

    def dlt(self, count: int) -> int:
        import dlt

        with tempfile.TemporaryDirectory() as folder:
            pipeline = dlt.pipeline(
                "bench",
                pipelines_dir=folder,
                destination=dlt.destinations.postgres(connection_string(self.url)),
                dataset_name="bench_dlt",
            )
            pipeline.run(self.rows[:count], table_name="rows", write_disposition="replace")
        return count

    def _copy(self, table: str, columns: tuple[str, ...], rows: Iterable[tuple]) -> int:
        count = 0
        statement = f"copy {table} ({', '.join(columns)}) from stdin"
        with psycopg.connect(self.target) as connection, connection.cursor() as cursor:
            with cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
                    count += 1
        return count

    def _text(self) -> list[bytes]:
        self.copy()
        with psycopg.connect(self.target) as connection, connection.cursor() as cursor:
            order = ", ".join((*COLUMNS, *LINEAGE))
            with cursor.copy(f"copy raw.bench__rows ({order}) to stdout") as copy:
                parts = [bytes(part) for part in copy]
        block = b"".join(parts)
        return [block[at : at + 2**17] for at in range(0, len(block), 2**17)]


def beside_copy(bench: Bench, rounds: int) -> Iterator[dict]:
    ways = {
        "landing": bench.ours,
        "bare COPY, rows ready, same table": bench.copy,
        "bare COPY of the 12 columns alone": bench.copy_of_12,
        "COPY of text made before (the server's part)": bench.copy_of_text,
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            times[name].append(bench.timed(way))
    middle = {name: statistics.median(all_of) for name, all_of in times.items()}
    for name, each in times.items():
        print(f"{name:46} {middle[name]:7.2f} µs/row  {' '.join(f'{one:.2f}' for one in each)}")
    goals = dict.fromkeys(ways, None) | {"bare COPY, rows ready, same table": 0.8}
    for name in list(ways)[1:]:
        yield measure(
            f"rows a second, against {name}", 1 / middle["landing"], 1 / middle[name], goals[name]
        )


def beside_peers(bench: Bench, count: int) -> Iterator[dict]:
    ours = bench.timed(bench.ours)
    for name in ("pandas", "sqlalchemy", "dlt"):
        way = getattr(bench, name)
        theirs = bench.timed(lambda way=way: way(count))
        print(f"{name:46} {theirs:7.2f} µs/row  ({count} rows)")
        yield measure(f"rows a second, against {name}", 1 / ours, 1 / theirs, 1.0)


def pull(url: str, count: int, page_size: int) -> Iterator[dict]:
    """Pull over HTTP three times: pages alone, read by contract, landed with evidence."""
    command = [
        sys.executable,
        "-m",
        "demo.registry",
        f"--enterprises={count}",
        f"--page-size={page_size}",
    ]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        ready = json.loads(server.stdout.readline())
        manners = Manners(requests_per_s=10_000)
        tokens = LgspTokens(
            ready["token_url"],
            LgspCredentials("sample", SAMPLE_SECRET, "kho", "H26", "H26"),
            manners=manners,
        )
        with tempfile.TemporaryDirectory() as folder:
            book = EvidenceBook(url, Path(folder), "bench", timedelta(days=1))
            plain = RegistryHttp(ready["base_url"], tokens, manners=manners)
            noted = RegistryHttp(ready["base_url"], tokens, manners=manners, witness=book)
            span = {"from": PULLED.isoformat(), "to": PULLED.isoformat()}
            path = "/business/v1/enterprises/changes"
            stages = {
                "pages over HTTP": lambda: sum(map(len, plain.pages(path, span))),
                "... read by contract": lambda: sum(
                    1 for _ in BusinessRegistry(plain).enterprises_changed_on(PULLED)
                ),
                "... and landed": lambda: _landed(url, BusinessRegistry(plain), "landed"),
                "... with evidence kept": lambda: _landed(
                    url, BusinessRegistry(noted), "evidence", book
                ),
            }
            times = {name: _per_row(stage) for name, stage in stages.items()}
            book.close()
    finally:
        server.kill()
        server.wait()
    for name, each in times.items():
        print(f"pull: {name:40} {each:7.2f} µs/row")
    whole = times["... with evidence kept"]
    yield measure(
        "share of a whole pull that waits for HTTP", times["pages over HTTP"], whole, None
    )
    yield measure(
        "rows a second of a whole pull", 1e6 / whole, 1e6 / times["pages over HTTP"], None
    )


def _landed(
    url: str, registry: BusinessRegistry, batch_id: str, book: EvidenceBook | None = None
) -> int:
    """Land the day as a batch of its own: landed again, it would pay for what it replaces."""
    rows = registry.enterprises_changed_on(PULLED)
    warehouse = Warehouse(url)
    if book is None:
        return warehouse.land("business__enterprises", rows, batch_id=batch_id).rows
    with book.about("business__enterprises", batch_id, purpose="bench", legal_basis="none"):
        return warehouse.land("business__enterprises", rows, batch_id=batch_id).rows


def _per_row(stage: Callable[[], int]) -> float:
    begun = time.perf_counter()
    count = stage()
    return (time.perf_counter() - begun) / count * 1e6


MEMORY = """
import sys
from bench.landing import invented
from warehouse.loading import Warehouse
Warehouse(sys.argv[1]).land("bench__rows", invented(int(sys.argv[2])), batch_id="m")
# Not getrusage: what it says of a child includes its parent's size when it was forked.
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def memory(url: str, small: int, large: int) -> Iterator[dict]:
    peaks = []
    for count in (small, large):
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, url, str(count)],
            capture_output=True,
            text=True,
            check=True,
        )
        peaks.append(int(done.stdout) / 1024)
        print(f"memory of landing {count} rows: {peaks[-1]:.0f} MiB")
    yield measure(f"MiB, {large} rows against {small}", peaks[1], peaks[0], 1.05, lower=True)


def measure(
    name: str, ours: float, reference: float, goal: float | None, *, lower: bool = False
) -> dict:
    ratio = round(ours / reference, 3)
    met = None if goal is None else (ratio <= goal if lower else ratio >= goal)
    return {
        "measure": name,
        "ours": ours,
        "reference": reference,
        "ratio": ratio,
        "goal": goal,
        "met": met,
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--peer-rows", type=int, default=1_000_000)
    arguments.add_argument("--pulled", type=int, default=200_000)
    options = arguments.parse_args()
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    found: list[dict] = []
    with tempfile.TemporaryDirectory(prefix="kho-bench-") as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedServer(Path(folder) / "home", seats=Path(folder) / "seats")
        server.start()
        try:
            url = server.url()
            prepare(url, admin_url=server.superuser_url())
            bench = Bench(url, list(invented(options.rows)))
            found += beside_copy(bench, options.rounds)
            found += beside_peers(bench, options.peer_rows)
            found += memory(url, options.rows // 10, options.rows)
            found += pull(url, options.pulled, 1000)
            bench.engine.dispose()
        finally:
            server.stop()
    print()
    for one in found:
        print(f"{one['measure']:70} {one['ratio']:8.3f}  goal {one['goal']}  met {one['met']}")
    OUT.write_text(json.dumps(found, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
