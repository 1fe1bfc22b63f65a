"""Reading what the last build made, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from warehouse.errors import WarehouseError

UNDEFINED_TABLE = "42P01"


@contextmanager
def reading(engine: sa.Engine, refusal: type[WarehouseError], done: str) -> Iterator[sa.Connection]:
    """Give a connection in one transaction; where no build has ``done`` it yet, say so.

    Raises:
        refusal: a table that is asked for is not there.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != UNDEFINED_TABLE:
            raise
        raise refusal(f"no build has {done} yet: run the job build_warehouse first.") from None
