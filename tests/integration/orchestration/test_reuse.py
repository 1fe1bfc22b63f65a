"""What was digitised before by the same recipe is taken over; everything else is read."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import dagster as dg
import pytest
import sqlalchemy as sa

from ocr_assets.digitized import Digitized, PageOutcome
from ocr_assets.extract import describe
from ocr_assets.intake import batch_key
from ocr_assets.journal import Journal
from ocr_assets.kept import About, as_parquet
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.profile import Declared, Scan
from ocr_assets.recipe import Recipes
from ocr_assets.summary import summarise
from ocr_assets.verdict import Verdict
from ocr_assets.worker_process import JOURNAL
from orchestration.defs.digitization.assets import digitize, receive
from orchestration.defs.digitization.rereading import reread_sample
from orchestration.resources import Database, FileStore, Inbox, ScanEngines
from tests.support.readers import page_of
from warehouse.learning import keep
from warehouse.loading import Warehouse
from warehouse.store import Store

HEADER = "agency_code,bloc,box_code,dossier_code,file_name,declared_pages,secrecy,operator,scanner"
FILES = {
    "1.pdf": b"a good scan",
    "2.pdf": b"a torn scan",
    "3.pdf": b"stamped secret",
    "4.pdf": b"half read",
    "5.pdf": b"a good scan",  # the same bytes again
}
TABLES = ("documents", "pages", "fields", "readings")
TIMES = {"_extracted_at", "digitized_at", "_row_sha256", "_batch_id"}
UNREAD = PageOutcome(2, Outcome.FAILED, Reason.OCR_FAILED)


class Engines(ScanEngines):
    """Engines that know the scans by their bytes and note in a file what they were asked."""

    trace: str
    recipe: str = "1" * 64
    word: str = "chào"
    breaks_at: str = ""

    @property
    def made_by(self):
        return hashlib.sha256(f"{self.recipe} {self.reader}".encode()).hexdigest()

    def recipes(self, agencies):
        told = repr((agencies, self.learned()))
        return Recipes(self.made_by, hashlib.sha256(told.encode()).hexdigest())

    def digitize(self, scans, work, agencies) -> Iterator[Digitized]:
        for scan in scans:
            received = scan.path.read_bytes()
            with Path(self.trace).open("ab") as trace:
                trace.write(received + b"\n")
            if self.breaks_at.encode() == received:
                raise OSError("the machine is gone")
            done = self.said(received, scan.path.name, work, agencies)
            yield _with(done, recipe_id=self.recipes(agencies).of(scan.declared))

    def said(self, received, name, work, agencies):
        digest = hashlib.sha256(received).hexdigest()
        told = {
            b"a torn scan": (Outcome.FAILED, Reason.DAMAGED),
            b"stamped secret": (Outcome.QUARANTINED, Reason.STATE_SECRET),
        }.get(received)
        kind = "application/pdf"
        base = Digitized(name, digest, len(received), kind, Outcome.OK, None, is_misnamed=True)
        if told:
            return _with(base, outcome=told[0], reason=told[1])
        reading = page_of(1, (2000, 3000), 300.0, ("Số:", "51/QĐ-UBND", self.word))
        copy, kept = work / f"{digest}.pdf", work / f"{digest}.parquet"
        copy.write_bytes(b"the copy " + self.word.encode())
        kept.write_bytes(as_parquet([reading], About(digest, self.made_by, self.reader, {})))
        page = PageOutcome(1, Outcome.OK, None, 10, 20, 300, words=3, confidence=0.9, text="xin")
        pages = (page, UNREAD) if received == b"half read" else (page,)
        return _with(
            base,
            outcome=Outcome.DEGRADED if len(pages) > 1 else Outcome.OK,
            reason=Reason.PAGE_UNREAD if len(pages) > 1 else None,
            pages=pages,
            page_count=len(pages),
            fields=describe([reading], agencies, self.learned()),
            archive=copy,
            archive_sha256=hashlib.sha256(copy.read_bytes()).hexdigest(),
            pdfa_pikepdf=Verdict.PASSED,
            pdfa_verapdf=Verdict.PASSED,
            is_text_equal=True,
            are_images_unchanged=True,
            versions={"tool": "1"},
            reading=kept,
            reading_sha256=hashlib.sha256(kept.read_bytes()).hexdigest(),
            summaries=(summarise(reading),),
            reader=self.reader,
            reading_recipe_id=self.made_by,
            fields_recipe_id=self.recipes(agencies).fields,
        )


def _with(base, **changes):
    from dataclasses import replace

    return replace(base, **changes)


class ScratchDatabase(Database):
    address: str

    def url(self):
        return self.address


class City:
    """An inbox, a store and a database, and how often a scan was read."""

    def __init__(self, folder, url):
        self.folder, self.url = folder, url
        self.trace = folder / "trace"
        self.store = Store(folder / "store")
        self.agencies("ỦY BAN NHÂN DÂN PHƯỜNG THỬ NGHIỆM")

    def agencies(self, *names):
        rows = [{"agency_code": f"H01.{i}", "agency_name": n} for i, n in enumerate(names)]
        Warehouse(self.url).land("catalog__agencies", rows, batch_id="c1")

    def learn(self, calibration, **thresholds):
        same = {
            "calibration_id": calibration,
            "sample_sha256": "5" * 64,
            "status": "raised",
            "previous_threshold": 0.88,
            "limit_share": 0.01,
            "level": 0.9,
            "looked_at_count": 60,
            "wrong_count": 30,
            "missing_count": 1000,
        }
        engine = sa.create_engine(self.url, poolclass=sa.NullPool)
        with engine.begin() as connection:
            rows = [same | {"field_name": n, "threshold": t} for n, t in thresholds.items()]
            keep(connection, rows)

    def deliver(self, name, files=FILES, agency="H01.05", secret=()):
        folder = self.folder / "inbox" / name
        folder.mkdir(parents=True)
        lines = [
            f"{agency},government,B1,D1,{file},1,{'mat' if file in secret else ''},TEST,TEST"
            for file in files
        ]
        text = "\n".join([HEADER, *lines]) + "\n"
        (folder / "manifest.csv").write_text(text, encoding="utf-8")
        for file, content in files.items():
            (folder / file).write_bytes(content)
        (folder / "_COMPLETE").touch()
        return folder

    def digitize(self, folder, *, reread=False, **engines):
        """Digitise a delivery; return which scans were read for it, and how the run ended."""
        self.trace.unlink(missing_ok=True)
        key = batch_key(folder)
        with dg.DagsterInstance.ephemeral() as instance:
            instance.add_dynamic_partitions("scan_batch", [key])
            done = dg.materialize(
                [receive, digitize],
                instance=instance,
                partition_key=key,
                raise_on_error=False,
                run_config={"ops": {"digitize": {"config": {"reread": reread}}}},
                resources=self.resources(**engines),
            )
        read = self.trace.read_bytes().splitlines() if self.trace.exists() else []
        return read, done

    def resources(self, **engines):
        made = {"tools": "", "reader": "best", "workers": 1} | engines
        folders = {"folder": str(self.folder / "inbox"), "work": str(self.folder / "work")}
        return {
            "database": ScratchDatabase(address=self.url),
            "file_store": FileStore(address=str(self.folder / "store")),
            "inbox": Inbox(**folders),
            "scan_engines": Engines(**made, trace=str(self.trace)),
        }

    def rows(self, key):
        return {
            table: sorted(
                (
                    {name: value for name, value in row.items() if name not in TIMES}
                    for row in self.ask(
                        f"select * from raw.digitization__{table} where _batch_id = '{key}'"
                    )
                ),
                key=lambda row: str(
                    (row["file_ordinal"], row.get("page_number"), row.get("field_name"))
                ),
            )
            for table in TABLES
        }

    def ask(self, question):
        engine = sa.create_engine(self.url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            return connection.execute(sa.text(question)).mappings().all()


@pytest.fixture
def city(tmp_path, database_url):
    return City(tmp_path, database_url)


ALWAYS_READ = [b"stamped secret", b"half read"]


def test_an_unchanged_batch_is_not_read_again_and_keeps_its_rows(city):
    folder = city.deliver("hop-01")
    read, done = city.digitize(folder)
    assert done.success
    assert read == [b"a good scan", b"a torn scan", *ALWAYS_READ]
    before = city.rows(batch_key(folder))
    assert [len(before[table]) for table in TABLES if table != "fields"] == [5, 4, 3]
    assert {row["file_ordinal"] for row in before["fields"]} == {1, 4, 5}
    read, done = city.digitize(folder)
    assert done.success
    assert read == ALWAYS_READ
    assert city.rows(batch_key(folder)) == before


TWO = {"x.pdf": b"a torn scan", "y.jpg": b"a good scan"}


def test_the_same_bytes_of_another_batch_are_taken_over_under_their_new_place(city):
    city.digitize(city.deliver("hop-01"))
    second = city.deliver("hop-02", TWO)
    read, done = city.digitize(second)
    assert done.success
    assert read == []
    documents = city.rows(batch_key(second))["documents"]
    assert [(row["file_ordinal"], row["outcome"]) for row in documents] == [
        (1, "failed"),
        (2, "ok"),
    ]
    assert {row["file_ordinal"] for row in city.rows(batch_key(second))["fields"]} == {2}


def test_another_agency_gets_a_copy_of_its_own_and_what_was_read_is_handed_over(city, monkeypatch):
    """The copy says whose it is: that of another agency would give away that it has one."""
    city.digitize(city.deliver("hop-01"))
    handed = []
    monkeypatch.setattr(
        Engines, "hand_over", lambda self, data, scan, work, agencies: handed.append(scan)
    )
    made, _ = city.digitize(city.deliver("hop-02", TWO, "H01.06"))
    assert sorted(made) == [b"a good scan", b"a torn scan"]
    assert [scan.path.name for scan in handed] == ["y.jpg"]  # of the other one nothing was read


def test_a_page_handed_over_is_in_the_journal_of_the_scan_that_is_digitised(city, tmp_path):
    engines = city.resources()["scan_engines"]
    scan = Scan(tmp_path / "a.pdf", declared=Declared("H01.06"))
    reading = page_of(1, (2000, 3000), 300.0, ("Số:", "51/QĐ-UBND"))
    data = as_parquet([reading], About("0" * 64, engines.made_by, "best", {}))
    engines.hand_over(data, scan, tmp_path, ())
    recipe = engines.recipes(()).of(scan.declared)
    assert Journal.of(tmp_path / JOURNAL, "0" * 64, recipe).reading(1) == reading


@pytest.mark.parametrize("change", [{"recipe": "2" * 64}, {"reread": True}])
def test_another_recipe_or_a_persons_wish_has_everything_read(city, change):
    folder = city.deliver("hop-01")
    city.digitize(folder)
    read, done = city.digitize(folder, **change)
    assert done.success
    assert len(read) == 4


@pytest.mark.parametrize("column", ["file_sha256", "archive_sha256", "reading_sha256"])
def test_a_document_whose_file_is_gone_from_the_store_is_read_again(city, column):
    folder = city.deliver("hop-01", {"1.pdf": b"a good scan"})
    city.digitize(folder)
    [document] = city.rows(batch_key(folder))["documents"]
    city.store.path(document[column]).unlink()
    read, _ = city.digitize(folder)
    assert read == [b"a good scan"]
    assert city.store.has(document[column])


def test_what_is_declared_a_secret_now_is_not_answered_from_memory(city):
    city.digitize(city.deliver("hop-01", {"1.pdf": b"a good scan"}))
    again = city.deliver("hop-02", {"1.pdf": b"a good scan"}, secret=("1.pdf",))
    read, _ = city.digitize(again)
    assert read == [b"a good scan"]


def test_new_agencies_change_the_fields_and_nothing_is_read_for_it(city):
    folder = city.deliver("hop-01", {"1.pdf": b"a good scan"})
    city.digitize(folder)
    before = city.rows(batch_key(folder))
    city.agencies("ỦY BAN NHÂN DÂN PHƯỜNG KHÁC", "SỞ NỘI VỤ")
    read, done = city.digitize(folder)
    assert done.success
    assert read == []
    after = city.rows(batch_key(folder))
    assert after["pages"] == before["pages"]
    assert after["fields"] == before["fields"]  # the number, which no agency changes
    recipes = [rows["documents"][0]["fields_recipe_id"] for rows in (before, after)]
    assert recipes[0] != recipes[1]


def test_a_calibration_judges_the_fields_anew_and_nothing_is_read_for_it(city):
    folder = city.deliver("hop-01", {"1.pdf": b"a good scan"})
    city.digitize(folder)
    [before] = number_of(city.rows(batch_key(folder)))
    assert (before["accepted_from"], before["calibration_id"]) == (Decimal("0.88"), None)
    city.learn("of-may", number=1.01)
    read, done = city.digitize(folder)
    assert done.success
    assert read == []
    [after] = number_of(city.rows(batch_key(folder)))
    assert (after["accepted_from"], after["calibration_id"]) == (Decimal("1.01"), "of-may")
    assert (after["value"], after["is_accepted"]) == (before["value"], False)
    later = city.deliver("hop-02", {"2.pdf": b"another scan"})
    assert city.digitize(later)[0] == [b"another scan"]
    [fresh] = number_of(city.rows(batch_key(later)))
    assert fresh["calibration_id"] == "of-may"


def number_of(rows):
    return [row for row in rows["fields"] if row["field_name"] == "number"]


def test_a_run_that_breaks_leaves_its_work_and_one_that_lands_takes_it_away(city):
    folder = city.deliver("hop-01")
    work = city.folder / "work" / batch_key(folder)
    _, done = city.digitize(folder, breaks_at="half read")
    assert not done.success
    assert {path.suffix for path in work.iterdir()} >= {".pdf", ".parquet"}
    assert work.stat().st_mode & 0o077 == 0
    assert city.rows(batch_key(folder))["documents"] == []
    _, done = city.digitize(folder)
    assert done.success
    assert not work.exists()


def test_a_page_left_unread_turns_the_gate_of_its_batch_red(city):
    for files, is_red in (({"4.pdf": b"half read"}, True), ({"1.pdf": b"a good scan"}, False)):
        _, done = city.digitize(city.deliver(f"hop-{is_red}", files))
        [check] = [
            c for c in done.get_asset_check_evaluations() if c.check_name == "every_page_was_read"
        ]
        assert check.passed is not is_red
        assert check.severity == dg.AssetCheckSeverity.ERROR
        assert check.metadata["pages unread"].value == int(is_red)


def test_of_a_secret_no_reading_is_kept_and_no_number_told(city):
    folder = city.deliver("hop-01", {"3.pdf": b"stamped secret"})
    city.digitize(folder)
    [document] = city.rows(batch_key(folder))["documents"]
    assert document["reading_sha256"] is None
    assert city.rows(batch_key(folder))["readings"] == []
    assert not [path for path in (city.folder / "store").rglob("*") if path.is_file()]
    assert city.ask("select * from ledger.readings") == []


def test_a_new_reading_is_held_against_the_one_it_follows_and_the_old_one_stays(city):
    folder = city.deliver("hop-01", {"1.pdf": b"a good scan"})
    city.digitize(folder, reader="fast")
    city.digitize(folder, recipe="2" * 64, word="chà")
    city.digitize(folder, recipe="2" * 64, word="chà", reread=True)
    readings = city.ask("select * from ledger.readings order by entry_id")
    assert [row["reader"] for row in readings] == ["fast", "best"]
    assert all(city.store.has(row["reading_sha256"]) for row in readings)
    [found] = city.ask("select * from ledger.reading_comparisons")
    assert (found["old_reader"], found["new_reader"], found["is_trial"]) == ("fast", "best", False)
    assert (found["old_word_count"], found["common_word_count"]) == (3, 2)
    assert (found["character_distance"], found["character_count"]) == (
        1,
        len("Số: 51/QĐ-UBND chào"),
    )
    assert found["changed_fields"] == []


def test_a_sample_read_anew_is_compared_and_replaces_nothing(city):
    folder = city.deliver("hop-01", {f"{i}.pdf": f"scan {i}".encode() for i in range(4)})
    city.digitize(folder, reader="fast")
    key = batch_key(folder)
    before = city.rows(key)
    config = {"batch": key, "documents": 3, "reader": "best", "seed": 7}
    run_config = {"ops": {"read_sample_anew": {"config": config}}}
    for _ in range(2):  # the second time nothing new is noted
        done = reread_sample.execute_in_process(
            run_config=run_config, resources=city.resources(reader="fast", word="chà")
        )
        assert done.success
    assert city.rows(key) == before
    compared = city.ask("select * from ledger.reading_comparisons")
    assert len({row["file_sha256"] for row in compared}) == len(compared) == 3
    assert {(r["old_reader"], r["new_reader"], r["is_trial"]) for r in compared} == {
        ("fast", "best", True)
    }
    trials = city.ask("select * from ledger.readings where archive_sha256 is null")
    assert len(trials) == 3
    assert all(city.store.has(row["reading_sha256"]) for row in trials)
    assert not (city.folder / "work" / f"reread-{key}").exists()
