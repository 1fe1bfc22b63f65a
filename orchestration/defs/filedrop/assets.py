"""Registers that agencies deliver as files, landed as they arrive."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

import dagster as dg

from connectors.errors import ConnectorError
from connectors.filedrop.download import Remote
from connectors.filedrop.report import counts_of
from orchestration.defs.filedrop.fates import Taken
from orchestration.defs.filedrop.knowing import Memory
from orchestration.defs.filedrop.opening import open_room
from orchestration.defs.filedrop.shelf import LANDED, REFUSED, SAME
from orchestration.defs.filedrop.taking import LATE, finish, take
from orchestration.drop import DropPlaces
from orchestration.failures import patiently, translated
from orchestration.pulls import Acceptance
from orchestration.resources import Database, FileStore

POOL = "drop_folder"
NEWS = (*(f"files {fate}" for fate in (LANDED, REFUSED, SAME)), LATE, "registers taken back")


def _spec(table: str, description: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["raw", f"filedrop__{table}"],
        group_name="filedrop",
        owners=["team:integration"],
        kinds={"python", "postgres", "csv"},
        description=description,
        skippable=True,
    )


SPECS = (
    _spec("files", "Delivered files and what became of them. One row per register and content."),
    _spec("dossiers", "Dossiers as agencies listed them. One row per line of a register."),
    _spec("documents", "Documents as agencies listed them. One row per line of a register."),
    _spec("dossiers_rejected", "Lines that list no dossier, as sent. One row per line."),
    _spec("documents_rejected", "Lines that list no document, as sent. One row per line."),
)


@dataclass(slots=True)
class Tally:
    """What a run did, in numbers, and what went wrong in it."""

    counts: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)

    @contextmanager
    def alone(self, doing: str, failed: str) -> Iterator[None]:
        """Let trouble nobody foresaw, told without its message, keep out nothing else."""
        try:
            with translated(doing):
                yield
        except dg.Failure as failure:
            if failure.allow_retries:
                raise
            self.troubles.append(failure.description or "")
            self.counts[failed] += 1


@dg.multi_asset(specs=SPECS, name="registers", retry_policy=patiently, pool=POOL)
def registers(
    context: dg.AssetExecutionContext,
    config: Acceptance,
    database: Database,
    file_store: FileStore,
    drop_places: DropPlaces,
) -> Iterator[dg.MaterializeResult]:
    """Take every new or corrected file of the drop folder; a bad one is an outcome, others land.

    What our own code or database refuses, or a server that does not answer, keeps nothing else
    out: the run fails at its end, and such files are looked at again.
    """
    tally = Tally()
    counts, troubles = tally.counts, tally.troubles
    with translated("take delivered registers"):
        room = open_room(context, database, file_store, config)
        if drop_places.has_server:
            counts.update(_fetched(drop_places, room.memory, troubles))
        for arrival in drop_places.arrivals():
            with tally.alone("take a delivered register", "files not taken"):
                counts.update(_told(take(arrival, room)))
                if room.memory.knows(arrival):
                    drop_places.let_go(arrival)
        with tally.alone("finish what was left", "looks for what was left that failed"):
            counts.update(finish(room))
    context.log.info(", ".join(f"{name}: {n}" for name, n in sorted(counts.items())))
    # A look that changed nothing is no landing: a build would be asked for.
    if any(counts[name] for name in NEWS):
        yield from (dg.MaterializeResult(spec.key, metadata=dict(counts)) for spec in SPECS)
    if troubles:
        # Not worth a retry of ours: the folder is watched, and the server is asked every hour.
        raise dg.Failure(
            f"take delivered registers: {troubles[0]} (whatever else was there has landed)",
            allow_retries=False,
        )


def _fetched(places: DropPlaces, memory: Memory, troubles: list[str]) -> dict[str, int]:
    def is_known(remote: Remote) -> bool:
        return memory.needs_no(remote.register_id, remote.size, remote.modified_at)

    try:
        found = places.fetch(is_known)
    except ConnectorError as error:
        troubles.append(str(error))
        return {"server looks that failed": 1}
    return {f"server {name}": count for name, count in asdict(found).items()}


def _told(taken: Taken) -> Counter[str]:
    """Return what became of a file, in numbers."""
    counts = Counter({f"files {taken.outcome}": 1, **taken.taken_back})
    if taken.report:
        counts.update(counts_of(taken.report))
        if refusal := taken.report["refusal"]:
            counts[f"refused: {refusal['code']}"] += 1
    return counts
