"""What the assets of this installation work with, from its settings."""

import dagster as dg
from dagster_dbt import DbtCliResource

from orchestration import dbt
from orchestration.business import BusinessAccess
from orchestration.resources import Database, FileStore, Inbox, ScanEngines
from orchestration.settings import settings


@dg.definitions
def resources() -> dg.Definitions:
    """Return the resources by the names assets ask for them."""
    given = settings()
    return dg.Definitions(
        resources={
            "database": Database(),
            "file_store": FileStore(address=given.store),
            "inbox": Inbox(folder=str(given.inbox), work=str(given.home / "work")),
            "scan_engines": ScanEngines(
                tools=str(given.tools), reader=given.ocr_reader, workers=given.ocr_workers
            ),
            "business_registry": BusinessAccess(
                url=given.business_url or "",
                token_url=given.business_token_url or "",
                app_name=given.business_app_name,
                partner_code=given.business_partner_code,
                partner_code_customer=given.business_partner_code_customer,
                ca_bundle=str(given.registry_ca_bundle or ""),
                plain_http=given.registry_plain_http,
                access_key=dg.EnvVar("KHO_BUSINESS_ACCESS_KEY"),
                secret_key=dg.EnvVar("KHO_BUSINESS_SECRET_KEY"),
            ),
            "dbt_cli": DbtCliResource(
                project_dir=str(dbt.FOLDER),
                profiles_dir=str(dbt.FOLDER),
                dbt_executable=str(dbt.PROGRAM),
            ),
        }
    )
