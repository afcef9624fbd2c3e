"""What a memo and a workbook say of how the requests were counted: texts and numbers, no row.

A page keeps it in its tab between the two, where any script of the site may have written: what is
read back is checked.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from roi_calc.counting.refusals import excerpt
from roi_calc.counting.rules import Step
from roi_calc.counting.trail import Trail
from roi_calc.months.shallow_json import is_deeper

_LONGEST_TEXT: Final = 2_000
_MOST_ROWS: Final = 1_000
_LARGEST: Final = 10**9
_DEEPEST: Final = 3
# What the memo's line says of the rules: those that a reader has chosen something for.
_NAMED: Final = (Step.CHANNELS, Step.TAGS, Step.NOT_REOPENED)
_STEPS: Final = (Step.ROWS, Step.CONVERSATIONS)


class CountedStep(NamedTuple):
    """A line of the trail: how many it leaves, what it asks, and how many it left out."""

    left: int
    said: str
    taken: int


class CountedMonth(NamedTuple):
    """A month, and how many requests were resolved in it."""

    month: str
    requests: int


@dataclass(frozen=True)
class CountRecord:
    """How the requests were counted, in a language.

    requests: A as it was put into the form. source: the file and its tool. line: all of it in a
    line. heading: file, tool, day, clock and digest. steps: the trail. behind: what else there is
    to say. months: A by month.
    """

    requests: int
    source: str
    line: str
    heading: str
    steps: tuple[CountedStep, ...]
    behind: tuple[str, ...]
    months: tuple[CountedMonth, ...]

    def to_json(self) -> str:
        """Write it for record_from()."""
        return json.dumps(vars(self))


def record(trail: Trail) -> CountRecord:
    """Return what of a count is to be handed on."""
    count, ends = trail.count, trail.range
    return CountRecord(
        requests=count.requests if ends is None else ends.likely,
        source=f"{excerpt(count.file)} · {count.tool}",
        line=_line(trail),
        heading=trail.heading(),
        steps=tuple(
            CountedStep(each.left, trail.label(each)[:_LONGEST_TEXT], each.taken)
            for each in count.lines
        ),
        behind=tuple(
            filter(None, (trail.repeat(), trail.checked(), *trail.doubts(), *trail.times()))
        ),
        months=tuple(
            CountedMonth(f"{month}", number)
            for month, number in list(count.months.items())[-_MOST_ROWS:]
        ),
    )


def record_from(text: str) -> CountRecord | None:
    """Return what to_json() wrote; None for anything else."""
    if is_deeper(text, _DEEPEST):
        return None
    try:
        found: Any = json.loads(text)
        made = CountRecord(
            requests=_number(found["requests"]),
            source=_text(found["source"]),
            line=_text(found["line"]),
            heading=_text(found["heading"]),
            steps=tuple(
                CountedStep(_number(left), _text(said), _number(taken))
                for left, said, taken in found["steps"]
            ),
            behind=tuple(map(_text, found["behind"])),
            months=tuple(
                CountedMonth(_text(month), _number(number)) for month, number in found["months"]
            ),
        )
    except (LookupError, TypeError, ValueError):
        return None
    is_small = max(map(len, (made.steps, made.behind, made.months))) <= _MOST_ROWS
    return made if is_small else None


def _line(trail: Trail) -> str:
    count, say, number = trail.count, trail.language.words, trail.language.numbers.number
    rows, conversations = (
        next(each.left for each in count.lines if each.step is step) for step in _STEPS
    )
    repeat = count.repeat
    said = say(
        "count.line",
        rows=number(rows),
        conversations=number(conversations),
        requests=number(count.requests),
        rules=", ".join(_rules(trail)),
    )
    if repeat is not None and repeat.share is not None:
        days = number(count.settings.call_days)
        said = f"{said}; {say('count.line.called', called=number(repeat.called), days=days)}"
    if trail.by_hand is None:
        return said
    wrong, opened = number(trail.by_hand.wrong), number(trail.by_hand.opened)
    return f"{said}; {say('count.line.by_hand', wrong=wrong, opened=opened)}"


def _rules(trail: Trail) -> Iterator[str]:
    """Yield the rules that were applied, as short as can be."""
    yield trail.language.words("count.line.resolved", month=f"{trail.count.settings.month}")
    for line in trail.count.lines:
        if line.step in _NAMED and line.applied:
            yield trail.rule(line)


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        raise TypeError(value)
    return value
