"""`kho test`: every check of the project in CI's order; the one list that `make check` runs too."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import typer

from commands.processes import program
from orchestration.settings import PROJECT, settings

CHECKS: dict[str, list[str]] = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "imports": ["lint-imports", "--no-cache"],
    "dependencies": ["deptry", "."],
    "models": ["dbt", "parse", "--project-dir", "dbt_project", "--profiles-dir", "dbt_project"],
    "sql": ["sqlfluff", "lint", "dbt_project", "--disable-progress-bar"],
    "definitions": ["dg", "check", "defs"],
    # Two at a time, a file whole: each process starts a server of its own.
    "tests": ["pytest", "-n", "2", "--dist", "loadfile"],
}


def run(arguments: Sequence[str]) -> int:
    """Run all checks, or with ``arguments`` pytest alone; return the first failure's exit code.

    A failed check does not hide the next one: all are run, then the failed ones are named.
    """
    if arguments:
        return _run([program("pytest"), *arguments])
    failed = {}
    for name, command in CHECKS.items():
        started = time.monotonic()
        typer.echo(f"--- {name}: {' '.join(command)}")
        code = _run([program(command[0]), *command[1:]])
        verdict = "ok" if code == 0 else f"FAILED ({code})"
        typer.echo(f"--- {name}: {verdict}, {time.monotonic() - started:.0f} s")
        if code:
            failed[name] = code
    if failed:
        typer.echo(f"kho test: failed: {', '.join(failed)}", err=True)
    return next(iter(failed.values()), 0)


def _run(command: Sequence[str]) -> int:
    sys.stdout.flush()
    # The developer's own settings must not steer the tests.
    env = {name: value for name, value in os.environ.items() if not _steers(name)}
    if Path(command[0]).name == "dg":
        env["DAGSTER_HOME"] = str(_silent_dagster_home())
    return subprocess.run(command, cwd=PROJECT, env=env, check=False).returncode


def _silent_dagster_home() -> Path:
    """Return an instance that collects nothing: without one, `dg` notes its use in the home."""
    folder = settings().home / "checks"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dagster.yaml").write_text("telemetry: {enabled: false}\nnux: {enabled: false}\n")
    return folder


def _steers(name: str) -> bool:
    kept = ("KHO_TEST_URL", "KHO_CORPUS", "KHO_HOME")
    return (name.startswith("KHO_") and name not in kept) or name.startswith("DAGSTER_HOME")
