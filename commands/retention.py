"""`kho retention`: why documents are kept until then, and the word of people on it."""

from datetime import date, datetime
from typing import Annotated, Any

import typer

from commands import quiet
from commands.disposal import app as disposal

app = typer.Typer(
    help="Why documents are kept and until when; holds; disposal from proposal to certificate.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(disposal)
Key = Annotated[str, typer.Argument(help="A document_key or dossier_key, as the marts name it.")]
By = Annotated[str, typer.Option(help="Who decides.")]
Because = Annotated[str, typer.Option(help="Why.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day, YYYY-MM-DD.")]


@app.command()
def why(
    key: Key,
    *,
    most: Annotated[int, typer.Option(min=1, help="At most so many documents.")] = 50,
) -> None:
    """Tell why a document, or each one of a dossier, is kept and until when."""
    from commands.database import address
    from warehouse import retention
    from warehouse.database import engine

    with quiet.plain_errors():
        rows = retention.why(engine(address()), key, most=most)
    for row in rows:
        typer.echo(_line(row))


@app.command("list")
def list_documents(
    state: Annotated[
        str,
        typer.Argument(
            help="due, held, permanent, running, ended, trigger_unknown or term_unknown."
        ),
    ] = "due",
    *,
    agency: Annotated[str, typer.Option(help="Only documents of this agency.")] = "",
    most: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
) -> None:
    """List documents in a state, those whose term ended first before others."""
    from commands.database import address
    from warehouse import retention
    from warehouse.database import engine

    if state not in retention.STATES:
        raise typer.BadParameter(f"choose {', '.join(retention.STATES)}", param_hint="STATE")
    with quiet.plain_errors():
        rows = retention.listed(engine(address()), state, agency=agency, most=most)
    for row in rows:
        typer.echo(_line(row))
    more = ", more may follow (--most)" if len(rows) == most else ""
    typer.echo(f"{len(rows)} documents {state}{more}")


@app.command()
def hold(key: Key, *, by: By, because: Because, since: Day = None) -> None:
    """Hold a document or a dossier back from disposal, whatever its term says."""
    from commands.database import address
    from warehouse.database import engine
    from warehouse.holds import Word, hold

    with quiet.plain_errors():
        number = hold(engine(address()), key, Word(by, because), _day(since))
    typer.echo(f"hold {number}: {key} is kept until `./kho retention release {number}`")


@app.command()
def release(
    number: Annotated[int, typer.Argument(help="Number of the hold, as `hold` printed it.")],
    *,
    by: By,
    because: Because,
    on: Day = None,
) -> None:
    """Release one hold; others on the same document stand."""
    from commands.database import address
    from warehouse.database import engine
    from warehouse.holds import Word, release

    with quiet.plain_errors():
        entry = release(engine(address()), number, Word(by, because), _day(on))
    typer.echo(f"entry {entry}: hold {number} is released; the next build shows it")


@app.command()
def triggered(  # noqa: PLR0913 - a command has as many options as it needs
    key: Key,
    trigger: Annotated[
        str, typer.Argument(help="work_year_ended, no_longer_in_force or structure_ended.")
    ],
    *,
    by: By,
    because: Because,
    on: Day = None,
    not_yet: Annotated[
        bool, typer.Option("--not-yet", help="It has not happened, whatever was said before.")
    ] = False,
) -> None:
    """Say when what a term runs from happened: the work ended, a text left force, a structure."""
    from commands.database import address
    from warehouse.database import engine
    from warehouse.holds import Trigger, Word, triggered

    if trigger not in list(Trigger):
        raise typer.BadParameter(f"choose {', '.join(Trigger)}", param_hint="TRIGGER")
    if (on is None) != not_yet:
        raise typer.BadParameter("say on which day, or that it is --not-yet", param_hint="--on")
    with quiet.plain_errors():
        word = Word(by, because)
        entry = triggered(engine(address()), key, Trigger(trigger), _day(on), word)
    typer.echo(f"entry {entry}: the next build reckons with it")


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _line(row: dict[str, Any]) -> str:
    until = row["kept_until_date"] or "no day can be told"
    held = ""
    if row["is_held"]:
        held = (
            f"\n    held since {row['held_since_date']} by {row['held_by']}: {row['hold_reason']}"
        )
    return f"{row['document_key']}  until {until}\n    {row['grounds']}{held}"
