"""How much of one message is taken; beyond any of these it is set aside, and the others go on."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one edXML message."""

    message_bytes: int = 32 * MIB
    depth: int = 40
    elements: int = 20_000
    field_characters: int = 20_000
    attachments: int = 200
    content_bytes: int = 64 * MIB
    """Of one attachment, decoded and unpacked."""


class MessageUnreadable(ValueError):
    """A message cannot become a row; says what is wrong with it, and nothing of what it says."""
