"""How the sample registry fails, on demand and the same for the same seed."""

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Mischief(StrEnum):
    """Ways to break the protocol on the changes endpoint."""

    NONE = "none"
    LOOP = "loop"
    HTML = "html"
    BROKEN_JSON = "broken_json"
    REDIRECT = "redirect"
    NO_CURSOR = "no_cursor"
    HUGE = "huge"


@dataclass(frozen=True, slots=True)
class Faults:
    """How often to be busy or down, and how slowly to answer."""

    busy: float = 0.0
    down: float = 0.0
    retry_after: str = "0"
    slow_s: float = 0.0
    drip_s: float = 0.0
    mischief: Mischief = Mischief.NONE


class Dice:
    """Decides the fate of each request in turn and counts what it decided."""

    def __init__(self, faults: Faults, seed: int) -> None:
        """Roll for ``faults``, the same sequence for the same ``seed``."""
        self._faults = faults
        self._chance = random.Random(seed)  # noqa: S311 - rehearsed failures, not secrets
        self.asked = self.busy = self.down = self.claims = 0
        self.forgotten = 0.0

    def roll(self) -> int | None:
        """Return 429 or 503 where the next request is to fail, else ``None``."""
        self.asked += 1
        drawn = self._chance.random()
        if drawn < self._faults.busy:
            self.busy += 1
            return 429
        if drawn < self._faults.busy + self._faults.down:
            self.down += 1
            return 503
        return None

    def forget(self, told: dict[str, Any]) -> dict[str, Any]:
        """Count a claim that was answered; answer that nobody is known where that was ordered."""
        self.claims += 1
        if self._chance.random() >= self.forgotten:
            return told
        return {"ordinal": told["ordinal"], "differing": [], "result": "not_found"}
