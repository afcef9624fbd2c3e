"""What a file says, as the HTML that comes into the places of the dialog that counts it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final
from xml.etree import ElementTree as ET

from roi_calc.counting.conversations import Source
from roi_calc.counting.count import Export
from roi_calc.counting.dates import timedelta
from roi_calc.counting.moments import Month
from roi_calc.counting.refusals import excerpt
from roi_calc.counting.rules import Step
from roi_calc.counting.settings import CALLS_CUSTOMER, CALLS_TIME
from roi_calc.counting.table import Table
from roi_calc.counting.tools import Role
from roi_calc.counting.trail import Trail
from roi_calc.handover.count_dialog import COLUMN, LISTED, NAMED, NO_COLUMN, options
from roi_calc.language.language import Language
from roi_calc.showing.html import element, markup

_MONTHS_OFFERED: Final = 24
# Between the values of a column that are shown beside its name.
_BETWEEN: Final = " · "
_ROLES_OF_CALLS: Final = {"calls_customer": CALLS_CUSTOMER, "calls_time": CALLS_TIME}


@dataclass
class Found:
    """What is known of a file so far: all of it, or as much as there was before a refusal.

    read: the file as a table. known: its columns as the tool has them. export: its conversations.
    values: those of LISTED, by how many conversations have them. offered: the months to choose
    from. calls: the second file.
    """

    words: Language
    read: Table | None = None
    known: Source | None = None
    export: Export | None = None
    values: Mapping[Role, Mapping[str, int]] = field(default_factory=dict)
    offered: Collection[Month] = ()
    calls: Table | None = None
    trail: Trail | None = None


def parts(found: Found) -> dict[str, str]:
    """Return the HTML of each place that is to be replaced, by its `data-part`."""
    made: dict[str, Iterator[ET.Element]] = {}
    if found.read is not None:
        made["columns"] = _columns(found, found.read)
    if found.calls is not None:
        made["calls.columns"] = _columns_of_calls(found, found.calls)
    if found.export is not None:
        for role in LISTED:
            made[f"values.{role}"] = _values(found, found.export, role)
    return {name: markup(*nodes) for name, nodes in made.items()} | _counted(found)


def _counted(found: Found) -> dict[str, str]:
    """Return what the count says, each in its place; nothing where nothing could be counted."""
    trail = found.trail
    if trail is None:
        return {}
    said = {f"left.{step}": markup(*_left(found, trail, step)) for step in Step}
    said |= {f"taken.{step}": markup(*_taken(found, trail, step)) for step in Step}
    made = {
        "heading": _texts(trail.heading()),
        "result": _result(found, trail),
        "months": _months(found, trail),
        "repeat": _texts(trail.repeat()),
        "sample": _sample(found, trail),
        "by_hand": _texts(trail.checked()),
        "rest": _paragraphs(trail.doubts(), trail.times()),
    }
    return said | {name: markup(*nodes) for name, nodes in made.items()}


def _texts(text: str) -> Iterator[ET.Element]:
    """Yield a text that stands by itself; nothing for an empty one."""
    if text:
        yield element("span", text)


def _columns(found: Found, read: Table) -> Iterator[ET.Element]:
    """Yield, for what a column can say, the columns to choose from with their first values."""
    for role in Role:
        name = f"{COLUMN}{role}"
        at = () if found.known is None else found.known.places.get(role, ())
        known = ", ".join(_column(read, place) for place in at)
        key = "columns.known" if known else "columns.unknown"
        choices = [("", found.words.words(f"count.{key}", column=known), False)]
        if known:
            choices.append((NO_COLUMN, found.words.words("count.columns.none"), False))
        choices += _by_name(read)
        yield _choice(name, found.words.words(f"count.column.{role}"), choices)


def _columns_of_calls(found: Found, calls: Table) -> Iterator[ET.Element]:
    """Yield the same for the file of calls."""
    for name, usual in _ROLES_OF_CALLS.items():
        choices = [
            (value, said, value.casefold() == f"{NAMED}{usual}")
            for value, said, _ in _by_name(calls)
        ]
        if not any(is_chosen for *_, is_chosen in choices):
            choices.insert(0, ("", found.words.words("count.columns.unknown"), True))
        yield _choice(name, found.words.words(f"count.field.{name}"), choices)


def _by_name(read: Table) -> list[tuple[str, str, bool]]:
    return [
        (f"{NAMED}{header}", _column(read, place), False)
        for place, header in enumerate(read.header)
        if header
    ]


def _column(read: Table, place: int) -> str:
    """Return a column's name with its first values."""
    values = [excerpt(row.cells[place]) for row in read.first]
    said = _BETWEEN.join(each for each in values if each)
    name = excerpt(read.header[place])
    return f"{name} ({said})" if said else name


