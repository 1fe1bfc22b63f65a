"""Items that cannot become rows, kept as sent until they are landed beside the rows."""

import json
from typing import Any

from connectors.spool import Spool


class DeadLetters(Spool):
    """Set-aside items with the reason of each: ``item_ordinal``, ``reason``, and ``item`` as sent.

    Nothing of an item is ever shown: it goes to its table and nowhere else.
    """

    def put(self, ordinal: int, reason: str, item: Any) -> None:
        """Keep ``item``, which stood at place ``ordinal`` of its pull."""
        try:
            sent = json.dumps(item)
        except RecursionError:
            sent = "null"  # read with more room than there is here; the kept answer has it
        self.add({"item_ordinal": ordinal, "reason": reason, "item": sent})
