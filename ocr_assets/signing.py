"""Our own signature: with which key, and what came of it. Light to import."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key to sign archive copies with, and the name its mark shows.

    It never travels in a ``Profile``: workers, which parse received bytes, must not see it.
    ``mark`` is the agency's name; without one the certificate's organisation is shown.
    """

    path: Path
    passphrase: str | None = field(default=None, repr=False)
    mark: str | None = None
    timestamp_url: str | None = None


@dataclass(frozen=True, slots=True)
class SignedCopy:
    """A signed archive copy, not yet verified: where it lies, of when, by which certificate."""

    path: Path
    signed_at: datetime
    certificate_sha256: str
