"""How often a registry is asked: so many times a second, and not at all while it is down."""

import threading
import time
from collections.abc import Callable

from connectors.errors import RegistryResting


class Pace:
    """Spaces requests evenly; threads that share it take turns."""

    def __init__(
        self,
        requests_per_s: float | None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Let at most ``requests_per_s`` through; ``None`` lets all."""
        self._interval = 1 / requests_per_s if requests_per_s else 0.0
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()
        self._next = 0.0

    def await_turn(self) -> None:
        """Return when the next request may go out.

        The turn is taken under the lock and waited for outside it, so that waiting threads queue
        up behind each other and not behind one that sleeps.
        """
        if not self._interval:
            return
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self._next = turn + self._interval
        if turn > now:
            self._sleep(turn - now)


class Breaker:
    """Stops asking a registry that is down, and lets one request try after a rest.

    Many single questions (one a person) would otherwise each wait out every retry, and would meet
    a registry that is just coming back with all their weight.
    """

    def __init__(
        self, failures: int, rest_s: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Open after so many ``failures`` in a row, for ``rest_s`` seconds."""
        self._failures = failures
        self._rest_s = rest_s
        self._clock = clock
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._opens_at: float | None = None

    def admit(self, where: str) -> None:
        """Return where a request may go out.

        Raises:
            RegistryResting: the registry is given a rest; nothing was asked.
        """
        with self._lock:
            if self._opens_at is None:
                return
            left = self._opens_at - self._clock()
            if left > 0:
                raise RegistryResting(
                    f"{where} was not asked: it failed {self._in_a_row} times in a row and rests "
                    f"for another {left:.0f} s",
                    retry_after_s=left,
                )
            # The one that comes first may try; the others rest on until it has come back.
            self._opens_at = self._clock() + self._rest_s

    def succeeded(self) -> None:
        """Note an answer, be it a refusal: the registry is there."""
        with self._lock:
            self._in_a_row, self._opens_at = 0, None

    def failed(self) -> None:
        """Note silence or an error of the registry's own."""
        with self._lock:
            self._in_a_row += 1
            if self._in_a_row >= self._failures:
                self._opens_at = self._clock() + self._rest_s
