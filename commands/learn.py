"""What `kho learn` does: weigh people's words, and show what they prove field by field."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import typer

from commands.database import address
from ocr_assets.learn.lesson import NEVER
from orchestration.learning import learn
from warehouse.database import engine

_HEAD = (
    f"{'field':17} {'threshold':>16} {'':9} {'reviewed':>10} {'audited':>10} {'by chance':>9}"
    f" {'wrong above it':>15} {'error':>16} {'missing':>8}"
)


def run(*, is_trial: bool) -> None:
    """Learn and print the table; a wrong value counts beside all that were looked at."""
    with engine(address()).begin() as connection:
        learned = learn(connection, datetime.now(UTC), is_trial=is_trial)
    for line in told(learned.calibration.rows):
        typer.echo(line)
    name = learned.calibration.calibration_id
    if learned.is_written:
        typer.echo(f"calibration {name}: holds for what is digitised from now on")
    elif is_trial:
        typer.echo("a trial: nothing was written")
    else:
        typer.echo(f"calibration {name} holds: nobody has said anything new since")


def told(rows: tuple[Mapping[str, Any], ...]) -> Iterator[str]:
    """Yield the lines of a table: field by field, how many were looked at and what they prove."""
    limit, level = float(rows[0]["limit_share"]), float(rows[0]["level"])
    yield f"allowed: {limit:.1%} wrong among the accepted, with {level:.0%} confidence"
    yield _HEAD
    for row in rows:
        moved = f"{_shown(row['previous_threshold'])} -> {_shown(row['threshold'])}"
        yield (
            f"{row['field_name']:17} {moved:>16} {row['status']:9}"
            f" {_of(row, 'reviewed'):>10} {_of(row, 'audited'):>10} {row['chance_wrong_count']:>9}"
            f" {row['wrong_count']:>8} of {row['looked_at_count']:>3}"
            f" {float(row['error_low']):>7.2%}-{float(row['error_high']):>7.2%}"
            f" {row['missing_count']:>8}"
        )
    yield "reviewed, audited: wrong of so many. Only audited ones, keyed blind, speak for what was"
    yield "accepted unseen; missing: how many more, all right, would prove the limit."


def _of(row: Mapping[str, Any], source: str) -> str:
    return f"{row[f'{source}_wrong_count']} of {row[f'{source}_count']}"


def _shown(threshold: Any) -> str:
    return "none" if float(threshold) >= NEVER else f"{float(threshold):.2f}"
