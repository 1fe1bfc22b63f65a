"""The levels of each likeness, as the engine takes them: strictest first, then "other"."""

from typing import Any

from splink.comparison_library import CustomComparison

from linkage.plan import Compared, Level, Likeness

_NAME_CLOSE, _WORDS_CLOSE, _WORDS_AKIN = 0.92, 0.92, 0.8
# How values of one thing come out, before anything is learned of these records: readers lose marks
# more often than letters, people move house. EM starts here, and few records stay here.
_AMONG_MATCHES = {
    Likeness.NAME: (0.75, 0.13, 0.08, 0.04),
    Likeness.WORDS: (0.65, 0.1, 0.12, 0.08, 0.05),
    Likeness.DATE: (0.85, 0.04, 0.05, 0.03, 0.03),
    Likeness.CODE: (0.85, 0.05, 0.06, 0.04),
    Likeness.SAME: (0.9, 0.1),
}
_TAIL = 7  # digits two codes must share at their end, where one is shorter than the other


def comparison(one: Compared) -> CustomComparison:
    """Return the engine's comparison of one column."""
    column = one.column
    levels: list[Any] = [_exact(one)]
    levels += [_level(sql, level) for sql, level in _between(one)]
    levels.append(_level("ELSE", Level.OTHER))
    for level, share in zip(levels, _AMONG_MATCHES[one.likeness], strict=True):
        level["m_probability"] = share
    levels.insert(0, _none(one))
    return CustomComparison(output_column_name=column, comparison_levels=levels)


def level_names(one: Compared) -> dict[int, Level]:
    """Return what the engine's numbers of levels mean."""
    between = [level for _, level in _between(one)]
    names = [Level.SAME, *between, Level.OTHER]
    return {-1: Level.NOT_GIVEN} | {len(names) - 1 - at: name for at, name in enumerate(names)}


def _between(one: Compared) -> list[tuple[str, Level]]:
    left, right = f'"{one.column}_l"', f'"{one.column}_r"'
    bare = f'"{one.column}_letters_l"', f'"{one.column}_letters_r"'
    alike = f"jaro_winkler_similarity({bare[0]}, {bare[1]})"
    match one.likeness:
        case Likeness.NAME:
            return [
                (f"{bare[0]} = {bare[1]}", Level.SAME_LETTERS),
                (f"{alike} >= {_NAME_CLOSE}", Level.CLOSE),
            ]
        case Likeness.WORDS:
            return [
                (f"{bare[0]} = {bare[1]}", Level.SAME_LETTERS),
                (f"{alike} >= {_WORDS_CLOSE}", Level.CLOSE),
                (f"{alike} >= {_WORDS_AKIN}", Level.AKIN),
            ]
        case Likeness.DATE:
            return [
                (_exchanged(left, right), Level.EXCHANGED),
                (f"damerau_levenshtein({left}, {right}) <= 1", Level.ONE_OFF),
                (f"substr({left}, 1, 4) = substr({right}, 1, 4)", Level.SAME_YEAR),
            ]
        case Likeness.CODE:
            return [
                (_same_end(left, right), Level.SAME_END),
                (f"damerau_levenshtein({left}, {right}) <= 1", Level.ONE_OFF),
            ]
        case Likeness.SAME:
            return []


def _exchanged(left: str, right: str) -> str:
    turned = f"substr({right}, 1, 5) || substr({right}, 9, 2) || '-' || substr({right}, 6, 2)"
    return f"length({left}) = 10 and length({right}) = 10 and {left} = {turned}"


def _same_end(left: str, right: str) -> str:
    return (
        f"length({left}) <> length({right}) and least(length({left}), length({right})) >= {_TAIL}"
        f" and (ends_with({left}, {right}) or ends_with({right}, {left}))"
    )


def _none(one: Compared) -> dict[str, Any]:
    """Return the level that says nothing: a value is missing, or two codes are of two kinds."""
    left, right = f'"{one.column}_l"', f'"{one.column}_r"'
    sql = f"{left} IS NULL OR {right} IS NULL"
    if one.likeness is Likeness.CODE:
        kinds = f"abs(length({left}) - length({right})) >= 2"
        sql = f"{sql} OR ({kinds} AND NOT ({_same_end(left, right)}))"
    return {**_level(sql, Level.NOT_GIVEN), "is_null_level": True}


def _exact(one: Compared) -> dict[str, Any]:
    level = _level(f'"{one.column}_l" = "{one.column}_r"', Level.SAME)
    if one.is_weighed or one.frequencies:
        level["tf_adjustment_column"] = one.column
    return level


def _level(sql: str, level: Level) -> dict[str, Any]:
    return {"sql_condition": sql, "label_for_charts": level.value}
