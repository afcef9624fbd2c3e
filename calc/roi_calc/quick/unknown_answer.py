"""An answer whose inputs in sight are not known yet: it says what it would of whatever they are.

It goes through the same sentences and elements as every answer. Where those take a figure, it puts
a blank, with the way in which answer.py would write the number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from roi_calc.answering.answer import Answer
from roi_calc.language import rounding
from roi_calc.language.language import Text
from roi_calc.language.number_format import fraction_digits
from roi_calc.quick.paths import Knowledge, Unknown, sum_of
from roi_calc.quick.sums import IF, Sum, UnsaidError
from roi_calc.schema import Kind, Values

_NO_DIGITS = 0.0
# Plurals are alike from here up, or else nothing is said.
_SEVERAL = 2
_LARGE = (3, 4, 5, 11, 21, 101, 1000, 1_000_000)


@dataclass(frozen=True)
class UnknownAnswer(Answer):
    """An answer on one path. found: its results as sums."""

    knowledge: Knowledge = field(kw_only=True)
    found: Mapping[str, Sum] = field(kw_only=True)

    @cached_property
    def outputs(self) -> Values:
        """The outputs by name, each looked at only when it is asked for."""
        return Outputs(self.found, self.knowledge)

    def figure(self, value: float | None, kind: Kind) -> str:
        """Write a number as its kind is written, into a blank where it is not known."""
        if not isinstance(value, Unknown):
            return super().figure(value, kind)
        return self._written(value.made, kind)

    def figure_of(self, name: str, value: float | None) -> str:
        """Write a value of an output as it is rounded, into a blank where it is not known."""
        result = self.calculator.results[name]
        is_usual_amount = result.kind is Kind.MONEY and not (
            result.is_condition or result.is_return
        )
        depends = is_usual_amount and not isinstance(self._has_cents, bool)
        if value is None or not (isinstance(value, Unknown) or depends):
            return super().figure_of(name, value)
        if result.shown_up_to is not None:
            raise UnsaidError
        made = sum_of(value)
        if result.is_condition:
            return self._written(self._enough(made, result.kind, result.is_ceiling), result.kind)
        if result.is_return:
            return self._return(made)
        if is_usual_amount:
            return self._written(self._amount(made, is_rate=result.is_rate), result.kind)
        return self._written(self._usual(made, result.kind), result.kind)

    def counted(self, key: str, number: float | None, **values: Text) -> str:
        """Return words in the plural form that goes with a number."""
        if isinstance(number, Unknown):
            number = self._as_plural(number)
        return super().counted(key, number, **values)

    def plain(self, name: str) -> str:
        """Return an output as scripts read it."""
        value = self.outputs[name]
        if isinstance(value, Unknown):
            return self.knowledge.blanks.mark(("plain", value.made))
        return super().plain(name)

    def at_least(self, number: float) -> float:
        """Return the least whole number that is enough."""
        return self._computed("ceil", number) or super().at_least(number)

    def whole(self, number: float) -> float | None:
        """Return a number that is whole but for binary noise; None for any other."""
        if not isinstance(number, Unknown):
            return super().whole(number)
        is_whole = self.knowledge.holds(("whole", number.made))
        return self._computed("round", number) if is_whole else None

    def _computed(self, operation: str, number: Any) -> Any:  # noqa: ANN401 - an unknown float
        is_unknown = isinstance(number, Unknown)
        return Unknown((operation, number.made), self.knowledge) if is_unknown else None

    @cached_property
    def _has_cents(self) -> Sum:
        """Whether any amount that was typed is not whole, as far as that is known."""
        digits = float(fraction_digits(self.currency))
        claim: Sum = False
        for amount in self._typed_amounts():
            if not isinstance(amount, Unknown):
                if rounding.is_broken(amount, self.currency):
                    return True
                continue
            is_broken = ("not", ("int", ("near", amount.made, digits)))
            claim = is_broken if claim is False else ("or", claim, is_broken)
        return claim

    def _amount(self, made: Sum, *, is_rate: bool) -> Sum:
        """Return an amount as rounding.Rounding.amount() rounds it."""
        digits = float(fraction_digits(self.currency))
        shown = ("near", made, digits)
        if is_rate or self._has_cents is True:
            return shown
        size = ("abs", shown)
        is_large: Sum = ("ge", size, float(rounding.WHOLE_FROM))
        if self._has_cents is not False:
            is_large = ("and", is_large, ("not", self._has_cents))
        return (IF, is_large, ("near", made, _NO_DIGITS), shown)

    def _usual(self, made: Sum, kind: Kind) -> Sum:
        return ("near", made, self._decimals(made, kind))

    def _enough(self, made: Sum, kind: Kind, is_ceiling: bool) -> Sum:  # noqa: FBT001 - a field's
        return ("down" if is_ceiling else "up", made, self._decimals(made, kind))

    def _decimals(self, made: Sum, kind: Kind) -> Sum:
        """Return what rounding.decimals_of() does."""
        if kind is Kind.MONEY:
            return float(fraction_digits(self.currency))
        if kind.is_fraction:
            return ("add", float(rounding.PER_CENT), ("share_decimals", made))
        return float(rounding.DECIMALS)

    def _return(self, made: Sum) -> str:
        """Return a return as rounding.of_return() rounds it and return_figure() writes it."""
        size, most = ("abs", made), float(rounding.PER_CENT_UP_TO)
        times = ("near", made, _NO_DIGITS)
        if self.knowledge.holds(("gt", ("abs", times), most)):
            number = self._blank("number", times, _NO_DIGITS)
            return self.language.words("figure.times", number=number)
        is_large = ("ge", size, rounding.WHOLE_RETURN_FROM)
        whole = ("near", made, float(rounding.PER_CENT))
        shown: Sum = (IF, is_large, whole, self._usual(made, Kind.SHARE))
        return self._blank("percent", (IF, ("gt", size, most), times, shown))

    def _written(self, shown: Sum, kind: Kind) -> str:
        if kind is Kind.MONEY:
            before = self.language.numbers.amount(0, self.currency)
            return self._blank("amount", shown, begins_with=before)
        if kind is Kind.SHARE:
            return self._blank("percent", shown, begins_with=self.language.numbers.percentage(0))
        if kind is Kind.POINTS:
            raise UnsaidError  # they have words that count them
        return self._blank("number", shown, float(rounding.DECIMALS))

    def _blank(self, way: str, shown: Sum, *more: Sum, begins_with: str = "0") -> str:
        return self.knowledge.blanks.mark((way, shown, *more), begins_with[0])

    def _as_plural(self, number: Unknown) -> int:
        """Return a whole number that has the plural form of an unknown one."""
        words = self.language
        form = {each: words.counted("plural.form", each) for each in (0, 1, _SEVERAL, *_LARGE)}
        if any(form[each] != form[_SEVERAL] for each in _LARGE):
            raise UnsaidError  # there are more forms than are asked for
        if not number.is_integer():
            if words.counted("plural.form", 1.5) == form[_SEVERAL] == form[0]:
                return _SEVERAL
            raise UnsaidError
        one = [each for each in (0, 1) if form[each] != form[_SEVERAL]]
        return next((each for each in one if number == each), _SEVERAL)


class Outputs(Mapping[str, float | None]):
    """Results that are looked at one by one, also as attributes, as of a calculator's own."""

    def __init__(self, found: Mapping[str, Sum], knowledge: Knowledge) -> None:
        self._found = found
        self._knowledge = knowledge

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a float as far as who asks can tell
        """Return a result; None where it is not defined on this path."""
        made = self._found[name]
        return self._knowledge.number(made) if self._knowledge.is_defined(made) else None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        """Return the same."""
        try:
            return self[name]
        except KeyError as error:
            raise UnsaidError from error

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the results that have a formula."""
        return iter(self._found)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._found)
