"""The business registry as a resource."""

from connectors.business.registry import BusinessRegistry
from connectors.witness import Witness
from orchestration.access import RegistryAccess


class BusinessAccess(RegistryAccess):
    """Our access to the business registry."""

    def registry(self, witness: Witness) -> BusinessRegistry:
        """Return the registry, ready to be asked."""
        return BusinessRegistry(self.http("business registry", "KHO_BUSINESS_URL", witness))
