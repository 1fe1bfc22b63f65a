"""`kho retention`, its second half: lists for disposal, from the proposal to the certificate."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from commands import quiet
from commands.processes import ProcessStopped

if TYPE_CHECKING:
    from warehouse.disposal_files import File
    from warehouse.store import Store

app = typer.Typer(rich_markup_mode=None)
Code = Annotated[str, typer.Argument(help="The list, as `propose` names it.")]
By = Annotated[str, typer.Option(help="Who does it, or signs.")]
Because = Annotated[str, typer.Option(help="Why, where or how.")]
Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Day, YYYY-MM-DD.")]
Out = Annotated[Path, typer.Option(dir_okay=False, help="File to write; none may be there.")]


@app.command()
def propose(
    *,
    agency: Annotated[str, typer.Option(help="Whose documents.")],
    by: By,
    because: Because,
    dossier: Annotated[str, typer.Option(help="Only this dossier.")] = "",
) -> None:
    """Freeze what is due of an agency as a list for its council; nothing is destroyed."""
    from commands.database import address
    from warehouse.database import engine
    from warehouse.disposal import propose
    from warehouse.holds import Word

    with quiet.plain_errors():
        code, count = propose(engine(address()), agency, Word(by, because), dossier=dossier)
    typer.echo(f"{code}: {count} documents proposed; marts.fct_disposal_item after the next build")


@app.command()
def decide(  # noqa: PLR0913 - a decision says as much
    code: Code,
    *,
    number: Annotated[str, typer.Option(help="Number and symbol of the written decision.")],
    on: Day,
    council: Annotated[str, typer.Option(help="Which council.")],
    by: By,
    because: Because,
    keep: Annotated[
        list[str] | None,
        typer.Option(help="A document_key that is kept; several times if need be."),
    ] = None,
) -> None:
    """Write down what the council decided: all is approved but what it keeps."""
    from commands.database import address
    from warehouse.database import engine
    from warehouse.disposal import Ruling, decide
    from warehouse.holds import Word

    with quiet.plain_errors():
        ruling = Ruling(number, on.date(), council, Word(by, because))
        standing = decide(engine(address()), code, ruling, keep or ())
    kept = len(standing.documents) - len(standing.approved)
    typer.echo(f"{code}: {len(standing.approved)} approved, {kept} kept, by {number}")


@app.command()
def withdraw(code: Code, *, by: By, because: Because) -> None:
    """End a list that was not carried out; what is due may be proposed anew."""
    from commands.database import address
    from warehouse.database import engine
    from warehouse.disposal_execution import withdraw
    from warehouse.holds import Word

    with quiet.plain_errors():
        withdraw(engine(address()), code, Word(by, because))
    typer.echo(f"{code} is withdrawn")


@app.command()
def execute(code: Code, *, on: Day, by: By, because: Because, files: Out) -> None:
    """Carry out what was approved: its text is shown no more; write what a person must destroy."""
    from commands.database import address
    from orchestration.settings import settings
    from warehouse.database import engine
    from warehouse.disposal_execution import execute
    from warehouse.holds import Word
    from warehouse.store import Store

    with quiet.plain_errors(), _new_file(files) as target:
        done = execute(engine(address()), code, Word(by, because), on.date())
        _write(target, done.files, Store(settings().store))
    typer.echo(
        f"{code}: {done.documents} documents carried out. Destroy the {len(done.files)} files that"
        f" {files} names, and their backups; then ./kho retention verify {code}"
    )


@app.command()
def verify(code: Code, *, by: By, because: Because) -> None:
    """Look whether the files that were to be destroyed are gone from the store."""
    from commands.database import address
    from orchestration.settings import settings
    from warehouse.database import engine
    from warehouse.disposal_proof import verify
    from warehouse.holds import Word
    from warehouse.store import Store

    with quiet.plain_errors():
        count = verify(engine(address()), Store(settings().store), code, Word(by, because))
    typer.echo(f"{code}: all {count} files are gone; ./kho retention certificate {code}")


@app.command()
def certificate(  # noqa: PLR0913 - what a certificate says
    code: Code,
    *,
    number: Annotated[str, typer.Option(help="Number of the certificate.")],
    on: Day,
    by: By,
    because: Because,
    out: Out,
) -> None:
    """Write the certificate of a list whose files are gone, and note its number."""
    from commands.database import address
    from warehouse.database import engine
    from warehouse.disposal_certificate import paper
    from warehouse.disposal_proof import certify
    from warehouse.holds import Word

    with quiet.plain_errors(), _new_file(out) as target:
        certify(engine(address()), code, number, Word(by, because), on.date())
        target.write(paper(engine(address()), code))
    typer.echo(f"{code}: certificate {number} -> {out}")


@app.command()
def again(
    code: Code,
    *,
    files: Annotated[Path | None, typer.Option(help="Write what must be destroyed here.")] = None,
    certificate: Annotated[Path | None, typer.Option(help="Write the certificate here.")] = None,
) -> None:
    """Write papers of a list once more, from the ledgers: what to destroy, or its certificate."""
    from commands.database import opened
    from orchestration.settings import settings
    from warehouse.disposal_certificate import paper
    from warehouse.disposal_proof import told
    from warehouse.store import Store

    if not (files or certificate):
        raise typer.BadParameter("say which paper: --files, --certificate, or both")
    with quiet.plain_errors(), opened() as engine:
        if files:
            with _new_file(files) as target:
                _write(target, told(engine, code), Store(settings().store))
        if certificate:
            with _new_file(certificate) as target:
                target.write(paper(engine, code))


def _write(target: IO[str], files: Iterable["File"], store: "Store") -> None:
    """Write a line for each file that a person must destroy: digest, role, place in the store."""
    writer = csv.writer(target)
    writer.writerow(["file_sha256", "file_role", "place"])
    writer.writerows([one.sha256, one.role, store.place(one.sha256)] for one in files)


@contextmanager
def _new_file(path: Path) -> Iterator[IO[str]]:
    """Give a file nobody has written yet; it goes again if what it was for is refused."""
    try:
        target = path.open("x", encoding="utf-8", newline="")
    except OSError as error:
        raise ProcessStopped(f"{path} cannot be written ({type(error).__name__})") from None
    try:
        with target:
            yield target
    except Exception:
        path.unlink(missing_ok=True)
        raise
