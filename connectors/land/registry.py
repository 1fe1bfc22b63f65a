"""The land database, as far as we are allowed to read it."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from connectors.http import RegistryHttp
from connectors.key_list import KeyList, KeyShape
from connectors.keyset import Keyset, pages_after
from connectors.land.contract import PARCELS
from connectors.person_id import oddities
from connectors.pull import Pull
from connectors.source import Source

CHANGES = "/land/v1/parcels/changes"
KEYS = "/land/v1/parcels/keys"


class LandRegistry:
    """Parcels and their changes."""

    def __init__(self, http: RegistryHttp) -> None:
        """Read through ``http``, which already knows the address and the token."""
        self._http = http

    def parcels_changed_on(self, day: date) -> Pull:
        """Return every parcel changed on ``day``, a day of Asia/Ho_Chi_Minh, as answered.

        Pages follow the time of change and the key of the last item, so that what is committed
        while we page shifts nothing.
        """
        span = {"from": day.isoformat(), "to": day.isoformat()}
        keyset = Keyset(moment="changedAt", key="parcelId")
        return Pull(PARCELS, partial(pages_after, self._http, CHANGES, span, keyset), _facts)

    def parcel_keys(self) -> KeyList:
        """Return the key of every parcel the registry holds now, with its last change."""
        shape = KeyShape("parcelId", "changedAt")
        return KeyList(PARCELS, partial(self._http.pages, KEYS, {}), shape)


def _facts(parcel: Mapping[str, Any]) -> Iterator[str]:
    """Name what is odd about a parcel that lands all the same."""
    if not (parcel["commune_code"] and parcel["map_sheet"] and parcel["parcel_number"]):
        yield "parcel key: not whole"
    yield from oddities("holder_person_id", parcel["holder_person_id"])


SOURCES = (
    Source(
        PARCELS,
        "Parcels changed on one day, with old and new keys",
        LandRegistry,
        LandRegistry.parcels_changed_on,
        LandRegistry.parcel_keys,
    ),
)
