"""Kinds of value that only edXML has: days and times as its senders write them, lists of names."""

import re
from datetime import date, datetime, timedelta, timezone
from typing import Any

from connectors.kinds import Unreadable, is_storable, of_a_calendar, text

# The whole country keeps one time, without summer time; messages do not say it. [?]
VIETNAM_TIME = timezone(timedelta(hours=7))
YEAR_FIRST = re.compile(r"([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})", re.ASCII)
DAY_FIRST = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})", re.ASCII)
TIME = re.compile(r"(?:[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?:\.[0-9]+)?)?", re.ASCII)
WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)


def sent_day(value: Any) -> date:
    """Read a day: ``2024/02/19`` as the standard's samples have it, ISO, or ``19/02/2024``."""
    return _moment(text(value)).date()


def sent_moment(value: Any) -> datetime:
    """Read a time: ISO with its offset, or the country's time where none is said."""
    sent = text(value)
    try:
        read = datetime.fromisoformat(sent)
    except ValueError:
        read = _moment(sent)
    return of_a_calendar(read if read.tzinfo else read.replace(tzinfo=VIETNAM_TIME))


def whole_number(value: Any) -> int:
    """Read a count; none of them is negative or has a point."""
    if not WHOLE.fullmatch(text(value)):
        raise Unreadable("not a whole number")
    return int(value)


def listed(value: Any) -> list[Any]:
    """Take a list of what may be sent several times, one item where it was sent once."""
    items = value if isinstance(value, list) else [value]
    if not is_storable(items):
        raise Unreadable("holds what a database cannot store")
    return items


def _moment(sent: str) -> datetime:
    for shape, order in ((YEAR_FIRST, (0, 1, 2)), (DAY_FIRST, (2, 1, 0))):
        found = shape.match(sent)
        clock = TIME.fullmatch(sent, found.end()) if found else None
        if found is None or clock is None:
            continue
        year, month, on = (int(found.groups()[place]) for place in order)
        hour, minute, second = (int(part or 0) for part in clock.groups())
        try:
            return datetime(year, month, on, hour, minute, second, tzinfo=VIETNAM_TIME)
        except ValueError:
            break
    raise Unreadable("not a day or time")
