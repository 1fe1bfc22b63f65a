"""One entity of one registry, as a run pulls it: its contract, who is asked, and what."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from connectors.contract import Contract
from connectors.http import RegistryHttp
from connectors.key_list import KeyList
from connectors.pull import Pull


@dataclass(frozen=True, slots=True)
class Beside:
    """Rows that come with an entity's rows and lie in a table of their own.

    ``rows`` gives what a pull of the entity brought of them, once its own rows have landed.
    """

    entity: str
    what: str
    rows: Callable[[Any], Iterable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Source:
    """How an entity is asked; its names follow from its contract.

    ``registry`` makes the client from an address with a token; ``changes`` and ``keys`` are its
    methods for one day's changes and for all keys. A source without a list of all its keys is not
    compared with what has landed.
    """

    contract: Contract
    what: str
    registry: Callable[[RegistryHttp], Any]
    changes: Callable[[Any, date], Pull]
    keys: Callable[[Any], KeyList] | None
    beside: tuple[Beside, ...] = ()

    @property
    def entity(self) -> str:
        """The raw table its rows land in."""
        return self.contract.entity

    @property
    def group(self) -> str:
        """The registry's name: its folder here, the group of its assets."""
        return self.entity.partition("__")[0]

    @property
    def resource(self) -> str:
        """By which name a run is given its address and account."""
        return f"{self.group}_registry"