def _choice(name: str, label: str, choices: Sequence[tuple[str, str, bool]]) -> ET.Element:
    return element(
        "label",
        element("span", label),
        element("select", *options(choices), name=name),
        class_="roi-count-column",
    )


def _values(found: Found, export: Export, role: Role) -> Iterator[ET.Element]:
    """Yield what a column has, each to be ticked, with how many conversations have it."""
    usual = {each.casefold() for each in export.source.tool.resolved} if role is Role.STATE else ()
    values = found.values[role]
    if not values:
        yield element("p", found.words.words("count.values.none"))
    for value, number in values.items():
        yield element(
            "label",
            element(
                "input",
                type="checkbox",
                name=role,
                value=value,
                checked=value.casefold() in usual,
            ),
            " ",
            excerpt(value),
            " ",
            element("small", found.words.numbers.number(number)),
            class_="roi-count-tick",
        )


def _left(found: Found, trail: Trail, step: Step) -> Iterator[ET.Element]:
    line = next(each for each in trail.count.lines if each.step is step)
    yield element("strong", found.words.numbers.number(line.left))
    yield element("span", trail.label(line))


def _taken(found: Found, trail: Trail, step: Step) -> Iterator[ET.Element]:
    """Yield what a rule took away, if it is one."""
    if step is Step.ROWS:
        return
    line = next(each for each in trail.count.lines if each.step is step)
    yield element(
        "span", found.words.words("count.taken", number=found.words.numbers.number(line.taken))
    )


def _result(found: Found, trail: Trail) -> Iterator[ET.Element]:
    ends, number = trail.range, found.words.numbers.number
    likely = trail.count.requests if ends is None else ends.likely
    yield element("strong", number(likely))
    said = found.words.words("count.requests")
    if ends is not None:
        said = f"{said} ({number(ends.low)}–{number(ends.high)})"  # noqa: RUF001 - a range has one
    yield element("span", said)


def _months(found: Found, trail: Trail) -> Iterator[ET.Element]:
    """Yield the months to choose from, each with its A; without dates in the file the last ones."""
    count = trail.count
    this = Month(count.counted_on.year, count.counted_on.month)
    offered = set(found.offered) | {count.settings.month}
    if not count.months:
        offered |= set(islice(_back_from(this), _MONTHS_OFFERED))
    choices = []
    for month in sorted(offered, reverse=True):
        number = count.months.get(month)
        said = f"{month}" if number is None else f"{month}: {found.words.numbers.number(number)}"
        if number is not None and count.is_provisional(month):
            said = f"{said} ({found.words.words('count.months.provisional')})"
        choices.append((f"{month}", said, month == count.settings.month))
    yield from options(choices)


def _back_from(month: Month) -> Iterator[Month]:
    while True:
        yield month
        before = month.first - timedelta(days=1)
        month = Month(before.year, before.month)


def _sample(found: Found, trail: Trail) -> Iterator[ET.Element]:
    if trail.count.sample:
        yield element("p", found.words.words("count.by_hand.help"))
        yield element("ol", *(element("li", each) for each in trail.count.sample))


def _paragraphs(*texts: Iterator[str]) -> Iterator[ET.Element]:
    for each in texts:
        yield from (element("p", text) for text in each)
