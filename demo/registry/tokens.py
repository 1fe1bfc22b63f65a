"""The sample token service: the LGSP's header in, an expiring bearer token out."""

import base64
import binascii
import json
import secrets
import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, repr=False)
class Client:
    """Who may have a token; ``entitled`` names the applications with a right to the service."""

    access_key: str
    secret_key: str
    entitled: tuple[str, ...] = ("kho",)


@dataclass(slots=True)
class TokenDesk:
    """Issues tokens and remembers them; a token also dies after ``uses`` requests, if said."""

    client: Client
    lifetime_s: int
    uses: int | None = None
    issued: int = 0
    refused: int = 0
    _live: dict[str, tuple[float, int, bool]] = field(default_factory=dict, repr=False)

    def issue(self, header: str | None) -> str | None:
        """Return a token for the right credentials, ``None`` for any other."""
        named = _credentials(header)
        keys = f"{named.get('AccessKey')}\n{named.get('SecretKey')}"
        right = f"{self.client.access_key}\n{self.client.secret_key}"
        if not secrets.compare_digest(keys.encode(), right.encode()):
            self.refused += 1
            return None
        self.issued += 1
        token = secrets.token_urlsafe(24)
        has_right = named.get("AppName") in self.client.entitled
        now = time.monotonic()
        self._live = {live: fate for live, fate in self._live.items() if fate[0] > now}
        self._live[token] = (now + self.lifetime_s, self.uses or -1, has_right)
        return token

    def status(self, authorization: str | None) -> int:
        """Return 200 for a live token with the right to the service, 403 without it, else 401."""
        token = (authorization or "").removeprefix("Bearer ")
        good_until, uses, has_right = self._live.get(token, (0.0, 0, False))
        if time.monotonic() >= good_until or uses == 0:
            return 401
        self._live[token] = (good_until, uses - 1, has_right)
        return 200 if has_right else 403


def _credentials(header: str | None) -> dict[str, str]:
    try:
        named = json.loads(base64.b64decode(header or "", validate=True))
    except (binascii.Error, ValueError):
        return {}
    return named if isinstance(named, dict) else {}
