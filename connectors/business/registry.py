"""The business registry, as far as we are allowed to read it."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from connectors.business.contract import ENTERPRISES
from connectors.business.tax_code import has_right_check_digit
from connectors.http import RegistryHttp
from connectors.key_list import KeyList, KeyShape
from connectors.pull import Pull
from connectors.source import Source

CHANGES = "/business/v1/enterprises/changes"
KEYS = "/business/v1/enterprises/keys"


class BusinessRegistry:
    """Enterprises and their changes."""

    def __init__(self, http: RegistryHttp) -> None:
        """Read through ``http``, which already knows the address and the token."""
        self._http = http

    def enterprises_changed_on(self, day: date) -> Pull:
        """Return every enterprise changed on ``day``, as the registry sends it."""
        return self.enterprises_changed_between(day, day)

    def enterprises_changed_between(self, first: date, last: date) -> Pull:
        """Return every enterprise changed from ``first`` to ``last``, both included.

        Days are the registry's own, in Asia/Ho_Chi_Minh. An enterprise changed twice is sent
        twice, once for each state.
        """
        span = {"from": first.isoformat(), "to": last.isoformat()}
        return Pull(ENTERPRISES, partial(self._http.pages, CHANGES, span), _facts)

    def enterprise_keys(self) -> KeyList:
        """Return the code of every enterprise the registry holds now, with its last change."""
        shape = KeyShape("taxCode", "changedAt")
        return KeyList(ENTERPRISES, partial(self._http.pages, KEYS, {}), shape)


def _facts(enterprise: Mapping[str, Any]) -> Iterator[str]:
    """Name what is odd about an enterprise that lands all the same."""
    is_right = has_right_check_digit(enterprise["tax_code"])
    if is_right is None:
        yield "tax_code: no known shape"
    elif not is_right:
        yield "tax_code: check digit differs"


SOURCES = (
    Source(
        ENTERPRISES,
        "Enterprises changed on one day",
        BusinessRegistry,
        BusinessRegistry.enterprises_changed_on,
        BusinessRegistry.enterprise_keys,
    ),
)
