"""The dbt project as Dagster sees it: its manifest, kept fresh, and one step per layer.

A layer is one step, because a blocking check cannot hold back models of its own step.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from orchestration.settings import PROJECT

FOLDER = PROJECT / "dbt_project"
TARGET = FOLDER / "target"
MANIFEST = TARGET / "manifest.json"
PROGRAM = Path(sys.executable).parent / "dbt"
TABLES = {"table", "by_document"}  # ways in which dbt makes a table of a model
_MADE_HERE = {"target", "logs", "dbt_packages"}


class ModelsBroken(Exception):
    """The dbt project does not parse; `dbt parse` says where."""


def fresh_manifest() -> Path:
    """Return the manifest of the models as they are now, parsing only if they have changed.

    A stale manifest would give a stale graph without a word; so content decides, not time.
    """
    wanted = _digest()
    if _stamp() != wanted:
        TARGET.mkdir(exist_ok=True)
        with (TARGET / ".lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            if _stamp() != wanted:  # nobody parsed it while we waited
                _parse()
                (TARGET / "manifest.sha256").write_text(wanted)
    return MANIFEST


def raw_tables_behind(relation: str, manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the tables that ``relation`` (``schema.table``) is made from and that must hold still.

    These are raw tables, however deep, by their bare names. A relation of staging that is itself a
    table (over a ledger, which grows at any moment) holds still by itself: ``staging.<name>``.
    """
    schema, _, name = relation.partition(".")
    nodes = manifest["nodes"]
    waiting = [
        key for key, node in nodes.items() if (node["schema"], node["alias"]) == (schema, name)
    ]
    if not waiting:
        raise ModelsBroken(f"a gate judges {relation}, which no dbt model makes")
    found: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key in manifest["sources"]:
            found.add(manifest["sources"][key]["identifier"])
        elif nodes[key]["schema"] == "staging" and nodes[key]["config"]["materialized"] in TABLES:
            found.add(f"staging.{nodes[key]['alias']}")
        else:
            waiting += nodes[key]["depends_on"].get("nodes", [])
    return tuple(sorted(found))


@contextmanager
def connected_to(url: str) -> Iterator[None]:
    """Let a dbt process started inside reach the database at ``url``; nobody after it can."""
    address = make_url(url)
    given = {
        "KHO_DBT_HOST": address.host or "127.0.0.1",
        "KHO_DBT_PORT": str(address.port or 5432),
        "KHO_DBT_USER": address.username or "",
        "KHO_DBT_PASSWORD": str(address.password or ""),
        "KHO_DBT_DBNAME": address.database or "",
        "DBT_LOG_LEVEL_FILE": "none",  # a database error may quote a row
        # A test that joins two layers runs with the later one, not as soon as one is built.
        "DBT_INDIRECT_SELECTION": "buildable",
    }
    os.environ.update(given)
    try:
        yield
    finally:
        for name in given:
            os.environ.pop(name, None)


def _stamp() -> str:
    stamp = TARGET / "manifest.sha256"
    return stamp.read_text() if stamp.exists() and MANIFEST.exists() else ""


def _digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        inside = path.relative_to(FOLDER)
        if path.is_file() and inside.parts[0] not in _MADE_HERE:
            digest.update(f"{inside}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _parse() -> None:
    """Parse into a folder of its own; the manifest is moved into place whole."""
    scratch = TARGET / "parsing"
    places = ["--project-dir", FOLDER, "--profiles-dir", FOLDER]
    made = ["--target-path", scratch, "--log-path", scratch]
    done = subprocess.run(
        [str(part) for part in (PROGRAM, "--quiet", "parse", *places, *made)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
    )
    if done.returncode:
        raise ModelsBroken(f"the dbt project does not parse:\n{done.stdout}{done.stderr}")
    json.loads((scratch / "manifest.json").read_bytes())
    # What was parsed serves later calls of dbt too; it is theirs to refuse if it does not fit.
    (scratch / "partial_parse.msgpack").replace(TARGET / "partial_parse.msgpack")
    (scratch / "manifest.json").replace(MANIFEST)
    shutil.rmtree(scratch, ignore_errors=True)
