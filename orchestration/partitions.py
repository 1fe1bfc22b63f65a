"""The two ways raw data comes in pieces: a delivered batch of scans, a day of registry changes."""

import dagster as dg

from ocr_assets.assets import scan_batch
from orchestration.settings import settings

__all__ = ["registry_day", "scan_batch"]

TIMEZONE = "Asia/Ho_Chi_Minh"

# The running day may be pulled too (end_offset): it is replaced when it is pulled again.
registry_day = dg.DailyPartitionsDefinition(
    start_date=settings().business_from.isoformat(), timezone=TIMEZONE, end_offset=1
)
