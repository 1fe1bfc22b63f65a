"""From plain rows to the columns that are compared: spelled alike, empty as none, derived ones."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from linkage.errors import KeysRepeat, PlanUnfit
from linkage.plan import Likeness, LinkPlan
from linkage.spelling import letters, spelled

KEY = "unique_id"
Row = Mapping[str, Any]


def prepared(rows: Iterable[Row], key: str, plan: LinkPlan) -> pa.Table:
    """Return ``rows`` as the table the engine compares; ``key`` names the column that is unique."""
    taken = list(rows)
    columns = _columns(plan)
    if taken and (missing := {key, *columns} - taken[0].keys()):
        raise PlanUnfit(f"the records lack the columns {sorted(missing)}; put the plan right")
    keys = [str(row[key]) for row in taken]
    if len(set(keys)) < len(keys):
        raise KeysRepeat(f"{len(keys) - len(set(keys))} records repeat a key; keys must be unique")
    arrays: dict[str, list[str | None]] = {KEY: list(keys)}
    for name in columns:
        values = [_value(row[name]) for row in taken]
        arrays[name] = values
        arrays[f"{name}_letters"] = [letters(one) or None if one else None for one in values]
    for name in _dates(plan):
        arrays[f"{name}_year"] = [one[:4] if one else None for one in arrays[name]]
    return pa.table(arrays, schema=pa.schema([(name, pa.string()) for name in arrays]))


def values_of(tables: Sequence[pa.Table], column: str) -> set[str]:
    """Return every value that occurs in a column of any of the tables."""
    return {one for table in tables for one in table.column(column).to_pylist() if one}


def _columns(plan: LinkPlan) -> list[str]:
    if not plan.compared:
        raise PlanUnfit("the plan compares nothing; name the columns to compare")
    named = [one.column for one in plan.compared]
    for rule in (*plan.blocking, *plan.training, *plan.certain):
        named += [column.removesuffix("_letters").removesuffix("_year") for column in rule]
    return list(dict.fromkeys(named))


def _dates(plan: LinkPlan) -> list[str]:
    return [one.column for one in plan.compared if one.likeness is Likeness.DATE]


def _value(value: object) -> str | None:
    return spelled(str(value)) or None if value is not None else None
