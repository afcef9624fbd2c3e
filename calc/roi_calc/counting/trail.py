"""How a count came about, as lines to read and as data for other programs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from roi_calc.counting.count import Checked, Count, Line, Repeat, checked
from roi_calc.counting.rules import Step
from roi_calc.language.language import Language
from roi_calc.language.number_format import plain_number

_DIGEST_DIGITS: Final = 8
_USUAL_ENCODING: Final = "UTF-8"
_ONE_DECIMAL: Final = 1
_PER_CENT_DIGITS: Final = 3


@dataclass(frozen=True)
class HandCheck:
    """What opening some of what was counted showed: so many were wrong."""

    wrong: int
    opened: int


@dataclass(frozen=True)
class Trail:
    """A count with what was found by hand, in a language."""

    count: Count
    by_hand: HandCheck | None
    language: Language

    @property
    def range(self) -> Checked | None:
        """A and its ends, where some were opened by hand."""
        if self.by_hand is None:
            return None
        return checked(self.count.requests, self.by_hand.wrong, self.by_hand.opened)

    @property
    def arguments(self) -> tuple[str, ...]:
        """What to type behind `roi-calc` to compute with the count."""
        ends = self.range
        requests = f"{ends.low}..{ends.likely}..{ends.high}" if ends else f"{self.count.requests}"
        repeat = self.count.repeat
        share = repeat and repeat.share
        behind = (
            () if share is None else ("--repeat-share", f"{plain_number(round(share * 100, 1))}%")
        )
        return ("deflection", "--requests", requests, *behind)

    def lines(self) -> Iterator[str]:
        """Yield the trail as it is read, a line each."""
        yield self.heading()
        lines = [(self._number(line.left), self.label(line)) for line in self.count.lines]
        lines.append((self._number(self.count.requests), self._say("requests")))
        repeat = self.count.repeat
        if repeat is not None and repeat.share is not None:
            lines.append((self._number(repeat.called), self._repeat(repeat, repeat.share)))
        width = max(len(number) for number, _ in lines)
        yield from (f"{number:>{width}}  {label}" for number, label in lines)
        yield from self._behind()

    def heading(self) -> str:
        """Return which file was counted when, and by which clock."""
        return self._say(
            "heading",
            file=self.count.file,
            tool=self.count.tool,
            date=f"{self.count.counted_on}",
            zone=self.count.settings.zone_name,
            digest=f"{self.count.digest[:_DIGEST_DIGITS]}…",
        )

    def label(self, line: Line) -> str:
        """Return a rule's words, with what is to be known of it behind in brackets."""
        notes = "; ".join(self.notes(line))
        return f"{self.rule(line)} ({notes})" if notes else self.rule(line)

    def repeat(self) -> str:
        """Return how many called all the same, or that it cannot be told; empty without calls."""
        repeat = self.count.repeat
        if repeat is None:
            return ""
        if repeat.share is not None:
            return f"{self._number(repeat.called)} {self._repeat(repeat, repeat.share)}"
        return self._say(
            "repeat.unknown",
            known=self._number(repeat.known),
            found=self._number(repeat.found),
            requests=self._number(self.count.requests),
        )

    def checked(self) -> str:
        """Return what opening some by hand made of the count; empty where nobody did."""
        ends = self.range
        if self.by_hand is None or ends is None:
            return ""
        return self._say(
            "by_hand",
            wrong=self._number(self.by_hand.wrong),
            opened=self._number(self.by_hand.opened),
            **{name: self._number(value) for name, value in ends._asdict().items()},
        )

    def doubts(self) -> Iterator[str]:
        """Yield what is to be known of the whole: how it was read, why it is 0, what may change."""
        count = self.count
        if count.encoding != _USUAL_ENCODING:
            yield self._say("read_as", encoding=count.encoding)
        if count.warning:
            yield self._say(f"tool.{count.warning}")
        if not count.requests:
            last = next((line for line in reversed(count.lines) if line.taken), count.lines[0])
            yield self._say("none", rule=self.rule(last), taken=self._number(last.taken))
        if count.is_provisional(count.settings.month):
            yield self._say("provisional", days=self._number(count.settings.reopen_days))

    def times(self) -> Iterator[str]:
        """Yield how long first responses and the work took."""
        for role, times in self.count.times.items():
            yield self._say(
                f"times.{role}",
                number=self._number(times.number),
                median=self.language.numbers.number(times.median, _ONE_DECIMAL),
                mean=self.language.numbers.number(times.mean, _ONE_DECIMAL),
            )

    def as_json(self) -> dict[str, object]:
        """Return the trail as JSON has it; the names are the same in every language."""
        count, ends, repeat = self.count, self.range, self.count.repeat
        settings = count.settings
        return {
            "file": count.file,
            "digest": count.digest,
            "encoding": count.encoding,
            "tool": count.tool,
            "counted_on": f"{count.counted_on}",
            "zone": settings.zone_name,
            "month": f"{settings.month}",
            "settings": {
                "channels": list(settings.channels),
                "tags": list(settings.tags),
                "resolved": list(count.resolved_states),
                "reopen_days": settings.reopen_days,
                "call_days": settings.call_days,
            },
            "steps": [
                {
                    "step": line.step.value,
                    "left": line.left,
                    "taken": line.taken,
                    "applied": line.applied,
                    "said": self.label(line),
                }
                for line in count.lines
            ],
            "repeated_ids": count.repeated,
            "without_id": count.without_id,
            "without_date": count.without_date,
            "channels": dict(count.channels),
            "requests": count.requests,
            "provisional": count.is_provisional(settings.month),
            "range": ends and list(ends),
            "months": {f"{month}": number for month, number in count.months.items()},
            "repeat": repeat and {**repeat._asdict(), "share": repeat.share},
            "times": {
                role.value: {**times._asdict(), "unit": "minutes"}
                for role, times in count.times.items()
            },
            "sample": list(count.sample),
            "arguments": list(self.arguments),
        }

    def _behind(self) -> Iterator[str]:
        """Yield what else there is to say: doubts, months, times, what to open by hand."""
        count = self.count
        yield from self.doubts()
        if count.repeat is not None and count.repeat.share is None:
            yield self.repeat()
        yield from filter(None, [self.checked()])
        if len(count.months) > 1:
            months = ", ".join(
                f"{month} {self._number(number)}"
                + (f" ({self._say('months.provisional')})" if count.is_provisional(month) else "")
                for month, number in count.months.items()
            )
            yield self._say("months", months=months)
        yield from self.times()
        if count.sample and self.by_hand is None:
            yield self._say("sample", ids=", ".join(count.sample))

    def rule(self, line: Line) -> str:
        """Return what a rule asks, in its own words."""
        settings = self.count.settings
        values = {
            Step.CHANNELS: settings.channels,
            Step.TAGS: settings.tags,
            Step.RESOLVED: self.count.resolved_states,
        }.get(line.step, ())
        key, without = f"step.{line.step}", f"step.{line.step}.any"
        return self._say(
            without if not line.applied and self.language.has(f"count.{without}") else key,
            values=", ".join(values),
            first=f"{settings.month.first}",
            last=f"{settings.month.last}",
            days=self._number(settings.reopen_days),
        )

    def notes(self, line: Line) -> Iterator[str]:
        """Yield what is to be known of a rule in this file."""
        count = self.count
        if line.step is Step.CONVERSATIONS and count.repeated:
            yield self._say("note.repeated", number=self._number(count.repeated))
        if line.step is Step.CONVERSATIONS and count.without_id:
            yield self._say("note.without_id", number=self._number(count.without_id))
        if line.step is Step.IN_MONTH and count.without_date:
            yield self._say("note.without_date", number=self._number(count.without_date))
        if line.step is Step.CHANNELS and count.channels and not (line.applied and line.left):
            found = ", ".join(f"{name} {self._number(n)}" for name, n in count.channels.items())
            yield self._say("note.found", values=found)
        is_reopening = line.step is Step.NOT_REOPENED
        if is_reopening and line.applied and count.only_a_number_of_reopenings:
            yield self._say("note.any_reopening")
        if line.applied or line.step in {Step.CHANNELS, Step.TAGS}:
            return
        is_off = is_reopening and not count.settings.reopen_days
        yield self._say("note.off" if is_off else "note.no_column")

    def _repeat(self, repeat: Repeat, share: float) -> str:
        return self._say(
            "repeat",
            days=self._number(self.count.settings.call_days),
            share=self.language.numbers.percentage(share),
            calls=self._number(repeat.calls),
            known=self._number(repeat.known),
            found=self._number(repeat.found),
        )

    def _say(self, key: str, **values: str) -> str:
        return self.language.words(f"count.{key}", **values)

    def _number(self, number: int) -> str:
        return self.language.numbers.number(number)
