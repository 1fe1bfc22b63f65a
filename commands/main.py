"""The `kho` command line: one function a command, each handing over to a room."""

from pathlib import Path
from typing import Annotated

import typer

from commands import quiet
from commands.acceptance import app as acceptance

app = typer.Typer(
    name="kho",
    help="The shared administrative data warehouse of a Vietnamese city.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they show locals: document text and credentials
    rich_markup_mode=None,
)
app.add_typer(acceptance, name="acceptance")
quiet.no_telemetry()


@app.command()
def demo(
    *,
    down: Annotated[
        bool, typer.Option("--down", help="Stop the stack again when the demo is done.")
    ] = False,
) -> None:
    """Run the main job end to end on the sample city, then say what was made and where to look."""
    from commands.demo import run

    with quiet.plain_errors():
        run(stop_after=down)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def test(context: typer.Context) -> None:
    """Run every check of the project; arguments go to pytest (then only the tests run)."""
    from commands.checks import run

    raise typer.Exit(run(context.args))


@app.command()
def up() -> None:
    """Start the whole stack: database, sample registry, code location, daemon, Dagster UI."""
    from commands.stack import Stack

    with quiet.plain_errors():
        stack = Stack.of_this_home()
        stack.up(typer.echo)
        typer.echo(stack.summary())


@app.command()
def down() -> None:
    """Stop everything that `kho up` or `kho demo` started."""
    from commands.stack import Stack

    with quiet.plain_errors():
        Stack.of_this_home().down(typer.echo)


@app.command()
def status() -> None:
    """Say what runs, where, and whether it answers; exit code 3 when something does not."""
    from commands.stack import Stack

    with quiet.plain_errors():
        lines, all_answer = Stack.of_this_home().status()
    typer.echo("\n".join(lines))
    raise typer.Exit(0 if all_answer else 3)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def psql(
    context: typer.Context,
    *,
    agency: Annotated[
        str, typer.Option(help="Log in as the analyst of this agency (sample city only).")
    ] = "",
) -> None:
    """Open a SQL prompt on the warehouse; further arguments go to psql (-c 'select ...')."""
    from commands.database import psql as open_prompt

    with quiet.plain_errors():
        open_prompt(agency, context.args)


@app.command()
def logs(
    name: Annotated[str, typer.Argument(help="Which process; without it, their names.")] = "",
    *,
    lines: Annotated[int, typer.Option("--lines", "-n", help="How many lines from the end.")] = 40,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on as it is written.")] = False,
) -> None:
    """Show the log of one process of the stack."""
    from commands.logs import show

    with quiet.plain_errors():
        show(name, lines=lines, follow=follow)


@app.command()
def digitize(  # noqa: PLR0913 - a command has as many options as it needs
    files: Annotated[list[Path], typer.Argument(help="PDF, TIFF, JPEG or PNG files.")],
    *,
    out: Annotated[Path, typer.Option(help="Where the searchable PDF/A files go.")],
    json: Annotated[bool, typer.Option("--json", help="One JSON line a document.")] = False,
    reader: Annotated[
        str, typer.Option(help="'best', or 'fast' without the second reader.")
    ] = "best",
    workers: Annotated[int, typer.Option(min=1, help="Worker processes.")] = 2,
    sign_with: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="A PKCS#12 file to sign the copies with; its passphrase is asked for, or taken"
            " from KHO_SIGNING_PASSPHRASE.",
        ),
    ] = None,
) -> None:
    """Turn scans into searchable PDF/A with their first metadata; no database, no Dagster."""
    from commands.digitize import Wishes, run

    with quiet.plain_errors():
        run(files, out, Wishes(json, reader, workers, sign_with))


@app.command()
def setup() -> None:
    """Fetch again whatever is missing; every command does so by itself the first time."""
    from commands.setup import install_tools

    with quiet.plain_errors():
        install_tools()
