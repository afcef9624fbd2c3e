"""`roi-calc count`: its options, and the trail that they ask for."""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from roi_calc.counting.conversations import column_option
from roi_calc.counting.count import count
from roi_calc.counting.moments import month
from roi_calc.counting.refusals import CountError
from roi_calc.counting.settings import (
    CALL_DAYS,
    CALLS_CUSTOMER,
    CALLS_TIME,
    REOPEN_DAYS,
    Settings,
)
from roi_calc.counting.table import LARGEST_BYTES, LARGEST_MB
from roi_calc.counting.tools import OTHER, TOOLS, Role
from roi_calc.counting.trail import HandCheck, Trail
from roi_calc.language.language import author_language

COUNT: Final = "count"
_TITLE: Final = "count the requests resolved in a month from a service tool's export"
_DAY_FIRST: Final = "day-first"
_MONTH_FIRST: Final = "month-first"
_MOST_DAYS: Final = 366
_MOST_SAMPLED: Final = 1000
_Value = TypeVar("_Value")


class CountCommandError(ValueError):
    """What cannot be counted, in a line: where, what was found, what to do."""


@dataclass(frozen=True)
class _Zone:
    """Where a month begins and ends; None is this machine's."""

    zone: tzinfo | None
    name: str


def add_count_options(command: argparse.ArgumentParser) -> None:
    """Add what `roi-calc count` takes, but for the language."""
    command.description = f"{_TITLE[0].upper()}{_TITLE[1:]}. Nothing of the file is kept or sent."
    add = command.add_argument
    add("file", type=Path, metavar="FILE", help=f"CSV or TSV, {LARGEST_MB} MB at most")
    add("--month", type=_typed(month), required=True, metavar="2026-11", help="to be counted")
    add(
        "--preset",
        choices=(*TOOLS, OTHER),
        help="the tool that exported; default: the one that the columns tell",
    )
    add("--channel", action="append", default=[], help="of the requests; may stand several times")
    add("--tag", action="append", default=[], help="of the requests; may stand several times")
    add(
        "--resolved",
        action="append",
        default=[],
        metavar="STATE",
        help="a state that means resolved, instead of the tool's; may stand several times",
    )
    add("--zone", type=_zone, metavar="NAME", help="such as Europe/Madrid; default: this machine's")
    add("--dates", choices=(_DAY_FIRST, _MONTH_FIRST), help="how 5/11/2026 is read")
    add(
        "--reopen-days",
        type=_typed(_days),
        default=REOPEN_DAYS,
        metavar="DAYS",
        help=f"not reopened for so long; 0 counts reopened ones; default {REOPEN_DAYS}",
    )
    for role in Role:
        named = role.value.replace("_", " ")
        add(column_option(role), metavar="HEADER", help=f"the column of: {named}")
    add("--tag-separator", metavar="TEXT", help="between the tags of a cell")
    add("--group-messages", action="store_true", help="count conversations in a file of messages")
    add("--calls", type=Path, metavar="FILE", help="a row for each call: who called, and when")
    add("--calls-customer-column", default=CALLS_CUSTOMER, metavar="HEADER")
    add("--calls-time-column", default=CALLS_TIME, metavar="HEADER")
    add(
        "--call-days",
        type=_typed(_days),
        default=CALL_DAYS,
        metavar="DAYS",
        help=f"a call within so long is of the same request; default {CALL_DAYS}",
    )
    add(
        "--sample",
        type=_typed(_sampled),
        default=0,
        metavar="NUMBER",
        help="name so many ids to be opened by hand",
    )
    add("--wrong", type=_typed(_days), metavar="NUMBER", help="how many of the sample were wrong")
    add("--format", choices=("text", "json"), default="text")


def counted(chosen: argparse.Namespace, program: str) -> str:
    """Return the trail that the options ask for; raises CountCommandError."""
    content = _content(chosen.file)
    calls = None if chosen.calls is None else _content(chosen.calls)
    try:
        found = count(
            content, chosen.file.name, _settings(chosen), datetime.now().astimezone().date(), calls
        )
    except CountError as error:
        message = f"{chosen.file}: {error.said(author_language())}"
        raise CountCommandError(message) from error
    by_hand = None
    if chosen.wrong is not None:
        by_hand = _by_hand(chosen.wrong, min(chosen.sample, found.requests))
    return _written(Trail(found, by_hand, chosen.language), chosen.format, program)


def _by_hand(wrong: int, opened: int) -> HandCheck:
    if not opened or wrong > opened:
        message = (
            f"--wrong: {wrong} of {opened} opened cannot be; --sample says how many were opened"
        )
        raise CountCommandError(message)
    return HandCheck(wrong, opened)


def _written(trail: Trail, form: str, program: str) -> str:
    command = " ".join((program, *trail.arguments))
    if form == "json":
        return json.dumps(trail.as_json(), indent=2, ensure_ascii=False)
    return "\n".join((*trail.lines(), "", trail.language.words("count.command", command=command)))


def _settings(chosen: argparse.Namespace) -> Settings:
    here = datetime.now(UTC).astimezone()
    zone = chosen.zone or _Zone(None, here.tzname() or "")
    columns = {role: getattr(chosen, f"{role.value}_column") for role in Role}
    return Settings(
        month=chosen.month,
        zone=zone.zone,
        zone_name=zone.name,
        tool=chosen.preset,
        channels=tuple(chosen.channel),
        tags=tuple(chosen.tag),
        reopen_days=chosen.reopen_days,
        call_days=chosen.call_days,
        columns={role: name for role, name in columns.items() if name is not None},
        resolved=tuple(chosen.resolved),
        separator=chosen.tag_separator,
        day_first=None if chosen.dates is None else chosen.dates == _DAY_FIRST,
        group_messages=chosen.group_messages,
        calls_customer=chosen.calls_customer_column,
        calls_time=chosen.calls_time_column,
        sampled=chosen.sample,
    )


def _content(file: Path) -> bytes:
    """Return a file's bytes, or of one that is too large enough to be refused."""
    try:
        with file.open("rb") as source:
            return source.read(LARGEST_BYTES + 1)
    except OSError as error:
        message = f"{file}: {error.strerror}. Name a CSV file that you may read."
        raise CountCommandError(message) from error


def _typed(read: Callable[[str], _Value]) -> Callable[[str], _Value]:
    """Return a reader whose ValueError is said as it is, not only that the value is invalid."""

    def reading(text: str) -> _Value:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return reading


def _days(text: str) -> int:
    return _whole(text, _MOST_DAYS)


def _sampled(text: str) -> int:
    return _whole(text, _MOST_SAMPLED)


def _whole(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        message = f"{text!r} is not a whole number from 0 to {most}"
        raise ValueError(message)
    return int(text)


def _zone(name: str) -> _Zone:
    try:
        return _Zone(ZoneInfo(name), name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"{name!r} is not a time zone such as Europe/Madrid"
        raise argparse.ArgumentTypeError(message) from error
