"""The sets that linking is measured on: records, how they are compared, and what is true."""

import csv
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.linkage_enterprises import papers_and_registry
from bench.linkage_people import two_offices
from linkage import enterprises, proposing
from linkage.frequencies import shares
from linkage.guards import Guards
from linkage.plan import Compared, Likeness, LinkPlan
from linkage.threshold import EXPECTED_PRECISION

HERE = Path(__file__).resolve().parent
CORPUS = Path(os.environ.get("KHO_CORPUS", HERE.parent.parent / "shared" / "corpus")) / "linkage"
Rows = list[Mapping[str, str | None]]


@dataclass(frozen=True, slots=True)
class MeasuredSet:
    """Records of one set, or of two, with their plan; ``thing`` tells what a record is really."""

    left: Rows
    right: Rows | None
    plan: LinkPlan
    guards: Guards
    thing: Callable[[str], str]
    was_seen: bool = False  # the plan was written looking at its truth
    key: str = "key"
    expected: float = EXPECTED_PRECISION
    exact: tuple[tuple[str, ...], ...] = ()  # sure keys of a plan that knows none
    facts: dict = field(default_factory=dict)


_FAKE = LinkPlan(
    compared=(
        Compared("first_name", Likeness.NAME, is_weighed=True),
        Compared("surname", Likeness.NAME, is_weighed=True),
        Compared("dob", Likeness.DATE),
        Compared("city", Likeness.NAME, is_weighed=True),
        Compared("email", Likeness.WORDS, is_weighed=True),
    ),
    blocking=(
        ("first_name", "surname"), ("dob",), ("email",), ("surname", "city"),
        ("first_name", "dob_year"), ("surname", "dob_year"),
    ),
    training=(("dob",), ("first_name", "surname")),
    certain=(("first_name", "surname", "dob"), ("email",)),
)  # fmt: skip
_FEBRL = LinkPlan(
    compared=(
        Compared("given_name", Likeness.NAME, is_weighed=True),
        Compared("surname", Likeness.NAME, is_weighed=True),
        Compared("date_of_birth", Likeness.DATE),
        Compared("soc_sec_id", Likeness.CODE),
        Compared("street_number", Likeness.SAME),
        Compared("address_1", Likeness.WORDS, is_weighed=True),
        Compared("suburb", Likeness.WORDS, is_weighed=True),
        Compared("postcode", Likeness.CODE),
    ),
    blocking=(
        ("soc_sec_id",), ("date_of_birth",), ("given_name_letters", "surname_letters"),
        ("surname_letters", "postcode"), ("given_name_letters", "postcode"),
        ("address_1_letters", "street_number"), ("suburb_letters", "street_number"),
    ),
    training=(("date_of_birth",), ("soc_sec_id",)),
    certain=(("soc_sec_id",), ("given_name", "surname", "date_of_birth")),
    certain_recall=0.8,
)  # fmt: skip
_PEOPLE_BLOCKING = (
    ("person_id",), ("birth_date",), ("family_letters", "middle_letters", "given_letters"),
    ("given_letters", "birth_date_year"), ("family_letters", "given_letters", "commune"),
)  # fmt: skip


def people_plan(frequencies: Mapping[str, Mapping[str, float]]) -> LinkPlan:
    parts = [
        Compared(part, Likeness.NAME, not frequencies, frequencies.get(part, {}))
        for part in ("family", "middle", "given")
    ]
    return LinkPlan(
        compared=(
            *parts,
            Compared("birth_date", Likeness.DATE),
            Compared("person_id", Likeness.CODE),
            Compared("commune", Likeness.SAME),
        ),
        blocking=_PEOPLE_BLOCKING,
        training=(("birth_date",), ("family_letters", "middle_letters", "given_letters")),
        certain=(("person_id",), ("family", "middle", "given", "birth_date")),
    )


def fake_1000() -> MeasuredSet:
    rows = _csv("splink_fake_1000.csv")
    clusters = {str(row["unique_id"]): str(row["cluster"]) for row in rows}
    return MeasuredSet(
        rows, None, _FAKE, Guards(), clusters.__getitem__, was_seen=True, key="unique_id"
    )


def febrl(name: str, other: str | None = None, *, was_seen: bool = False) -> MeasuredSet:
    left, right = _febrl(name), _febrl(other) if other else None
    once = Guards(is_left_linked_once=True, is_right_linked_once=True)
    return MeasuredSet(
        left, right, _FEBRL, once if other else Guards(), _number, was_seen=was_seen, key="rec_id"
    )


def vietnamese(*, counted: bool = True) -> MeasuredSet:
    drawn = two_offices()
    guards = Guards(
        besides_names=("birth_date", "person_id"),
        is_left_linked_once=True,
        is_right_linked_once=True,
    )
    plan = people_plan(shares(drawn.counted) if counted else {})
    return MeasuredSet(drawn.left, drawn.right, plan, guards, str)


def named_enterprises() -> MeasuredSet:
    papers, register = papers_and_registry()
    return MeasuredSet(
        _with_whole_names(enterprises.compared(papers)),
        _with_whole_names(enterprises.compared(register)),
        enterprises.PLAN,
        enterprises.GUARDS,
        lambda key: key.removesuffix("#"),
        was_seen=True,
        expected=proposing.EXPECTED_PRECISION,
        exact=(("whole_name",),),
    )


def _with_whole_names(rows: Rows) -> Rows:
    """Add the name as one who links by equality would clean it: letters, one form of law each."""
    parts = ("form", "trade", "own_name", "number")
    return [{**row, "whole_name": " ".join(row[part] or "" for part in parts)} for row in rows]


SETS: dict[str, Callable[[], MeasuredSet]] = {
    "splink_fake_1000": fake_1000,
    "febrl1": lambda: febrl("febrl/dataset1.csv", was_seen=True),
    "febrl2": lambda: febrl("febrl/dataset2.csv"),
    "febrl3": lambda: febrl("febrl/dataset3.csv"),
    "febrl4": lambda: febrl("febrl/dataset4a.csv", "febrl/dataset4b.csv"),
    "named enterprises": named_enterprises,
    "two offices": vietnamese,
    "two offices, no name counts": lambda: vietnamese(counted=False),
}


def _csv(name: str) -> Rows:
    with (CORPUS / name).open(encoding="utf-8") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        return [{k.strip(): v.strip() or None for k, v in row.items()} for row in rows]


def _febrl(name: str) -> Rows:
    rows = []
    for row in _csv(name):
        born = row["date_of_birth"]
        whole = born and len(born) == 8
        rows.append(
            dict(row) | {"date_of_birth": f"{born[:4]}-{born[4:6]}-{born[6:]}" if whole else born}
        )
    return rows  # fmt: skip


def _number(key: str) -> str:
    return key.split("-")[1]
