"""What the assets of this installation work with, from its settings."""

from typing import Any

import dagster as dg
from dagster_dbt import DbtCliResource

from orchestration import dbt
from orchestration.access import RegistryAccess
from orchestration.drop import DropPlaces
from orchestration.embeddings import configured
from orchestration.person_keys import PersonKeys
from orchestration.registries import REGISTRIES
from orchestration.resources import Database, FileStore, Inbox, ScanEngines
from orchestration.settings import Settings, environment_name, secret, settings


def _secret(name: str, *, is_needed: bool) -> str:
    """Return a secret that is resolved only in a run; none is asked for that is not needed.

    A secret that is asked for and missing stops the launch of every job that has the resource.
    """
    return dg.EnvVar(name) if is_needed else ""


def _account(given: Settings) -> dict[str, Any]:
    """Return who we are to every registry behind the exchange platform."""
    is_needed = any(registry.address(given) for registry in REGISTRIES)
    return {
        "token_url": given.business_token_url or "",
        "app_name": given.business_app_name,
        "partner_code": given.business_partner_code,
        "partner_code_customer": given.business_partner_code_customer,
        "ca_bundle": str(given.registry_ca_bundle or ""),
        "plain_http": given.registry_plain_http,
        "requests_per_s": given.registry_requests_per_s,
        "access_key": _secret("KHO_BUSINESS_ACCESS_KEY", is_needed=is_needed),
        "secret_key": _secret("KHO_BUSINESS_SECRET_KEY", is_needed=is_needed),
    }


def _registries(given: Settings) -> dict[str, RegistryAccess]:
    account = _account(given)
    return {
        registry.resource: RegistryAccess(
            title=registry.title,
            setting=environment_name(registry.field),
            url=registry.address(given) or "",
            **account,
        )
        for registry in REGISTRIES
    }


@dg.definitions
def resources() -> dg.Definitions:
    """Return the resources by the names assets ask for them."""
    given = settings()
    return dg.Definitions(
        resources={
            "database": Database(),
            "file_store": FileStore(
                address=given.store,
                quarantine_folder=str(given.quarantine),
                custodian_key=given.custodian_key or "",
            ),
            "drop_places": DropPlaces(
                folder=str(given.drop),
                mirror_folder=str(given.home / "drop-sftp"),
                host=given.sftp_host or "",
                port=given.sftp_port,
                user=given.sftp_user or "",
                remote_folder=given.sftp_folder,
                known_hosts=str(given.sftp_known_hosts or ""),
                key=str(given.sftp_key or ""),
                secret=_secret("KHO_SFTP_PASSWORD", is_needed=bool(given.sftp_host)),
            ),
            "inbox": Inbox(folder=str(given.inbox), work=str(given.home / "work")),
            "scan_engines": ScanEngines(
                tools=str(given.tools),
                reader=given.ocr_reader,
                endpoint=given.ocr_endpoint or "",
                workers=given.ocr_workers,
                trust_store=str(given.trust_store or ""),
                signing_key=str(given.signing_key or ""),
                signing_passphrase=_secret(
                    "KHO_SIGNING_PASSPHRASE", is_needed=given.signing_key is not None
                ),
                signing_mark=given.signing_mark or "",
                signing_timestamp_url=given.signing_timestamp_url or "",
                field_endpoint=given.field_endpoint or "",
                field_model=given.field_model or "",
                field_allowed_host=given.field_allowed_host or "",
                field_token=_secret("KHO_FIELD_TOKEN", is_needed=bool(given.field_endpoint)),
            ),
            **_registries(given),
            "person_keys": PersonKeys(
                # Not by is_needed: a missing key stops the step that needs it, with our own words.
                secret=_secret("KHO_PERSON_KEY", is_needed=secret("KHO_PERSON_KEY") is not None),
                key_id=given.person_key_id,
            ),
            "embeddings": configured(
                given,
                _secret("KHO_EMBEDDING_TOKEN", is_needed=bool(given.embedding_endpoint)),
            ),
            "dbt_cli": DbtCliResource(
                project_dir=str(dbt.FOLDER),
                profiles_dir=str(dbt.FOLDER),
                dbt_executable=str(dbt.PROGRAM),
            ),
        }
    )
