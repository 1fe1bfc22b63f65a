"""The registries that can be asked: the one list that settings, resources, jobs and assets follow.

A name is that of the folder in connectors/, of the assets' group and of the setting with the
address (``KHO_<NAME>_URL``). No room is imported before its sources are asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from connectors.source import Source


@dataclass(frozen=True, slots=True)
class Registry:
    """One registry by name; ``title`` is for messages.

    One that is always asked says so where it has no address; any other is in no job then.
    """

    name: str
    title: str
    is_always_asked: bool = False

    @property
    def field(self) -> str:
        """The setting that holds its address."""
        return f"{self.name}_url"

    @property
    def resource(self) -> str:
        """The name of its resource."""
        return f"{self.name}_registry"

    def address(self, given: Any) -> str | None:
        """Return its address by the settings ``given``."""
        address: str | None = getattr(given, self.field)
        return address


REGISTRIES = (
    Registry("business", "business registry", is_always_asked=True),
    Registry("land", "land database"),
    Registry("civil_servants", "database of civil servants"),
    Registry("population", "population database"),
    Registry("exchange", "document axis"),
)


def sources() -> Iterator["Source"]:
    """Yield every entity that is pulled by days."""
    for registry in REGISTRIES:
        yield from import_module(f"connectors.{registry.name}.registry").SOURCES
