"""Making a cluster on disk, choosing its port, launching its server."""

import os
import random
import secrets
import shlex
import shutil
import socket
from pathlib import Path
from typing import IO

from warehouse import postmaster
from warehouse.errors import ClusterUnusable, PortTaken, ServerNotReady
from warehouse.place import Place
from warehouse.tuning import INITDB, SERVER

SUPERUSER = "postgres"
LOOPBACK = "127.0.0.1"
# Below the range from which the kernel hands out ports to outgoing connections.
PORTS = range(20_000, 30_000)
MAJOR = "18"
LARGEST_LOG = 5_000_000


def create(place: Place) -> None:
    """Make the cluster of ``place``, whole or not at all; one that is there is only looked at."""
    if place.data.exists():
        _refuse_unusable(place)
        return
    if not place.password_file.exists():
        write_privately(place.password_file, secrets.token_urlsafe(32))
    half, handed = place.folder / "data.new", place.folder / "password.new"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    try:
        write_privately(handed, place.password_file.read_text())
        for path in (half, handed):
            os.chown(path, place.uid, -1)
        options = [*INITDB, f"--username={SUPERUSER}", f"--pwfile={handed}"]
        with _log(place) as log:
            status = place.run("initdb", "-D", str(half), *options, output=log)
    finally:
        handed.unlink(missing_ok=True)
    if status:
        raise ClusterUnusable(f"initdb ended with status {status}: {place.log} says why.")
    half.rename(place.data)


def launch(place: Place, port: int, seconds: float) -> None:
    """Start the server of ``place`` as a process of its own that outlives us."""
    if set(str(place.data)) & set("\"'$`\\"):
        raise ClusterUnusable(f"{place.data} has quotes in its name: choose another KHO_HOME.")
    settings = {**SERVER, "listen_addresses": LOOPBACK, "port": str(port)}
    options = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in settings.items())
    how = ["-w", "-t", str(int(seconds)), "-o", options]
    with _log(place) as log:
        status = place.run("pg_ctl", "start", "-D", str(place.data), *how, output=log)
    if status and postmaster.serving(place.data) is None:
        raise ServerNotReady(f"PostgreSQL did not start: {place.log} says why; then start again.")


def choose_port(place: Place, wanted: int) -> int:
    """Return ``wanted`` if it is free; for 0 the port kept from last time, or any free one."""
    if wanted:
        if not _is_free(wanted):
            raise PortTaken(f"port {wanted} on {LOOPBACK} is taken: name another one, or 0.")
        return wanted
    for port in (kept_port(place), *random.sample(PORTS, 50)):
        if port and _is_free(port):
            return port
    raise PortTaken(f"no free port was found on {LOOPBACK}: name one.")


def kept_port(place: Place) -> int:
    """Return the port this server had last time, 0 if it never had one."""
    try:
        return int(place.port_file.read_text())
    except FileNotFoundError:
        return 0


def write_privately(path: Path, text: str) -> None:
    """Replace ``path`` by ``text``, at once, readable by its owner alone."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def _refuse_unusable(place: Place) -> None:
    if not place.password_file.exists():
        raise ClusterUnusable(
            f"{place.password_file} is gone: put it back; without it the cluster stays shut."
        )
    made_by = (place.data / "PG_VERSION").read_text().strip()
    if made_by != MAJOR:
        raise ClusterUnusable(
            f"the cluster in {place.data} is of PostgreSQL {made_by}, the programs are of {MAJOR}: "
            "dump it with the old programs, move it away, start and restore."
        )


def _log(place: Place) -> IO[bytes]:
    if place.log.exists() and place.log.stat().st_size > LARGEST_LOG:
        place.log.replace(place.log.with_suffix(".log.1"))
    return os.fdopen(os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True
