"""`kho acceptance`: from the sample of a batch to the signature under it."""

from typing import Annotated

import typer

from commands import quiet

app = typer.Typer(
    help="Accept or refuse a batch by a sample: plan, list, record, show, decide, audit.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Batch = Annotated[str, typer.Option(help="Key of the batch, as the UI and the marts name it.")]
Vendor = Annotated[str, typer.Option(help="Which vendor, where several scanned the batch.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON line an item.")]


@app.command()
def plan(*, batch: Batch) -> None:
    """Draw the sample of a batch; one that is drawn already stands."""
    from commands.acceptance_desk import Desk

    with quiet.plain_errors(), Desk.of_this_home() as desk:
        desk.plan(batch)


@app.command("list")
def list_items(*, batch: Batch, json: Json = False) -> None:
    """List what an inspector has to look at: file, page, and what is claimed for it."""
    from commands.acceptance_desk import Desk

    with quiet.plain_errors(), Desk.of_this_home() as desk:
        desk.list_items(batch, as_json=json)


@app.command()
def record(
    *,
    item: Annotated[str, typer.Option(help="The item, as the list names it.")],
    verdict: Annotated[str, typer.Option(help="pass or fail.")],
    inspector: Annotated[str, typer.Option(help="Who looked.")],
    defect: Annotated[str, typer.Option(help="What is wrong; see list_acceptance_defects.")] = "",
    field: Annotated[
        list[str] | None, typer.Option(help="A wrong field; may be given several times.")
    ] = None,
) -> None:
    """Record what was found on an item; it stands beside what others found."""
    from commands.acceptance_desk import Desk
    from ocr_assets.acceptance.inspection import Finding

    finding = Finding(item, inspector, verdict, defect or None, tuple(field or ()))
    with quiet.plain_errors(), Desk.of_this_home() as desk:
        desk.record(finding)


@app.command()
def show(*, batch: Batch) -> None:
    """Show plans, counts, disagreements, what inspectors caught, and decisions."""
    from commands.acceptance_desk import Desk

    with quiet.plain_errors(), Desk.of_this_home() as desk:
        desk.show(batch)


@app.command()
def decide(  # noqa: PLR0913 - an option each
    *,
    batch: Batch,
    decision: Annotated[str, typer.Option(help="accepted, refused or reinspect.")],
    by: Annotated[str, typer.Option(help="Who signs.")],
    role: Annotated[str, typer.Option(help="In which office.")],
    reason: Annotated[str, typer.Option(help="Why, where the counts say otherwise.")] = "",
    vendor: Vendor = "",
) -> None:
    """Sign a batch off; what contradicts the counts needs a reason and shows as a deviation."""
    from commands.acceptance_desk import Desk
    from ocr_assets.acceptance.deciding import Signature

    if decision not in ("accepted", "refused", "reinspect"):
        raise typer.BadParameter("accepted, refused or reinspect", param_hint="--decision")
    with quiet.plain_errors(), Desk.of_this_home() as desk:
        desk.decide(batch, vendor or None, decision, Signature(by, role, reason or None))


@app.command()
def audit(*, batch: Batch) -> None:
    """Draw every sample of a batch again from its seed; exit code 1 if one differs."""
    from commands.acceptance_desk import Desk

    with quiet.plain_errors(), Desk.of_this_home() as desk:
        is_same = desk.audit(batch)
    raise typer.Exit(0 if is_same else 1)
