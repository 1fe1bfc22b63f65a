"""The land database as a resource."""

from connectors.land.registry import LandRegistry
from orchestration.access import RegistryAccess


class LandAccess(RegistryAccess):
    """Our access to the land database."""

    def registry(self) -> LandRegistry:
        """Return the registry, ready to be asked."""
        return LandRegistry(self.http("land database", "KHO_LAND_URL"))
