"""Whether batches are signed off: said beside the plans, and by a setting in the way of marts."""

import dagster as dg
import sqlalchemy as sa

from orchestration.failures import translated
from orchestration.layers import POOL
from orchestration.open_gates import JUDGED, SIGNED_OFF, state_of_raw
from orchestration.resources import Database
from orchestration.settings import settings

UNSIGNED = sa.text(
    """
    select count(distinct plans.batch_id) from staging.stg_acceptance__plans as plans
    where plans.plan_code not in (
        select decisions.plan_code from staging.stg_acceptance__decisions as decisions
        where decisions.decision in ('accepted', 'refused')
    )
    and not exists (
        select 1 from staging.stg_acceptance__plans as later
        where later.batch_id = plans.batch_id and later.vendor = plans.vendor
            and later.attempt > plans.attempt
    )
    """
)
COUNTED = sa.text("select count(distinct batch_id) from staging.stg_acceptance__plans")


@dg.asset_check(
    asset=SIGNED_OFF.asset,
    additional_deps=[["staging", "stg_acceptance__decisions"]],
    name=SIGNED_OFF.suite,
    blocking=settings().acceptance_blocks,
    pool=POOL,
    description="Every batch with a sampling plan was accepted or refused by a person; a warning,"
    " unless KHO_ACCEPTANCE_BLOCKS lets the marts wait for it.",
)
def batch_sample_is_signed_off(database: Database) -> dg.AssetCheckResult:
    """Count the batches that nobody has signed off."""
    with translated("look for batches that are not signed off"), database.connected() as connection:
        waiting = int(connection.scalar(UNSIGNED) or 0)
        known = int(connection.scalar(COUNTED) or 0)
        judged = state_of_raw(connection, SIGNED_OFF.raw_tables)
    return dg.AssetCheckResult(
        passed=waiting == 0,
        severity=(
            dg.AssetCheckSeverity.ERROR
            if settings().acceptance_blocks
            else dg.AssetCheckSeverity.WARN
        ),
        metadata={"batches": known, "batches not signed off": waiting, JUDGED: judged},
    )
