"""Which pairs are worth holding against each other: alike in text, in looks, or in name.

New documents meet all others; what was on the shelf before is not compared again. A form used a
thousand times would make a million pairs, so in a crowd each document meets its nearest few; that
it bears the name of another one is found whatever the crowd.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ocr_assets.duplicates import looks, sketch
from ocr_assets.duplicates.looks import ALIKE
from ocr_assets.duplicates.shelf import Places, Shelf
from ocr_assets.duplicates.sketch import Sketches
from ocr_assets.duplicates.verdict import ALIKE_TEXTS

BANDS = 32  # of four numbers each: texts half alike share a band in 87 of 100 cases, .67 in all
CROWD = 64  # documents that share a band and are all held against each other
NEAREST = 8  # of a crowd, or of those that look alike
VISITS = 3  # crowds in which a document looks for its nearest
FORMS = 3  # pairs a document is listed in although its number is surely another
PROPOSED = 20  # pairs a document is listed in otherwise
_BLOCK = 16  # looks at once: their differences then stay in the processor's cache
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd: multiplying by it loses nothing


def candidates(shelf: Shelf, fresh: NDArray[np.bool_]) -> Places:
    """Return pairs of places, one a row, a fresh document first in each."""
    found = [*_alike_in_text(shelf, fresh), *_alike_in_looks(shelf, fresh)]
    found += _of_one_name(shelf, fresh)
    pairs = _once(np.concatenate([np.empty((0, 2), np.int64), *found]), len(shelf.ids))
    similar, apart = shelf.similarities(pairs), shelf.distances(pairs)
    names, numbers = shelf.names[pairs], shelf.numbers[pairs]
    is_named = (names[:, 0] == names[:, 1]) & (names[:, 0] > 0)
    keep = (similar >= ALIKE_TEXTS) | (apart <= ALIKE) | is_named
    is_other = (numbers[:, 0] != numbers[:, 1]) & (numbers > 0).all(axis=1)
    near = similar + (1 - apart) + is_named
    return np.concatenate(
        [
            _nearest(pairs, near, keep & is_other, FORMS),
            _nearest(pairs, near, keep & ~is_other, PROPOSED),
        ]
    )


def _alike_in_text(shelf: Shelf, fresh: NDArray[np.bool_]) -> Iterator[Places]:
    """Yield pairs that share a band; those of a crowd only if they are near each other."""
    said = np.flatnonzero(shelf.sketches.any(axis=1))
    visits = np.zeros(len(shelf.ids), np.int64)
    for band in range(BANDS):
        for group in _groups(said, _band(shelf.sketches[said], band), fresh):
            callers = group[fresh[group]]
            if len(group) <= CROWD:
                yield _crossed(callers, group)
                continue
            callers = callers[visits[callers] < VISITS]
            visits[callers] += 1
            yield from _near_in_crowd(shelf, callers, group)


def _band(sketches: Sketches, band: int) -> NDArray[np.uint64]:
    """Return four numbers of each sketch as one."""
    width = sketch.NUMBERS // BANDS
    key = np.zeros(len(sketches), np.uint64)
    for column in sketches[:, band * width : (band + 1) * width].T:
        key = key * _MIX + column
    return key


def _groups(places: Places, keys: NDArray, fresh: NDArray[np.bool_]) -> Iterator[Places]:
    """Yield the places that share a key, where there are several and one of them is fresh."""
    order = np.argsort(keys, kind="stable")
    sorted_places, sorted_keys = places[order], keys[order]
    starts = np.flatnonzero(np.r_[True, sorted_keys[1:] != sorted_keys[:-1]][: len(keys)])
    ends = np.r_[starts[1:], len(keys)]
    if not len(starts):
        return
    has_fresh = np.maximum.reduceat(fresh[sorted_places], starts)
    for at in np.flatnonzero((ends - starts > 1) & has_fresh):
        yield sorted_places[starts[at] : ends[at]]


def _near_in_crowd(shelf: Shelf, callers: Places, crowd: Places) -> Iterator[Places]:
    for place in callers:
        common = (shelf.sketches[crowd] == shelf.sketches[place]).sum(axis=1)
        near = np.argpartition(-common, NEAREST)[: NEAREST + 1]
        yield _crossed(np.array([place]), crowd[near])


def _alike_in_looks(shelf: Shelf, fresh: NDArray[np.bool_]) -> Iterator[Places]:
    """Yield pairs whose first pages look alike, the nearest few of each fresh document."""
    seen = np.flatnonzero(shelf.looks.any(axis=1))
    columns = np.ascontiguousarray(shelf.looks[seen].T)
    callers = seen[fresh[seen]]
    for start in range(0, len(callers), _BLOCK):
        block = callers[start : start + _BLOCK]
        for place, bits in zip(block, looks.bits_apart(shelf.looks[block], columns), strict=True):
            near = np.flatnonzero(bits <= int(ALIKE * looks.BITS))
            near = near[seen[near] != place]
            nearest = near[np.argsort(bits[near], kind="stable")[:NEAREST]]
            yield _crossed(np.array([place]), seen[nearest])


def _of_one_name(shelf: Shelf, fresh: NDArray[np.bool_]) -> Iterator[Places]:
    named = np.flatnonzero(shelf.names)
    for group in _groups(named, shelf.names[named], fresh):
        yield _crossed(group[fresh[group]], group[: CROWD + 1])


def _crossed(callers: Places, group: Places) -> Places:
    """Return every caller with every other one of the group."""
    pairs = np.stack(np.meshgrid(callers, group, indexing="ij"), axis=-1).reshape(-1, 2)
    return np.asarray(pairs[pairs[:, 0] != pairs[:, 1]], np.int64)


def _once(pairs: Places, size: int) -> Places:
    """Return each pair once, whichever way round it was found; a fresh one stays in front."""
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    _, at = np.unique(low * size + high, return_index=True)
    return pairs[at]


def _nearest(
    pairs: Places, near: NDArray[np.float32], keep: NDArray[np.bool_], most: int
) -> Places:
    """Return the ``most`` nearest of the pairs to keep for each document in front."""
    chosen = np.flatnonzero(keep)
    order = chosen[np.lexsort((-near[chosen], pairs[chosen, 0]))]
    front = pairs[order, 0]
    starts = np.flatnonzero(np.r_[True, front[1:] != front[:-1]]) if len(front) else front
    rank = np.arange(len(front)) - np.repeat(starts, np.diff(np.r_[starts, len(front)]))
    return np.asarray(pairs[order[rank < most]], np.int64)
