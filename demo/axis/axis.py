"""The sample axis: its list of messages, each message, and who said to have received one."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from demo.axis.edxml import File, written
from demo.axis.messages import Sent
from demo.registry.shelf import Shelf

BLANK = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n"


class SampleAxis:
    """Messages that can be listed by day, asked for one by one, and confirmed by who got them."""

    def __init__(
        self,
        messages: list[Sent],
        *,
        late: float = 0.0,
        seed: int = 1,
        city: Path | None = None,
    ) -> None:
        """Serve ``messages``; scans they bring lie under ``city`` once they have been drawn."""
        self._messages = {one.message_id: one for one in messages}
        listed = [
            {"docId": one.message_id, "changedAt": one.changed_at.isoformat()} for one in messages
        ]
        new_field = {"xuLyNhanh": "1"}
        self.shelf = Shelf(listed, "docId", late=late, seed=seed, new_field=new_field)
        self._city = city
        self.confirmed: set[str] = set()

    def page(self, first: date, last: date, start: int, size: int) -> tuple[list[Any], int | None]:
        """Return messages of the days asked for from a place on, and where the next page begins."""
        begin, end = self.shelf.span(first, last)
        begin = max(begin, start)
        until = min(begin + size, end)
        items = self.shelf.sent([self._listed(one) for one in self.shelf.changes[begin:until]])
        return items, until if until < end else None

    def message(self, message_id: str) -> bytes | None:
        """Return the XML of a message, ``None`` where there is none that can be seen."""
        sent = self._messages.get(message_id)
        shown = {one["docId"] for one in self.shelf.changes}
        return written(sent, self._file(sent)) if sent and message_id in shown else None

    def _listed(self, one: dict[str, Any]) -> dict[str, Any]:
        message_id, at = one["docId"], one["changedAt"]
        status = "03" if message_id in self.confirmed else "01"
        return {"docId": message_id, "status": status, "createdTime": at, "updatedTime": at}

    def _file(self, sent: Sent) -> File:
        """Return what the message brings: the delivered scan, or a few bytes that stand for one."""
        if sent.brings_scan and (scan := self._scan(sent)):
            return File(scan.name, "application/pdf", scan.read_bytes())
        return File("vanban.pdf", "application/pdf", BLANK + sent.message_id.encode())

    def _scan(self, sent: Sent) -> Path | None:
        """Return the delivered file of a document; a city not drawn yet has none."""
        truths = sorted((self._city or Path()).glob("demo/truth/*.json")) if self._city else []
        for truth in truths:
            told = json.loads(truth.read_text(encoding="utf-8"))
            for one in told["files"]:
                scan = truth.parents[2] / "inbox" / told["batch"] / one["file"]
                if one["document"] == sent.document and scan.exists():
                    return scan
        return None
