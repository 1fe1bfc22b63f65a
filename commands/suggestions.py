"""`kho suggestions`: what is proposed for documents, and the word of a person on it."""

from typing import Annotated, Any

import typer

from commands import quiet

app = typer.Typer(
    help="Look at what is proposed for documents, and accept, reject or replace it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
def list_suggestions(
    *,
    agency: Annotated[str, typer.Option(help="Only documents of this agency.")] = "",
    document: Annotated[str, typer.Option(help="Only this document (its document_key).")] = "",
    kind: Annotated[
        str, typer.Option("--type", help="retention, keyword, summary or personal_data.")
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="Decided ones too.")] = False,
    most: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
) -> None:
    """List the suggestions that wait for a person, with the rule that made them and the place."""
    from commands.database import opened
    from warehouse.suggestions import TYPES, Wanted, suggestions

    if kind and kind not in TYPES:
        raise typer.BadParameter(f"choose one of {', '.join(TYPES)}", param_hint="--type")
    with quiet.plain_errors(), opened() as engine:
        wanted = Wanted(agency, document, kind, everything, most)
        found = suggestions(engine, wanted)
    for row in found:
        typer.echo(_line(row))
    more = ", more may follow (--most)" if len(found) == most else ""
    typer.echo(f"{len(found)} {'suggestions' if everything else 'open suggestions'}{more}")


@app.command("decide")
def decide_suggestion(  # noqa: PLR0913 - a command has as many options as it needs
    suggestion: Annotated[str, typer.Argument(help="The suggestion's name, as `list` prints it.")],
    decision: Annotated[str, typer.Argument(help="accepted, rejected or replaced.")],
    *,
    by: Annotated[str, typer.Option(help="Who decides.")],
    because: Annotated[str, typer.Option(help="Why.")],
    instead: Annotated[
        str, typer.Option(help="What holds instead: a group's code, a keyword, a sentence.")
    ] = "",
    term: Annotated[str, typer.Option(help="Retention period: a code of list_maintenance.")] = "",
    years: Annotated[int | None, typer.Option(min=1, help="Its years, where it has any.")] = None,
) -> None:
    """Write down what a person decided; the next build shows it, and an earlier word stays."""
    from commands.database import opened
    from warehouse.suggestions import Decision, Instead, Ruling, rule

    if decision not in list(Decision):
        raise typer.BadParameter("choose accepted, rejected or replaced", param_hint="DECISION")
    holds = Instead(instead, term or None, years) if instead or term or years else None
    with quiet.plain_errors(), opened() as engine:
        ruling = Ruling(Decision(decision), by, because, holds)
        entry = rule(engine, suggestion, ruling)
    typer.echo(f"entry {entry}: {suggestion} is {decision}; the next build shows it")


def _line(row: dict[str, Any]) -> str:
    years = row["retention_years"]
    term = f", term {row['maintenance_code']}" if row["maintenance_code"] else ""
    if row["maintenance_code"] == "07" and years:
        term = f", {years} years"
    pages = ", ".join(str(place["page"]) for place in row["places"] or () if place["page"])
    where = f"  page {pages}" if pages else ""
    return (
        f"{row['suggestion_key']}  {row['document_key']}\n"
        f"    {row['suggestion_type']}: {row['suggested_label']}{term}"
        f"  [{row['rule_code']}, {row['status']}]{where}"
    )
