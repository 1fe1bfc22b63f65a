"""How we behave towards a registry: how long we wait, how much we take, how often we ask."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Manners:
    """Bounds of one registry's client; every wait and every size has one."""

    connect_s: float = 5.0
    read_s: float = 30.0
    answer_s: float = 120.0
    max_bytes: int = 32 * 1024 * 1024
    max_pages: int = 10_000
    attempts: int = 6
    first_wait_s: float = 0.5
    longest_wait_s: float = 60.0
    requests_per_s: float | None = None
    """At most so many requests a second to one registry; ``None`` sets no limit."""
    failures_before_rest: int = 12
    """After so many failures in a row, all retries counted, the registry is left alone."""
    rest_s: float = 120.0
    ca_bundle: Path | None = None
    is_plain_http_allowed: bool = False
    """Speak unencrypted HTTP beyond this machine; only for a closed government network."""
