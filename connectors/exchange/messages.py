"""A pull of messages: a list says which there are, each is asked for on its own and read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from connectors.errors import AnswerTooLarge, RegistryRefused
from connectors.exchange.contract import MESSAGES
from connectors.exchange.edxml import Message, read_message
from connectors.exchange.limits import Limits, MessageUnreadable
from connectors.pull import Pull
from connectors.record import Record
from connectors.spool import Spool

GONE = (404, 410)


class MessagePull(Pull):
    """Messages of one span; their attachments are complete once the last message was taken."""

    def __init__(
        self,
        pages: Callable[[], Iterable[Iterable[Any]]],
        fetch: Callable[[str], bytes],
        limits: Limits,
    ) -> None:
        """Read the messages that ``pages`` list, each as ``fetch`` brings it."""
        self._fetch = fetch
        self._limits = limits
        super().__init__(MESSAGES, pages, _facts)

    def attachments(self) -> Iterator[Mapping[str, Any]]:
        """Yield what messages that are rows bring or name: digests and sizes, never bytes."""
        yield from self._attachments

    def _count_anew(self) -> None:
        super()._count_anew()
        self._attachments = Spool()
        self._seen: set[str] = set()

    @property
    def counts(self) -> dict[str, int]:
        """Return what a run may report, the attachments with it."""
        return super().counts | {"attachments": self._attachments.count}

    def _read(self, item: Any) -> Record | None:
        """Ask for a listed message and read it; what is wrong with one is that one's fate only."""
        listed = item if isinstance(item, dict) else {}
        try:
            message_id = self._new(listed.get("docId"))
            message = self._message(message_id)
        except MessageUnreadable as wrong:
            self.received += 1
            self._set_aside(str(wrong), item)
            return None
        record = super()._read({**message.header, **listed})
        for attachment in message.attachments if record else ():
            self._attachments.add({"message_id": message_id, **attachment})
        return record

    def _new(self, message_id: Any) -> str:
        """Return the id by which to ask for a message; a list that shifts shows one twice."""
        if not isinstance(message_id, str) or not message_id:
            raise MessageUnreadable("docId: missing")
        if message_id in self._seen:
            raise MessageUnreadable("listed twice")
        self._seen.add(message_id)
        return message_id

    def _message(self, message_id: str) -> Message:
        try:
            return read_message(self._fetch(message_id), self._limits)
        except AnswerTooLarge:
            raise MessageUnreadable("larger than any answer may be") from None
        except RegistryRefused as refused:
            if refused.status not in GONE:
                raise
        raise MessageUnreadable("listed, and not there when asked for")


def _facts(message: Mapping[str, Any]) -> Iterator[str]:
    """Name what is odd about a message that lands all the same."""
    for column in ("from_code", "code_number", "code_notation", "issued_date"):
        if message[column] is None:
            yield f"{column}: missing"
    if message["standard"] == "unknown":
        yield "standard: unknown namespace"
