"""One calibration: every field's judgements weighed, its threshold, and what it was made from."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ocr_assets.learn.judgement import Judgement, Source
from ocr_assets.learn.lesson import Lesson, Rule, learned
from ocr_assets.learn.steps import Step, steps_of
from ocr_assets.thresholds import ACCEPTED_FROM

Row = dict[str, Any]
_OWN = 50  # judgements a field needs for steps of its own; fields with fewer share theirs


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was learned, as rows of the ledger; ``sample_sha256`` says from what."""

    calibration_id: str
    sample_sha256: str
    rows: tuple[Row, ...]


def judgement_of(row: Mapping[str, Any], today: Mapping[str, float]) -> Judgement | None:
    """Return one word of a person as a judgement; None where it says nothing certain.

    For words from before it was written down whether the value was accepted, the threshold of
    ``today`` tells.
    """
    field, confidence = str(row["field_name"]), float(row["confidence"])
    if field not in ACCEPTED_FROM or row["is_contested"]:
        return None
    asked = row["accepted_from"] if row["accepted_from"] is not None else today[field]
    accepted = row["was_accepted"]
    if accepted is None:
        accepted = confidence >= asked
    return Judgement(field, confidence, bool(row["is_right"]), _source(row, accepted, asked))


def _source(row: Mapping[str, Any], accepted: bool, asked: float) -> Source:  # noqa: FBT001
    if row["is_audit"]:
        return Source.AUDITED
    if accepted:
        return Source.BY_CHANCE
    return Source.HELD_BACK if float(row["confidence"]) >= asked else Source.REVIEWED


@dataclass(frozen=True, slots=True)
class Standing:
    """What a calibration starts from: thresholds in force, and what is asked.

    ``population`` says how many values of each field there are at each hundredth of confidence.
    """

    before: Mapping[str, float]
    population: Mapping[str, Mapping[int, int]]
    rule: Rule


def calibrated(words: Sequence[Mapping[str, Any]], standing: Standing, at: datetime) -> Calibration:
    """Return the calibration made of what people said."""
    today = ACCEPTED_FROM | dict(standing.before)
    by_field: dict[str, list[Judgement]] = defaultdict(list)
    for row in words:
        judged = judgement_of(row, today)
        if judged is not None:
            by_field[judged.field].append(judged)
    said = Counter(str(row["field_name"]) for row in words)
    few = (one for some in by_field.values() if _few(some) for one in some)
    pooled = steps_of(_pairs(few))
    digest = _digest(words, standing.rule)
    name = f"{at:%Y%m%dT%H%M%SZ}-{digest[:8]}"
    same = {
        "calibration_id": name,
        "sample_sha256": digest,
        "limit_share": standing.rule.limit,
        "level": standing.rule.level,
    }
    rows = []
    for field in ACCEPTED_FROM:
        of_field = by_field[field]
        many = standing.population.get(field, {})
        row = {
            "field_name": field,
            "previous_threshold": today[field],
            "left_out_count": said[field] - sum(one.counts for one in of_field),
            "pooled": "pooled" if _few(of_field) else "own",
            "steps": [
                *map(_told, pooled if _few(of_field) else steps_of(_pairs(of_field))),
            ],
        }
        lesson = learned(of_field, many, today[field], standing.rule)
        rows.append(same | row | _lesson(lesson) | _counts(of_field))
    return Calibration(name, digest, tuple(rows))


def _few(judged: Sequence[Judgement]) -> bool:
    return sum(one.counts for one in judged) < _OWN


def _pairs(judged: Iterable[Judgement]) -> list[tuple[float, bool]]:
    return [(one.confidence, one.is_right) for one in judged if one.counts]


def _told(step: Step) -> dict[str, float]:
    return {
        "from": step.confidence,
        "right": step.right,
        "of": step.of,
        "share": round(step.share, 5),
    }


def _lesson(lesson: Lesson) -> Row:
    return {
        "status": lesson.status.value,
        "threshold": lesson.threshold,
        "looked_at_count": lesson.looked_at,
        "wrong_count": lesson.wrong,
        "error_low": round(lesson.error_low, 5),
        "error_high": round(lesson.error_high, 5),
        "missing_count": lesson.missing,
    }


def _counts(judged: Sequence[Judgement]) -> Row:
    def many(source: Source) -> tuple[int, int]:
        rights = [one.is_right for one in judged if one.source is source]
        return len(rights), len(rights) - sum(rights)

    reviewed, audited, chance = map(many, (Source.REVIEWED, Source.AUDITED, Source.BY_CHANCE))
    return {
        "reviewed_count": reviewed[0],
        "reviewed_wrong_count": reviewed[1],
        "audited_count": audited[0],
        "audited_wrong_count": audited[1],
        "chance_wrong_count": chance[1],
    }


def _digest(words: Sequence[Mapping[str, Any]], rule: Rule) -> str:
    """Return what a calibration is made from: the same words never move a threshold twice."""
    told = [sorted(json.dumps(dict(row), sort_keys=True) for row in words), asdict(rule)]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
