"""Telemetry is off everywhere: nothing of ours tries to leave this machine."""

import os
import subprocess
import sys

import pytest

from orchestration.settings import PROJECT

GUARD = PROJECT / "tests" / "support" / "no_network"
PROGRAMS = os.path.dirname(sys.executable)  # noqa: PTH120


@pytest.fixture
def guarded(tmp_path):
    log = tmp_path / "network.log"

    def run(*command):
        env = dict(os.environ) | {
            "PYTHONPATH": str(GUARD),
            "KHO_TEST_NETWORK_LOG": str(log),
            "HOME": str(tmp_path),
        }
        done = subprocess.run(
            command, cwd=PROJECT, env=env, capture_output=True, text=True, check=False
        )
        tried = log.read_text() if log.exists() else ""
        return done, tried

    return run


def test_the_guard_itself_sees_and_refuses_a_stranger(guarded):
    done, tried = guarded(
        sys.executable, "-c", "import urllib.request as u; u.urlopen('http://example.invalid/')"
    )
    assert done.returncode != 0
    assert "example.invalid" in tried


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["dbt", "parse", "--no-partial-parse"], id="dbt"),
        pytest.param(["dg", "check", "defs"], id="dagster"),
    ],
)
def test_tools_stay_on_this_machine(guarded, command, tmp_path):
    extra = []
    if command[0] == "dbt":
        extra = ["--project-dir", "dbt_project", "--profiles-dir", "dbt_project"]
        extra += ["--target-path", str(tmp_path / "target")]
    done, tried = guarded(f"{PROGRAMS}/{command[0]}", *command[1:], *extra)
    assert done.returncode == 0, done.stdout + done.stderr
    assert tried == ""


def test_importing_every_room_stays_on_this_machine(guarded):
    rooms = "connectors.business.registry, expectations.gate, ocr_assets.digitize, demo.city"
    done, tried = guarded(sys.executable, "-c", f"import {rooms}")
    assert done.returncode == 0, done.stderr
    assert tried == ""
