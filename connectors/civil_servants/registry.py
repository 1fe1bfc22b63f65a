"""The database of officials, as far as we are allowed to read it."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from connectors.civil_servants.contract import OFFICIALS
from connectors.http import RegistryHttp
from connectors.key_list import KeyList, KeyShape
from connectors.keyset import Keyset, pages_after
from connectors.person_id import oddities
from connectors.pull import Pull
from connectors.source import Source

CHANGES = "/civil-servants/v1/officials/changes"
KEYS = "/civil-servants/v1/officials/keys"


class CivilServantsRegistry:
    """Officials and their changes."""

    def __init__(self, http: RegistryHttp) -> None:
        """Read through ``http``, which already knows the address and the token."""
        self._http = http

    def officials_changed_on(self, day: date) -> Pull:
        """Return every official changed on ``day``, a day of Asia/Ho_Chi_Minh, as answered."""
        span = {"from": day.isoformat(), "to": day.isoformat()}
        keyset = Keyset(moment="changedAt", key="officialId")
        return Pull(OFFICIALS, partial(pages_after, self._http, CHANGES, span, keyset), _facts)

    def official_keys(self) -> KeyList:
        """Return the number of every official the registry holds now, with the last change."""
        shape = KeyShape("officialId", "changedAt")
        return KeyList(OFFICIALS, partial(self._http.pages, KEYS, {}), shape)


def _facts(official: Mapping[str, Any]) -> Iterator[str]:
    """Name what is odd about an official who lands all the same."""
    yield from oddities("person_id", official["person_id"])
    for column in ("full_name", "agency_code"):
        if official[column] is None:
            yield f"{column}: missing"


SOURCES = (
    Source(
        OFFICIALS,
        "Officials changed on one day",
        CivilServantsRegistry,
        CivilServantsRegistry.officials_changed_on,
        CivilServantsRegistry.official_keys,
    ),
)
