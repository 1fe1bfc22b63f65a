"""`kho handover`: papers that change hands, from the signed list to the proof of the chain."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from commands import quiet

app = typer.Typer(
    help="Handovers of papers: who gave what to whom, by which signed list; the chain proved.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
By = Annotated[str, typer.Option(help="Who writes it down.")]
Because = Annotated[str, typer.Option(help="On what occasion.")]
Count = Annotated[int, typer.Option(help="As the signed record says.")]
REASONS = "merger, split, dissolution, delivery, return or loan"


@app.command()
def record(  # noqa: PLR0913 - what a signed record says
    *,
    giver: Annotated[str, typer.Option("--from", help="Code of the agency that hands over.")],
    receiver: Annotated[str, typer.Option("--to", help="Code of the agency that takes over.")],
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Day, YYYY-MM-DD.")],
    signed: Annotated[Path, typer.Option("--list", help="The signed list: PDF, or a scan of it.")],
    items: Annotated[Path, typer.Option(help="Its lines as CSV: box_code, document_count, ...")],
    boxes: Count,
    dossiers: Count,
    documents: Count,
    condition: Annotated[str, typer.Option(help="01 good, 02 normal, 03 damaged.")],
    reason: Annotated[str, typer.Option(help=f"{REASONS}.")],
    by: By,
    because: Because,
    resolution: Annotated[str, typer.Option(help="Number and symbol of the text behind it.")] = "",
    supersedes: Annotated[
        int | None, typer.Option(help="Number of the handover that this one corrects.")
    ] = None,
) -> None:
    """Write a handover down for good, its signed list into the store; the same twice is once."""
    from commands.database import opened
    from orchestration.settings import settings
    from warehouse import custody, custody_list, handovers
    from warehouse.holds import Word
    from warehouse.store import Store

    if reason not in list(handovers.Reason):
        raise typer.BadParameter(f"choose {REASONS}", param_hint="--reason")
    if condition not in list(handovers.Condition):
        raise typer.BadParameter("choose 01, 02 or 03", param_hint="--condition")
    with quiet.plain_errors(), opened() as engine:
        handover = handovers.Handover(
            giver,
            receiver,
            on.date(),
            custody_list.Counts(boxes, dossiers, documents),
            handovers.Condition(condition),
            handovers.Reason(reason),
            resolution,
        )
        paper = custody.Paper(signed, custody_list.read(items, giver))
        store, word = Store(settings().store), Word(by, because)
        receipt = custody.record(engine, store, handover, paper, word, supersedes=supersedes)
    if receipt.is_new:
        typer.echo(
            f"handover {receipt.number}:{receipt.sha256}\n"
            "Note it on the signed list: `./kho handover verify --note` holds the chain against it."
        )
    else:
        typer.echo(f"handover {receipt.number} says the same already; nothing was written")


@app.command()
def withdraw(
    number: Annotated[int, typer.Argument(help="Number of the handover, as `list` prints it.")],
    *,
    by: By,
    because: Because,
) -> None:
    """Say that a handover that was written down never happened; the entry stays."""
    from commands.database import opened
    from warehouse import custody
    from warehouse.holds import Word

    with quiet.plain_errors(), opened() as engine:
        receipt = custody.withdraw(engine, number, Word(by, because))
    typer.echo(f"event {receipt.number}:{receipt.sha256}: handover {number} is withdrawn")


@app.command("list")
def list_handovers(
    *, agency: Annotated[str, typer.Option(help="Only those it gave or took.")] = ""
) -> None:
    """List the handovers that stand, the latest first."""
    from commands.database import opened
    from warehouse import custody

    with quiet.plain_errors(), opened() as engine:
        rows = custody.standing(engine, agency=agency)
    for row in rows:
        typer.echo(
            f"{row['event_number']}  {row['handover_date']}  {row['giver_agency_code']} ->"
            f" {row['receiver_agency_code']}  {row['reason_code']}  {row['box_count']} boxes,"
            f" {row['dossier_count']} dossiers, {row['document_count']} documents,"
            f" {row['received_document_count']} received  list {row['list_sha256'][:12]}"
        )
    typer.echo(f"{len(rows)} handovers")


@app.command()
def verify(
    *,
    note: Annotated[
        list[str] | None,
        typer.Option(help="NUMBER:DIGEST as noted on a signed list; several times if need be."),
    ] = None,
) -> None:
    """Prove that no event, no item and no signed list was changed, taken out or put in."""
    from commands.database import opened
    from orchestration.settings import settings
    from warehouse import custody_chain
    from warehouse.store import Store

    notes = [_note(one) for one in note or ()]
    with quiet.plain_errors(), opened() as engine:
        proof = custody_chain.prove(engine, Store(settings().store), notes)
    last = f"; the last is {proof.head.number}:{proof.head.sha256}" if proof.head else ""
    typer.echo(f"the chain holds: {proof.event_count} events{last}")


def _note(given: str) -> tuple[int, str]:
    number, _, digest = given.partition(":")
    if not number.isdecimal() or not digest:
        raise typer.BadParameter("write NUMBER:DIGEST, as `record` printed it", param_hint="--note")
    return int(number), digest.strip()
