"""Everything that differs between a laptop, CI and production; the only reader of the environment.

The defaults are one named profile: the embedded sample city under one home folder. Secrets are not
here: they go from ``dg.EnvVar`` to a resource and are resolved only in a run.
"""

import os
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from orchestration.registries import REGISTRIES

PROJECT = Path(__file__).resolve().parent.parent
PREFIX = "KHO_"
SECRETS = (
    "KHO_BUSINESS_ACCESS_KEY",
    "KHO_BUSINESS_SECRET_KEY",
    "KHO_EMBEDDING_TOKEN",
    "KHO_FIELD_TOKEN",
    "KHO_PERSON_KEY",
    "KHO_SFTP_PASSWORD",
    "KHO_SIGNING_PASSPHRASE",
)
_NOT_OURS = ("KHO_TEST_", "KHO_DBT_")  # read by the test session and by the dbt process


def _under_home(name: str) -> Callable[[dict[str, Any]], Path]:
    return lambda given: given.get("home", PROJECT / ".kho") / name


class Settings(BaseSettings):
    """The settings of one installation, frozen once read."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=PROJECT / ".env",
        env_ignore_empty=True,
        extra="ignore",  # .env also holds the secrets; a misspelt name is refused below
        frozen=True,
        validate_default=True,
        hide_input_in_errors=True,  # a refused url may hold a password
    )

    home: Path = PROJECT / ".kho"
    database_url: str | None = Field(default=None, repr=False)
    postgres_port: int = Field(default=0, ge=0, le=65535)
    webserver_port: int = Field(default=3155, ge=0, le=65535)
    code_server_port: int = Field(default=0, ge=0, le=65535)
    registry_port: int = Field(default=0, ge=0, le=65535)

    sftp_host: str | None = None
    sftp_port: int = Field(default=22, ge=1, le=65535)
    sftp_user: str | None = None
    sftp_folder: str = "/"
    sftp_known_hosts: Path | None = None
    sftp_key: Path | None = None

    store_url: str | None = None
    inbox: Path = Field(default_factory=_under_home("inbox"))
    drop: Path = Field(default_factory=_under_home("drop"))
    catalog: Path = Field(default_factory=_under_home("catalog"))
    reports: Path = Field(default_factory=_under_home("reports"))
    quarantine: Path = Field(default_factory=_under_home("quarantine"))
    evidence: Path = Field(default_factory=_under_home("evidence"))
    evidence_days: int = Field(default=180, ge=1)
    custodian_key: str | None = Field(default=None, pattern=r"^age1[0-9a-z]{58}$")

    business_url: str | None = None
    business_token_url: str | None = None
    business_app_name: str = "kho"
    business_partner_code: str = "KHO"
    business_partner_code_customer: str = "KHO"
    land_url: str | None = None
    civil_servants_url: str | None = None
    population_url: str | None = None
    exchange_url: str | None = None
    person_key_id: str = Field(default="1", pattern=r"^[A-Za-z0-9._-]{1,40}$")
    verification_days: int = Field(default=180, ge=1)
    verification_most_unknown: float = Field(default=0.8, ge=0, le=1)
    business_from: date = date(2026, 1, 1)
    registry_ca_bundle: Path | None = None
    registry_plain_http: bool = False
    registry_requests_per_s: float = Field(default=20.0, gt=0)
    registry_overlap_days: int = Field(default=3, ge=0, le=31)
    registry_most_lost: float = Field(default=0.5, ge=0, le=1)
    registry_most_withdrawn: float = Field(default=0.1, ge=0, le=1)

    ocr_workers: int = Field(default=2, ge=1)
    ocr_reader: Literal["best", "fast"] = "best"
    ocr_endpoint: str | None = None
    embedding_endpoint: str | None = None
    embedding_model: str | None = None
    embedding_allowed_host: str | None = None
    field_endpoint: str | None = None
    field_model: str | None = None
    field_allowed_host: str | None = None
    trust_store: Path | None = None
    signing_key: Path | None = None
    signing_mark: str | None = None
    signing_timestamp_url: str | None = None
    fixity_days: int = Field(default=90, ge=1)
    fixity_gigabytes: float = Field(default=500.0, gt=0)
    fixity_minutes: float = Field(default=120.0, gt=0)

    corpus: Path = PROJECT.parent / "shared" / "corpus"

    acceptance_aql: float = Field(default=1.5, gt=0)
    acceptance_level: Literal["S-1", "S-2", "S-3", "S-4", "I", "II", "III"] = "II"
    acceptance_unit: Literal["page", "document"] = "page"
    acceptance_owner: str = "Public Administration Service Centre"
    acceptance_reduced: bool = False
    acceptance_known_bad: float = Field(default=0.05, ge=0, le=1)
    acceptance_least_caught: float = Field(default=0.6, ge=0, le=1)
    acceptance_blocks: bool = False

    desk_port: int = Field(default=0, ge=0, le=65535)
    keying_share: float = Field(default=0.05, ge=0, le=1)
    audit_share: float = Field(default=0.02, ge=0, le=1)
    error_limit: float = Field(default=0.01, gt=0, lt=1)
    error_level: float = Field(default=0.9, ge=0.5, lt=1)

    @field_validator(
        "home",
        "inbox",
        "drop",
        "catalog",
        "reports",
        "quarantine",
        "evidence",
        "corpus",
        "trust_store",
        "signing_key",
        "sftp_known_hosts",
        "sftp_key",
    )
    @classmethod
    def _absolute(cls, place: Path | None) -> Path | None:
        """Relative places count from the checkout, whatever the working directory is."""
        return place and Path(os.path.normpath(PROJECT / place.expanduser()))

    @field_validator("database_url")
    @classmethod
    def _names_its_driver(cls, url: str | None) -> str | None:
        if url is not None and urlsplit(url).scheme != "postgresql+psycopg":
            raise ValueError(
                "must name its driver: write postgresql+psycopg://USER:PASSWORD@HOST:PORT/DATABASE"
            )
        return url

    @model_validator(mode="after")
    def _registry_is_whole(self) -> Self:
        if (self.business_url is None) != (self.business_token_url is None):
            raise ValueError("KHO_BUSINESS_URL and KHO_BUSINESS_TOKEN_URL go together: set both")
        for registry in REGISTRIES:
            if registry.address(self) and self.business_token_url is None:
                name = environment_name(registry.field)
                raise ValueError(f"{name} needs a token of KHO_BUSINESS_TOKEN_URL: set both")
        return self

    @model_validator(mode="after")
    def _drop_server_is_known(self) -> Self:
        if self.sftp_host and not (self.sftp_user and self.sftp_known_hosts):
            raise ValueError("KHO_SFTP_HOST needs KHO_SFTP_USER and KHO_SFTP_KNOWN_HOSTS: set all")
        return self

    @model_validator(mode="after")
    def _endpoints_are_whole(self) -> Self:
        if (self.embedding_endpoint is None) != (self.embedding_model is None):
            raise ValueError("KHO_EMBEDDING_ENDPOINT and KHO_EMBEDDING_MODEL go together: set both")
        if (self.field_endpoint is None) != (self.field_model is None):
            raise ValueError("KHO_FIELD_ENDPOINT and KHO_FIELD_MODEL go together: set both")
        return self

    @property
    def is_embedded(self) -> bool:
        """Say whether `kho` runs the database server itself."""
        return self.database_url is None

    @property
    def dagster_home(self) -> Path:
        """The folder Dagster knows as DAGSTER_HOME."""
        return self.home / "dagster"

    @property
    def tools(self) -> Path:
        """The folder of what setup fetched."""
        return self.home / "tools"

    @property
    def store(self) -> str:
        """The address of the file store: ``KHO_STORE_URL``, or a folder under home."""
        return self.store_url or (self.home / "store").as_uri()


def environment_name(field: str) -> str:
    """Return the environment variable that sets ``field``."""
    return PREFIX + field.upper()


def misspelt(environment: dict[str, str]) -> list[str]:
    """Return names that look like settings and are none; they would be ignored in silence."""
    known = {environment_name(field) for field in Settings.model_fields} | set(SECRETS)
    ours = (name for name in environment if name.startswith(PREFIX))
    return sorted(n for n in ours if n not in known and not n.startswith(_NOT_OURS))


def secret(name: str) -> str | None:
    """Return a secret for a command that a person typed; runs get theirs from Dagster."""
    return os.environ.get(name)


@cache
def settings() -> Settings:
    """Return this process's settings, read once.

    Raises:
        ValueError: a setting is malformed, or a ``KHO_`` name in the environment is none.
    """
    unknown = misspelt(dict(os.environ))
    if unknown:
        raise ValueError(f"no such setting: {', '.join(unknown)}; .env.example lists them all")
    return Settings()
