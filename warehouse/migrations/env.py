"""Run migrations on the connection handed over in the configuration, or on its URL.

The environment is not read here; database.py hands the connection over.
"""

import sqlalchemy as sa
from alembic import context

from warehouse.schema import RAW


def _migrate(connection: sa.Connection) -> None:
    context.configure(connection=connection, target_metadata=RAW, include_schemas=True)
    with context.begin_transaction():
        context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    _migrate(handed_over)
else:
    url = context.config.get_main_option("sqlalchemy.url") or ""
    with sa.create_engine(url).begin() as own:
        _migrate(own)
