"""What is said of a month: how far it is from the plan, and because of what."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from roi_calc.language import rounding
from roi_calc.language.language import Language
from roi_calc.language.number_format import fraction_digits
from roi_calc.language.rounding import Rounding
from roi_calc.months.month import NAMES, Causes, Figures
from roi_calc.months.table import Month, Table
from roi_calc.schema import Kind

_MONEY: Final = tuple(name for name in NAMES if name in {"investment", "cost_per_request"})


@dataclass(frozen=True)
class Speaker:
    """Says what there is to say of a table's months, in a language."""

    table: Table
    language: Language

    def sentence(self, month: Month) -> str:
        """Return how far a month is from its plan, and because of what, the largest cause first."""
        found, actual = month.causes, month.actual
        if found is None or actual is None:
            return self._say("open")
        told = self._told(found)
        if not told:
            return self._say("as_planned")
        if len(told) == 1:
            (name,) = told
            return self._way(found, "all", cause=self._clause(name, month.plan, actual))
        parts = (
            self._say(
                "part",
                amount=self._signed(told[name], found),
                cause=self._clause(name, month.plan, actual),
            )
            for name in told
        )
        return self._way(found, "parts", causes="; ".join(parts))

    def together(self) -> str:
        """Return the same of all months that are over; empty for fewer than two."""
        if len(self.table.over) < 2:  # noqa: PLR2004 - one is said by itself
            return ""
        found = self.table.causes
        told = self._told(found)
        if not told:
            return self._say("together.as_planned")
        parts = (
            self._say(
                "together.part", label=self.cause(name), amount=self._signed(told[name], found)
            )
            for name in told
        )
        return self._way(found, "together", causes=", ".join(parts))

    def cause(self, name: str) -> str:
        """Return the name of a cause: the figure that came otherwise than planned."""
        return self._say(f"figure.{name}")

    def amount(self, value: float) -> str:
        """Write an amount by itself, as amounts are written on the page."""
        return self.language.figure(self._rounding.amount(value), Kind.MONEY, self.table.currency)

    def difference(self, value: float) -> str:
        """Write an amount with its sign; one of nothing without."""
        shown = self._rounding.amount(value)
        return f"{'+' if shown > 0 else ''}{self.amount(value)}"

    @property
    def _rounding(self) -> Rounding:
        typed = [vars(self.table.today)[name] for name in _MONEY]
        for each in self.table.entered:
            typed += [
                side[name] for side in (each.plan, each.actual) for name in _MONEY if name in side
            ]
        currency = self.table.currency
        return Rounding(currency, any(rounding.is_broken(each, currency) for each in typed))

    def _told(self, found: Causes) -> dict[str, float]:
        """Return the causes that are seen in amounts as written, the largest first."""
        decimals = self._decimals(found)
        named = found._asdict()
        return {
            name: named[name]
            for name in sorted(named, key=lambda each: -abs(named[each]))
            if rounding.nearest(named[name], decimals)
        }

    def _decimals(self, found: Causes) -> int:
        """Return the decimals of a difference and its causes: as read, they add up."""
        amounts = (found.total, *found)
        is_broken = any(rounding.is_broken(each, self.table.currency) for each in amounts)
        return fraction_digits(self.table.currency) if is_broken else 0

    def _way(self, found: Causes, key: str, **values: str) -> str:
        """Return the sentence on a difference: above plan, below it, or as planned in all."""
        decimals = self._decimals(found)
        shown = rounding.nearest(found.total, decimals)
        way = "above" if shown > 0 else "below" if shown else "even"
        amount = self._amount(abs(shown), decimals)
        return self._say(f"{key}.{way}", amount=amount, **values)

    def _signed(self, value: float, found: Causes) -> str:
        decimals = self._decimals(found)
        sign = "+" if value > 0 else self.language.numbers.minus
        return f"{sign}{self._amount(abs(value), decimals)}"

    def _amount(self, value: float, decimals: int) -> str:
        return self.language.numbers.amount(value, self.table.currency, decimals)

    def _clause(self, name: str, plan: Figures, actual: Figures) -> str:
        """Return a cause as what follows on `because`."""
        if name == "requests":
            more = actual.requests - plan.requests
            key = "months.because.requests.more" if more > 0 else "months.because.requests.fewer"
            value = self.language.numbers.number(abs(more))
            return self.language.counted(key, abs(more), value=value)
        kind = Kind.SHARE if name == "avoided_share" else Kind.MONEY
        return self._instead(name, (getattr(plan, name), getattr(actual, name)), kind)

    def _instead(self, name: str, values: Iterable[float], kind: Kind) -> str:
        """Say what one figure is instead of the other, with as many digits as tell them apart."""
        plan, actual = values
        texts = [self.language.figure(each, kind, self.table.currency) for each in (plan, actual)]
        if texts[0] == texts[1]:
            texts = [
                self.language.exact(each, kind, self.table.currency) for each in (plan, actual)
            ]
        return self._say(f"because.{name}", plan=texts[0], actual=texts[1])

    def _say(self, key: str, **values: str) -> str:
        return self.language.words(f"months.{key}", **values)
