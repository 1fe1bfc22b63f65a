"""The warehouse at several sizes: building all of it, one more batch, and the analysts' questions.

A generator (warehouse_city.sql) fills raw with a made city; dbt builds everything, a batch of 500
documents arrives, and dbt builds again, from what changed and whole: both must come to the same
rows. Each question of docs/questions.md is asked by an
analyst of one agency and by one who sees all. Sizes are measured one after the other in one run.
"""
# ruff: noqa: S608

import argparse
import json
import os
import re
import statistics
import tempfile
import time
from pathlib import Path
from unittest import mock

import psycopg
import sqlalchemy as sa
from dbt.cli.main import dbtRunner

from tests.support.questions import questions
from warehouse.database import connection_string, prepare
from warehouse.embedded import EmbeddedServer
from warehouse.roles import ensure_analyst

HERE = Path(__file__).parent
OUT = HERE / "out" / "warehouse.json"
PROJECT = HERE.parent / "dbt_project"
BATCH, AGENCIES = 500, 650
PASSWORD = "measured"  # noqa: S105 - of a server that ends with the measurement
CATALOGUE = f"""
insert into raw.catalog__agencies (
    agency_code, agency_name, bloc, level, commune_code, valid_from, valid_to, successor_code,
    _batch_id, _extracted_at, _row_sha256
)
select
    'H26.' || lpad(number::text, 3, '0'), 'Ủy ban nhân dân xã số ' || number, 'government',
    'commune',
    lpad(number::text, 5, '0'), date '1997-01-01',
    case when number >= 126 then date '2025-06-30' end,
    case when number >= 126 then 'H26.' || lpad((number % 126)::text, 3, '0') end,
    'c', timestamptz '2025-12-01', md5(number::text)
from generate_series(0, {AGENCIES - 1}) as number;
"""


class City:
    """A made city on a server of its own."""

    def __init__(self, url: str, scratch: Path) -> None:
        self.url, self._scratch = sa.make_url(url), scratch
        self._plain = connection_string(url)
        with psycopg.connect(self._plain, autocommit=True) as connection:
            connection.execute(CATALOGUE)

    def fill(self, first: int, last: int) -> float:
        """Put documents with these numbers into raw; return the seconds it took."""
        begun = time.perf_counter()
        values = {"first": str(first), "last": str(last), "batch": str(BATCH)}
        text = (HERE / "warehouse_city.sql").read_text(encoding="utf-8")
        text = re.sub(r"(?<!:):(first|last|batch)\b", lambda name: values[name[1]], text)
        with psycopg.connect(self._plain, autocommit=True) as connection:
            for statement in text.split(";\n"):
                connection.execute(statement)
            connection.execute("vacuum analyze")
        return time.perf_counter() - begun

    def rows(self) -> dict[str, str]:
        """Return a digest of the rows of each table that dbt makes, whatever their order."""
        digest = "md5(coalesce(string_agg(md5(entry::text), '' order by md5(entry::text)), ''))"
        with psycopg.connect(self._plain) as connection:
            names = connection.execute(
                "select format('%I.%I', schemaname, tablename) from pg_tables"
                " where schemaname in ('staging', 'intermediate', 'marts') order by 1"
            )
            return {
                name: connection.execute(f"select {digest} from {name} as entry").fetchone()[0]
                for [name] in names.fetchall()
            }

    def dbt(self, command: str, *more: str) -> tuple[float, list[tuple[float, str]]]:
        """Run dbt over all of it; return the seconds it took, and each model's, slowest first."""
        given = {
            "KHO_DBT_HOST": self.url.host,
            "KHO_DBT_PORT": str(self.url.port),
            "KHO_DBT_USER": self.url.username,
            "KHO_DBT_PASSWORD": self.url.password,
            "KHO_DBT_DBNAME": self.url.database,
        }
        places = ["--project-dir", PROJECT, "--profiles-dir", PROJECT]
        places += ["--target-path", self._scratch, "--log-path", self._scratch]
        with mock.patch.dict(os.environ, given):
            begun = time.perf_counter()
            done = dbtRunner().invoke(["--quiet", command, *more, *map(str, places)])
            seconds = time.perf_counter() - begun
        if not done.success:
            raise SystemExit(f"dbt {command} failed: {done.exception}")
        took = ((result.execution_time, result.node.name) for result in done.result)
        return seconds, sorted(took, reverse=True)

    def sizes(self) -> dict[str, int]:
        """Return the bytes of each schema's tables, with indexes."""
        with psycopg.connect(self._plain) as connection:
            found = connection.execute(
                "select relnamespace::regnamespace::text, sum(pg_total_relation_size(oid))::bigint"
                " from pg_class where relkind = 'r' and relnamespace::regnamespace::text"
                " in ('raw', 'staging', 'intermediate', 'marts', 'ledger') group by 1 order by 1"
            )
            return dict(found.fetchall())

    def ask(self, login: sa.URL) -> dict[int, float]:
        """Ask each question three times; return the seconds of the middle one, by number."""
        url = connection_string(login.render_as_string(hide_password=False))
        took = {}
        with psycopg.connect(url, autocommit=True) as connection:
            for number, (_, statement) in questions().items():
                each = []
                for _ in range(3):
                    begun = time.perf_counter()
                    connection.execute(statement.encode()).fetchall()
                    each.append(time.perf_counter() - begun)
                took[number] = statistics.median(each)
        return took


