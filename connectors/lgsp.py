"""Tokens of a province's LGSP: OAuth2 client credentials with the ``lgspaccesstoken`` header."""

import base64
import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from connectors.address import checked, place
from connectors.errors import RegistryMisbehaved
from connectors.manners import Manners
from connectors.transport import Transport

SHORTLY_S = 30.0
UNSAID_LIFETIME_S = 60.0
TOKEN = re.compile(r"[\x21-\x7e]{1,16384}")


@dataclass(frozen=True, slots=True, repr=False)
class LgspCredentials:
    """Who we are to the LGSP, as its operator wrote it down for us."""

    access_key: str
    secret_key: str
    app_name: str
    partner_code: str
    partner_code_cus: str = ""

    def __repr__(self) -> str:
        return "LgspCredentials(…)"

    def header(self) -> str:
        """Return the value of ``lgspaccesstoken``: these credentials as JSON in base64."""
        named = {
            "AccessKey": self.access_key,
            "SecretKey": self.secret_key,
            "AppName": self.app_name,
            "PartnerCode": self.partner_code,
            "PartnerCodeCus": self.partner_code_cus,
        }
        return base64.b64encode(json.dumps(named, ensure_ascii=False).encode()).decode("ascii")


class LgspTokens:
    """Bearer tokens for one client, fetched when needed and kept until shortly before they expire.

    Safe to share between threads: while one fetches, the others wait for its token.
    """

    def __init__(
        self,
        token_url: str,
        credentials: LgspCredentials,
        *,
        manners: Manners | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Fetch from ``token_url`` as ``credentials``."""
        manners = manners or Manners()
        self._url = checked(token_url, manners)
        self._credentials = credentials
        self._transport = Transport(manners, sleep=sleep)
        self._clock = clock
        self._lock = threading.Lock()
        self._token: str | None = None
        self._good_until = 0.0

    def __repr__(self) -> str:
        return f"LgspTokens({place(self._url)})"

    def current(self) -> str:
        """Return a token that is good for at least the moment.

        Raises:
            RegistryRefused: the credentials are wrong; they are sent once, not again.
            RegistryUnavailable: the token service does not answer.
        """
        with self._lock:
            if self._token is None or self._clock() >= self._good_until:
                asked_at = self._clock()
                self._token, lifetime = self._fetch()
                self._good_until = asked_at + lifetime - min(SHORTLY_S, lifetime / 2)
            return self._token

    def forget(self, token: str) -> None:
        """Drop ``token``, unless another thread has already replaced it."""
        with self._lock:
            if self._token == token:
                self._token = None

    def _fetch(self) -> tuple[str, float]:
        answer = self._transport.json(
            "POST",
            self._url,
            headers={"lgspaccesstoken": self._credentials.header()},
            data={"grant_type": "client_credentials"},
        )
        token = answer.get("access_token") if isinstance(answer, dict) else None
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            raise RegistryMisbehaved(f"{place(self._url)} answered without a usable token")
        return token, _lifetime(answer.get("expires_in"))


def _lifetime(sent: Any) -> float:
    """Read ``expires_in``, which some services send as text and some leave out."""
    try:
        seconds = float(sent)
    except (TypeError, ValueError):
        return UNSAID_LIFETIME_S
    return seconds if 0 < seconds < float("inf") else UNSAID_LIFETIME_S
