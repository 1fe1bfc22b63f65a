"""Which field is on whose screen, so that two people are not handed the same one.

Only a courtesy: what keeps them from overwriting each other is the ledger.
"""

import threading
import time
from dataclasses import dataclass, field

HELD_S = 5 * 60.0


@dataclass(slots=True)
class Hands:
    """Fields that people have before them; forgotten after a while, and with the process."""

    _held: dict[str, tuple[str, float]] = field(default_factory=dict)
    _one: threading.Lock = field(default_factory=threading.Lock)

    def of_others(self, name: str) -> set[str]:
        """Return the fields that others than ``name`` have before them."""
        now = time.monotonic()
        with self._one:
            self._held = {key: held for key, held in self._held.items() if now - held[1] < HELD_S}
            return {key for key, (who, _) in self._held.items() if who != name}

    def release(self, name: str) -> None:
        """Note that ``name`` has nothing before them any more."""
        with self._one:
            self._held = {k: held for k, held in self._held.items() if held[0] != name}

    def take(self, name: str, key: str) -> None:
        """Note that ``name`` has ``key`` before them, and nothing else any more."""
        self.release(name)
        with self._one:
            self._held[key] = (name, time.monotonic())
