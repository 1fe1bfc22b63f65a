"""Kill -9 of a digitising run, parent and workers, at ten moments: nothing is lost or doubled."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import sqlalchemy as sa

from ocr_assets.intake import batch_key
from orchestration.settings import PROJECT
from tests.support.pages import LETTER, as_pdf, printed
from tests.support.servers import fresh_database
from tests.support.tools import TOOLS
from warehouse.loading import Warehouse

FONT = TOOLS / "npm/node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
pytestmark = [
    pytest.mark.skipif(not FONT.exists(), reason="no tools here: run ./kho setup"),
    pytest.mark.timeout(1200),
]
SEED, KILLS, MOST_STARTS = 20261126, 10, 25
COLUMNS = "agency_code,bloc,box_code,dossier_code,file_name,declared_pages,secrecy,operator,scanner"
TIMES = {"_extracted_at", "digitized_at", "received_at", "_row_sha256", "seconds"}
TABLES = ("files", "documents", "pages", "fields", "signatures", "readings")


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """Six drawn documents of one or two pages, two of them the same bytes, and a torn one."""
    folder = tmp_path_factory.mktemp("inbox") / "hop-01"
    folder.mkdir()
    for number in range(5):
        as_pdf(folder / f"{number}.pdf", *(drawn(number, page) for page in range(1 + number % 2)))
    (folder / "5.pdf").write_bytes((folder / "0.pdf").read_bytes())
    (folder / "6.pdf").write_bytes(b"%PDF-1.7 torn")
    lines = [f"H01.05,government,B1,D1,{number}.pdf,1,,TEST,TEST" for number in range(7)]
    (folder / "manifest.csv").write_text("\n".join([COLUMNS, *lines]) + "\n", encoding="utf-8")
    (folder / "_COMPLETE").touch()
    return folder


def drawn(number, page):
    """A small letter with a number of its own."""
    lines = [((x // 2, y // 2), text.replace("51", f"{number}{page}")) for (x, y), text in LETTER]
    return printed(FONT, lines, (1240, 1754), 25)


class Place:
    """A database, a store and a work folder, and runs that use them."""

    def __init__(self, folder, url, inbox):
        self.folder, self.url, self.inbox = folder, url, inbox
        self.key = batch_key(inbox)
        self.work = folder / "work"
        agency = {"agency_code": "H01.05", "agency_name": "ỦY BAN NHÂN DÂN TỈNH MẪU"}
        Warehouse(url).land("catalog__agencies", [agency], batch_id="c1")

    def start(self, *, reread=False):
        given = {
            "key": self.key,
            "url": self.url,
            "store": str(self.folder / "store"),
            "inbox": str(self.inbox.parent),
            "work": str(self.work),
            "tools": str(TOOLS),
            "reread": reread,
        }
        command = [sys.executable, "-m", "tests.support.digitising", json.dumps(given)]
        with (self.folder / "said").open("ab") as said:
            return subprocess.Popen(
                command, cwd=PROJECT, stderr=said, stdout=said, start_new_session=True
            )

    def has_begun(self):
        return (self.work / self.key).exists()

    def rows(self):
        engine = sa.create_engine(self.url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            return {
                table: sorted(
                    repr(sorted((n, v) for n, v in row.items() if n not in TIMES))
                    for row in connection.execute(
                        sa.text(f"select * from raw.digitization__{table}")
                    ).mappings()
                )
                for table in TABLES
            } | {
                "ledger": sorted(
                    repr(tuple(row))
                    for row in connection.execute(
                        sa.text(
                            "select file_sha256, recipe_id, reading_sha256, archive_sha256"
                            " from ledger.readings"
                        )
                    )
                )
            }

    def stored(self):
        root = self.folder / "store"
        return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def wait_for(condition, run, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition() and run.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)


def kill(run):
    """Kill the run's process group and return once nothing of it is left."""
    family = [psutil.Process(run.pid), *psutil.Process(run.pid).children(recursive=True)]
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    return psutil.wait_procs(family, timeout=60)[1]


@pytest.fixture
def undisturbed(inbox, tmp_path, server, template_database):
    with fresh_database(server, template=template_database) as name:
        place = Place(tmp_path / "calm", _made(tmp_path / "calm", server.url(name)), inbox)
        run = place.start()
        wait_for(place.has_begun, run)
        begun = time.monotonic()
        assert run.wait(600) == 0, (place.folder / "said").read_text()
        yield place, time.monotonic() - begun


def _made(folder: Path, url):
    folder.mkdir()
    return url


def test_ten_kills_at_random_moments_lose_and_double_nothing(
    undisturbed, inbox, tmp_path, database_url
):
    calm, seconds = undisturbed
    place = Place(tmp_path / "wild", _made(tmp_path / "wild", database_url), inbox)
    chance = random.Random(SEED)  # noqa: S311 - moments, not secrets
    moments, kills, is_complete = [], 0, False
    for _ in range(MOST_STARTS):
        run = place.start(reread=is_complete)
        wait_for(place.has_begun, run)
        moments.append(round(chance.uniform(0, 0.7 * seconds), 2))
        deadline = time.monotonic() + moments[-1]
        while time.monotonic() < deadline and run.poll() is None:
            time.sleep(0.02)
        if run.poll() is None:
            assert kill(run) == [], (SEED, moments)
            kills += 1
        else:
            assert run.returncode == 0, (SEED, moments)
            is_complete = True
        if kills == KILLS:
            break
    assert kills == KILLS, (SEED, moments)
    last = place.start()
    assert last.wait(600) == 0, (SEED, moments, (place.folder / "said").read_text()[-4000:])
    found, wanted = place.rows(), calm.rows()
    for table in wanted:
        assert found[table] == wanted[table], (SEED, moments, table)
    assert place.stored() == calm.stored(), (SEED, moments)
    assert list(place.work.iterdir()) == [], (SEED, moments)
