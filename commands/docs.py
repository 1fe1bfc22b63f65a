"""`kho docs`: every table, column, rule and their lineage as one page that opens offline."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import typer

from commands.database import address
from commands.processes import ProcessStopped
from orchestration import dbt
from orchestration.settings import settings

PAGE = "models.html"


def run(target: Path | None) -> None:
    """Write the page; what it says of types and sizes is asked of the database."""
    page = target or settings().reports / PAGE
    page.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kho-docs-") as folder, dbt.connected_to(address()):
        places = ["--project-dir", str(dbt.FOLDER), "--profiles-dir", str(dbt.FOLDER)]
        made = ["--target-path", folder, "--log-path", folder]
        done = subprocess.run(
            [str(dbt.PROGRAM), "--quiet", "docs", "generate", "--static", *places, *made],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
        )
        made_page = Path(folder) / "static_index.html"
        if done.returncode or not made_page.exists():
            said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
            raise ProcessStopped(f"dbt could not write the page. It said:\n{said}")
        shutil.copyfile(made_page, page)
    typer.echo(f"{page}: open it in a browser, it needs no server and no network")
