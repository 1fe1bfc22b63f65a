"""The one place where people's numbers become tokens.

A token is an HMAC-SHA256 under a key made of the installation's secret: without the secret nobody
can try all numbers until one fits. Two keys come of one secret, so that a person's token never
equals that of a claim.
"""

import hashlib
import hmac
import json
import re
from datetime import date

from connectors.errors import PersonKeyMissing

LEAST = 32
NUMBER = re.compile(r"[0-9]{12}", re.ASCII)


class PersonKey:
    """Makes tokens under one secret; ``key_id`` says which, for the day it is replaced."""

    def __init__(self, secret: str, key_id: str) -> None:
        """Derive both keys.

        Raises:
            PersonKeyMissing: there is no secret, or one too short to be any.
        """
        if len(secret) < LEAST:
            raise PersonKeyMissing(
                f"KHO_PERSON_KEY is not set, or shorter than {LEAST} characters: without it no"
                " claim about a person can be verified. Make one once and keep it with the other"
                ' secrets: python -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
        self.key_id = key_id
        self._people = _derived(secret, "kho/person/1")
        self._claims = _derived(secret, "kho/claim/1")

    def __repr__(self) -> str:
        return "PersonKey(…)"

    def person(self, number: str | None) -> str | None:
        """Return the token of a 12-digit number; an old one names nobody for certain."""
        if number is None or not NUMBER.fullmatch(number):
            return None
        return _token(self._people, number)

    def claim(self, *values: str | date | None) -> str:
        """Return the token of a claim; any other value makes another one."""
        stated = [value.isoformat() if isinstance(value, date) else value for value in values]
        return _token(self._claims, json.dumps(stated))


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), purpose.encode(), hashlib.sha256)


def _token(key: bytes, message: str) -> str:
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()
