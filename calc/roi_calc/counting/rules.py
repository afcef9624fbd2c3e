"""The rules that a conversation has to pass to be a request resolved, in their order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from roi_calc.counting.conversations import Conversation, Source, option
from roi_calc.counting.dates import datetime, timedelta, tzinfo
from roi_calc.counting.moments import Month, is_day_first, moment
from roi_calc.counting.refusals import CountError, Reason, excerpt
from roi_calc.counting.settings import Settings
from roi_calc.counting.tools import NO_REQUESTS, OUTBOUND, Role

# What a count or a flag says that is none.
_NONE: Final = frozenset({"", "0", "0.0", "no", "false", "-"})


class Step(StrEnum):
    """A line of the trail; the catalog has its words."""

    ROWS = "rows"
    CONVERSATIONS = "conversations"
    CHANNELS = "channels"
    TAGS = "tags"
    REQUESTS = "requests"
    RESOLVED = "resolved"
    IN_MONTH = "in_month"
    ANSWERED = "answered"
    NOT_REOPENED = "not_reopened"


class Cell(NamedTuple):
    """A text of a file, and where it stands."""

    line: int
    text: str
    column: str


@dataclass(frozen=True)
class Measure:
    """What the rules measure by: the settings, and what the columns of this file mean."""

    settings: Settings
    source: Source
    channels: frozenset[str]
    tags: frozenset[str]
    resolved: frozenset[str]
    left_out: frozenset[str]
    separator: str
    day_first: bool

    def moment(self, role: Role, text: str, line: int) -> datetime:
        """Return the moment in a cell; CountError for what is none."""
        cell = Cell(line, text, self.source.name_of(role))
        return moment_in(cell, self.settings.zone, day_first=self.day_first)

    def resolved_at(self, conversation: Conversation) -> datetime | None:
        """Return when a conversation was resolved; None where its cell is empty."""
        if not conversation.resolved_at:
            return None
        return self.moment(Role.RESOLVED_AT, conversation.resolved_at, conversation.line)

    def month(self, conversation: Conversation) -> Month | None:
        """Return the month that a conversation was resolved in."""
        when = self.resolved_at(conversation)
        return None if when is None else Month(when.year, when.month)


@dataclass(frozen=True)
class Rule:
    """One rule: what it needs, any of it, and whether a conversation passes."""

    step: Step
    needs: tuple[Role, ...]
    passes: Callable[[Conversation, Measure], bool]

    def applies(self, measure: Measure) -> bool:
        """Tell whether the file has what the rule needs, and nobody has switched it off."""
        settings = measure.settings
        is_off = {
            Step.CHANNELS: not settings.channels,
            Step.TAGS: not settings.tags,
            Step.RESOLVED: not measure.resolved,
            Step.NOT_REOPENED: not settings.reopen_days,
        }
        return not is_off.get(self.step, False) and self.is_known(measure)

    def is_known(self, measure: Measure) -> bool:
        """Tell whether the file has a column for it."""
        return any(role in measure.source.places for role in self.needs)


def measure(settings: Settings, source: Source, cells: Sequence[Cell]) -> Measure:
    """Return what the rules measure by. cells: those that have dates.

    Raises CountError where it cannot be told whether the day or the month stands first.
    """
    tool = source.tool
    return Measure(
        settings=settings,
        source=source,
        channels=_alike(settings.channels),
        tags=_alike(settings.tags),
        resolved=_alike(settings.resolved or tool.resolved),
        left_out=_alike(tool.left_out),
        separator=settings.separator or tool.separator,
        day_first=day_first(cells, settings),
    )


def day_first(cells: Sequence[Cell], settings: Settings) -> bool:
    """Return whether a file has the day first, or what the settings say where it does not tell.

    Raises CountError if neither does.
    """
    told = is_day_first(cell.text for cell in cells)
    if told is None:
        told = settings.day_first
    if told is None:
        example = next(cell for cell in cells if is_day_first([cell.text]) is None)
        raise CountError(
            Reason.DAY_OR_MONTH,
            column=excerpt(example.column),
            found=excerpt(example.text),
            option=option("dates"),
        )
    return told


def moment_in(cell: Cell, zone: tzinfo | None, *, day_first: bool) -> datetime:
    """Return the moment in a cell; CountError for what is none."""
    try:
        return moment(cell.text, zone, day_first=day_first)
    except ValueError:
        raise CountError(
            Reason.NO_DATE, line=cell.line, found=excerpt(cell.text), column=excerpt(cell.column)
        ) from None


def tags_of(conversation: Conversation, measure: Measure) -> frozenset[str]:
    """Return a conversation's tags, to be compared."""
    return _alike(tuple(conversation.tags.split(measure.separator)))


def _alike(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(text.strip().casefold() for text in texts) - {""}


def _is_on_a_channel(conversation: Conversation, measure: Measure) -> bool:
    return not measure.channels.isdisjoint(_alike(conversation.channels))


def _is_tagged(conversation: Conversation, measure: Measure) -> bool:
    return not measure.tags.isdisjoint(tags_of(conversation, measure))


def _is_a_request(conversation: Conversation, measure: Measure) -> bool:
    return (
        conversation.state.casefold() not in NO_REQUESTS
        and conversation.direction.casefold() not in OUTBOUND
        and measure.left_out.isdisjoint(tags_of(conversation, measure))
    )


def _is_resolved(conversation: Conversation, measure: Measure) -> bool:
    return conversation.state.casefold() in measure.resolved


def _is_in_month(conversation: Conversation, measure: Measure) -> bool:
    return measure.month(conversation) == measure.settings.month


def _is_answered(conversation: Conversation, _: Measure) -> bool:
    return _is_some(conversation.replies) or _is_some(conversation.first_response)


def _stays_resolved(conversation: Conversation, measure: Measure) -> bool:
    """Tell whether it was not reopened in time; where only a number is known, whether ever."""
    resolved_at = measure.resolved_at(conversation)
    if not conversation.reopened_at or resolved_at is None:
        return not _is_some(conversation.reopens) and not conversation.reopened_at
    reopened_at = measure.moment(Role.REOPENED_AT, conversation.reopened_at, conversation.line)
    # Reopened before: it was resolved again since.
    since = reopened_at - resolved_at
    return not timedelta(0) <= since <= timedelta(days=measure.settings.reopen_days)


def _is_some(text: str) -> bool:
    return text.casefold() not in _NONE


RULES: Final = (
    Rule(Step.CHANNELS, (Role.CHANNEL,), _is_on_a_channel),
    Rule(Step.TAGS, (Role.TAGS,), _is_tagged),
    Rule(Step.REQUESTS, (Role.STATE, Role.TAGS, Role.DIRECTION), _is_a_request),
    Rule(Step.RESOLVED, (Role.STATE,), _is_resolved),
    Rule(Step.IN_MONTH, (Role.RESOLVED_AT,), _is_in_month),
    Rule(Step.ANSWERED, (Role.REPLIES, Role.FIRST_RESPONSE), _is_answered),
    Rule(Step.NOT_REOPENED, (Role.REOPENS, Role.REOPENED_AT), _stays_resolved),
)
