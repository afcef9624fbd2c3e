"""Dates and moments of the standard library without its Python: that is what a page has."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import UTC, date, datetime, timedelta, tzinfo
else:
    from _datetime import UTC, date, datetime, timedelta, tzinfo

__all__ = ["UTC", "date", "datetime", "timedelta", "tzinfo"]
