"""The land database as a resource."""

from connectors.land.registry import LandRegistry
from connectors.witness import Witness
from orchestration.access import RegistryAccess


class LandAccess(RegistryAccess):
    """Our access to the land database."""

    def registry(self, witness: Witness) -> LandRegistry:
        """Return the registry, ready to be asked."""
        return LandRegistry(self.http("land database", "KHO_LAND_URL", witness))
