"""The three things the warehouse does: digitise a batch, ask the registries, build what is read."""

import dagster as dg

digitize_batch = dg.define_asset_job(
    "digitize_batch",
    selection=dg.AssetSelection.groups("digitization"),
    description="Turn one delivered batch of scans into documents, pages and fields.",
)

pull_sources = dg.define_asset_job(
    "pull_sources",
    selection=dg.AssetSelection.groups("catalog", "business"),
    description="Read the agency authority file and one day (or a range) of registry changes.",
)

build_warehouse = dg.define_asset_job(
    "build_warehouse",
    selection=dg.AssetSelection.groups("staging", "intermediate", "marts"),
    description="Stage what has landed, judge it, and, if the gates pass, build the marts.",
)
