"""Who is told of every answer a registry gives, so that there is evidence of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

Withhold = Callable[[bytes], bytes]


class Witness(Protocol):
    """Keeps evidence; how, is not the client's business."""

    def note(  # noqa: PLR0913 - what there is to say of an answer
        self,
        request_id: str,
        place: str,
        asked_at: datetime,
        status: int,
        body: bytes | None,
        *,
        kept: bytes | None = None,
    ) -> None:
        """Take note of an answer; ``body`` is what was sent, or ``None`` for a refusal.

        ``kept`` is what of it may be kept, where that is not all of it.
        """


class Nobody:
    """Takes no note: for tokens, whose answers are secrets, and for trying things out."""

    def note(  # noqa: PLR0913 - what there is to say of an answer
        self,
        request_id: str,
        place: str,
        asked_at: datetime,
        status: int,
        body: bytes | None,
        *,
        kept: bytes | None = None,
    ) -> None:
        """Forget it."""
