"""Where registers are delivered to: a folder of ours, and a server of somebody's."""

from pathlib import Path

import dagster as dg

from connectors.filedrop.folder import SETTLED_S, Arrival, arrivals
from connectors.filedrop.mirror import IsKnown, Mirrored, let_go, mirror, on_server
from connectors.filedrop.sftp import SftpAccess


class DropPlaces(dg.ConfigurableResource):
    """The drop folder, the SFTP server if there is one, and where that is mirrored."""

    folder: str
    mirror_folder: str
    host: str = ""
    port: int = 22
    user: str = ""
    remote_folder: str = "/"
    known_hosts: str = ""
    key: str = ""
    secret: str = ""

    @property
    def has_server(self) -> bool:
        """Say whether registers are fetched from a server as well."""
        return bool(self.host)

    def fetch(self, is_known: IsKnown) -> Mirrored:
        """Bring what is on the server and not known."""
        access = SftpAccess(
            host=self.host,
            user=self.user,
            known_hosts=Path(self.known_hosts),
            port=self.port,
            folder=self.remote_folder,
            key=Path(self.key) if self.key else None,
            secret=self.secret or None,
        )
        return mirror(access, Path(self.mirror_folder), is_known=is_known)

    def arrivals(self) -> list[Arrival]:
        """Return the whole files of both, oldest first; what was fetched is whole by its name.

        One name may lie in both places, or in capitals too: the newest counts. Otherwise each
        would be landed in place of the other at every look.
        """
        places = ((self.folder, SETTLED_S), (self.mirror_folder, 0.0))
        found = [one for place, wait_s in places for one in arrivals(Path(place), settled_s=wait_s)]
        found.sort(key=lambda one: one.modified_at)
        newest = {one.register_id: one for one in found}
        # What was taken from the server is not here any more, and counts all the same.
        there = on_server(Path(self.mirror_folder)) if self.has_server else {}
        return sorted(
            (
                one
                for one in newest.values()
                if one.modified_at >= there.get(one.register_id, one.modified_at)
            ),
            key=lambda one: one.modified_at,
        )

    def let_go(self, taken: Arrival) -> None:
        """Remove what was fetched of a file that was taken; in the folder it stays."""
        let_go(Path(self.mirror_folder), taken.path)
