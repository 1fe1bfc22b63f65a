"""What `kho desk` does: serve the review desk on loopback, and make reviewers' logins."""

import socket
from collections.abc import Sequence

import typer
import uvicorn

from commands import ports
from commands.database import address
from commands.processes import ProcessStopped
from ocr_assets.review.app import desk
from ocr_assets.review.pictures import Pictures
from ocr_assets.review.room import Room
from ocr_assets.review.sessions import Sessions
from ocr_assets.toolbox import Toolbox
from orchestration.settings import settings
from warehouse.database import engine
from warehouse.roles import ensure_reviewer
from warehouse.store import Store

LOOPBACK = "127.0.0.1"
SHORTEST = 12  # characters of a password


def serve(port: int) -> None:
    """Serve the desk until it is told to stop; only programs on this machine reach it."""
    chosen = settings()
    shares = (chosen.keying_share, chosen.audit_share)
    room = Room(Sessions(address()), Pictures(Store(chosen.store)), *shares)
    application = desk(room, Toolbox(chosen.tools).npm)
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        wanted = port or chosen.desk_port
        try:
            listener.bind((LOOPBACK, wanted or ports.free()))
        except OSError:
            raise ProcessStopped(f"port {wanted} is taken: choose another with --port") from None
        place = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
        typer.echo(f"Bàn rà soát / review desk: {place}  (Ctrl-C ends it)")
        config = uvicorn.Config(application, log_level="warning", access_log=False)
        uvicorn.Server(config).run(sockets=[listener])


def admit(person: str, agencies: Sequence[str], password: str) -> None:
    """Make a reviewer's login, or change it."""
    if len(password) < SHORTEST:
        raise ProcessStopped(f"a reviewer's password has {SHORTEST} characters at least")
    name = ensure_reviewer(engine(address()), person, agencies, password)
    typer.echo(f"{name} may review documents of {', '.join(agencies)}; ./kho desk opens the desk")
