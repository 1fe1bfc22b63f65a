"""`kho logs`: the log files of the stack."""

import time
from collections import deque

import typer

from orchestration.settings import settings


def show(name: str, *, lines: int, follow: bool) -> None:
    """Print the last ``lines`` of the log ``name``; without a name, which logs there are."""
    folder = settings().home / "logs"
    known = sorted(path.stem for path in folder.glob("*.log"))
    if name not in known:
        typer.echo("logs: " + (", ".join(known) or "none yet; start the stack with ./kho up"))
        raise typer.Exit(0 if not name else 1)
    with (folder / f"{name}.log").open(errors="replace") as log:
        typer.echo("".join(deque(log, maxlen=lines)), nl=False)
        while follow:
            piece = log.read()
            typer.echo(piece, nl=False) if piece else time.sleep(0.3)
