"""A file of conversations becomes the number of requests resolved, with how every rule left fewer.

What is kept is counts and settings: no row, no customer.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from roi_calc.arithmetic.survey import wilson_interval
from roi_calc.counting.conversations import (
    Conversation,
    Distinct,
    Source,
    customer_key,
    distinct,
    option,
    source,
)
from roi_calc.counting.dates import date, datetime, timedelta
from roi_calc.counting.moments import Month, minutes
from roi_calc.counting.refusals import CountError, Reason, excerpt
from roi_calc.counting.rules import (
    RULES,
    Cell,
    Measure,
    Rule,
    Step,
    day_first,
    measure,
    moment_in,
)
from roi_calc.counting.settings import Settings
from roi_calc.counting.table import Table, listed, place_of, table
from roi_calc.counting.tools import Role

_DATES: Final = (Role.RESOLVED_AT, Role.REOPENED_AT)
# Who calls and who wrote are known to be the same people from this share on.
_KNOWN_ENOUGH: Final = 0.5
_LISTED_VALUES: Final = 12
_OFFERED_VALUES: Final = 60


class Line(NamedTuple):
    """A line of the trail: how many are left, how many this rule took, and whether it applied."""

    step: Step
    left: int
    taken: int
    applied: bool = True


class Repeat(NamedTuple):
    """Who called all the same, of the requests counted.

    known: requests with a customer and a moment. found: those of them whose customer is in the
    calls, whenever it was. called: those whose customer called within the days.
    """

    calls: int
    known: int
    found: int
    called: int
    requests: int

    @property
    def share(self) -> float | None:
        """The share that called; None where too few customers are known to tell.

        Where no customer is in both files these name them differently.
        """
        if not self.found or self.known < self.requests * _KNOWN_ENOUGH:
            return None
        return self.called / self.known


class Times(NamedTuple):
    """How long something took, in minutes, over the requests that say so."""

    number: int
    median: float
    mean: float


class Checked(NamedTuple):
    """What remains of a count after some were opened by hand; low <= likely <= high, whole."""

    low: int
    likely: int
    high: int


@dataclass(frozen=True)
class Count:
    """A count and how it came about.

    requests: A. provisional: whether some may still be reopened. months: A by month, as the rules
    but the month's leave it. channels: how many conversations are on each, the most first. times:
    by Role.FIRST_RESPONSE and Role.HANDLING. sample: ids to be opened by hand. warning: as in Tool.
    """

    file: str
    digest: str
    encoding: str
    tool: str
    settings: Settings
    counted_on: date
    lines: tuple[Line, ...]
    repeated: int
    without_id: int
    without_date: int
    resolved_states: tuple[str, ...]
    only_a_number_of_reopenings: bool
    channels: Mapping[str, int]
    months: Mapping[Month, int]
    times: Mapping[Role, Times]
    repeat: Repeat | None
    sample: tuple[str, ...]
    warning: str = ""

    @property
    def requests(self) -> int:
        """A: the requests resolved in the month."""
        return self.lines[-1].left

    def is_provisional(self, month: Month) -> bool:
        """Tell whether requests of a month may still be reopened, so that fewer would count."""
        age = self.counted_on - month.last
        return self.lines[-1].applied and age <= timedelta(days=self.settings.reopen_days)


@dataclass(frozen=True)
class Export:
    """A file that was read: its digest, how its texts are coded, its columns, its conversations."""

    digest: str
    encoding: str
    source: Source
    conversations: Distinct

    @cached_property
    def dates(self) -> list[Cell]:
        """Every cell that is to have a date."""
        return [
            Cell(each.line, getattr(each, role.value), self.source.name_of(role))
            for role in _DATES
            if role in self.source.places
            for each in self.conversations.by_id.values()
        ]


def export(content: bytes, read: Table, settings: Settings) -> Export:
    """Return what a file says. content: its bytes. read: the same as a table, whose rows are taken.

    Raises CountError for a file that cannot be counted.
    """
    found = source(read, settings)
    conversations = distinct(read.rows, found)
    return Export(hashlib.sha256(content).hexdigest(), read.encoding, found, conversations)


def count(
    content: bytes, file: str, settings: Settings, counted_on: date, calls: bytes | None = None
) -> Count:
    """Return the requests of a month in an export, and of these who called within some days.

    content: CSV or TSV. file: its name, for the trail. calls: a second file, a row for each call.
    Raises CountError for a file that cannot be counted.
    """
    found = export(content, table(content), settings)
    return count_in(found, file, settings, counted_on, None if calls is None else table(calls))


def count_in(
    export: Export, file: str, settings: Settings, counted_on: date, calls: Table | None = None
) -> Count:
    """Return the same of a file that was read, with settings that name the same columns."""
    by_id = export.conversations.by_id
    by = measure(settings, export.source, export.dates)
    sorted_out = _sorted_out(by_id, by)
    counted = sorted_out.counted
    return Count(
        file=file,
        digest=export.digest,
        encoding=export.encoding,
        tool=export.source.tool.title,
        settings=settings,
        counted_on=counted_on,
        lines=_lines(export.conversations, sorted_out.taken, by),
        repeated=export.conversations.rows - export.conversations.without_id - len(by_id),
        without_id=export.conversations.without_id,
        without_date=sorted_out.without_date,
        resolved_states=settings.resolved or export.source.tool.resolved,
        only_a_number_of_reopenings=Role.REOPENED_AT not in export.source.places,
        channels=_channels(by_id.values()),
        months=dict(sorted(sorted_out.months.items())),
        times=_times(counted.values(), by),
        repeat=None if calls is None else _repeat_in(calls, counted.values(), by),
        sample=_sample(counted, export.digest, settings.sampled),
        warning=export.source.tool.warning,
    )


def months_in(export: Export, settings: Settings) -> frozenset[Month]:
    """Return the months in which anything in a file was resolved; what is no date is passed over.

    Raises CountError where it cannot be told whether the day or the month stands first.
    """
    by = measure(settings, export.source, export.dates)
    found = set()
    for each in export.conversations.by_id.values():
        with suppress(CountError):
            found.add(by.month(each))
    return frozenset(month for month in found if month is not None)


def latest_of(months: Collection[Month], counted_on: date) -> Month:
    """Return the last month before the one that it is counted in; this one if it is the only one.

    Where there is neither, the month before.
    """
    this = Month(counted_on.year, counted_on.month)
    before = counted_on.replace(day=1) - timedelta(days=1)
    usual = this if this in months else Month(before.year, before.month)
    return max((month for month in months if month < this), default=usual)


def values_in(export: Export, role: Role, settings: Settings) -> Mapping[str, int]:
    """Return how many conversations have each value of a column, the most first.

    role: CHANNEL, TAGS, of which a cell may have several, or STATE. What differs in capitals alone
    is one value, written as it stands first.
    """
    separator = settings.separator or export.source.tool.separator
    cells: Counter[tuple[str, ...]] = Counter()
    conversations = export.conversations.by_id.values()
    if role is Role.CHANNEL:
        cells.update(each.channels for each in conversations)
    else:
        cells.update((getattr(each, role.value),) for each in conversations)
    numbers: Counter[str] = Counter()
    written: dict[str, str] = {}
    for texts, number in cells.items():
        values = texts[0].split(separator) if role is Role.TAGS else texts
        for value in {text.strip() for text in values} - {""}:
            written.setdefault(value.casefold(), value)
            numbers[value.casefold()] += number
    return {written[value]: number for value, number in numbers.most_common(_OFFERED_VALUES)}


def checked(requests: int, wrong: int, opened: int) -> Checked:
    """Return what remains of a count where so many of those that were opened were wrong.

    A × (1 − k ÷ s), with Wilson's interval of k ÷ s. wrong: from 0 to opened, which is above 0.

    >>> checked(1000, 3, 20)
    Checked(low=640, likely=850, high=948)
    """
    share = wilson_interval(wrong, opened)
    return Checked(
        round(requests * (1 - share.high)),
        round(requests * (1 - wrong / opened)),
        round(requests * (1 - share.low)),
    )


@dataclass(frozen=True)
class _Sorted:
    """What the rules made of the conversations.

    taken: how many each rule took. without_date: how many of those the month's took for having no
    date. months: how many pass all rules but the month's, by month. counted: those that pass all.
    """

    taken: Counter[Step]
    without_date: int
    months: Counter[Month]
    counted: Mapping[str, Conversation]


def _sorted_out(by_id: Mapping[str, Conversation], by: Measure) -> _Sorted:
    rules = [rule for rule in RULES if rule.applies(by)]
    taken: Counter[Step] = Counter()
    months: Counter[Month] = Counter()
    counted: dict[str, Conversation] = {}
    without_date = 0
    for called, each in by_id.items():
        failed = _first_failed(rules, each, by)
        if failed is None:
            counted[called] = each
        else:
            taken[rules[failed].step] += 1
            if rules[failed].step is not Step.IN_MONTH:
                continue
            without_date += not each.resolved_at
            if _first_failed(rules[failed + 1 :], each, by) is not None:
                continue
        month = by.month(each)
        if month is not None:
            months[month] += 1
    return _Sorted(taken, without_date, months, counted)


def _first_failed(rules: Sequence[Rule], each: Conversation, by: Measure) -> int | None:
    return next((at for at, rule in enumerate(rules) if not rule.passes(each, by)), None)


def _lines(conversations: Distinct, taken: Counter[Step], by: Measure) -> tuple[Line, ...]:
    left = len(conversations.by_id)
    lines = [
        Line(Step.ROWS, conversations.rows, 0),
        Line(Step.CONVERSATIONS, left, conversations.rows - left),
    ]
    for rule in RULES:
        left -= taken[rule.step]
        lines.append(Line(rule.step, left, taken[rule.step], rule.applies(by)))
    return tuple(lines)


def _channels(conversations: Iterable[Conversation]) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for channels, number in Counter(each.channels for each in conversations).items():
        found.update({name: number for name in map(excerpt, channels) if name})
    return dict(found.most_common(_LISTED_VALUES))


def _times(counted: Iterable[Conversation], by: Measure) -> Mapping[Role, Times]:
    conversations = list(counted)
    times: dict[Role, Times] = {}
    for role in (Role.FIRST_RESPONSE, Role.HANDLING):
        if role not in by.source.places:
            continue
        header = by.source.name_of(role)
        taken = sorted(
            took
            for each in conversations
            if (took := minutes(getattr(each, role.value), header)) is not None
        )
        if taken:
            middle = (taken[(len(taken) - 1) // 2] + taken[len(taken) // 2]) / 2
            times[role] = Times(len(taken), middle, sum(taken) / len(taken))
    return times


def _repeat_in(calls: Table, counted: Iterable[Conversation], by: Measure) -> Repeat:
    try:
        return _repeat(calls, counted, by)
    except CountError as error:
        error.is_of_calls = True
        raise


def _repeat(calls: Table, counted: Iterable[Conversation], by: Measure) -> Repeat:
    settings = by.settings
    customer = _column_of_calls(calls, settings.calls_customer, "calls_customer_column")
    time = _column_of_calls(calls, settings.calls_time, "calls_time_column")
    rows = [
        (row.cells[customer], Cell(row.line, row.cells[time].strip(), settings.calls_time))
        for row in calls.rows
    ]
    is_day_first = day_first([when for _, when in rows], settings)
    moments: dict[bytes, list[datetime]] = {}
    for called, when in rows:
        moments.setdefault(customer_key(called), []).append(
            moment_in(when, settings.zone, day_first=is_day_first)
        )
    requests = list(counted)
    known = [
        (each.customer, resolved_at)
        for each in requests
        if each.customer and (resolved_at := by.resolved_at(each)) is not None
    ]
    within = timedelta(days=settings.call_days)
    return Repeat(
        calls=len(rows),
        known=len(known),
        found=sum(called in moments for called, _ in known),
        called=sum(
            any(timedelta(0) <= call - resolved_at <= within for call in moments.get(called, ()))
            for called, resolved_at in known
        ),
        requests=len(requests),
    )


def _column_of_calls(calls: Table, name: str, setting: str) -> int:
    place = place_of(calls.header, name)
    if place is None:
        raise CountError(Reason.NO_COLUMN_FOR, option=option(setting), columns=listed(calls.header))
    return place


def _sample(counted: Mapping[str, Conversation], digest: str, number: int) -> tuple[str, ...]:
    """Return ids picked at random, the same ones for the same file."""

    def lot(called: str) -> bytes:
        return hashlib.sha256(f"{digest} {called}".encode("utf-8", "surrogatepass")).digest()

    return tuple(map(excerpt, sorted(counted, key=lot)[:number]))
