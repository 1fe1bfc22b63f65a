"""Notice what agencies have delivered as files: a sensor over the drop folder.

The server of an agency is asked by the clock (schedules.py), not by a sensor.
"""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from connectors.filedrop.folder import Arrival
from connectors.filedrop.mapping import MAPPING_NAME, read_mappings
from orchestration.defs.filedrop.knowing import Memory
from orchestration.defs.filedrop.pages import FOLDER, Pages
from orchestration.defs.filedrop.shelf import Shelf
from orchestration.defs.operations.freshness import UNFINISHED
from orchestration.defs.operations.jobs import take_registers
from orchestration.drop import DropPlaces
from orchestration.failures import translated
from orchestration.resources import Database
from orchestration.settings import settings


@dg.sensor(
    job=take_registers,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def register_arrivals(
    context: dg.SensorEvaluationContext, database: Database, drop_places: DropPlaces
) -> dg.RunRequest | dg.SkipReason:
    """Ask for a run when a whole file is new, was written anew, or would be read otherwise now.

    Also when a run that was killed has told nobody of a file.

    The table of files alone says what is known: there is no cursor. The same state of the folder
    is asked for once an hour, so that a run that failed is not repeated without end.
    """
    with translated("look into the drop folder"):
        found = drop_places.arrivals()
        mappings = read_mappings(Path(settings().catalog) / MAPPING_NAME)
        with database.connected() as connection:
            shelf = Shelf(connection)
    memory = Memory(shelf, mappings.version, settings().registry_most_lost)
    fresh = [arrival for arrival in found if not memory.knows(arrival)]
    pages = Pages(settings().reports / FOLDER)
    if not fresh and next(memory.unfinished(pages), None) is None:
        return dg.SkipReason(f"{len(found)} delivered files, all known")
    if context.instance.get_runs_count(
        dg.RunsFilter(job_name=take_registers.name, statuses=UNFINISHED)
    ):
        return dg.SkipReason("a run is taking them already")
    state = _state_of(fresh, mappings.version)
    return dg.RunRequest(run_key=f"{state}-{datetime.now(UTC):%Y%m%d%H}")


def _state_of(fresh: list[Arrival], version: str) -> str:
    told = "\n".join((version, *(f"{a.register_id} {a.size_bytes} {a.modified_at}" for a in fresh)))
    return hashlib.sha256(told.encode()).hexdigest()[:16]
