"""Signers of papers, compared with a registry of officials: name, agency, post, and no number.

How common a name is tells most here, and is known from outside. A name alone proposes nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from linkage.guards import Guards
from linkage.plan import Compared, Likeness, LinkPlan
from linkage.spelling import name_parts

GUARDS = Guards(besides_names=("agency", "post"), is_left_linked_once=True)
Frequencies = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, repr=False)
class Named:
    """A key with a person's name, the agency and the post, as far as they are said."""

    key: str
    name: str
    agency: str | None
    post: str | None


def plan(frequencies: Frequencies) -> LinkPlan:
    """Return how signers are compared; without counted names the records count them."""
    parts = tuple(
        Compared(part, Likeness.NAME, not frequencies.get(part), frequencies.get(part, {}))
        for part in ("family", "middle", "given")
    )
    return LinkPlan(
        compared=(
            *parts,
            Compared("agency", Likeness.SAME, is_weighed=True),
            Compared("post", Likeness.WORDS, is_weighed=True),
        ),
        blocking=(
            ("family_letters", "given_letters"),
            ("given_letters", "agency"),
            ("middle_letters", "given_letters"),
        ),
        training=(("family_letters", "given_letters"), ("agency",)),
        certain=(),
        expected_share=0.5,
    )


def compared(people: Iterable[Named]) -> list[dict[str, Any]]:
    """Return people as they are compared; who has no name is left out."""
    rows = []
    for one in people:
        family, middle, given = name_parts(one.name)
        if given:
            rows.append(
                {
                    "key": one.key,
                    "family": family,
                    "middle": middle,
                    "given": given,
                    "agency": one.agency,
                    "post": one.post,
                }
            )
    return rows
