"""Files that are delivered whole, and again when they change: each version lands once.

When a version landed is when the warehouse came to know what it says. Landing its batch again
would move that moment, and with a file that is read every night nothing would ever be known for
longer than a day.
"""

import sqlalchemy as sa

from warehouse.database import engine
from warehouse.tables.form import RAW

_BATCHES = """
    select _batch_id from {table}
    group by _batch_id order by max(_extracted_at) desc, _batch_id desc
"""


def next_batch(url: str, table: str, version: str) -> str | None:
    """Return the batch that ``version`` of the file behind ``raw.<table>`` is to be landed as.

    ``None`` where it is what landed last. A version that comes back after another gets a batch of
    its own, for it is news again; the first landing stays what it was.
    """
    relation = str(RAW.tables[f"raw.{table}"])
    opened = engine(url)
    try:
        with opened.connect() as connection:
            found = [*connection.scalars(sa.text(_BATCHES.format(table=relation)))]
    finally:
        opened.dispose()
    before = [batch for batch in found if batch.partition("@")[0] == version]
    if before and before[0] == found[0]:
        return None
    return f"{version}@{len(before) + 1}" if before else version
