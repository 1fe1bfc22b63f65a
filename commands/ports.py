"""Ports of the loopback interface: is one free, does somebody answer there."""

import contextlib
import socket
import urllib.request


def free(preferred: int = 0) -> int:
    """Return ``preferred`` if nobody listens there on loopback, else any free port."""
    for port in (preferred, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise OSError("no free port on the loopback interface")


def answers(url: str) -> bool:
    """Tell whether a GET of ``url`` (loopback) is answered with success."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own loopback
            return bool(answer.status == 200)
    except OSError:
        return False


def listens(port: int) -> bool:
    """Tell whether somebody listens on ``port`` of the loopback interface."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
