"""Every digest column is known: it names a file of the store, or it does not."""

import pytest

from warehouse.schema import LEDGER, RAW
from warehouse.stored import NOT_STORED, STORED

DIGESTS = [
    f"{table.name}.{column}"
    for table in (*RAW.sorted_tables, *LEDGER.sorted_tables)
    for column in table.columns.keys()  # noqa: SIM118 - a column collection iterates columns
    if column.endswith("_sha256") and column != "_row_sha256"
]


@pytest.mark.parametrize("column", DIGESTS)
def test_a_digest_is_one_of_a_stored_file_or_said_to_be_another(column):
    name = column.partition(".")[2]
    is_stored = column in {f"{one.table.name}.{one.column}" for one in STORED}
    assert is_stored or {column, name} & NOT_STORED, "see warehouse/stored.py"


def test_no_column_is_listed_that_is_not_there():
    names = {column.partition(".")[2] for column in DIGESTS}
    assert NOT_STORED - {"_row_sha256"} <= names | set(DIGESTS)
