"""Claims about people put to population: only new, changed and old ones, a question at a time.

What a question brought is landed before the next is asked: a run that is killed goes on where it
stopped, for what was answered is not due any more.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from connectors.errors import VerdictsImplausible
from connectors.population.contract import VERIFICATIONS, Claim, Result, Verdict
from connectors.population.person_key import PersonKey
from connectors.population.registry import MOST_CLAIMS, Answered, PopulationRegistry
from warehouse.claims import Claimants, Held, held_claims
from warehouse.loading import FEW, Warehouse

#: Every raw table that names people by number and name.
CLAIMANTS = (
    Claimants("land__parcels", "parcel_id", "holder_person_id", "holder_name"),
    Claimants("civil_servants__officials", "official_id", "person_id", "full_name", "birth_date"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Due:
    """A claim to be asked about, with the token that says which values were asked about."""

    held: Held
    claim_token: str


@dataclass(slots=True)
class Verification:
    """One run over the claims of all tables: what it asks with, and what it has counted."""

    url: str
    registry: PopulationRegistry
    key: PersonKey
    again_after: timedelta
    most_unknown: float
    counts: Counter[str] = field(
        default_factory=lambda: Counter(dict.fromkeys(("claims", "asked", *map(str, Result)), 0))
    )

    def run(self, claimants: Claimants) -> None:
        """Ask about every due claim of one table, and land what population says.

        Raises:
            VerdictsImplausible: hardly anybody is known; nothing of that question is landed.
        """
        with closing(held_claims(self.url, claimants)) as held:
            due = self._due(claimants, held)
            while chunk := list(islice(due, MOST_CLAIMS)):
                self._ask(claimants.entity, chunk)

    def _ask(self, entity: str, chunk: Sequence[Due]) -> None:
        answered = self.registry.verify([_claim(one.held) for one in chunk])
        self._doubt(answered.verdicts)
        rows = self._rows(entity, chunk, answered)
        Warehouse(self.url).land(VERIFICATIONS, rows, batch_id=answered.request_id)
        self.counts["asked"] += len(chunk)
        self.counts.update(str(verdict.result) for verdict in answered.verdicts)

    def _due(self, claimants: Claimants, claims: Iterator[Held]) -> Iterator[Due]:
        """Yield claims never asked about, asked about with other values, or long ago."""
        long_ago = datetime.now(UTC) - self.again_after
        for held in claims:
            self.counts["claims"] += 1
            token = self.key.claim(
                claimants.entity, held.entity_key, held.person_id, held.person_name, held.birth_date
            )
            is_known = held.asked_token == token
            if not (is_known and held.verified_at and held.verified_at > long_ago):
                yield Due(held, token)

    def _doubt(self, verdicts: Sequence[Verdict]) -> None:
        unknown = sum(verdict.result is Result.NOT_FOUND for verdict in verdicts)
        asked = self.counts["asked"] + len(verdicts)
        in_all = self.counts[Result.NOT_FOUND] + unknown
        share = max(
            unknown / len(verdicts) if len(verdicts) >= FEW else 0.0,
            in_all / asked if asked >= FEW else 0.0,
        )
        if self.most_unknown < 1 and share > self.most_unknown:
            raise VerdictsImplausible(
                f"population does not know {unknown} of the {len(verdicts)} people of one question:"
                f" more than {self.most_unknown:.0%} are unknown. Its answer was not landed. If"
                " that is how it is, run it again and accept the loss."
            )

    def _rows(
        self, entity: str, chunk: Sequence[Due], answered: Answered
    ) -> Iterator[Mapping[str, Any]]:
        verified_at = datetime.now(UTC)
        for due, verdict in zip(chunk, answered.verdicts, strict=True):
            yield {
                "entity": entity,
                "entity_key": due.held.entity_key,
                "claim_token": due.claim_token,
                "claimed_at": due.held.changed_at,
                "person_token": self.key.person(verdict.successor or due.held.person_id),
                "key_id": self.key.key_id,
                "result": str(verdict.result),
                "differing": " ".join(verdict.differing) or None,
                "has_successor": verdict.successor is not None,
                "verified_at": verified_at,
                "request_id": answered.request_id,
            }


def _claim(held: Held) -> Claim:
    return Claim(held.person_id, held.person_name, held.birth_date)
