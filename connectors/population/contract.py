"""What we agreed with population: it answers claims, and tells how frequent names are.

People are linked, not copied: a claim goes out, a verdict comes back, and nothing of the person
lands here but a token.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from connectors.contract import Contract, Field, Pii
from connectors.kinds import count, text

OWNER = "National Population Database, Ministry of Public Security"
PURPOSE = "verify that the people other registries name are who they say, without copying anybody"
LEGAL_BASIS = "Decree 278/2025/NĐ-CP (mandatory data sharing); Law 91/2025/QH15 (personal data)"
VERIFICATIONS = "population__verifications"

NAME_FREQUENCIES = Contract(
    entity="population__name_frequencies",
    owner=OWNER,
    key="name",
    cadence="monthly, all parts of names that enough people have",
    purpose="weigh how much it says that two records name alike: a rare name says more",
    legal_basis=LEGAL_BASIS,
    fields=(
        Field("part", "part", text, Pii.NONE, is_required=True),
        Field("name", "name", text, Pii.NONE, is_required=True),
        Field("people_count", "peopleCount", count, Pii.NONE, is_required=True),
    ),
)


class Result(StrEnum):
    """What population says of a claim."""

    MATCHED = "matched"
    DIFFERS = "differs"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"


#: Fields a verdict may name as differing: what they are called there, and here.
FIELDS = {"fullName": "full_name", "birthDate": "birth_date"}


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """What a record of another registry says of a person; never printed, never kept."""

    person_id: str
    person_name: str
    birth_date: date | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Verdict:
    """What population says of one claim; ``successor`` is the new number of an old one."""

    result: Result
    differing: tuple[str, ...] = ()
    successor: str | None = None
