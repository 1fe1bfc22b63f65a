"""Which addresses words of a document may go to: this machine, or the one host a setting names."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def may_be_asked(url: str, allowed_host: str) -> bool:
    """Return whether ``url`` is here by its address, or on the allowed host over TLS."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if allowed_host and host == allowed_host.lower():
        return parts.scheme == "https"
    try:
        return parts.scheme in ("http", "https") and ip_address(host).is_loopback
    except ValueError:
        return False
