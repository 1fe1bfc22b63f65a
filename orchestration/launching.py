"""Ask a running stack for work and watch it, over GraphQL; knows no Dagster, so loads at once."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import requests

from orchestration import questions as q
from orchestration.runs import Event, Run, event_said, run_said

__all__ = ["Event", "Run", "RunUnfinished", "Stack", "StackRefused", "StackUnreachable"]

LOCATION = {"repositoryLocationName": "kho", "repositoryName": "__repository__"}


class StackRefused(Exception):
    """The stack answered, and said no; asking the same again changes nothing."""


class StackUnreachable(Exception):
    """Nobody answered at the stack's address; `kho up` starts it."""


class RunUnfinished(Exception):
    """A run had not ended when patience did; the web interface shows how far it is."""


class Stack:
    """A running webserver of ours, seen from outside."""

    def __init__(self, url: str, timeout: float = 30.0) -> None:
        """Talk to the webserver at ``url`` (``http://127.0.0.1:PORT``)."""
        self._url = url.rstrip("/") + "/graphql"
        self._timeout = timeout
        self._session = requests.Session()

    def add_partition(self, key: str, partitions: str = "scan_batch") -> bool:
        """Register partition ``key``; return whether it was new."""
        given = {"key": key, "partitions": partitions, "repository": LOCATION}
        answer = self._ask(
            q.ADD_PARTITION, given, "AddDynamicPartitionSuccess", "DuplicateDynamicPartitionError"
        )
        return bool(answer["__typename"] == "AddDynamicPartitionSuccess")

    def launch(
        self, job: str, partition: str | None = None, tags: Mapping[str, str] | None = None
    ) -> str:
        """Queue one run of ``job`` and return its id; the daemon starts it."""
        chosen = dict(tags or {}) | ({"dagster/partition": partition} if partition else {})
        parameters = {
            "selector": {"jobName": job, **LOCATION},
            "runConfigData": {},
            "executionMetadata": {"tags": [{"key": k, "value": v} for k, v in chosen.items()]},
        }
        answer = self._ask(q.LAUNCH, {"parameters": parameters}, "LaunchRunSuccess")
        return str(answer["run"]["runId"])

    def launch_range(self, job: str, first: str, last: str) -> str:
        """Queue one run of ``job`` over all partitions from ``first`` to ``last``, inclusive."""
        ends = {
            "dagster/asset_partition_range_start": first,
            "dagster/asset_partition_range_end": last,
        }
        return self.launch(job, tags=ends)

    def run(self, run_id: str) -> Run:
        """Return the run as it is now."""
        return run_said(self._ask(q.RUN, {"runId": run_id}, "Run"))

    def events(self, run_id: str, after: str | None = None) -> tuple[list[Event], str]:
        """Return the events of a run after cursor ``after``, and the next cursor."""
        answer = self._ask(q.EVENTS, {"runId": run_id, "after": after}, "Run")["eventConnection"]
        return [event_said(one) for one in answer["events"] if one], answer["cursor"]

    def wait(
        self,
        run_id: str,
        on_event: Callable[[Event], None] = lambda _: None,
        patience: float = 3600.0,
        every: float = 0.5,
    ) -> Run:
        """Return the run when it has ended, telling ``on_event`` each event as it comes.

        Raises:
            RunUnfinished: it had not ended after ``patience`` seconds.
        """
        cursor, failures, deadline = None, [], time.monotonic() + patience
        while True:
            run = self.run(run_id)  # before the events: what came before the end is then seen
            events, cursor = self._drain(run_id, cursor)
            for event in events:
                on_event(event)
            failures += [event.message for event in events if event.kind in q.FAILURE_KINDS]
            if run.is_finished:
                return replace(run, failures=tuple(failures))
            if time.monotonic() > deadline:
                raise RunUnfinished(f"run {run_id[:8]} of {run.job} is still {run.status}")
            time.sleep(every)

    def materialized_partitions(self, asset: Sequence[str]) -> list[str]:
        """Return the keys of ``asset``'s dynamic partitions that have been made."""
        answer = self._ask(q.PARTITIONS, {"asset": {"path": list(asset)}}, "AssetNode")
        return list(answer["assetPartitionStatuses"]["materializedPartitions"])

    def runs(self, job: str | None = None, tags: Mapping[str, str] | None = None) -> list[Run]:
        """Return the newest runs of ``job`` that carry ``tags``, newest first."""
        chosen = {"tags": [{"key": k, "value": v} for k, v in (tags or {}).items()]}
        answer = self._ask(q.RUNS, {"filter": {"pipelineName": job, **chosen}}, "Runs")
        return [run_said(one) for one in answer["results"]]

    def latest_run(self, job: str, tags: Mapping[str, str] | None = None) -> Run | None:
        """Return the newest run of ``job`` that carries ``tags``, if there is one."""
        return next(iter(self.runs(job, tags)), None)

    def start_sensor(self, name: str) -> None:
        """Switch a sensor on."""
        self._ask(q.START_SENSOR, {"sensor": {"sensorName": name, **LOCATION}}, "Sensor")

    def _drain(self, run_id: str, cursor: str | None) -> tuple[list[Event], str | None]:
        drained: list[Event] = []
        while True:
            events, cursor = self.events(run_id, cursor)
            drained += events
            if not events:
                return drained, cursor

    def _ask(self, question: str, given: dict[str, Any], *expected: str) -> dict[str, Any]:
        body = {"query": question, "variables": given}
        try:
            content = self._session.post(self._url, json=body, timeout=self._timeout).json()
        except requests.RequestException as error:
            raise StackUnreachable(f"no answer from {self._url}: {type(error).__name__}") from error
        if content.get("errors"):
            raise StackRefused(content["errors"][0]["message"])
        said: dict[str, Any] = content["data"]["answer"]
        if said["__typename"] not in expected:
            raise StackRefused(f"{said['__typename']}: {said.get('message', 'no reason given')}")
        return said
