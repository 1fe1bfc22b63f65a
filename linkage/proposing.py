"""From two sets of rows to what is shown to a person: scored, cut off, guarded."""

from collections.abc import Iterable
from dataclasses import dataclass

from linkage.guards import Guards, JudgedPair, judged_links
from linkage.plan import LinkPlan
from linkage.preparing import Row
from linkage.scoring import score
from linkage.threshold import chosen_threshold

EXPECTED_PRECISION = 0.95
"""A person looks at each: one look in twenty for nothing costs less than a link missed."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """Judged pairs, from which probability on they are shown, and the model that scored them."""

    judged: tuple[JudgedPair, ...]
    threshold: float
    model_id: str


def proposals(
    left: Iterable[Row], right: Iterable[Row], plan: LinkPlan, guards: Guards
) -> Proposals:
    """Return which of ``left`` may be which of ``right``."""
    scores = score(left, right, plan)
    threshold = chosen_threshold(scores.pairs, EXPECTED_PRECISION)
    return Proposals(
        tuple(judged_links(scores.pairs, threshold, guards)), threshold, scores.model_id
    )
