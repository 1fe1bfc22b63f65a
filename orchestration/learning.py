"""Learning from people's words: from the ledgers of review to the thresholds that hold from now on.

The command and the weekly job do the same.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ocr_assets.learn.calibration import Calibration, Standing, calibrated
from ocr_assets.learn.lesson import Rule
from orchestration.settings import settings
from warehouse import learning


@dataclass(frozen=True, slots=True)
class Learned:
    """A calibration, and whether it was written: the same words are not written twice."""

    calibration: Calibration
    is_written: bool


def learn(connection: sa.Connection, at: datetime, *, is_trial: bool = False) -> Learned:
    """Weigh what people said, and write down the thresholds that follow unless it is a trial.

    Raises:
        NothingToLearnFrom: no build has made the mart of fields yet.
    """
    kept = learning.current(connection)
    before = {row["field_name"]: float(row["threshold"]) for row in kept}
    rule = Rule(settings().error_limit, settings().error_level)
    standing = Standing(before, learning.population(connection), rule)
    made = calibrated(list(learning.judgements(connection)), standing, at)
    is_known = bool(kept) and kept[0]["sample_sha256"] == made.sample_sha256
    if is_known:
        made = Calibration(str(kept[0]["calibration_id"]), made.sample_sha256, tuple(kept))
    if not (is_known or is_trial):
        learning.keep(connection, made.rows)
    return Learned(made, not (is_known or is_trial))
