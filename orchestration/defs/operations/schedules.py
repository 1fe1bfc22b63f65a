"""What happens by the clock."""

from datetime import timedelta

import dagster as dg

from orchestration.defs.operations.jobs import check_fixity, pull_sources
from orchestration.partitions import TIMEZONE
from orchestration.settings import settings

_CONFIGURED = settings().business_url is not None


@dg.schedule(
    job=pull_sources,
    cron_schedule="0 2 * * *",
    execution_timezone=TIMEZONE,
    default_status=(
        dg.DefaultScheduleStatus.RUNNING if _CONFIGURED else dg.DefaultScheduleStatus.STOPPED
    ),
)
def nightly_pull(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Ask for the day that has just ended, and read the authority file again."""
    yesterday = (context.scheduled_execution_time - timedelta(days=1)).date().isoformat()
    return dg.RunRequest(run_key=yesterday, partition_key=yesterday)


@dg.schedule(
    job=check_fixity,
    cron_schedule="0 3 * * *",
    execution_timezone=TIMEZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def nightly_fixity(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Ask for the night's share of proofs."""
    return dg.RunRequest(run_key=context.scheduled_execution_time.date().isoformat())
