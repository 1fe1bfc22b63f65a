"""`kho quarantine`: which state secrets were kept apart; nothing here can open them."""

import typer

from commands import quiet

app = typer.Typer(
    help="State secrets that were kept apart for their custodian.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def of_the_custodian() -> None:
    """State secrets that were kept apart for their custodian."""


@app.command("list")
def list_sealed() -> None:
    """List them: when, batch, place in it, agency, how found, and the sealed file."""
    from sqlalchemy import select

    from commands.database import address
    from orchestration.settings import settings
    from warehouse.database import engine
    from warehouse.tables.preflight import QUARANTINE

    with quiet.plain_errors(), engine(address()).connect() as connection:
        entries = connection.execute(select(QUARANTINE).order_by(QUARANTINE.c.entry_id)).all()
    for entry in {(entry.batch_id, entry.file_ordinal): entry for entry in entries}.values():
        kept = entry.sealed_name if entry.is_kept else "not kept: no custodian was named"
        place = f"{entry.batch_id} file {entry.file_ordinal} of {entry.agency_code or '-'}"
        typer.echo(f"{entry.recorded_at:%Y-%m-%d} {place}: {entry.found_by}, {kept}")
    if any(entry.is_kept for entry in entries):
        typer.echo(f"sealed files lie in {settings().quarantine}; docs/administrators.md: to open")
