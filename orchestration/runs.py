"""Runs and their events, as a running stack tells them."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FINAL = frozenset({"SUCCESS", "FAILURE", "CANCELED"})


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a run's log."""

    seconds: float  # since the epoch
    step: str | None
    kind: str | None  # Dagster's event type; None for a log line of ours
    level: str
    message: str


@dataclass(frozen=True, slots=True)
class Step:
    """One finished step and how long it took."""

    name: str
    status: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Run:
    """A run as the stack knows it now."""

    run_id: str
    job: str
    status: str
    tags: Mapping[str, str]
    seconds: float
    steps: tuple[Step, ...]
    failures: tuple[str, ...] = ()

    @property
    def is_finished(self) -> bool:
        """Say whether this run will not change any more."""
        return self.status in FINAL

    @property
    def is_success(self) -> bool:
        """Say whether every step of it succeeded."""
        return self.status == "SUCCESS"


def event_said(said: Mapping[str, Any]) -> Event:
    """Return an event as the stack said it; a failure of ours in our own words."""
    error = said.get("error") or {}
    # Dagster prefixes its own class name; what follows is our sentence.
    reason = str(error.get("message", "")).partition("Failure: ")[2].strip()
    return Event(
        seconds=float(said["timestamp"]) / 1000,
        step=said.get("stepKey"),
        kind=said.get("eventType"),
        level=said["level"],
        message=reason or said["message"],
    )


def _steps(said: Mapping[str, Any]) -> Iterator[Step]:
    for one in said["stepStats"]:
        if one["startTime"] and one["endTime"]:
            yield Step(one["stepKey"], one["status"] or "", one["endTime"] - one["startTime"])


def run_said(said: Mapping[str, Any]) -> Run:
    """Return a run as the stack said it."""
    started, ended = said["startTime"], said["endTime"]
    return Run(
        run_id=said["runId"],
        job=said["jobName"],
        status=said["status"],
        tags={tag["key"]: tag["value"] for tag in said["tags"]},
        seconds=(ended or time.time()) - started if started else 0.0,
        steps=tuple(_steps(said)),
    )
