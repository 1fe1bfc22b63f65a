"""Preservation events: what really happened to a file, told once and for good.

An event's identifier is made from what the event is, so telling it again adds nothing. Events name
programs, roles, verdicts and digests; never a person, never what a document says.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from warehouse.tables.preservation import PREMIS_EVENTS

NAMESPACE = UUID("6f1d6b1e-5d5c-5a0e-9a57-0f6b1c4d2e77")


@dataclass(frozen=True, slots=True)
class Agent:
    """Who or what took part: a program with its version, or an office."""

    name: str
    type: str  # software, organization, or person for a role
    version: str = ""
    role: str = "executing program"

    def as_json(self) -> dict[str, str]:
        """Return the agent as the ledger keeps it."""
        return {
            "name": self.name,
            "type": self.type,
            "version": self.version,
            "role": self.role,
        }


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a file."""

    type: str
    at: datetime
    file_sha256: str
    outcome: str
    agents: tuple[Agent, ...]
    detail: str | None = None
    outcome_detail: str | None = None
    made_sha256: str | None = None
    batch_id: str | None = None
    is_told_once: bool = False  # the same result with the same tools is no second event
    is_of_any_batch: bool = False  # work on bytes that another batch may take over

    @property
    def id(self) -> str:
        """Return an identifier that is the same for the same event."""
        tools = [(agent.name, agent.version) for agent in self.agents]
        said = [
            self.type,
            tools if self.is_told_once else self.at.astimezone(UTC).isoformat(),
            self.file_sha256,
            self.made_sha256,
            None if self.is_of_any_batch else self.batch_id,
            self.detail,
            self.outcome,
            self.outcome_detail,
        ]
        return str(uuid5(NAMESPACE, json.dumps(said, ensure_ascii=False)))

    def as_row(self) -> dict[str, object]:
        """Return the event as an entry of the ledger."""
        return {
            "event_id": self.id,
            "event_type": self.type,
            "event_at": self.at,
            "detail": self.detail,
            "outcome": self.outcome,
            "outcome_detail": self.outcome_detail,
            "agents": [agent.as_json() for agent in self.agents],
            "file_sha256": self.file_sha256,
            "made_sha256": self.made_sha256,
            "batch_id": self.batch_id,
        }


def note(connection: sa.Connection, events: Iterable[Event]) -> int:
    """Write events down that are not there yet; return how many were new."""
    return note_rows(connection, [event.as_row() for event in events])


def note_rows(connection: sa.Connection, rows: list[dict[str, object]]) -> int:
    """Write entries down whose events are not there yet; return how many were new."""
    if not rows:
        return 0
    told = insert(PREMIS_EVENTS).on_conflict_do_nothing(index_elements=["event_id"])
    new = connection.execute(told.returning(PREMIS_EVENTS.c.event_id), rows)
    return len(new.all())
