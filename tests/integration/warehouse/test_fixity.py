"""Stored files are proved by reading them; damage, loss and silence are found and never passed."""

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fsspec
import pytest
import sqlalchemy as sa

from warehouse.database import engine
from warehouse.fixity import Fixity, examine, record
from warehouse.fixity_round import Budget, check_due, orphans, standing
from warehouse.loading import Warehouse
from warehouse.store import Store

CADENCE = timedelta(days=90)
AMPLE = Budget(seconds=60, size_bytes=1 << 30)
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def database(database_url):
    opened = engine(database_url)
    yield opened
    opened.dispose()


@pytest.fixture(params=["folder", "memory"])
def store(request, tmp_path):
    return Store(
        str(tmp_path / "store")
        if request.param == "folder"
        else f"memory://{secrets.token_hex(4)}/store"
    )


@pytest.fixture
def land(database_url, store):
    """Keep a received file and its archive copy for each name, as digitising does."""

    def land(*names, batch="b-1", at=None, **more):
        rows = [
            {
                "file_ordinal": ordinal,
                "file_sha256": store.put(f"scan {name}".encode()),
                "archive_sha256": store.put(f"copy {name}".encode()),
                "outcome": "ok",
                **more,
            }
            for ordinal, name in enumerate(names, 1)
        ]
        Warehouse(database_url).land(
            "digitization__documents", rows, batch_id=batch, extracted_at=at
        )
        return [digest for row in rows for digest in (row["file_sha256"], row["archive_sha256"])]

    return land


def stands(database, cadence=CADENCE):
    with database.connect() as connection:
        return standing(connection, cadence)


def results(database):
    with database.connect() as connection:
        query = "select file_sha256, result from ledger.fixity_checks order by entry_id"
        return [tuple(row) for row in connection.execute(sa.text(query))]


def events(database):
    with database.connect() as connection:
        query = "select event_type, outcome, outcome_detail from ledger.premis_events order by 1, 3"
        return [tuple(row) for row in connection.execute(sa.text(query))]


def overwrite(store, digest, content: bytes | None):
    """Do to a stored file what a failing disk does; None takes it away."""
    files, key = store._files, store._key(digest)
    if content is None:
        files.rm(key)
    else:
        with fsspec.open(files.unstrip_protocol(key), "wb") as kept:
            kept.write(content)


def test_every_file_the_database_names_is_read_and_written_down(database, store, land):
    digests = land("1", "2")
    before = stands(database)
    assert (before.files, before.never_checked, before.intact) == (4, 4, 0)
    done = check_due(database, store, CADENCE, AMPLE)
    assert (done.results, done.is_complete) == ({Fixity.INTACT: 4}, True)
    assert done.size_bytes == 4 * len(b"scan 1")
    assert sorted(digest for digest, _ in results(database)) == sorted(digests)
    after = stands(database)
    assert (after.intact, after.never_checked, after.overdue) == (4, 0, 0)
    assert after.is_whole


@pytest.mark.parametrize(
    ("broken", "result"),
    [(b"scaN 1", "damaged"), (b"scan", "damaged"), (b"", "damaged"), (None, "missing")],
    ids=["a flipped byte", "truncated", "emptied", "deleted"],
)
def test_damage_is_found_stays_and_is_healed_only_by_a_new_look(
    database, store, land, broken, result
):
    digest, _ = land("1")
    check_due(database, store, CADENCE, AMPLE)
    overwrite(store, digest, broken)
    assert stands(database).is_whole, "nobody has looked yet"
    with database.begin() as connection:  # the proof of a hundred days ago is overdue
        connection.execute(
            sa.text(
                "insert into ledger.fixity_checks (file_sha256, result, checked_at, due_again_at)"
                " values (:d, 'intact', :at, :at)"
            ),
            {"d": digest, "at": datetime.now(UTC) - timedelta(days=100)},
        )
    assert stands(database).overdue == 1
    assert check_due(database, store, CADENCE, AMPLE).results == {Fixity(result): 1}
    assert not stands(database).is_whole
    assert getattr(stands(database), result) == 1

    store.put(b"scan 1")  # restored from a backup
    assert not stands(database).is_whole
    assert check_due(database, store, CADENCE, AMPLE).results == {Fixity.INTACT: 1}
    assert stands(database).is_whole
    assert [found for one, found in results(database) if one == digest][-2:] == [result, "intact"]


def test_what_cannot_be_read_is_not_taken_for_whole(database, tmp_path):
    store = Store(tmp_path / "store")
    digest = store.put(b"scan")
    path = Path(store._key(digest))
    path.unlink()
    path.mkdir()  # even root cannot read a folder as a file
    finding = examine(store, digest)
    assert finding.result is Fixity.UNREADABLE
    record(database, finding, CADENCE)
    assert results(database) == [(digest, "unreadable")]


def test_news_about_a_file_is_an_event_and_the_same_again_is_not(database, store, land):
    digest, _ = land("1")
    for broken in (b"scan 1", b"damage", b"damage", b"scan 1"):
        overwrite(store, digest, broken)
        record(database, examine(store, digest), CADENCE)
    assert len(results(database)) == 4
    assert events(database) == [
        ("fixity check", "fail", "damaged"),
        ("fixity check", "pass", "intact"),
        ("fixity check", "pass", "intact"),
    ]


def test_new_files_come_first_and_a_run_keeps_to_its_budget(database, store, land):
    old = land("old", batch="b-1", at=LONG_AGO)
    new = land("new", batch="b-2")
    one_file = check_due(database, store, CADENCE, Budget(seconds=60, size_bytes=1))
    assert (one_file.results.total(), one_file.is_complete) == (1, False)
    assert not check_due(database, store, CADENCE, Budget(0, 1 << 30)).is_complete
    assert {digest for digest, _ in results(database)} == set(new)
    assert stands(database).overdue == 2, "what was not looked at for so long is no pass"
    assert check_due(database, store, CADENCE, AMPLE).is_complete
    assert {digest for digest, _ in results(database)} == {*old, *new}
    assert stands(database).overdue == 0


def test_a_proof_is_renewed_before_it_is_too_old(database, store, land):
    land("1")
    check_due(database, store, CADENCE, AMPLE)
    assert check_due(database, store, CADENCE, AMPLE).results.total() == 0
    assert check_due(database, store, timedelta(0), AMPLE).results.total() == 2


def test_what_was_refused_before_it_was_kept_is_not_missed(database, store, land):
    land("1", reason_code="state_secret", outcome="quarantined")
    assert stands(database).files == 1  # the copy such a row names would have to be there


def test_what_nothing_names_is_reported_and_left_alone(database, store, land):
    land("1")
    stray = store.put(b"nobody's")
    with database.connect() as connection:
        assert orphans(connection, store) == [stray]
    assert store.has(stray)


def test_an_empty_store_has_no_orphans(database, store):
    with database.connect() as connection:
        assert orphans(connection, store) == []
