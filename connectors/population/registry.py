"""The population service, as far as we are allowed to ask it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from connectors.errors import RegistryMisbehaved
from connectors.http import RegistryHttp
from connectors.population.contract import FIELDS, NAME_FREQUENCIES, Claim, Result, Verdict
from connectors.population.person_key import NUMBER
from connectors.pull import Pull
from connectors.source import Source

VERIFY = "/population/v1/verifications"
FREQUENCIES = "/population/v1/name-frequencies"
MOST_CLAIMS = 100  # in one question
WITHHELD = "(withheld)"

#: Nobody is pulled from here by days.
SOURCES: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Answered:
    """The verdicts on one question's claims, in their order, and the question's number."""

    request_id: str
    verdicts: tuple[Verdict, ...]


class PopulationRegistry:
    """Verdicts on claims, and frequencies of names."""

    def __init__(self, http: RegistryHttp) -> None:
        """Ask through ``http``, which already knows the address and the token."""
        self._http = http

    def verify(self, claims: Sequence[Claim]) -> Answered:
        """Return what population says of ``claims``, at most ``MOST_CLAIMS``.

        They go out in the body of a POST, so that no address or log holds them; the answer refers
        to each by its place.

        Raises:
            RegistryMisbehaved: the answer does not speak of exactly these claims.
        """
        items = [_sent(ordinal, claim) for ordinal, claim in enumerate(claims, 1)]
        told = self._http.told(VERIFY, {"items": items}, without_numbers)
        try:
            verdicts = _verdicts(told.content, len(claims))
        except (KeyError, TypeError, ValueError, AttributeError):
            where = self._http.place(VERIFY)
            raise RegistryMisbehaved(
                f"{where} does not answer what it was asked: one verdict for each claim"
            ) from None
        return Answered(told.request_id, verdicts)

    def name_frequencies(self) -> Pull:
        """Return how many people have each part of a name."""
        return Pull(NAME_FREQUENCIES, partial(self._http.pages, FREQUENCIES, {}))


def without_numbers(answer: bytes) -> bytes:
    """Return an answer as evidence may keep it: places and verdicts, and nothing of a person.

    What nobody agreed on is counted and not kept, its name neither: it could be a number or name.
    An answer that cannot be read is not kept at all: nobody could say what is in it.
    """
    try:
        content = json.loads(answer)
        kept = {"items": list(map(_kept, content["items"]))}
    except (ValueError, KeyError, TypeError, RecursionError):
        return b"{}"
    return json.dumps(_counted(kept, len(content))).encode()


def _kept(item: Any) -> dict[str, Any]:
    """Return of an item what the protocol knows; the rest as a count."""
    if not isinstance(item, dict):
        return {WITHHELD: 1}
    kept: dict[str, Any] = {}
    if type(item.get("ordinal")) is int and 0 < item["ordinal"] <= MOST_CLAIMS:
        kept["ordinal"] = item["ordinal"]
    if item.get("result") in list(Result):
        kept["result"] = item["result"]
    if isinstance(item.get("differing"), list):
        kept["differing"] = [name for name in item["differing"] if name in list(FIELDS)]
    if "successorPersonId" in item:
        kept["successorPersonId"] = WITHHELD
    return _counted(kept, len(item))


def _counted(kept: dict[str, Any], sent: int) -> dict[str, Any]:
    return kept | ({WITHHELD: sent - len(kept)} if sent > len(kept) else {})


def _sent(ordinal: int, claim: Claim) -> dict[str, Any]:
    sent = {"ordinal": ordinal, "personId": claim.person_id, "fullName": claim.person_name}
    return sent | ({"birthDate": claim.birth_date.isoformat()} if claim.birth_date else {})


def _verdicts(content: Any, asked: int) -> tuple[Verdict, ...]:
    """Read one verdict for each place, strictly: a verdict on the wrong claim would be a lie."""
    told = {item["ordinal"]: _verdict(item) for item in content["items"]}
    if len(told) != len(content["items"]):
        raise ValueError("a place twice")
    if set(told) != set(range(1, asked + 1)):
        raise ValueError("other places than were asked about")
    return tuple(told[ordinal] for ordinal in range(1, asked + 1))


def _verdict(item: dict[str, Any]) -> Verdict:
    result = Result(item["result"])
    differing = tuple(name for sent, name in FIELDS.items() if sent in item.get("differing", ()))
    if (result is Result.DIFFERS) != bool(differing):
        raise ValueError("differs without saying in what")
    successor = item.get("successorPersonId")
    if successor is not None and not NUMBER.fullmatch(successor):
        raise ValueError("a new number that is none")
    return Verdict(result, differing, successor)
