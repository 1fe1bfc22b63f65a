"""The business registry as a resource: who we are to it, resolved only in a run."""

from pathlib import Path

import dagster as dg

from connectors.business.registry import BusinessRegistry
from connectors.http import RegistryHttp
from connectors.lgsp import LgspCredentials, LgspTokens
from connectors.manners import Manners


class BusinessAccess(dg.ConfigurableResource):
    """Our access to the business registry through the LGSP."""

    url: str
    token_url: str
    app_name: str
    partner_code: str
    partner_code_customer: str
    ca_bundle: str
    plain_http: bool
    requests_per_s: float
    access_key: str
    secret_key: str

    def registry(self) -> BusinessRegistry:
        """Return the registry, ready to be asked.

        Raises:
            dg.Failure: no registry is configured.
        """
        if not self.url:
            raise dg.Failure(
                "no business registry is configured: `kho up` starts the sample registry; for"
                " your own set KHO_BUSINESS_URL and KHO_BUSINESS_TOKEN_URL (.env.example)",
                allow_retries=False,
            )
        manners = Manners(
            ca_bundle=Path(self.ca_bundle) if self.ca_bundle else None,
            is_plain_http_allowed=self.plain_http,
            requests_per_s=self.requests_per_s,
        )
        credentials = LgspCredentials(
            self.access_key,
            self.secret_key,
            self.app_name,
            self.partner_code,
            self.partner_code_customer,
        )
        tokens = LgspTokens(self.token_url, credentials, manners=manners)
        return BusinessRegistry(RegistryHttp(self.url, tokens, manners=manners))
