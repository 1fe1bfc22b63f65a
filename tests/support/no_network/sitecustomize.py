"""Loaded by every Python process of a test that must stay on this machine.

An audit hook sees each attempt to connect or to look a name up, whichever library makes it, writes
it to ``KHO_TEST_NETWORK_LOG`` and refuses it. Loopback passes.
"""

import os
import sys

_LOG = os.environ.get("KHO_TEST_NETWORK_LOG")
_LOCAL = ("127.", "localhost", "::1")


def _refuse_strangers(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        target = address[0] if isinstance(address, tuple) else ""  # a unix socket has no host
    elif event == "socket.getaddrinfo":
        target = arguments[0] or ""
    else:
        return
    name = target.decode() if isinstance(target, bytes) else str(target)
    if name and not name.startswith(_LOCAL) and name != "0.0.0.0":  # noqa: S104
        with open(str(_LOG), "a") as log:  # noqa: PTH123 - imported before anything else
            log.write(f"{event} {name} by {sys.argv[:3]}\n")
        raise OSError(f"no network in this test: {name}")


if _LOG:
    sys.addaudithook(_refuse_strangers)
