"""Run migrations on the connection handed over in the configuration, or on its URL.

The environment is not read here; database.py hands the connection over.
"""

from typing import Any

import sqlalchemy as sa
from alembic import context

from warehouse.schema import LEDGER, RAW


def _ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Compare the schemas we write down; dbt makes what stands in the others."""
    return name in (RAW.schema, LEDGER.schema) if kind == "schema" else True


def _migrate(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=[RAW, LEDGER],
        include_schemas=True,
        include_name=_ours,
    )
    with context.begin_transaction():
        context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    _migrate(handed_over)
else:
    url = context.config.get_main_option("sqlalchemy.url") or ""
    with sa.create_engine(url).begin() as own:
        _migrate(own)
