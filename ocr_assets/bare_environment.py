"""Start a process without our settings in its environment: no password travels to a parser."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_OURS, _OF_TESTS = "KHO_", "KHO_TEST_"
_LOCK = threading.Lock()


@contextmanager
def bare_environment() -> Iterator[None]:
    """Take our variables away while a process is started; it is told by value what it needs."""
    with _LOCK:
        names = [n for n in os.environ if n.startswith(_OURS) and not n.startswith(_OF_TESTS)]
        kept = {name: os.environ.pop(name) for name in names}
        try:
            yield
        finally:
            os.environ.update(kept)
