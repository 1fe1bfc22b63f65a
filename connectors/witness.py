"""Who is told of every answer a registry gives, so that there is evidence of it."""

from datetime import datetime
from typing import Protocol


class Witness(Protocol):
    """Keeps evidence; how, is not the client's business."""

    def note(
        self, request_id: str, place: str, asked_at: datetime, status: int, body: bytes | None
    ) -> None:
        """Take note of an answer; ``body`` is what was sent, or ``None`` for a refusal."""


class Nobody:
    """Takes no note: for tokens, whose answers are secrets, and for trying things out."""

    def note(
        self, request_id: str, place: str, asked_at: datetime, status: int, body: bytes | None
    ) -> None:
        """Forget it."""
