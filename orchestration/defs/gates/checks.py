"""The gates between staging and everything behind it: one blocking check per relation and suite."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from expectations.suites import GATES
from orchestration import dbt
from orchestration.failures import translated
from orchestration.layers import POOL
from orchestration.open_gates import JUDGED, Gate, state_of_raw
from orchestration.resources import Database
from orchestration.settings import settings


def all_gates(manifest: Mapping[str, Any]) -> tuple[Gate, ...]:
    """Return every gate, each with the raw tables behind what it judges."""
    return tuple(
        Gate(relation, suite, dbt.raw_tables_behind(relation, manifest))
        for relation, suite in GATES
    )


def gate_check(gate: Gate) -> dg.AssetChecksDefinition:
    """Return the check that holds back everything downstream while ``gate`` is closed."""

    @dg.asset_check(
        asset=gate.asset,
        name=gate.suite,
        blocking=True,
        pool=POOL,
        description=f"What was agreed about {gate.relation} holds; only counts are kept.",
    )
    def meets_expectations(
        context: dg.AssetCheckExecutionContext, database: Database
    ) -> dg.AssetCheckResult:
        # Great Expectations takes seconds to load, which only a judging run should pay.
        from expectations.gate import judge  # noqa: PLC0415

        with translated(f"judge {gate.relation}"):
            with database.connected() as connection:
                judged = state_of_raw(connection, gate.raw_tables)
            report = judge(
                database.url(),
                gate.relation,
                gate.suite,
                site=Path(settings().reports),
                run_name=context.run.run_id,
            )
        is_warning = not report.passed and not report.blocks
        return dg.AssetCheckResult(
            passed=report.passed and report.evaluated > 0,
            severity=dg.AssetCheckSeverity.WARN if is_warning else dg.AssetCheckSeverity.ERROR,
            metadata={
                "failed_expectations": list(report.failures),
                "expectations": report.evaluated,
                "rows": report.rows,
                JUDGED: judged,
            },
        )

    return meets_expectations


@dg.definitions
def gates() -> dg.Definitions:
    """Return one check per gate."""
    manifest = json.loads(dbt.fresh_manifest().read_bytes())
    return dg.Definitions(asset_checks=[gate_check(gate) for gate in all_gates(manifest)])
