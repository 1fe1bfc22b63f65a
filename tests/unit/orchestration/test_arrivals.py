"""The sensor over the inbox: every complete delivery once, and no delivery lost."""

import dagster as dg
import pytest

from orchestration.settings import settings

HEADER = "agency_code,bloc,box_code,dossier_code,file_name,declared_pages,secrecy,operator,scanner"
LINE = "H01.05,government,B1,D1,1.pdf,1,,TEST OPERATOR,TEST SCANNER"


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


def look(instance, cursor=None):
    """Ask the sensor as the daemon does; return requested partitions and the cursor."""
    from orchestration.defs.operations.arrivals import batch_arrivals

    context = dg.build_sensor_context(instance=instance, cursor=cursor)
    answer = batch_arrivals(context)
    if isinstance(answer, dg.SkipReason):
        return [], context.cursor
    for request in answer.dynamic_partitions_requests:
        instance.add_dynamic_partitions(request.partitions_def_name, list(request.partition_keys))
    return [request.partition_key for request in answer.run_requests], answer.cursor


def start_run(instance, key):
    instance.create_run_for_job(
        dg.job(name="digitize_batch")(lambda: None), tags={"dagster/partition": key}
    )


def test_a_complete_delivery_is_registered_and_asked_for(instance, inbox):
    deliver(inbox, "hop-01")
    [key], _ = look(instance)
    assert key.startswith("hop-01-")
    assert len(key) == len("hop-01-") + 8
    assert instance.get_dynamic_partitions("scan_batch") == [key]


def test_an_unfinished_delivery_is_left_alone(instance, inbox):
    deliver(inbox, "hop-01", complete=False)
    assert look(instance)[0] == []


def test_an_inbox_that_is_not_there_is_empty(instance, inbox):
    assert look(instance)[0] == []


def test_a_known_delivery_is_not_asked_for_again(instance, inbox):
    deliver(inbox, "hop-01")
    [key], cursor = look(instance)
    start_run(instance, key)
    for _ in range(3):
        asked, cursor = look(instance, cursor)
        assert asked == []


def test_a_delivery_registered_by_somebody_else_is_left_to_them(instance, inbox):
    deliver(inbox, "hop-01")
    [key], _ = look(instance)
    start_run(instance, key)
    asked, cursor = look(instance, cursor=None)
    assert asked == []
    assert look(instance, cursor)[0] == []


def test_a_batch_that_was_registered_but_never_queued_is_asked_for_at_the_second_look(
    instance, inbox
):
    deliver(inbox, "hop-01")
    [key], cursor = look(instance)  # the daemon dies here: no run is made
    assert look(instance, cursor)[0] == [key]


def test_a_corrected_manifest_is_another_batch(instance, inbox):
    deliver(inbox, "hop-01")
    [first], cursor = look(instance)
    start_run(instance, first)
    deliver(inbox, "hop-01", line=LINE.replace("D1", "D2"))
    [second], _ = look(instance, cursor)
    assert second != first
    assert set(instance.get_dynamic_partitions("scan_batch")) == {first, second}
