"""Who we are to the registries behind the LGSP, resolved only in a run."""

from pathlib import Path

import dagster as dg

from connectors.http import RegistryHttp
from connectors.lgsp import LgspCredentials, LgspTokens
from connectors.manners import Manners
from connectors.witness import Witness


class RegistryAccess(dg.ConfigurableResource):
    """Our access to one registry: its address, and the account all of them share.

    ``title`` and ``setting`` are for whoever has to be told that there is no address.
    """

    title: str
    setting: str
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

    def http(self, witness: Witness) -> RegistryHttp:
        """Return the registry as far as HTTP goes; ``witness`` keeps evidence of its answers.

        Raises:
            dg.Failure: no address is configured.
        """
        if not self.url:
            raise dg.Failure(
                f"no {self.title} is configured: `kho up` starts the sample registry; for"
                f" your own set {self.setting} and KHO_BUSINESS_TOKEN_URL (.env.example)",
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
        return RegistryHttp(self.url, tokens, manners=manners, witness=witness)
