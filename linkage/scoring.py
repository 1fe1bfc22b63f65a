"""Scored pairs of records: a Fellegi-Sunter model, trained on the records without labels."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import SplinkException

from linkage.comparisons import comparison, level_names
from linkage.confined import confined
from linkage.errors import LinkageTooLarge
from linkage.frequencies import completed
from linkage.model_digest import digest
from linkage.pair import ScoredPair, Scores
from linkage.plan import LinkPlan
from linkage.preparing import Row, prepared, values_of

_AT_ONCE = 20_000  # records of a set; twenty thousand against as many fit into half of a gigabyte

logging.getLogger("splink").setLevel(logging.ERROR)  # it speaks of columns and counts at length


def score(
    left: Iterable[Row],
    right: Iterable[Row] | None,
    plan: LinkPlan,
    key: str = "key",
    from_probability: float = 0.01,
) -> Scores:
    """Compare two sets of records, or one with itself, and return the pairs that may be one."""
    sets = [prepared(left, key, plan)]
    sets += [prepared(right, key, plan)] if right is not None else []
    if min(table.num_rows for table in sets) == 0 or sum(table.num_rows for table in sets) < 2:
        return Scores((), "nothing-compared")
    if min(table.num_rows for table in sets) < plan.least_to_learn:
        plan = replace(plan, training=())
    try:
        return _scored(sets, plan, from_probability)
    except ValueError:  # EM ran into a corner: a level that no match, or every one, is in
        if not plan.training:
            raise
        return _scored(sets, replace(plan, training=()), from_probability)


def _scored(sets: Sequence[pa.Table], plan: LinkPlan, from_probability: float) -> Scores:
    connection = confined(plan.bounds)
    try:
        return _scores(sets, plan, connection, from_probability)
    except SplinkException as broken:
        if not isinstance(broken.__cause__, duckdb.OutOfMemoryException):
            raise
        raise LinkageTooLarge(
            f"comparing outgrew {plan.bounds.memory_mb} MB; block on more columns or allow more"
        ) from None
    finally:
        connection.close()


def _scores(
    sets: Sequence[pa.Table],
    plan: LinkPlan,
    connection: duckdb.DuckDBPyConnection,
    from_probability: float,
) -> Scores:
    engine = DuckDBAPI(connection)
    names = ("left_set", "right_set")[: len(sets)]
    tables = [
        engine.register(table, dataset_display_name=name)
        for name, table in zip(names, sets, strict=True)
    ]
    linker = Linker(tables if len(tables) > 1 else tables[0], _settings(plan, sets), log_level=None)
    _give_frequencies(linker, engine, plan, sets)
    _train(linker, plan, most=plan.bounds.sampled_pairs if _chunks(sets[-1]) > 1 else None)
    found = linker.inference.predict(
        threshold_match_probability=from_probability,
        num_chunks_left=_chunks(sets[0]),
        num_chunks_right=_chunks(sets[-1]),
        warning_mode="never",
    )
    pairs = _pairs(found.as_record_list(), plan)
    return Scores(pairs, digest(linker.misc.save_model_to_json()))


def _chunks(records: pa.Table) -> int:
    """Return in how many parts a set is compared: memory is bounded, and pairs grow as squares."""
    return -(-int(records.num_rows) // _AT_ONCE)


def _settings(plan: LinkPlan, sets: Sequence[pa.Table]) -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only" if len(sets) > 1 else "dedupe_only",
        probability_two_random_records_match=plan.expected_share / sets[-1].num_rows,
        comparisons=[comparison(one) for one in plan.compared],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in plan.blocking],
        retain_matching_columns=True,
        linker_uid="kho",
    )


def _give_frequencies(
    linker: Linker, engine: DuckDBAPI, plan: LinkPlan, sets: Sequence[pa.Table]
) -> None:
    for one in plan.compared:
        if not one.frequencies:
            continue
        known = completed(one.frequencies, values_of(sets, one.column))
        table = pa.table({one.column: list(known), f"tf_{one.column}": list(known.values())})
        linker.table_management.register_term_frequency_lookup(engine.register(table), one.column)


def _train(linker: Linker, plan: LinkPlan, most: int | None) -> None:
    """Estimate how often values agree by chance from random pairs, among matches by EM.

    ``most`` is how many pairs EM looks at, about; of a small set it looks at all.
    """
    training = linker.training
    if plan.certain:
        training.estimate_probability_two_random_records_match(
            [block_on(*rule) for rule in plan.certain], recall=plan.certain_recall
        )
    training.estimate_u_using_random_sampling(
        max_pairs=plan.bounds.sampled_pairs, seed=plan.seed, min_count_per_level=None, num_chunks=1
    )
    for rule in plan.training:
        training.estimate_parameters_using_expectation_maximisation(
            block_on(*rule), estimate_without_term_frequencies=True, max_pairs=most
        )


def _pairs(rows: Iterable[Mapping], plan: LinkPlan) -> tuple[ScoredPair, ...]:
    meanings = {one.column: level_names(one) for one in plan.compared}
    found = [
        ScoredPair(
            row["unique_id_l"],
            row["unique_id_r"],
            row["match_probability"],
            row["match_weight"],
            {column: names[row[f"gamma_{column}"]] for column, names in meanings.items()},
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda pair: (-pair.weight, pair.left, pair.right)))
