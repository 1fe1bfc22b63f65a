"""`kho link`: what documents say of registries that waits for a person, and their word on it."""

from typing import Annotated, Any

import typer

from commands import quiet

app = typer.Typer(
    help="Look at links of documents that are not verified, and link or reject them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
def list_links(
    *,
    agency: Annotated[str, typer.Option(help="Only documents of this agency.")] = "",
    entity: Annotated[
        str,
        typer.Option(
            help="Only business__enterprises, land__parcels or civil_servants__officials."
        ),
    ] = "",
    most: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
) -> None:
    """List what waits: the state, why, what is asked of the agency, and what was proposed."""
    from commands.database import opened
    from warehouse.links import open_links

    with quiet.plain_errors(), opened() as engine:
        found = open_links(engine, agency=agency, entity=entity, most=most)
    for row in found:
        typer.echo(_line(row))
    typer.echo(f"{len(found)} open links" + (", more may follow" if len(found) == most else ""))


@app.command("decide")
def decide_link(
    claim: Annotated[str, typer.Argument(help="The link's name, as `list` prints it.")],
    decision: Annotated[str, typer.Argument(help="linked or rejected.")],
    *,
    by: Annotated[str, typer.Option(help="Who decides.")],
    because: Annotated[str, typer.Option(help="Why.")],
    target: Annotated[str, typer.Option("--with", help="Key in the registry.")] = "",
) -> None:
    """Write down what a person decided; the next build shows it, and an earlier word stays."""
    from commands.database import opened
    from warehouse.links import Decision, Ruling, rule

    if decision not in list(Decision):
        raise typer.BadParameter("choose linked or rejected", param_hint="DECISION")
    with quiet.plain_errors(), opened() as engine:
        ruling = Ruling(Decision(decision), by, because, target or None)
        entry = rule(engine, claim, ruling)
    typer.echo(f"entry {entry}: {claim} is {decision}; the next build shows it")


def _line(row: dict[str, Any]) -> str:
    several = f", {row['candidate_count']} of this key" if row["candidate_count"] > 1 else ""
    proposed = f"{row['proposal_count']} proposals"
    if row["proposed_key"]:
        proposed = f"proposed {row['proposed_key']} ({row['proposed_probability']:.0%})"
    return (
        f"{row['claim_key']}  {row['document_key']}  page {row['page_number']}\n"
        f"    {row['entity']} {row['stated_key'] or '(no key)'}: {row['state']},"
        f" {row['reason_code']}{several}  [{row['asked_of_agency']}]"
        + (f"  {proposed}" if row["proposal_count"] else "")
    )
