"""The `kho` command line: one function a command, each handing over to a room."""

from pathlib import Path
from typing import Annotated

import typer

from commands import quiet
from commands.acceptance import app as acceptance
from commands.desk import app as desk
from commands.handover import app as handover
from commands.link import app as link
from commands.quarantine import app as quarantine
from commands.retention import app as retention
from commands.suggestions import app as suggestions

app = typer.Typer(
    name="kho",
    help="The shared administrative data warehouse of a Vietnamese city.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they show locals: document text and credentials
    rich_markup_mode=None,
)
app.add_typer(acceptance, name="acceptance")
app.add_typer(desk, name="desk")
app.add_typer(quarantine, name="quarantine")
app.add_typer(suggestions, name="suggestions")
app.add_typer(link, name="link")
app.add_typer(retention, name="retention")
app.add_typer(handover, name="handover")
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
    """Turn scans into searchable PDF/A with their first metadata; no database, no Dagster.

    Every file gets a line that says what became of it. The exit code is 0 once all of them have
    theirs, bad files included: a script looks at "outcome" and "reason" (--json).
    """
    from commands.digitize import Wishes, run

    with quiet.plain_errors():
        run(files, out, Wishes(json, reader, workers, sign_with))


@app.command()
def export(  # noqa: PLR0913 - the options of a command line
    *,
    dossier: Annotated[str, typer.Option(help="Code of the dossier.")],
    agency: Annotated[str, typer.Option(help="Code of its agency.")],
    out: Annotated[Path, typer.Option(help="A .zip, or a folder that is made.")],
    purpose: Annotated[str, typer.Option(help="What the copy is for.")],
    requester: Annotated[str, typer.Option(help="Who asked: an office, a request number.")],
    package: Annotated[
        str, typer.Option("--as", help="'aip' (E-ARK), or 'bag': the same in BagIt.")
    ] = "aip",
    days: Annotated[int, typer.Option(min=1, help="How long the copy may be kept.")] = 30,
    role: Annotated[str, typer.Option(help="Only what this login may see (analyst_h26_18).")] = "",
    with_refused: Annotated[
        bool, typer.Option("--with-refused", help="List refused documents in it.")
    ] = False,
) -> None:
    """Write a dossier with its history as a package; every file is proved on its way out."""
    if package not in ("aip", "bag"):
        raise typer.BadParameter("choose 'aip' or 'bag'", param_hint="--as")
    with quiet.plain_errors():
        from commands.packages import run
        from warehouse.packages.request import Request

        wanted = Request(agency, dossier, purpose, requester, package, days, with_refused)
        run(wanted, out, role)


@app.command("import")
def import_(
    package: Annotated[Path, typer.Argument(exists=True, help="A package: a folder or a ZIP.")],
) -> None:
    """Take in a package that `kho export` wrote; twice is once, a changed one is refused."""
    with quiet.plain_errors():
        from commands.packages import take_in

        take_in(package)


duplicates = typer.Typer(help="Look at documents that may be twice the same, and decide.")
app.add_typer(duplicates, name="duplicates")


@duplicates.command("list")
def list_duplicates(
    *,
    agency: Annotated[str, typer.Option(help="Only pairs of this agency.")] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Decided pairs and filled-in forms too.")
    ] = False,
    most: Annotated[int, typer.Option(min=1, help="At most so many pairs.")] = 50,
) -> None:
    """List the pairs of documents that wait for a person's word, with the evidence."""
    from commands.duplicates import show

    with quiet.plain_errors():
        show(agency=agency, everything=everything, most=most)


@duplicates.command("decide")
def decide_duplicate(
    pair: Annotated[str, typer.Argument(help="The pair's name, as `list` prints it.")],
    decision: Annotated[str, typer.Argument(help="same, different or unsure.")],
    *,
    by: Annotated[str, typer.Option(help="Who decides.")],
    because: Annotated[str, typer.Option(help="Why.")],
) -> None:
    """Write down what a person decided about a pair; nothing is merged or deleted."""
    from commands.duplicates import Decision, settle

    if decision not in list(Decision):
        raise typer.BadParameter("choose same, different or unsure", param_hint="DECISION")
    with quiet.plain_errors():
        settle(pair, Decision(decision), by=by, because=because)


@app.command()
def docs(
    *,
    to: Annotated[
        Path | None, typer.Option(help="File to write; models.html among the reports if none.")
    ] = None,
) -> None:
    """Write what every table and column means, and where it comes from, as one offline page."""
    from commands.docs import run

    with quiet.plain_errors():
        run(to)


@app.command()
def search(  # noqa: PLR0913 - what a person may say
    query: Annotated[str, typer.Argument(help='Words, a number (155/KH-UBND), a date, "phrases".')],
    *,
    agency: Annotated[str, typer.Option(help="Search as the analyst of this agency.")] = "",
    where: Annotated[
        list[str] | None,
        typer.Option(help="NAME=VALUE: agency_code, issuer_name, type_code, issued_from, ..."),
    ] = None,
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many to show.")] = 10,
    by_words: Annotated[bool, typer.Option("--words", help="By words alone, not meaning.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find documents by number, words and meaning; who asks sees the own agencies' alone."""
    from commands.search import run

    with quiet.plain_errors():
        run(
            query, agency=agency, filters=where or (), most=most, by_words=by_words, as_json=as_json
        )


@app.command()
def learn(
    *,
    trial: Annotated[bool, typer.Option("--trial", help="Show it and write nothing.")] = False,
) -> None:
    """Learn from people's words at the desk from which confidence values need no look."""
    with quiet.plain_errors():
        from commands.learn import run

        run(is_trial=trial)


@app.command()
def separators(
    *,
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    count: Annotated[int, typer.Option(min=1, max=1000, help="How many sheets.")] = 10,
    dossier: Annotated[
        str, typer.Option(help="Code of the dossier that the document after the sheet belongs to.")
    ] = "",
) -> None:
    """Write separator sheets to print: one goes between two documents of a scanned stack."""
    from commands.separators import write

    with quiet.plain_errors():
        write(out, count, dossier)


@app.command()
def drop(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, .xlsx or .xls.")],
    *,
    agency: Annotated[str, typer.Option(help="Code of the agency, for its own headings.")] = "",
    form: Annotated[str, typer.Option("--as", help="'text', 'html' or 'json'.")] = "text",
) -> None:
    """Try how a register of dossiers or documents would be read; nothing is landed.

    The exit code is 1 if the file would be refused.
    """
    from commands.drop import FORMS, show

    if form not in FORMS:
        raise typer.BadParameter(f"choose {', '.join(FORMS)}", param_hint="--as")
    with quiet.plain_errors():
        is_taken = show(file, agency, form)
    raise typer.Exit(0 if is_taken else 1)


@app.command()
def setup() -> None:
    """Fetch again whatever is missing; every command does so by itself the first time."""
    from commands.setup import install_tools

    with quiet.plain_errors():
        install_tools()
