"""The whole Dagster stack, started as `kho up` starts it and asked over GraphQL."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import psutil
import pytest

from orchestration import services
from orchestration.launching import Stack, StackRefused, StackUnreachable
from orchestration.settings import PROJECT, settings
from tests.support.servers import fresh_database

AGENCIES = (
    "agency_code,agency_name,bloc,level,parent_code,commune_code,valid_from,valid_to,successor_code\n"
    "H01,THÀNH PHỐ THỬ NGHIỆM,government,city,,,2025-07-01,,\n"
)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url):
    with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
        return answer.status == 200
    return False


@pytest.fixture(scope="module")
def stack(home, server, module_database_url, tmp_path_factory):
    """Start code server, daemon and webserver; end exactly these."""
    (home / "catalog").mkdir()
    (home / "catalog" / "agencies.csv").write_text(AGENCIES, encoding="utf-8")
    code_port, web_port = free_port(), free_port()
    services.prepare_home(settings(), code_port)
    logs = tmp_path_factory.mktemp("logs")
    with fresh_database(server) as name, contextlib.ExitStack() as processes:
        env = dict(os.environ) | services.environment(settings(), server.url(name))
        env |= {"KHO_HOME": str(home), "KHO_DATABASE_URL": module_database_url}
        started = {}
        for part, command in {
            "code-server": services.code_server(code_port),
            "webserver": services.webserver(settings(), web_port),
            "daemon": services.daemon(settings()),
        }.items():
            log = processes.enter_context((logs / part).open("wb"))
            process = subprocess.Popen(
                command, env=env, cwd=PROJECT, stdout=log, stderr=log, start_new_session=True
            )
            processes.callback(end, process)
            started[part] = process.pid
        stack = Stack(f"http://127.0.0.1:{web_port}")
        deadline = time.monotonic() + 120
        while not is_loaded(stack, web_port):
            assert time.monotonic() < deadline, said(logs)
            time.sleep(0.5)
        stack.pids, stack.again = started, lambda: Stack(f"http://127.0.0.1:{web_port}")
        yield stack


def is_loaded(stack, port):
    if not answers(f"http://127.0.0.1:{port}/server_info"):
        return False
    with contextlib.suppress(StackRefused, StackUnreachable):
        stack.materialized_partitions(["raw", "digitization__files"])
        return True
    return False


def said(logs):
    return "\n".join(f"--- {log.name}\n{log.read_text()[-2000:]}" for log in logs.iterdir())


def end(process):
    for how in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=15)


def test_a_partition_is_added_once(stack):
    assert stack.add_partition("hop-01-0123abcd")
    assert not stack.add_partition("hop-01-0123abcd")
    assert stack.materialized_partitions(["raw", "digitization__files"]) == []


def test_a_launched_run_is_followed_to_its_end_with_its_reasons(stack):
    events = []
    run_id = stack.launch("digitize_batch", partition="hop-01-0123abcd")
    run = stack.wait(run_id, events.append, patience=120)
    assert run.status == "FAILURE"
    assert run.tags["dagster/partition"] == "hop-01-0123abcd"
    assert any("not in the inbox" in failure for failure in run.failures)
    assert [step.name for step in run.steps] == ["receive"]
    assert any(event.step == "receive" for event in events)
    assert stack.latest_run("digitize_batch").run_id == run_id


def test_runs_for_the_same_scarce_thing_do_not_overlap(stack):
    """Launched at once: the run queue then looks at them together."""
    with ThreadPoolExecutor() as at_once:
        asked = [at_once.submit(stack.again().launch, "pull_sources", "2026-03-01") for _ in "123"]
    run_ids = [answer.result() for answer in asked]
    spans = []
    for run_id in run_ids:
        stack.wait(run_id, patience=120)
        times = {event.kind: event.seconds for event in stack.events(run_id)[0]}
        spans.append((times["RUN_START"], times["RUN_FAILURE"]))
    for first, second in pairwise(sorted(spans)):
        assert second[0] >= first[1]


def test_what_can_succeed_does_although_another_step_cannot(stack):
    """The authority file is read; no business registry is configured, and the run says so."""
    run = stack.wait(stack.launch_range("pull_sources", "2026-03-01", "2026-03-02"), patience=120)
    status = {step.name: step.status for step in run.steps}
    assert status["raw__catalog__agencies"] == "SUCCESS", run
    assert run.status == "FAILURE"


def run_workers(stack):
    """Return the processes that execute runs: the code server starts one for each."""
    children = psutil.Process(stack.pids["code-server"]).children(recursive=True)
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


PATIENCE = 400  # seconds: a guard against hanging, with room for a machine that runs two demos


def wait_for(what, patience=PATIENCE):
    deadline = time.monotonic() + patience
    while not (found := what()):
        assert time.monotonic() < deadline
        time.sleep(0.5)
    return found


def has_begun(stack, run_id):
    """Return whether a step has: what is planned alone fills the first page of events."""
    cursor, begun = None, False
    while not begun:
        events, cursor = stack.events(run_id, cursor)
        if not events:
            break
        begun = any(event.kind == "STEP_START" for event in events)
    return begun


@pytest.mark.timeout(3 * PATIENCE)
def test_a_killed_run_is_noticed_and_retried_and_does_not_keep_its_pool(stack):
    run_id = stack.launch("build_warehouse")
    wait_for(lambda: has_begun(stack, run_id))
    for worker in run_workers(stack):
        worker.kill()
    assert stack.wait(run_id, patience=PATIENCE).status == "FAILURE"
    retry = wait_for(lambda: stack.latest_run("build_warehouse", {"dagster/parent_run_id": run_id}))
    # It needs the same pool, and starts: the killed run has given it back.
    wait_for(lambda: has_begun(stack, retry.run_id))


def test_a_job_that_is_not_there_is_refused(stack):
    with pytest.raises(StackRefused):
        stack.launch("no_such_job")


def test_nobody_at_the_address_is_said_so():
    with pytest.raises(StackUnreachable, match="no answer"):
        Stack(f"http://127.0.0.1:{free_port()}", timeout=2).latest_run("pull_sources")
