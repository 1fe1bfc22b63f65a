"""Linking beside plain ways of linking: precision, recall, F1, time, memory, on known truth.

The threshold is the room's own rule (linkage/threshold.py) and never sees the truth; precision is
held against what that rule was told to expect. Plans were written looking at splink_fake_1000,
febrl1 and the named enterprises; the other sets were only measured. Beside, in the same run: pairs
equal in a sure key, of enterprises in their cleaned name (exact), and rapidfuzz's token_sort_ratio
over all compared columns within the same blocks, from 90 on (fuzzy) and from whatever ratio the
truth says is best (oracle: nobody can choose so well). All are closed to clusters, or kept one to
one, alike.
Prints a table, writes bench/out/linkage.json.
"""

import json
import multiprocessing
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from pathlib import Path

from rapidfuzz import fuzz

from bench.linkage_sets import CORPUS, SETS, MeasuredSet
from linkage.clusters import Clusters, clusters_of, judged_duplicates
from linkage.guards import JudgedPair, Standing, judged_links
from linkage.scoring import score
from linkage.spelling import letters, spelled
from linkage.threshold import chosen_threshold

OUT = Path(__file__).parent / "out" / "linkage.json"
FUZZY_FROM = 90
INVENTED = ("two offices", "named enterprises")
Pairs = set[tuple[str, str]]


def measured(name: str) -> dict:
    """Measure one set; meant for a process of its own, so that the peak is its own."""
    told = SETS[name]()
    before = _peak_mb()
    began, spent = time.perf_counter(), time.process_time()
    scores = score(told.left, told.right, told.plan, key=told.key)
    threshold = chosen_threshold(scores.pairs, told.expected)
    if told.right is None:
        judged = judged_duplicates(scores.pairs, threshold, told.guards, {})
        found = set(_within(clusters_of(judged)))
    else:
        judged = judged_links(scores.pairs, threshold, told.guards)
        found = {(one.pair.left, one.pair.right) for one in _proposed(judged)}
    took = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - spent}
    return {
        "set": name,
        "records": len(told.left) + len(told.right or ()),
        "was_seen": told.was_seen,
        "threshold": round(threshold, 4),
        "expected": told.expected,
        "model_id": scores.model_id,
        "ours": _figures(found, told),
        **_references(told),
        "standings": dict(Counter(one.standing.value for one in judged)),
        "true_among_names_only": sum(
            told.thing(one.pair.left) == told.thing(one.pair.right)
            for one in judged
            if one.standing is Standing.NAMES_ONLY
        ),
        **{unit: round(value, 2) for unit, value in took.items()},
        "peak_mb": round(_peak_mb()),
        "peak_mb_before": round(before),
    }


def _figures(found: Pairs, told: MeasuredSet) -> dict:
    right = sum(told.thing(left) == told.thing(other) for left, other in found)
    true = _true_count(told)
    precision, recall = right / max(1, len(found)), right / true
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {
        "pairs": len(found),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(f1, 4),
    }


