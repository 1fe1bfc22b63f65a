"""How the parts of the Dagster stack are started: their home, environment and command lines.

Who starts and ends them is `commands`; nothing here imports Dagster. Start each of them as the
leader of a session of its own: under a shell's ``&`` SIGINT is ignored, Dagster copies that
handling onto SIGTERM, and the old code server lives on, sharing the port of the new one.
"""

import shutil
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from orchestration.settings import PROJECT, Settings

LOOPBACK = "127.0.0.1"
LOCATION = "kho"


def prepare_home(settings: Settings, code_server_port: int) -> None:
    """Write DAGSTER_HOME: the instance's settings and where the code server is found."""
    settings.dagster_home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PROJECT / "deploy" / "dagster.yaml", settings.dagster_home / "dagster.yaml")
    server = f"{{host: {LOOPBACK}, port: {code_server_port}, location_name: {LOCATION}}}"
    _workspace(settings).write_text(f"load_from:\n  - grpc_server: {server}\n", encoding="utf-8")


def environment(settings: Settings, instance_url: str) -> dict[str, str]:
    """Return what every part of the stack needs to find its home and Dagster's own database."""
    database = urlsplit(instance_url)
    return {
        "DAGSTER_HOME": str(settings.dagster_home),
        "DAGSTER_PG_HOST": database.hostname or LOOPBACK,
        "DAGSTER_PG_PORT": str(database.port or 5432),
        "DAGSTER_PG_DB": database.path.removeprefix("/"),
        "DAGSTER_PG_USERNAME": unquote(database.username or ""),
        "DAGSTER_PG_PASSWORD": unquote(database.password or ""),
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "DO_NOT_TRACK": "1",
    }


def code_server(port: int) -> list[str]:
    """Return the command of the process that loads our definitions and starts runs."""
    target = ["-m", "orchestration.definitions", "-d", str(PROJECT), "--location-name", LOCATION]
    place = ["-h", LOOPBACK, "-p", str(port), "--inject-env-vars-from-instance"]
    return [_program("dagster"), "code-server", "start", *target, *place]


def webserver(settings: Settings, port: int, *, read_only: bool = False) -> list[str]:
    """Return the command of the web interface and its GraphQL."""
    place = ["-w", str(_workspace(settings)), "-h", LOOPBACK, "-p", str(port)]
    limits = ["--db-pool-max-overflow", "5", *(["--read-only"] if read_only else [])]
    return [_program("dagster-webserver"), *place, *limits]


def daemon(settings: Settings) -> list[str]:
    """Return the command of the process that starts queued runs and asks the sensors."""
    return [_program("dagster-daemon"), "run", "-w", str(_workspace(settings))]


def _workspace(settings: Settings) -> Path:
    return settings.dagster_home / "workspace.yaml"


def _program(name: str) -> str:
    return str(Path(sys.executable).parent / name)
