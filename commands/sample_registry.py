"""The sample registry as a process of the stack; stands in where no real address is set."""

import csv
import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

from commands import ports
from commands.processes import Records
from demo.city import communes
from demo.registry.app import HEALTH, TOKEN
from orchestration.settings import PROJECT, Settings

NAME = "registry"
ACCESS_KEY = "kho-sample"


@dataclass(frozen=True, slots=True)
class SampleAddress:
    """Where the sample registry answers, and what the code location must know to ask it."""

    url: str
    environment: dict[str, str]


def start(chosen: Settings, records: Records) -> SampleAddress:
    """Start the sample registry unless it runs, and return when it answers."""
    secret_file = _secret_file(chosen, "registry.secret")
    running = records.find(NAME)
    if running is None:
        port = ports.free(chosen.registry_port or _last_port(chosen))
        command = [sys.executable, "-m", "demo.registry", "--port", str(port)]
        command += ["--access-key", ACCESS_KEY, "--secret-file", str(secret_file)]
        command += ["--communes", str(_communes_file(chosen)), "--days", "28"]
        command += ["--city", str(chosen.home / "sample")]
        command += ["--busy", "0.05", "--down", "0.03"]  # as a real one: retries are exercised
        running = records.start(
            NAME, command, dict(os.environ) | {"PYTHONPATH": str(PROJECT)}, port
        )
        (chosen.home / "run" / "registry.port").write_text(str(port))
    url = f"http://127.0.0.1:{running.port}"
    records.wait_until(running, lambda: ports.answers(url + HEALTH))
    return SampleAddress(
        url,
        {
            "KHO_BUSINESS_URL": url,
            "KHO_BUSINESS_TOKEN_URL": url + TOKEN,
            "KHO_LAND_URL": url,
            "KHO_CIVIL_SERVANTS_URL": url,
            "KHO_POPULATION_URL": url,
            "KHO_EXCHANGE_URL": url,
            "KHO_PERSON_KEY": _secret_file(chosen, "person.key").read_text(),
            "KHO_BUSINESS_ACCESS_KEY": ACCESS_KEY,
            "KHO_BUSINESS_SECRET_KEY": secret_file.read_text(),
        },
    )


def _secret_file(chosen: Settings, name: str) -> Path:
    """Return a file with a secret of the sample's, made once for this home."""
    file = chosen.home / "run" / name
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(32))
    return file


def _last_port(chosen: Settings) -> int:
    """Return the port it had: the code location that asks it may have started before it."""
    file = chosen.home / "run" / "registry.port"
    return int(file.read_text()) if file.exists() else 0


def _communes_file(chosen: Settings) -> Path:
    """Write the sample city's communes where the registry reads them: it lives in their world."""
    file = chosen.home / "run" / "communes.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["commune_code", "commune_name", "is_current"])
        rows.writerows(
            [unit.code, unit.name, "no" if unit.valid_to else "yes"] for unit in communes()
        )
    return file
