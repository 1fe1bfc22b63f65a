"""The document axis, as far as we are allowed to read it."""

from datetime import date
from functools import partial

from connectors.exchange.contract import MESSAGES
from connectors.exchange.limits import Limits
from connectors.exchange.messages import MessagePull
from connectors.exchange.withheld import without_files
from connectors.http import Paging, RegistryHttp
from connectors.source import Beside, Source

LIST = "/exchange/v1/receivedEdocs"
MESSAGE = "/exchange/v1/edoc"
PAGING = Paging(items="data", following="nextCursor", cursor="cursor")


class DocumentAxis:
    """Messages our agencies sent and received."""

    def __init__(self, http: RegistryHttp, limits: Limits | None = None) -> None:
        """Read through ``http``, which already knows the address and the token."""
        self._http = http
        self._limits = limits or Limits()

    def messages_changed_on(self, day: date) -> MessagePull:
        """Return every message changed on ``day``, a day of Asia/Ho_Chi_Minh, read and measured.

        Nothing is confirmed: who receives a message says so, and we only read along.
        """
        span = {"messageType": "edoc", "fromDate": day.isoformat(), "toDate": day.isoformat()}
        listed = partial(self._http.pages, LIST, span, PAGING)
        return MessagePull(listed, self._message, self._limits)

    def _message(self, message_id: str) -> bytes:
        # In the query, not in the path: a path goes into logs and evidence as it is.
        return self._http.document(MESSAGE, {"docId": message_id}, without_files)


SOURCES = (
    Source(
        contract=MESSAGES,
        what="Messages changed on one day, with what they say of a document",
        registry=DocumentAxis,
        changes=DocumentAxis.messages_changed_on,
        keys=None,
        beside=(
            Beside(
                entity="exchange__attachments",
                what="Attachments of these messages: digests and sizes. One row per attachment.",
                rows=MessagePull.attachments,
            ),
        ),
    ),
)
