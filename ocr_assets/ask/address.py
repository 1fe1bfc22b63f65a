"""Which addresses words of a document may go to: this machine, or the one host a setting names."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

# A host and a port, nothing else: programs disagree on where a host ends at "\\", ";" or "@".
_PLAIN = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")


def may_be_asked(url: str, allowed_host: str = "") -> bool:
    """Return whether ``url`` is here by its address, or on the allowed host over TLS."""
    if not url.isprintable() or " " in url:
        return False  # some programs drop such characters, and others do not
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
        if not _PLAIN.fullmatch(parts.netloc):
            return False
        if allowed_host and host == allowed_host.lower():
            return parts.scheme == "https"
        return parts.scheme in ("http", "https") and ip_address(host).is_loopback
    except ValueError:  # a bracket that nobody closed, a port above 65535, a name for an address
        return False
