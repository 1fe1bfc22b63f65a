"""The ledgers as sources of the graph: written when things happen, by no run of their own."""

import dagster as dg

from warehouse.schema import LEDGER

OWNER = "team:warehouse"


@dg.definitions
def ledgers() -> dg.Definitions:
    """Return one external asset per ledger."""
    return dg.Definitions(
        assets=[
            dg.AssetSpec(
                key=["ledger", table.name],
                description=table.comment,
                group_name="ledger",
                owners=[OWNER],
                kinds={"postgres"},
            )
            for table in LEDGER.sorted_tables
        ]
    )
