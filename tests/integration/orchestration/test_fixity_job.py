"""The nightly proof as Dagster runs it: damage is red until it is healed, silence is no pass."""

from datetime import UTC, datetime, timedelta

import pytest

from orchestration.settings import settings
from warehouse.loading import Warehouse
from warehouse.store import Store

LONG_AGO = datetime.now(UTC) - timedelta(days=200)


@pytest.fixture(scope="module")
def kept(home, module_database_url):
    store = Store(settings().store)
    row = {
        "file_ordinal": 1,
        "file_sha256": store.put(b"a scan"),
        "archive_sha256": store.put(b"a copy"),
        "outcome": "ok",
    }
    warehouse = Warehouse(module_database_url)
    warehouse.land("digitization__documents", [row], batch_id="b", extracted_at=LONG_AGO)
    return store.path(row["archive_sha256"])


@pytest.fixture
def verdicts(run_job, kept):
    """Run the job; return what each check said and whether the run is green."""

    def run():
        done = run_job("check_fixity")
        said = {one.check_name: one for one in done.get_asset_check_evaluations()}
        return {name: one.passed for name, one in said.items()}, done.success, said

    return run


GOOD = {
    "stored_files_are_whole": True,
    "stored_files_are_proved_in_time": True,
    "stored_files_belong_to_something": True,
}


def test_damage_is_red_until_a_later_run_finds_the_file_whole(verdicts, kept):
    passed, is_green, said = verdicts()
    assert (passed, is_green) == (GOOD, True)
    assert said["stored_files_are_whole"].metadata["found intact"].value == 2

    whole = kept.read_bytes()
    kept.unlink()
    passed, is_green, _ = verdicts()
    assert (passed, is_green) == (GOOD, True), "it was proved a moment ago and is not due"

    kept.write_bytes(whole)
    kept.write_bytes(b"A copy")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(settings().__dict__, "fixity_days", 0)
        passed, is_green, said = verdicts()
    assert not is_green
    assert passed["stored_files_are_whole"] is False
    assert said["stored_files_are_whole"].metadata["damaged"].value == 1

    kept.write_bytes(whole)
    passed, is_green, _ = verdicts()
    assert (passed, is_green) == (GOOD, True)


def test_a_run_that_cannot_get_to_every_file_is_red_and_a_stray_is_told(
    verdicts, module_database_url
):
    store = Store(settings().store)
    rows = [
        {"file_ordinal": n, "file_sha256": store.put(b"scan %d" % n), "outcome": "failed"}
        for n in (1, 2)
    ]
    warehouse = Warehouse(module_database_url)
    warehouse.land("digitization__documents", rows, batch_id="c", extracted_at=LONG_AGO)
    stray = store.put(b"nobody's")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(settings().__dict__, "fixity_gigabytes", 1e-9)
        passed, is_green, said = verdicts()
    assert not is_green
    assert passed["stored_files_are_proved_in_time"] is False
    assert said["stored_files_are_proved_in_time"].metadata["overdue"].value == 1
    assert said["stored_files_belong_to_something"].metadata["first of them"].value == [stray]
    assert store.has(stray)
