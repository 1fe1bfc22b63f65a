"""What happens by the clock."""

from datetime import timedelta

import dagster as dg

from orchestration.defs.operations.jobs import (
    check_fixity,
    compare_sources,
    learn_from_corrections,
    pull_sources,
    take_registers,
)
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
    """Ask for the day that has just ended and, again, for some before it; read the authority file.

    Registries commit changes late: under the time they happened, after their day was asked for. A
    day that is asked for again replaces what it had brought.
    """
    last = (context.scheduled_execution_time - timedelta(days=1)).date()
    first = max(settings().business_from, last - timedelta(days=settings().registry_overlap_days))
    ends = {
        "dagster/asset_partition_range_start": first.isoformat(),
        "dagster/asset_partition_range_end": last.isoformat(),
    }
    return dg.RunRequest(run_key=last.isoformat(), tags=ends)


@dg.schedule(
    job=compare_sources,
    cron_schedule="0 4 * * 0",
    execution_timezone=TIMEZONE,
    default_status=(
        dg.DefaultScheduleStatus.RUNNING if _CONFIGURED else dg.DefaultScheduleStatus.STOPPED
    ),
)
def weekly_comparison(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Ask registries for all their keys on Sundays, after the night's pull."""
    return dg.RunRequest(run_key=context.scheduled_execution_time.date().isoformat())


@dg.schedule(
    job=check_fixity,
    cron_schedule="0 3 * * *",
    execution_timezone=TIMEZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def nightly_fixity(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Ask for the night's share of proofs."""
    return dg.RunRequest(run_key=context.scheduled_execution_time.date().isoformat())


@dg.schedule(
    job=learn_from_corrections,
    cron_schedule="0 4 * * 0",
    execution_timezone=TIMEZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def weekly_lesson(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Ask what the week's words teach."""
    return dg.RunRequest(run_key=context.scheduled_execution_time.date().isoformat())


@dg.schedule(
    job=take_registers,
    cron_schedule="7 * * * *",
    execution_timezone=TIMEZONE,
    default_status=(
        dg.DefaultScheduleStatus.RUNNING
        if settings().sftp_host
        else dg.DefaultScheduleStatus.STOPPED
    ),
)
def hourly_registers(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Look at the drop server every hour; the folder is watched all the time."""
    return dg.RunRequest(run_key=f"{context.scheduled_execution_time:%Y-%m-%dT%H}")
