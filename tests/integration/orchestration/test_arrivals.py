"""The sensor over the inbox: every complete delivery once, and no delivery lost (F18)."""

import os
import shutil
import zipfile
from datetime import timedelta

import dagster as dg
import pytest
import sqlalchemy as sa

from orchestration.defs.operations import arrivals
from orchestration.resources import Database
from orchestration.settings import settings

HEADER = "agency_code,bloc,box_code,dossier_code,file_name,declared_pages,secrecy,operator,scanner"
LINE = "H01.05,government,B1,D1,1.pdf,1,,TEST OPERATOR,TEST SCANNER"


class ScratchDatabase(Database):
    address: str

    def url(self):
        return self.address


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    monkeypatch.setenv("KHO_HOME", str(tmp_path))
    settings.cache_clear()
    yield tmp_path / "inbox"
    settings.cache_clear()


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def deliver(inbox, name, *, line=LINE, complete=True):
    folder = inbox / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.csv").write_text(f"{HEADER}\n{line}\n", encoding="utf-8")
    if complete:
        (folder / "_COMPLETE").touch()
    return folder


@pytest.fixture
def ask(database_url, inbox):
    """Ask the sensor as the daemon does, which may die before it heeds the answer."""

    def ask(instance, *, dies=False):
        database = ScratchDatabase(address=database_url)
        context = dg.build_sensor_context(instance=instance)
        answer = arrivals.batch_arrivals(context, database=database)
        if isinstance(answer, dg.SkipReason) or dies:
            return []
        for request in answer.dynamic_partitions_requests:
            keys = list(request.partition_keys)
            instance.add_dynamic_partitions(request.partitions_def_name, keys)
        return [request.partition_key for request in answer.run_requests]

    return ask