def measure_city(city: City, documents: int, *, is_once: bool) -> dict[str, float]:
    """Return what was measured of a city of this size; print it."""
    city.dbt("seed")
    filled = city.fill(0, documents - 1)
    whole, slowest = city.dbt("run")
    print(
        f"\n{documents} documents: filled in {filled:.0f} s, built in {whole:.0f} s; the slowest:"
    )
    for (seconds, name), _ in zip(slowest, range(12), strict=False):
        print(f"  {seconds:7.1f} s  {name}")
    each = {name: f"{size / documents:.0f}" for name, size in city.sizes().items()}
    print(f"  bytes a document, by schema: {each}", flush=True)
    found = {"whole": whole}
    owner = sa.create_engine(city.url)
    analyst = ensure_analyst(owner, "H26.001", PASSWORD)
    owner.dispose()
    logins = {"one agency": city.url.set(username=analyst, password=PASSWORD), "all": city.url}
    for name, login in logins.items():
        took = city.ask(login)
        slow = {number: round(seconds, 2) for number, seconds in took.items() if seconds > 0.2}
        print(f"  questions by {name}: slowest {max(took.values()):.2f} s, over 0.2 s: {slow}")
        found[name] = max(took.values())
    if not is_once:
        city.fill(documents, documents + BATCH - 1)
        found["more"], slowest = city.dbt("run")
        print(f"  built with {BATCH} more in {found['more']:.0f} s; the slowest:", flush=True)
        for (seconds, name), _ in zip(slowest, range(12), strict=False):
            print(f"  {seconds:7.1f} s  {name}")
        kept = city.rows()
        found["again"], _ = city.dbt("run", "--full-refresh")
        others = {name for name, digest in city.rows().items() if kept.get(name) != digest}
        found["others"] = len(others)
        print(f"  built whole in {found['again']:.0f} s; other rows in: {sorted(others)}")
    return found


def measure(name: str, ours: float, reference: float, goal: float) -> dict:
    """Return a line of the table."""
    ratio = round(ours / reference, 3)
    line = {"measure": name, "ours": round(ours, 3), "reference": round(reference, 3)}
    return line | {"ratio": ratio, "goal": goal, "met": ratio <= goal}


def compared(sizes: dict[int, dict[str, float]]) -> list[dict]:
    """Return the largest city against the smallest, and each city's slowest question."""
    small, large, lines = min(sizes), max(sizes), []
    if small != large and "more" in sizes[large]:
        name = f"one more batch at {large} documents against at {small}, s"
        lines.append(measure(name, sizes[large]["more"], sizes[small]["more"], 1.3))
    for size, found in sizes.items():
        if "more" in found:
            name = f"one more batch against a whole build, {size} documents, s"
            lines.append(measure(name, found["more"], found["again"], 0.5))
            name = f"tables in which both differ, {size} documents"
            lines.append(measure(name, found["others"], 1, 0))
        for who in ("one agency", "all"):
            name = f"slowest of 20 questions, {who}, {size} documents, s"
            lines.append(measure(name, found[who], 1, 1.0))
    return lines


def measured_alone(documents: int, *, is_once: bool) -> dict[str, float]:
    """Measure one size on a server of its own."""
    with tempfile.TemporaryDirectory(prefix="kho-bench-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        server = EmbeddedServer(home / "home", seats=home / "seats")
        server.start()
        try:
            prepare(server.url(), admin_url=server.superuser_url())
            return measure_city(City(server.url(), home / "dbt"), documents, is_once=is_once)
        finally:
            server.stop()


def main() -> None:
    """Measure the sizes asked for."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, nargs="+", default=[100_000, 1_000_000])
    arguments.add_argument(
        "--once", action="store_true", help="leave out the batch that comes after"
    )
    options = arguments.parse_args()
    sizes = {size: measured_alone(size, is_once=options.once) for size in options.documents}
    lines = compared(sizes)
    for one in lines:
        verdict = f"{one['ratio']:8.3f}  goal {one['goal']}  met {one['met']}"
        print(f"{one['measure']:70} {one['ours']:9.2f} {verdict}")
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(lines, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
