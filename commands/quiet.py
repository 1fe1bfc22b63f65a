"""What a person at the prompt is spared: telemetry of libraries, and tracebacks of known errors."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer

_SILENCE = {
    "DO_NOT_TRACK": "1",
    "DAGSTER_DISABLE_TELEMETRY": "1",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "GX_ANALYTICS_ENABLED": "false",
    "HF_HUB_OFFLINE": "1",
}


def no_telemetry() -> None:
    """Switch telemetry off for this process and all it starts."""
    os.environ.update(_SILENCE)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Print an error that a room raises on purpose as one message, and exit with 1.

    Rooms name their errors after the state of the world and say what to do; they all come from
    the project's own packages. Anything else is a defect of ours and keeps its traceback.
    """
    try:
        yield
    except Exception as error:
        if type(error).__module__.split(".")[0] not in _OURS:
            raise
        typer.echo(f"kho: {error}", err=True)
        raise typer.Exit(1) from None


_OURS = {
    "warehouse", "ocr_assets", "connectors", "expectations", "linkage", "orchestration", "commands",
}  # fmt: skip
