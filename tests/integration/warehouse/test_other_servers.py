"""A PostgreSQL somebody else installed does as well as the embedded one."""

import os
import secrets
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.servers import GivenServer, fresh_database
from warehouse.database import engine, prepare
from warehouse.loading import Warehouse
from warehouse.programs import BARE_ENVIRONMENT, UNPRIVILEGED, identity
from warehouse.roles import ensure_analyst

INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


@pytest.fixture(params=INSTALLED or [None], ids=lambda found: found and found.parts[-3])
def installed_server(request) -> Iterator[GivenServer]:
    """A server of a PostgreSQL the system brought along."""
    if request.param is None:
        pytest.skip("no PostgreSQL is installed on this system")
    programs, uid = request.param.parent, UNPRIVILEGED if os.geteuid() == 0 else os.geteuid()
    with tempfile.TemporaryDirectory(prefix="kho-test-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        secret = Path(folder) / "secret"
        secret.write_text(secrets.token_hex(16))
        for path in (Path(folder), secret):
            os.chown(path, uid, -1)

        def run(program: str, *arguments: str) -> None:
            command = [str(programs / program), "-D", f"{folder}/data", *arguments]
            environment = dict(BARE_ENVIRONMENT)
            subprocess.run(
                command,
                check=True,
                stdout=subprocess.DEVNULL,
                env=environment,
                cwd="/",
                **identity(uid),
            )

        run("initdb", "-U", "admin", "-A", "scram-sha-256", "--pwfile", str(secret), "-EUTF8")
        options = f"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        run("pg_ctl", "start", "-w", "-l", f"{folder}/log", "-o", options)
        try:
            login = f"admin:{secret.read_text()}"
            yield GivenServer(f"postgresql+psycopg://{login}@127.0.0.1:{port}/postgres")
        finally:
            run("pg_ctl", "stop", "-w", "-m", "fast")


def test_an_installed_server_is_prepared_lands_and_admits_analysts(installed_server):
    with fresh_database(installed_server, migrated=True) as name:
        url = installed_server.url(name)
        assert Warehouse(url).land("catalog__agencies", [{}], batch_id="b1").rows == 1
        assert ensure_analyst(engine(url), "H26", "secret") == "analyst_h26"
        missing = prepare(url).missing
        assert all("extension" in lack for lack in missing)
