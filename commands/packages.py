"""`kho export` and `kho import`: a dossier leaves on a written request, or comes in."""

import getpass
import tomllib
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
import typer

from commands.processes import ProcessStopped
from orchestration.settings import PROJECT, settings
from warehouse import database
from warehouse.embedded import EmbeddedServer
from warehouse.packages.exporting import Exporter
from warehouse.packages.importing import Importer
from warehouse.packages.request import Request
from warehouse.store import Store


def run(request: Request, out: Path, role: str) -> None:
    """Export what ``request`` asks for, as far as ``role`` (or the owner) may see it."""
    owner = database.engine(_address())
    reader = _reader(role) if role else owner
    exporter = Exporter(owner, reader, Store(settings().store), _version())
    exporter.cadence = timedelta(days=settings().fixity_days)
    done = exporter.export(request, out.absolute())
    megabytes = done.size_bytes / 1e6
    typer.echo(f"{done.documents} documents, {done.files} files, {megabytes:.1f} MB -> {done.path}")
    typer.echo(f"to be destroyed by {done.expires_at:%Y-%m-%d}; the ledger of exports knows of it")


def _reader(role: str) -> sa.Engine:
    reader = database.engine(_address_of(role))
    try:
        reader.connect().close()
    except sa.exc.OperationalError:
        raise ProcessStopped(f"{role} cannot log in: does the role exist?") from None
    return reader


def take_in(package: Path) -> None:
    """Take in a package and say what was new in it."""
    importer = Importer(database.engine(_address()), Store(settings().store), _version())
    importer.cadence = timedelta(days=settings().fixity_days)
    done = importer.take_in(package, settings().home)
    if not (done.files or done.rows or done.words):
        typer.echo(f"{done.package_id}: {done.documents} documents, all here already")
        return
    typer.echo(
        f"{done.package_id}: {done.documents} documents, {done.files} files, {done.rows} rows,"
        f" {done.words} words of people new; run the job build_warehouse to see them in the marts"
    )


def _address() -> str:
    chosen = settings()
    if chosen.database_url:
        return chosen.database_url
    server = EmbeddedServer(chosen.home, chosen.postgres_port)
    if not server.is_running():
        raise ProcessStopped("the database is not running; start it with ./kho up")
    return server.url()


def _address_of(role: str) -> str:
    """Return the address for a login role; on a server of your own it brings its password."""
    chosen = settings()
    if chosen.is_embedded:
        return EmbeddedServer(chosen.home, chosen.postgres_port).url(user=role)
    password = getpass.getpass(f"Password of {role}: ")
    given = sa.make_url(_address()).set(username=role, password=password)
    return given.render_as_string(hide_password=False)


def _version() -> str:
    return str(tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"])
