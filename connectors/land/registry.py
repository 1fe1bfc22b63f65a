"""The land database, as far as we are allowed to read it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from connectors.http import RegistryHttp
from connectors.key_list import KeyList, KeyShape
from connectors.keyset import Keyset, pages_after
from connectors.land.contract import PARCELS
from connectors.pull import Pull

CHANGES = "/land/v1/parcels/changes"
KEYS = "/land/v1/parcels/keys"
PERSON_ID = re.compile(r"[0-9]{9}|[0-9]{12}", re.ASCII)


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
    holder = parcel["holder_person_id"]
    if holder is None:
        yield "holder_person_id: missing"
    elif not PERSON_ID.fullmatch(holder):
        yield "holder_person_id: no known shape"
