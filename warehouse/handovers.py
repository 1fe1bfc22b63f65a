"""What the signed record of a handover says, and what makes it none."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from warehouse import custody_list
from warehouse.custody_list import Counts, Item
from warehouse.errors import AgencyUnknown, HandoverContradicted, HandoverRefused
from warehouse.holds import today


class Reason(StrEnum):
    """Why papers change hands; the list ``list_handover_reasons`` says it in words."""

    MERGER = "merger"
    SPLIT = "split"
    DISSOLUTION = "dissolution"
    DELIVERY = "delivery"
    RETURN = "return"
    LOAN = "loan"


class Condition(StrEnum):
    """How the papers are, by the circular's list (``list_conditions``)."""

    GOOD = "01"
    NORMAL = "02"
    DAMAGED = "03"


BY_RESOLUTION = {Reason.MERGER, Reason.SPLIT, Reason.DISSOLUTION}


@dataclass(frozen=True, slots=True)
class Handover:
    """What the signed record of a handover says."""

    giver: str
    receiver: str
    on: date
    counts: Counts
    condition: Condition
    reason: Reason
    resolution: str = ""


def require_sense(handover: Handover, items: Sequence[Item]) -> None:
    """Refuse what cannot have happened, or does not agree with its own list."""
    if handover.on > today():
        raise HandoverRefused("a handover of a day to come has not happened: record it then.")
    if handover.giver == handover.receiver:
        raise HandoverRefused("giver and receiver are one agency: nothing changes hands.")
    if handover.reason in BY_RESOLUTION and not handover.resolution.strip():
        raise HandoverRefused(
            f"a handover for a {handover.reason} rests on a resolution: name it (--resolution)."
        )
    if min(asdict(handover.counts).values()) < 0:
        raise HandoverRefused("counts of a handover are whole numbers from 0 on.")
    found = custody_list.counted(items)
    if found != handover.counts:
        differing = [
            f"{name}: {stated} signed, {listed} listed"
            for (name, stated), listed in zip(
                asdict(handover.counts).items(), asdict(found).values(), strict=True
            )
            if stated != listed
        ]
        raise HandoverContradicted(
            f"the counts are not those of the list ({'; '.join(differing)}): nothing was written;"
            " look at the signed record and at --items."
        )


def require_agencies(connection: sa.Connection, handover: Handover, items: Sequence[Item]) -> None:
    """Refuse a handover of or between agencies that the agency file does not name."""
    sides = {handover.giver, handover.receiver}
    named = sides | {item.agency_code for item in items}
    asked = sa.text("select agency_code from marts.dim_agency where agency_code = any(:named)")
    known = set(connection.scalars(asked, {"named": list(named)}))
    if named - known:
        # A line is not repeated: a cell that slipped into this column may name a person.
        strange = sorted(sides - known)
        which = strange[0] if strange else "that a line of the list names"
        raise AgencyUnknown(
            f"the agency file names no agency {which}: nothing was written; look at"
            " marts.dim_agency for its code, or land the file that names it."
        )
