"""The whole of it, as a newcomer runs it: demo, demo again, down; in a home of its own."""

import fcntl
import os
import re
import shutil
import subprocess
import sys

import psutil
import pytest
import sqlalchemy as sa

from commands import ports
from orchestration.settings import PROJECT, settings
from warehouse import roles
from warehouse.embedded import EmbeddedServer

pytestmark = pytest.mark.timeout(1500)
COUNTS = {
    "documents": "select outcome, count(*) from marts.dim_document group by 1 order by 1",
    "pages": "select count(*), sum(word_count) from marts.fct_page",
    "enterprises": "select count(*) from marts.dim_business",
    "raw": "select count(*), count(distinct _batch_id) from raw.digitization__documents",
    "landed": "select max(_extracted_at) from raw.digitization__documents",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("home")
    (place / "tools").symlink_to(settings().tools)
    yield place
    _kho(place, "down")
    seat = EmbeddedServer(place).place.folder  # as root it may lie outside the home
    if not seat.is_relative_to(place):
        shutil.rmtree(seat)


@pytest.fixture(scope="module")
def first_demo(home):
    return _kho(home, "demo")


def _kho(home, *arguments):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("KHO_", "DAGSTER_"))}
    env |= {"KHO_HOME": str(home), "KHO_WEBSERVER_PORT": "0"}
    return subprocess.run(
        [sys.executable, "-m", "commands", *arguments],
        cwd=PROJECT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def _ask(home):
    engine = sa.create_engine(EmbeddedServer(home).url())
    with engine.connect() as connection:
        return {name: connection.execute(sa.text(q)).all() for name, q in COUNTS.items()}


def _ours(home):
    """Return the processes that know this home, by environment or by data directory."""
    found, marks = [], (str(home), str(EmbeddedServer(home).place.data))
    for process in psutil.process_iter():
        try:
            told = " ".join(process.cmdline()) + process.environ().get("KHO_HOME", "")
            if any(mark in told for mark in marks):
                found.append(process)
        except psutil.Error:
            continue
    return found


def test_the_demo_fills_the_warehouse_and_says_where_to_look(home, first_demo):
    assert first_demo.returncode == 0, first_demo.stdout + first_demo.stderr
    for promised in ("In the warehouse", "How long it took", "Where to look", "UI ", "./kho psql"):
        assert promised in first_demo.stdout
    counts = _ask(home)
    outcomes = dict(counts["documents"])
    assert outcomes["ok"] > 20
    assert outcomes["failed"] >= 3  # the damaged, the empty, the locked one: rows, not log lines
    assert "quarantined" not in outcomes  # a state secret is counted, never shown


def test_a_second_demo_changes_nothing(home, first_demo):
    before = _ask(home)
    again = _kho(home, "demo")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "digitise batch" not in again.stdout
    assert _ask(home) == before


def test_a_demo_during_another_says_so_and_does_nothing(home, first_demo):
    with (home / "demo.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        refused = _kho(home, "demo")
    assert refused.returncode == 1
    assert "another ./kho demo is under way" in refused.stderr


def test_a_prompt_for_an_agency_nobody_knows_says_so(home, first_demo):
    refused = _kho(home, "psql", "--agency", "H99.99", "-c", "select 1")
    assert refused.returncode == 1
    assert "no analyst of agency 'H99.99'" in refused.stderr
    asked = "select count(distinct agency_code) from marts.dim_document"
    let_in = _kho(home, "psql", "--agency", "H26.18", "-Atc", asked)
    assert (let_in.returncode, let_in.stdout.strip()) == (0, "1")


def test_an_analyst_of_the_sample_city_sees_one_agency(home, first_demo):
    server = EmbeddedServer(home)
    engine = sa.create_engine(server.url(user=roles.analyst_name("H26.18")))
    with engine.connect() as connection:
        seen = connection.scalars(sa.text("select distinct agency_code from marts.dim_document"))
        assert seen.all() == ["H26.18"]


def test_status_names_every_part_and_up_again_starts_nothing_new(home, first_demo):
    before = {p.pid for p in _ours(home)}
    assert _kho(home, "up").returncode == 0
    said = _kho(home, "status")
    assert said.returncode == 0
    for part in ("database", "code-location", "daemon", "webserver", "registry"):
        assert re.search(rf"{part} +running", said.stdout)
    assert {p.pid for p in _ours(home)} >= before


def test_logs_hold_no_text_of_a_document(home, first_demo):
    truths = "".join(path.read_text() for path in (home / "sample/demo/truth").glob("*.json"))
    names = set(re.findall(r'"signer": "([^"]+)"', truths))
    assert names
    for log in (home / "logs").glob("*.log"):
        said = log.read_text(errors="replace")
        assert not [name for name in names if name in said], log.name


def test_down_leaves_no_process_and_no_port(home, first_demo):
    listening = {c.laddr.port for p in _ours(home) for c in _connections(p) if c.status == "LISTEN"}
    assert len(listening) >= 4
    assert _kho(home, "down").returncode == 0
    assert _ours(home) == []
    assert [port for port in listening if ports.listens(port)] == []
    assert _kho(home, "status").returncode == 3


def _connections(process):
    try:
        return process.net_connections()
    except psutil.Error:
        return []