def _true_count(told: MeasuredSet) -> int:
    lefts = Counter(told.thing(str(row[told.key])) for row in told.left)
    if told.right is None:
        return sum(count * (count - 1) // 2 for count in lefts.values())
    rights = Counter(told.thing(str(row[told.key])) for row in told.right)
    return sum(count * rights[thing] for thing, count in lefts.items())


def _proposed(judged: Iterable[JudgedPair]) -> Iterator[JudgedPair]:
    return (one for one in judged if one.standing is Standing.PROPOSED)


def _within(clusters: Iterable[frozenset[str]]) -> Iterator[tuple[str, str]]:
    for members in clusters:
        yield from combinations(sorted(members), 2)


def _references(told: MeasuredSet) -> dict:
    ratios = _ratios(told)
    tried = {
        least: _figures(_settled({p: r for p, r in ratios.items() if r >= least}, told), told)
        for least in range(50, 100, 5)
    }
    exact = dict.fromkeys(_blocked(told, told.exact or told.plan.certain), 100.0)
    return {
        "exact": _figures(_settled(exact, told), told),
        "fuzzy": tried[FUZZY_FROM],
        "oracle": max(tried.values(), key=lambda one: one["f1"]),
    }


def _blocked(told: MeasuredSet, rules: Iterable[tuple[str, ...]]) -> Pairs:
    """Return the pairs equal in every column of one rule."""
    pairs: Pairs = set()
    for rule in rules:
        sides: list[dict[tuple, list[str]]] = []
        for rows in (told.left, told.right or ()):
            side = defaultdict(list)
            for row in rows:
                key = tuple(_derived(row, column) for column in rule)
                if all(key):
                    side[key].append(str(row[told.key]))
            sides.append(side)
        for key, keys in sides[0].items():
            if told.right is None:
                pairs |= set(combinations(sorted(keys), 2))
            else:
                pairs |= set(product(keys, sides[1].get(key, ())))
    return pairs


def _derived(row, column: str) -> str | None:
    if column.endswith("_letters"):
        value = row[column.removesuffix("_letters")]
        return letters(value) if value else None
    if column.endswith("_year"):
        return (row[column.removesuffix("_year")] or "")[:4] or None
    return spelled(row[column]) if row[column] else None


def _ratios(told: MeasuredSet) -> dict[tuple[str, str], float]:
    """Return how alike the compared columns of each blocked pair are, taken as one text."""
    columns = [one.column for one in told.plan.compared]
    texts = [
        {str(row[told.key]): letters(" ".join(row[c] or "" for c in columns)) for row in rows}
        for rows in (told.left, told.right if told.right is not None else told.left)
    ]
    return {
        (left, right): fuzz.token_sort_ratio(texts[0][left], texts[1][right])
        for left, right in _blocked(told, told.plan.blocking)
    }


def _settled(alike: dict[tuple[str, str], float], told: MeasuredSet) -> Pairs:
    """Return the pairs closed to clusters, or the best of each record of two sets."""
    if told.right is None:
        joined = Clusters({})
        for left, right in alike:
            joined.join(left, right)
        return set(_within(joined.all()))
    best: Pairs = set()
    taken: set[tuple[int, str]] = set()
    for (left, right), _ in sorted(alike.items(), key=lambda one: (-one[1], one[0])):
        if (0, left) not in taken and (1, right) not in taken:
            best.add((left, right))
            taken |= {(0, left), (1, right)}
    return best


def _peak_mb() -> float:
    # Not getrusage: what it says of a child includes its parent's size when it was started.
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> None:
    wanted = sys.argv[1:] or list(SETS)
    if not CORPUS.is_dir():
        wanted = [name for name in wanted if name.startswith(INVENTED)]
    rows = []
    for name in wanted:
        with multiprocessing.get_context("spawn").Pool(1) as process:
            rows.append(process.apply(measured, (name,)))
        _tell(rows[-1])
    OUT.parent.mkdir(exist_ok=True)
    measures = [measure for row in rows for measure in _measures(row)]
    OUT.write_text(json.dumps(measures, ensure_ascii=False, indent=1), encoding="utf-8")


def _measures(row: dict) -> Iterator[dict]:
    """Yield what is said of one set: the promise of the threshold, and what Splink is worth."""
    name = f"{row['set']}{' (seen)' if row['was_seen'] else ''}"
    yield _measure(f"{name}: precision", row["ours"]["precision"], row["expected"])
    for way in ("exact", "fuzzy", "oracle"):
        yield _measure(f"{name}: recall beside {way}", row["ours"]["recall"], row[way]["recall"])
        yield _measure(f"{name}: F1 beside {way}", row["ours"]["f1"], row[way]["f1"])


def _measure(name: str, ours: float, reference: float) -> dict:
    ratio = round(ours / reference, 4) if reference else None
    met = None if ratio is None else ratio >= 1
    return {
        "measure": name,
        "ours": ours,
        "reference": reference,
        "ratio": ratio,
        "goal": 1,
        "met": met,
    }


def _tell(row: dict) -> None:
    print(
        f"{row['set']} ({row['records']} records{', seen' if row['was_seen'] else ''}): from "
        f"{row['threshold']}, {row['seconds']} s, {row['peak_mb']} MB, {row['standings']}, "
        f"{row['true_among_names_only']} of those by names alone true"
    )
    for way in ("ours", "exact", "fuzzy", "oracle"):
        told = row[way]
        print(
            f"  {way:<6} precision {told['precision']:.4f} recall {told['recall']:.4f} "
            f"F1 {told['f1']:.4f} ({told['pairs']} pairs)"
        )


if __name__ == "__main__":
    main()