@pytest.fixture
def entries(database_url):
    """Read the ledger: one tuple of the named columns an entry, in order."""

    def entries(*columns):
        engine = sa.create_engine(database_url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            wanted = f"select {', '.join(columns)} from ledger.intake_deliveries order by entry_id"
            return [tuple(row) for row in connection.execute(sa.text(wanted))]

    return entries


def start_run(instance, key):
    instance.create_run_for_job(
        dg.job(name="digitize_batch")(lambda: None), tags={"dagster/partition": key}
    )


def end(database_url, key):
    from ocr_assets.delivery_ledger import DeliveryLedger

    with ScratchDatabase(address=database_url).connected() as connection:
        DeliveryLedger(connection).close(key, {"open_boxes": 0}, is_closed=True)


def test_a_complete_delivery_is_registered_and_asked_for(instance, inbox, ask, entries):
    deliver(inbox, "hop-01")
    [key] = ask(instance)
    assert key.startswith("hop-01-")
    assert len(key) == len("hop-01-") + 8
    assert instance.get_dynamic_partitions("scan_batch") == [key]
    found = entries("event", "batch_id", "version", "supersedes", "agency_code", "delivery_form")
    assert found == [("received", key, 1, None, "H01.05", "folder")]


def test_an_unfinished_delivery_is_left_alone(instance, inbox, ask, entries):
    deliver(inbox, "hop-01", complete=False)
    assert ask(instance) == []
    assert entries("event") == []


def test_an_inbox_that_is_not_there_is_empty(instance, ask):
    assert ask(instance) == []


def test_a_known_delivery_is_not_asked_for_again(instance, inbox, ask, entries):
    deliver(inbox, "hop-01")
    [key] = ask(instance)
    start_run(instance, key)
    for _ in range(3):
        assert ask(instance) == []
    assert len(entries("event")) == 1


def test_a_delivery_registered_by_somebody_else_is_left_to_them(instance, inbox, ask, monkeypatch):
    from ocr_assets.intake import batch_key

    instance.add_dynamic_partitions("scan_batch", [batch_key(deliver(inbox, "hop-01"))])
    assert ask(instance) == []
    monkeypatch.setattr(arrivals, "LAUNCHED_WITHIN", timedelta(0))
    assert len(ask(instance)) == 1  # they died: it is asked for after all


def test_a_tick_that_dies_after_the_ledger_was_written_loses_and_doubles_nothing(
    instance, inbox, ask, entries
):
    deliver(inbox, "hop-01")
    ask(instance, dies=True)
    [key] = ask(instance)
    start_run(instance, key)
    assert ask(instance) == []
    assert entries("event", "batch_id") == [("received", key)]


def test_a_tick_that_dies_between_partition_and_run_is_made_good(instance, inbox, ask, monkeypatch):
    deliver(inbox, "hop-01")
    [key] = ask(instance)  # the daemon dies here: the partition is there, no run is made
    assert ask(instance) == []  # it may still be on its way
    monkeypatch.setattr(arrivals, "LAUNCHED_WITHIN", timedelta(0))
    assert ask(instance) == [key]


def test_a_dagster_that_forgot_everything_registers_but_does_not_repeat(
    instance, inbox, ask, database_url, entries
):
    deliver(inbox, "hop-01")
    deliver(inbox, "hop-02", line=LINE.replace("B1", "B2"))
    done, lost = ask(instance)
    end(database_url, done)
    with dg.DagsterInstance.ephemeral() as wiped:
        assert ask(wiped) == [lost]
        assert set(wiped.get_dynamic_partitions("scan_batch")) == {done, lost}
    assert [event for (event,) in entries("event")] == ["received", "received", "closed"]


def test_a_corrected_manifest_is_a_new_version_and_the_old_one_stays(instance, inbox, ask, entries):
    deliver(inbox, "hop-01")
    [first] = ask(instance)
    start_run(instance, first)
    deliver(inbox, "hop-01", line=LINE.replace("D1", "D2"))
    [second] = ask(instance)
    assert second != first
    assert set(instance.get_dynamic_partitions("scan_batch")) == {first, second}
    assert entries("batch_id", "version", "supersedes") == [(first, 1, None), (second, 2, first)]


def test_going_back_to_an_earlier_content_is_a_third_version(instance, inbox, ask, entries):
    for line in (LINE, LINE.replace("D1", "D2"), LINE):
        deliver(inbox, "hop-01", line=line)
        for key in ask(instance):
            start_run(instance, key)
    first, second, third = entries("batch_id", "version", "supersedes")
    assert third == (first[0], 3, second[0])


def test_the_same_again_under_another_name_is_noted_and_not_repeated(instance, inbox, ask, entries):
    folder = deliver(inbox, "hop-01")
    [key] = ask(instance)
    start_run(instance, key)
    shutil.copytree(folder, inbox / "hop-01 (2)")
    (inbox / "hop-01 (2)" / "_COMPLETE").touch()
    with zipfile.ZipFile(inbox / "gui-lai.zip", "w") as archive:
        archive.write(folder / "manifest.csv", "hop-01/manifest.csv")
    (inbox / "gui-lai.zip._COMPLETE").touch()
    for _ in range(2):
        assert ask(instance) == []
    assert entries("event", "batch_id", "place")[1:] == [
        ("seen_again", key, "gui-lai.zip"),
        ("seen_again", key, "hop-01 (2)"),
    ]


def test_the_same_again_under_its_own_name_is_noted_once(instance, inbox, ask, entries):
    folder = deliver(inbox, "hop-01")
    [key] = ask(instance)
    start_run(instance, key)
    os.utime(folder / "_COMPLETE", (1_900_000_000, 1_900_000_000))
    for _ in range(2):
        assert ask(instance) == []
    assert entries("event", "version") == [("received", 1), ("seen_again", None)]


def test_two_agencies_may_give_their_deliveries_one_name(instance, inbox, ask, entries):
    deliver(inbox, "hop-01")
    ask(instance)
    deliver(inbox, "hop-01", line=LINE.replace("H01.05", "H01.06"))
    ask(instance)
    assert entries("agency_code", "version") == [("H01.05", 1), ("H01.06", 1)]


@pytest.mark.parametrize("target", ["../elsewhere", "../nowhere"])
def test_a_link_is_entered_to_be_refused_and_nothing_is_read_through_it(
    instance, inbox, ask, entries, target
):
    deliver(inbox.parent, "elsewhere")
    inbox.mkdir()
    (inbox / "link").symlink_to(target)
    [key] = ask(instance)
    assert key.startswith("link-")
    assert entries("event", "place", "agency_code") == [("received", "link", None)]


def test_a_delivery_that_cannot_be_written_down_keeps_no_other_out(instance, inbox, ask, entries):
    deliver(inbox, "aa-bad", line=LINE.replace("H01.05", "H0\x001"))
    deliver(inbox, "zz-good")
    assert [key.rpartition("-")[0] for key in ask(instance) if key.startswith("zz")] == ["zz-good"]
    assert ("received", "zz-good") in entries("event", "delivery_name")
