"""From an error to a Dagster failure: the one place that decides whether asking again could help.

A room's own error says what happened without quoting data. Any other error may quote a row (a
database driver shows its parameters), so only its kind and its place go into the event log.
"""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from connectors.errors import ConnectorError
from expectations.errors import ExpectationsError
from ocr_assets.errors import DigitizationError
from orchestration.settings import PROJECT
from warehouse.errors import WarehouseError

ROOM_ERRORS = (ConnectorError, DigitizationError, ExpectationsError, WarehouseError)

# A mistake of ours; what these say is a name in the code, never a value.
SPEAKS_OF_CODE = (AttributeError, ImportError, NameError)

# A busy registry or a restarting database is asked again; an answer is not.
patiently = dg.RetryPolicy(
    max_retries=3, delay=10, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS
)


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Raise what goes wrong while ``doing`` as a ``dg.Failure`` without anybody's data in it.

    The cause is not chained: Dagster would store its message and that of everything below it.
    """
    try:
        yield
    except (dg.Failure, dg.DagsterExecutionInterruptedError):
        raise
    except ROOM_ERRORS as error:
        raise dg.Failure(
            description=f"{doing}: {error}",
            metadata={
                "error": type(error).__name__,
                "retryable": error.retryable,
                "where": _place(error),
            },
            allow_retries=error.retryable,
        ) from None
    except SPEAKS_OF_CODE as error:
        raise dg.Failure(
            description=f"{doing}: {type(error).__name__} at {_place(error)}: {error}",
            allow_retries=False,
        ) from None
    except Exception as error:  # noqa: BLE001 - raised again, without its message
        raise dg.Failure(
            description=f"{doing}: {type(error).__name__} at {_place(error)}"
            " (its message is withheld: it could quote data)",
            metadata={"error": type(error).__name__, "retryable": False, "where": _place(error)},
            allow_retries=False,
        ) from None


def _place(error: BaseException) -> str:
    """Return where in our own code ``error`` arose: file and line, the innermost of ours."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _is_ours(Path(frame.filename))] or frames
    file = Path(ours[-1].filename)
    return f"{file.relative_to(PROJECT) if _is_ours(file) else file.name}:{ours[-1].lineno}"


def _is_ours(file: Path) -> bool:
    return file.is_relative_to(PROJECT) and "site-packages" not in file.parts
