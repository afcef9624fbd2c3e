"""Dates, months and times that took so long, as exports write them.

A moment is kept as the wall clock of the zone that months are taken in. A date without a zone is
taken to be on that clock.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from roi_calc.counting.dates import UTC, date, datetime, timedelta, tzinfo

_ISO: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?) ?(Z|UTC|[+-]\d\d:?\d\d)?)?",
    flags=re.ASCII,
)
_IN_PARTS: Final = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,? (\d{1,2}):(\d\d)(?::(\d\d))?(?: ?([AaPp])[Mm])?)?",
    flags=re.ASCII,
)
_EPOCH: Final = re.compile(r"\d{10}(?:\d{3})?", flags=re.ASCII)
_MILLISECONDS: Final = 13
_MONTHS: Final = 12
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)", flags=re.ASCII)
_CLOCK: Final = re.compile(r"(\d{1,5}):([0-5]\d)(?::([0-5]\d))?", flags=re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?", flags=re.ASCII)
_MINUTES_OF: Final = {"second": 1 / 60, "minute": 1.0, "hour": 60.0, "hr": 60.0}


class Month(NamedTuple):
    """A month of the calendar."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        if self.month == _MONTHS:
            return date(self.year, self.month, 31)
        return date(self.year, self.month + 1, 1) - timedelta(days=1)

    def __str__(self) -> str:
        """Write it as month() reads it."""
        return f"{self.year:04}-{self.month:02}"


def month(text: str) -> Month:
    """Return the month of a text such as `2026-11`; raises ValueError for any other."""
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= _MONTHS or found[1] == "0000":
        message = f"{text!r} is not a month such as 2026-11"
        raise ValueError(message)
    return Month(int(found[1]), int(found[2]))


def is_day_first(texts: Iterable[str]) -> bool | None:
    """Return whether a column writes 30/11 or 11/30; None if nothing in it tells.

    True also where nothing is written in this form. A column that has both is no column of dates:
    moment() finds the one that is not.
    """
    both = [(int(found[1]), int(found[2])) for text in texts if (found := _IN_PARTS.match(text))]
    if any(first > _MONTHS for first, _ in both):
        return True
    if any(second > _MONTHS for _, second in both):
        return False
    # 5/5 is the same either way.
    return None if any(first != second for first, second in both) else True


def moment(text: str, zone: tzinfo | None, *, day_first: bool) -> datetime:
    """Return the moment that a text says, on the clock of a zone; None is this machine's zone.

    ISO 8601, `2026-11-30 14:05`, `30/11/2026 2:05 PM`, seconds or milliseconds since 1970. Raises
    ValueError for anything else.
    """
    text = text.strip()
    try:
        if _EPOCH.fullmatch(text):
            seconds = int(text) / (1000 if len(text) == _MILLISECONDS else 1)
            return _on_the_clock(datetime.fromtimestamp(seconds, UTC), zone)
        if found := _ISO.fullmatch(text):
            offset = (found[3] or "").replace("UTC", "Z")
            return _on_the_clock(
                datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}{offset}"), zone
            )
    except (OverflowError, OSError) as error:
        raise ValueError(text) from error
    if found := _IN_PARTS.fullmatch(text):
        return _of_parts(found, day_first=day_first)
    raise ValueError(text)


def minutes(text: str, header: str) -> float | None:
    """Return how long something took; None if the cell is empty or nothing says in which unit.

    `1:30:00` and `1:30` are hours and minutes, whatever the header says; a number is in the unit
    that the header names.

    >>> minutes("1:30:00", "First response time (in hrs)"), minutes("90", "Reply time in minutes")
    (90.0, 90.0)
    """
    text = text.strip()
    if found := _CLOCK.fullmatch(text):
        return int(found[1]) * 60 + int(found[2]) + int(found[3] or 0) / 60
    unit = next((each for word, each in _MINUTES_OF.items() if word in header.casefold()), None)
    if unit is None or not _NUMBER.fullmatch(text):
        return None
    return float(text.replace(",", ".")) * unit


def _on_the_clock(when: datetime, zone: tzinfo | None) -> datetime:
    return when.astimezone(zone).replace(tzinfo=None) if when.tzinfo else when


def _of_parts(found: re.Match[str], *, day_first: bool) -> datetime:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    hour = int(found[4] or 0)
    if found[7]:
        hour = hour % 12 + (12 if found[7] in "pP" else 0)
    day_of_month, month_of_year = (first, second) if day_first else (second, first)
    return datetime(year, month_of_year, day_of_month, hour, int(found[5] or 0), int(found[6] or 0))
