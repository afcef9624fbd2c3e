"""A time zone by its offsets, for where no table of zones is at hand."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from roi_calc.counting.dates import UTC, datetime, timedelta, tzinfo

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class OffsetZone(tzinfo):
    """A zone that turns moments into its clock's; the clock is not turned back.

    changes: when an offset from UTC begins and what it is, both in seconds, the first since 1970.
    The first offset is also what was before it.

    >>> madrid = OffsetZone([(0, 3600), (1774746000, 7200)])
    >>> datetime(2026, 3, 29, 1, 0, tzinfo=UTC).astimezone(madrid).hour
    3
    """

    def __init__(self, changes: Iterable[tuple[float, float]]) -> None:
        in_order = sorted(changes)
        self._begins = [begin for begin, _ in in_order]
        self._offsets = [timedelta(seconds=offset) for _, offset in in_order]

    def fromutc(self, moment: datetime, /) -> datetime:
        """Return a moment, given on the clock of UTC, on that of the zone."""
        since = (moment.replace(tzinfo=UTC) - _EPOCH).total_seconds()
        return moment + self._offsets[max(bisect_right(self._begins, since) - 1, 0)]

    def utcoffset(self, _: datetime | None, /) -> None:
        """Return None: what stands on its clock is not turned back."""

    def dst(self, _: datetime | None, /) -> None:
        """Return None, likewise."""

    def tzname(self, _: datetime | None, /) -> None:
        """Return None, likewise."""
