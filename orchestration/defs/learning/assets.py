"""Thresholds learned week by week: what people said meanwhile, field by field."""

from datetime import UTC, datetime

import dagster as dg

from orchestration.defs.ledger.assets import OWNER
from orchestration.failures import translated
from orchestration.learning import learn
from orchestration.resources import Database
from warehouse.tables.learning import THRESHOLDS
from warehouse.tables.review import AUDITS, CORRECTIONS, KEYINGS

KEY = dg.AssetKey(["ledger", THRESHOLDS.name])


@dg.asset(
    key=KEY,
    deps=[dg.AssetKey(["ledger", table.name]) for table in (CORRECTIONS, KEYINGS, AUDITS)],
    group_name="learning",
    owners=[OWNER],
    kinds={"postgres"},
    description=THRESHOLDS.comment,
)
def learn_thresholds(database: Database) -> dg.MaterializeResult:
    """Weigh people's words; where nobody said anything new, nothing is written."""
    with translated("learn from people's words"), database.connected() as connection:
        learned = learn(connection, datetime.now(UTC))
    rows = learned.calibration.rows
    statuses = {f"fields {row['status']}": 0 for row in rows}
    for row in rows:
        statuses[f"fields {row['status']}"] += 1
    return dg.MaterializeResult(
        metadata={
            "calibration": learned.calibration.calibration_id,
            "written": learned.is_written,
            "audited": sum(row["audited_count"] for row in rows),
            "audited wrong": sum(row["audited_wrong_count"] for row in rows),
            "reviewed": sum(row["reviewed_count"] for row in rows),
            **statuses,
        }
    )
