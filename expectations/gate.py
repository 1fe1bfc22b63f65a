"""One gate: hold a suite against a relation and report counts, never values.

A report says whether the data keeps what was agreed. Being unable to tell is an error, or a report
that did not pass: a gate that judged nothing is shut.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import great_expectations as gx
import sqlalchemy as sa
from great_expectations.core.expectation_validation_result import (
    ExpectationSuiteValidationResult,
    ExpectationValidationResult,
)
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)

from expectations import docs_site
from expectations.errors import GateBroken, WarehouseSilent
from expectations.suites import suite_named

COUNTS_ONLY = {"result_format": "BASIC", "partial_unexpected_count": 0}
# Great Expectations keeps the context in use in a global.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Report:
    """What a gate found. ``severity`` is the worst failure's: critical, warning, or None."""

    passed: bool
    severity: str | None
    failures: tuple[str, ...]
    evaluated: int
    rows: int

    @property
    def blocks(self) -> bool:
        """Whether what comes after the gate must not run."""
        return not self.passed and self.severity != "warning"


def judge(
    url: str, relation: str, suite: str | gx.ExpectationSuite, *, site: Path, run_name: str
) -> Report:
    """Hold ``suite`` against all rows of ``relation`` (schema.table) and publish the result.

    Raises:
        WarehouseSilent: the database did not answer; worth another try.
        GateBroken: the relation or a column of it is not there, or a query failed.
    """
    agreed = suite_named(suite) if isinstance(suite, str) else suite
    _require(url, relation)
    with _one_at_a_time:
        key, result = _validated(url, relation, agreed, run_name)
        broken = [_named(one) for one in result.results if _is_broken(one)]
        for one in result.results:
            _keep_counts(one)
        docs_site.publish(site, agreed, key, result)
    if broken:
        raise GateBroken(
            f"{agreed.name} could not judge {relation}: {', '.join(sorted(broken))} could not be "
            "evaluated; is a column gone?"
        )
    return _report(result)


def _report(result: ExpectationSuiteValidationResult) -> Report:
    failures = tuple(_named(one) for one in result.results if not one.success)
    evaluated = len(result.results)
    worst = result.get_max_severity_failure()
    passed = evaluated > 0 and not failures
    return Report(
        passed=passed,
        severity=None if passed else str(worst.value) if worst else "critical",
        failures=failures,
        evaluated=evaluated,
        rows=max((_rows(one) for one in result.results), default=0),
    )


def _require(url: str, relation: str) -> None:
    """Raise unless the database answers and has the relation."""
    opened = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True)
    try:
        with opened.connect() as connection:
            found = connection.scalar(sa.text("select to_regclass(:name)"), {"name": relation})
    except sa.exc.OperationalError:
        raise WarehouseSilent(f"the database did not answer while judging {relation}") from None
    if found is None:
        raise GateBroken(f"{relation} is not there to be judged; build staging first")


def _validated(
    url: str, relation: str, suite: gx.ExpectationSuite, run_name: str
) -> tuple[Any, ExpectationSuiteValidationResult]:
    """Return the identifier and the result of one run, kept in memory only."""
    schema, _, table = relation.partition(".")
    context = gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(),
            analytics_enabled=False,
            progress_bars=ProgressBarsConfig(globally=False),
        ),
    )
    with _source(context, url) as source:
        asset = source.add_table_asset(table, table_name=table, schema_name=schema)
        definition = gx.ValidationDefinition(
            name=suite.name,
            data=asset.add_batch_definition_whole_table("all rows"),
            suite=context.suites.add(suite),
        )
        checkpoint = gx.Checkpoint(
            name=suite.name,
            validation_definitions=[context.validation_definitions.add(definition)],
            result_format=COUNTS_ONLY,
        )
        outcome = checkpoint.run(run_id=gx.RunIdentifier(run_name=run_name))
    [(key, result)] = outcome.run_results.items()
    return key, result


@contextmanager
def _source(context: Any, url: str) -> Iterator[Any]:
    """Connect for one run; a dollar sign would be taken for the name of a variable."""
    source = context.data_sources.add_postgres(
        "warehouse", connection_string=url.replace("$", "%24")
    )
    try:
        yield source
    finally:
        source.get_engine().dispose()


def _named(one: ExpectationValidationResult) -> str:
    """Name an expectation by its rule or by its kind and columns."""
    config = one.expectation_config
    if config is None:
        return "an expectation without a name"
    rule = (config.meta or {}).get("rule")
    if rule:
        return str(rule)
    columns = config.kwargs.get("column_list") or [config.kwargs.get("column", "")]
    return f"{config.type}({', '.join(columns)})"


def _is_broken(one: ExpectationValidationResult) -> bool:
    """Tell an expectation that could not be evaluated: its errors are keyed by metric."""
    told = one.exception_info or {}
    return bool(told.get("raised_exception", bool(told)))


def _keep_counts(one: ExpectationValidationResult) -> None:
    """Drop all but numbers: an error's message and a list of values may quote a row."""
    if _is_broken(one):
        one.exception_info = {
            "raised_exception": True,
            "exception_message": "could not be evaluated",
            "exception_traceback": "",
        }
    one.result = {
        name: float(value) if isinstance(value, Decimal) else value
        for name, value in one.result.items()
        if value is None or isinstance(value, int | float | Decimal)
    }


def _rows(one: ExpectationValidationResult) -> int:
    counted = one.result.get("element_count")
    if counted is None and "row_count" in str(getattr(one.expectation_config, "type", "")):
        counted = one.result.get("observed_value")
    return int(counted or 0)
