"""`kho desk`: the review desk on this machine, and who may sit at it."""

from typing import Annotated

import typer

from commands import quiet

app = typer.Typer(
    help="Look at values that are in doubt beside their picture, and say what is right.",
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def desk(
    context: typer.Context,
    *,
    port: Annotated[int, typer.Option(help="Port on this machine; 0: KHO_DESK_PORT.")] = 0,
) -> None:
    """Open the review desk; it answers on this machine only, until Ctrl-C."""
    if context.invoked_subcommand is None:
        from commands.review_desk import serve

        with quiet.plain_errors():
            serve(port)


@app.command()
def admit(
    person: Annotated[str, typer.Argument(help="Letters a-z, digits, _: one name, one person.")],
    *,
    agency: Annotated[list[str], typer.Option(help="An agency; may be given several times.")],
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for.")
    ],
) -> None:
    """Let a person review the documents of agencies; again: another password, more agencies."""
    from commands.review_desk import admit as let_in

    with quiet.plain_errors():
        let_in(person, agency, password)
