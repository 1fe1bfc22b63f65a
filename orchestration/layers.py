"""One Dagster step per layer of the dbt project, gates standing between staging and the rest."""

import io
import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, redirect_stdout
from pathlib import Path
from typing import Any, TextIO

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, dbt_assets
from pydantic import Field

from orchestration import dbt
from orchestration.failures import translated
from orchestration.open_gates import Gate, raw_held_still, refuse_unless_open
from orchestration.resources import Database
from orchestration.settings import settings

POOL = "warehouse_build"
SELECTIONS = {
    "staging": "resource_type:seed fqn:kho.staging",  # value lists stand beside the views
    "intermediate": "fqn:kho.intermediate",
    "marts": "fqn:kho.marts",
}


class Build(dg.Config):
    """How a layer is built, as it is asked for in the launchpad."""

    full_refresh: bool = Field(
        default=False,
        description="Build every table whole. Tables by document follow what changed; this is for"
        " when a table was changed by hand, or to see that both give the same.",
    )


class Owned(DagsterDbtTranslator):
    """Every model has an owner, even if its YAML names none."""

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> Sequence[str]:
        """Return who answers for the model."""
        return super().get_owners(dbt_resource_props) or ["team:warehouse"]


def layer_assets(layer: str, manifest: Path, gates: Sequence[Gate]) -> dg.AssetsDefinition:
    """Return the relations of one layer, built together; ``gates`` must be open before."""

    @dbt_assets(
        manifest=manifest,
        select=SELECTIONS[layer],
        name=layer,
        pool=POOL,
        dagster_dbt_translator=Owned(),
    )
    def relations(
        context: dg.AssetExecutionContext,
        config: Build,
        dbt_cli: DbtCliResource,
        database: Database,
    ) -> Iterator[Any]:
        with translated(f"build {layer}"), ExitStack() as held:
            if gates:
                # Marts read the tables of the intermediate layer: later landings do not reach them.
                raw = None
                if layer == "intermediate":
                    tables = [table for gate in gates for table in gate.raw_tables]
                    raw = held.enter_context(raw_held_still(database, tables))
                refuse_unless_open(context.instance, gates, raw)
            held.enter_context(dbt.connected_to(database.url()))
            yield from _build(context, dbt_cli, config)

    return relations


class FirstLines(io.TextIOBase):
    """Where dbt writes: the first line of each message; a database quotes rows further down."""

    def __init__(self, behind: TextIO) -> None:
        """Pass on to ``behind``."""
        self._behind = behind

    def write(self, message: str) -> int:
        """Write the first line of ``message``."""
        self._behind.write(message.strip("\n").partition("\n")[0] + "\n")
        return len(message)

    def flush(self) -> None:
        """Flush what was passed on."""
        self._behind.flush()


def _build(
    context: dg.AssetExecutionContext, dbt_cli: DbtCliResource, config: Build
) -> Iterator[Any]:
    """Run `dbt build` for this step; what it writes about rows is removed again."""
    scratch = settings().home / "dbt" / f"{context.run_id[:8]}-{context.op_handle.name}"
    try:
        invocation = dbt_cli.cli(
            ["build", *(["--full-refresh"] if config.full_refresh else [])],
            context=context,
            target_path=scratch,
            raise_on_error=False,
        )
        with redirect_stdout(FirstLines(sys.stdout)):
            yield from invocation.stream()
        if not invocation.is_successful():
            raise _failure(scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _failure(scratch: Path) -> dg.Failure:
    """Name what failed, without dbt's messages: a database error may quote a row."""
    written = scratch / "run_results.json"
    if not written.exists():
        return dg.Failure(
            "dbt ended before it built anything: does the database answer (`kho status`), does"
            " the dbt project parse (`kho test`)?",
            allow_retries=False,
        )
    results = json.loads(written.read_bytes())["results"]
    broken = [one["unique_id"] for one in results if one["status"] in {"error", "fail"}]
    return dg.Failure(
        description=f"dbt could not build: {', '.join(broken)}",
        metadata={"broken": broken},
        allow_retries=False,
    )
