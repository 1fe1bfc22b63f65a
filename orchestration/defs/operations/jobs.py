"""What the warehouse does: digitise, ask registries, build what is read, prove what is kept."""

import dagster as dg

from orchestration.raw_assets import ASKED

SCARCE = "kho/scarce"  # deploy/dagster.yaml lets one run at a time have each value of it

digitize_batch = dg.define_asset_job(
    "digitize_batch",
    selection=dg.AssetSelection.groups("digitization"),
    tags={SCARCE: "ocr"},
    description="Turn one delivered batch of scans into documents, pages and fields.",
)

pull_sources = dg.define_asset_job(
    "pull_sources",
    selection=dg.AssetSelection.groups("catalog", *ASKED),
    tags={SCARCE: "registries"},
    description="Read the agency authority file and one day (or a range) of registry changes.",
)

compare_sources = dg.define_asset_job(
    "compare_sources",
    selection=dg.AssetSelection.groups(*(f"{registry}_keys" for registry in ASKED)),
    tags={SCARCE: "registries"},
    description="Compare every key a registry holds with what has landed; pull what is behind.",
)

take_registers = dg.define_asset_job(
    "take_registers",
    selection=dg.AssetSelection.groups("filedrop"),
    tags={SCARCE: "drop_folder"},
    description="Read the registers that agencies have delivered as files.",
)

build_warehouse = dg.define_asset_job(
    "build_warehouse",
    selection=dg.AssetSelection.groups(
        "duplicates", "suggestions", "linkage", "staging", "intermediate", "marts"
    ),
    tags={SCARCE: "warehouse_build"},
    description="Find duplicates, make suggestions, propose links, stage and judge what has "
    "landed; if gates pass, build the marts.",
)

check_fixity = dg.define_asset_job(
    "check_fixity",
    selection=dg.AssetSelection.checks_for_assets(["ledger", "fixity_checks"]),
    tags={SCARCE: "file_store"},
    description="Read stored files again, those that are due, and hold them against their digest.",
)

learn_from_corrections = dg.define_asset_job(
    "learn_from_corrections",
    selection=dg.AssetSelection.groups("learning"),
    description="Weigh what people said of values, and move the thresholds it proves wrong or "
    "needlessly high.",
)
