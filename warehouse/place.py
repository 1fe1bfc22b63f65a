"""Where an embedded cluster and its programs lie, and as whom they run."""

import hashlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from warehouse.errors import ClusterUnusable
from warehouse.programs import (
    BARE_ENVIRONMENT,
    UNPRIVILEGED,
    can,
    can_serve,
    copied,
    identity,
    installed,
)

SEATS = Path("/var/lib/kho")


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one server, the programs that serve it, and the user they run as."""

    folder: Path
    programs: Path
    uid: int

    @property
    def data(self) -> Path:
        """The data directory proper."""
        return self.folder / "data"

    @property
    def password_file(self) -> Path:
        """The superuser's password, readable by the owner of the home alone."""
        return self.folder / "password"

    @property
    def port_file(self) -> Path:
        """The port this server was given, so that a restart keeps it."""
        return self.folder / "port"

    @property
    def log(self) -> Path:
        """What the server says about itself."""
        return self.folder / "server.log"

    def run(self, program: str, *arguments: str, output: IO[bytes]) -> int:
        """Run one of PostgreSQL's programs as this place's user and return its exit status."""
        finished = subprocess.run(
            [str(self.programs / "bin" / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(BARE_ENVIRONMENT),
            cwd=self.folder,
            umask=0o077,
            check=False,
            **identity(self.uid),
        )
        return finished.returncode


def programs() -> Path:
    """Return where PostgreSQL's own programs lie (``bin/psql`` among them)."""
    return installed()


def settle(home: Path, seats: Path = SEATS) -> Place:
    """Find the place of ``home``'s server, making its folder if it is not there yet.

    PostgreSQL refuses to run as root, so root runs it as an unprivileged user. What that user
    cannot reach (a home or a virtual environment under a private folder) is kept in a seat of its
    own instead: permissions of folders that are not ours are never changed.
    """
    folder = home.resolve() / "postgres"
    note = folder / "location"
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    found = programs()
    if os.geteuid() != 0:
        if note.exists():
            raise ClusterUnusable(_made_by_another(folder))
        return _owned(Place(folder, found, os.geteuid()))
    folder.chmod(0o711)
    seat = seats / hashlib.sha256(bytes(home.resolve())).hexdigest()[:16]
    if note.exists():
        folder = Path(note.read_text().strip())
    elif not can("-x", folder):
        if (folder / "data").exists():
            raise ClusterUnusable(
                f"{folder} is no longer reachable for the unprivileged user who owns the cluster: "
                "make its parent folders searchable again, or move its home."
            )
        folder = _own_folder(seat)
        note.write_text(f"{folder}\n")
    if not can_serve(found):
        found = copied(found, _own_folder(seat))
    return _owned(Place(folder, found, UNPRIVILEGED))


def _own_folder(seat: Path) -> Path:
    """Make ``seat``, passable for the unprivileged user whatever the umask is."""
    for folder in (seat.parent, seat):
        if not folder.is_dir():
            folder.mkdir(parents=True)
            folder.chmod(0o711)
    return seat


def _owned(place: Place) -> Place:
    if place.data.exists() and place.data.stat().st_uid != place.uid:
        raise ClusterUnusable(_made_by_another(place.folder))
    return place


def _made_by_another(folder: Path) -> str:
    return (
        f"the cluster in {folder} was made by another user: start it as that user, "
        "or choose another KHO_HOME."
    )
