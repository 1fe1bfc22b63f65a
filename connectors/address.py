"""Which addresses may be called: ours by configuration, encrypted, and without secrets in them."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from connectors.errors import AddressUnsafe
from connectors.manners import Manners


def checked(address: str, manners: Manners) -> str:
    """Return ``address`` without its last slash, or refuse to use it.

    Raises:
        AddressUnsafe: not http(s), no host, a password or query inside, or HTTP beyond loopback.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise AddressUnsafe("the registry's address cannot be read as a URL") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise AddressUnsafe("the registry's address must be http(s)://host/…")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise AddressUnsafe("the registry's address must hold no user, query or fragment")
    if parts.scheme == "http" and not (manners.is_plain_http_allowed or _is_loopback(host)):
        raise AddressUnsafe(f"plain HTTP to {host} would send the token unencrypted; use https")
    return address.rstrip("/")


def place(url: str) -> str:
    """Return the host and path of ``url`` for messages: a query can hold keys."""
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
