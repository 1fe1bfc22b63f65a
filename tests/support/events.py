"""What a run leaves for people to see, in the letters they would see it in."""

import json

import dagster as dg


def told_by_run(instance: dg.DagsterInstance, run_id: str) -> str:
    """Return all events of a run as one text; stored, a letter with marks is a number."""
    events = [json.loads(event.to_json()) for event in instance.all_logs(run_id)]
    return json.dumps(events, ensure_ascii=False)
