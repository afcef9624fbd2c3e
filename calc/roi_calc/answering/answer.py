"""A calculator's answer: its inputs, its outputs, and every figure of it as it is written.

What is computed for an answer is computed here, once: outputs, draws, and what a survey tells.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from roi_calc.answering import uncertainty
from roi_calc.arithmetic import survey
from roi_calc.arithmetic.noise import rounded_up
from roi_calc.formulas.tree import Node, names
from roi_calc.formulas.writing import written
from roi_calc.language import rounding
from roi_calc.language.language import Language, Later, Text
from roi_calc.language.number_format import plain_number
from roi_calc.language.rounding import Rounding
from roi_calc.language.words import Words, words_of
from roi_calc.reading.inputs import Given
from roi_calc.schema import (
    PERIOD_INPUT,
    AnyCalculator,
    Kind,
    Scenario,
    Survey,
    Values,
    choices_of,
    entered_of,
    given_of,
    inputs_of,
    outputs_of,
)


@dataclass(frozen=True)
class Comparison:
    """What an author wants an answer compared with: targets by output, and named scenarios."""

    targets: Mapping[str, float] = field(default_factory=dict)
    scenarios: tuple[Scenario, ...] = ()

    def to_json(self) -> str:
        """Return it as the page keeps it for the browser; empty for nothing to compare with."""
        if self == Comparison():
            return ""
        scenarios = [{"name": each.name, "changes": each.changes} for each in self.scenarios]
        return json.dumps({"targets": self.targets, "scenarios": scenarios})

    @classmethod
    def from_json(cls, text: str) -> "Comparison":
        """Return what to_json() wrote."""
        if not text:
            return cls()
        data = json.loads(text)
        return cls(data["targets"], tuple(Scenario(**each) for each in data["scenarios"]))


@dataclass(frozen=True)
class Surveyed:
    """What the counts of a survey tell of a share, fractions all.

    needed: what the share must reach for it to pay; None where no share decides that. silent: the
    share of all who were asked, whatever those say who did not answer; None where there are none.
    most: the most answers that can be entered.
    """

    name: str
    declared: Survey
    most: float
    share: float
    interval: survey.Interval
    needed: float | None
    silent: survey.Interval | None

    @property
    def verdict(self) -> survey.Verdict | None:
        """Whether the share is enough; None where no share decides that."""
        return None if self.needed is None else survey.verdict(self.interval, self.needed)

    @property
    def answers_that_tell(self) -> float | None:
        """How many answers would tell it, with the same share of yes; None where none would."""
        if self.needed is None:
            return None
        found = survey.answers_that_tell(self.share, self.needed)
        return found if found <= self.most else None


@dataclass(frozen=True)
class Working:
    """How an output was worked out: its formula with numbers, and what that gives.

    sign: `=`, or `≈` where a number on either side of it is rounded.
    """

    numbers: str
    sign: str
    figure: str


@dataclass(frozen=True)
class Answer:
    """A calculator with its inputs, its outputs, and the language and currency to say them in."""

    calculator: AnyCalculator
    given: Given
    computed: Any  # each calculator has its own Outputs
    language: Language
    currency: str
    comparison: Comparison

    @cached_property
    def outputs(self) -> Values:
        """The outputs by name; None for one that is not defined."""
        return outputs_of(self.calculator, self.computed)

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The outputs of which something is said, in order: none of what was not given."""
        return tuple(
            name
            for name, result in self.calculator.results.items()
            if result.left_out is None or not result.left_out(self.given.inputs)
        )

    @cached_property
    def inputs(self) -> Values:
        """The inputs that are numbers, by name; None for one that is not used."""
        return inputs_of(self.calculator, self.given.inputs)

    @cached_property
    def entered(self) -> Values:
        """The same as they were given: None also for a share that a survey's counts stand for."""
        return entered_of(self.calculator, self.given.inputs)

    @cached_property
    def choices(self) -> Mapping[str, str]:
        """The inputs that are choices, by name."""
        return choices_of(self.calculator, self.given.inputs)

    @property
    def period(self) -> str:
        """The period that all inputs are for; empty where the calculator has none to choose."""
        return self.choices.get(PERIOD_INPUT, "")

    @property
    def pays(self) -> bool:
        """Whether the outcome is not a loss."""
        outcome = self.outputs[self.calculator.outcome] if self.calculator.outcome else None
        return outcome is None or outcome >= 0

    @cached_property
    def spread(self) -> uncertainty.Spread | None:
        """How the subject lies if the ranges are drawn; None where it does not move at all."""
        if not self.given.ranges:
            return None
        try:
            found = uncertainty.spread(self.calculator, self.given.inputs, self.given.ranges)
        except uncertainty.NoOutcomeError:
            return None
        return found if len(found.bins) > 1 else None

    @cached_property
    def swings(self) -> tuple[uncertainty.Swing, ...]:
        """What each range does to the subject alone, the widest first."""
        if self.spread is None:
            return ()
        return uncertainty.swings(self.calculator, self.given.inputs, self.given.ranges)

    @cached_property
    def surveyed(self) -> tuple[Surveyed, ...]:
        """What the counts of each survey tell; empty where a share was given instead."""
        return tuple(
            _surveyed(self, name, declared)
            for name, declared in self.calculator.surveys.items()
            if self.inputs[declared.answered] is not None
        )

    @cached_property
    def own_words(self) -> Words:
        """What the calculator says."""
        return words_of(self.calculator, self.language)

    def words(self, key: str, **values: Text) -> str:
        """Return the calculator's own words for a key such as `requests.label`."""
        return self.own_words.text(key, **values)

    def counted(self, key: str, number: float | None, **values: Text) -> str:
        """Return the same in the plural form that goes with a number; None needs none."""
        if number is None:
            return self.words(key, **values)
        return self.own_words.counted(key, number, **values)

    @cached_property
    def rounding(self) -> Rounding:
        """How amounts are rounded here: like the ones that were typed."""
        return Rounding(
            self.currency,
            any(rounding.is_broken(amount, self.currency) for amount in self._typed_amounts()),
        )

    def _typed_amounts(self) -> Iterator[float]:
        """Yield the amounts that a reader or an author entered."""
        inputs, results = self.calculator.quantities, self.calculator.results
        for name, value in self.inputs.items():
            if value is not None and inputs[name].kind is Kind.MONEY:
                yield from self.given.ranges.get(name, (value,))
        for name, target in self.comparison.targets.items():
            if results[name].kind is Kind.MONEY:
                yield target
        for scenario in self.comparison.scenarios:
            for name, changed_to in scenario.changes.items():
                if not isinstance(changed_to, str) and inputs[name].kind is Kind.MONEY:
                    yield changed_to

    def figure(self, value: float | None, kind: Kind) -> str:
        """Write a number that was typed, in the answer's language and currency."""
        return self.language.figure(value, kind, self.currency)

    def result_figure(self, name: str) -> str:
        """Write an output, or say that it is not defined."""
        if name not in self._result_figures:
            self._result_figures[name] = self.figure_of(name, self.outputs[name])
        return self._result_figures[name]

    @cached_property
    def _result_figures(self) -> dict[str, str]:
        """Those that were written, by name."""
        return {}

    def figure_of(self, name: str, value: float | None) -> str:
        """Write a value that an output has, or would have in another case.

        Said instead is that it is not defined, or more than is worth writing.
        """
        result = self.calculator.results[name]
        if value is None:
            return self.figure(None, result.kind)
        if result.shown_up_to is not None and value > result.shown_up_to:
            return self.language.words(
                "figure.over", value=self.figure_of(name, result.shown_up_to)
            )
        shown = self.rounded(name, value)
        if result.is_return:
            return self.language.return_figure(shown)
        return self.figure(shown, result.kind)

    def rounded(self, name: str, value: float) -> float:
        """Return a value of an output as it is shown."""
        result = self.calculator.results[name]
        if result.is_condition:
            return rounding.threshold(
                value, result.kind, self.currency, is_ceiling=result.is_ceiling
            )
        if result.is_return:
            return rounding.of_return(value)
        if result.kind is Kind.MONEY:
            return self.rounding.amount(value, is_rate=result.is_rate)
        return rounding.usual(value, result.kind, self.currency)

    def column_of(self, name: str, values: Iterable[float | None]) -> list[str]:
        """Write values of an output that stand under each other."""
        result = self.calculator.results[name]
        if result.kind is Kind.MONEY and not result.is_condition:
            return self.amounts(values, is_rate=result.is_rate)
        return [self.figure_of(name, value) for value in values]

    def amounts(self, values: Iterable[float | None], *, is_rate: bool = False) -> list[str]:
        """Write amounts that stand under each other: all with cents, or none."""
        shown = list(values)
        known = [value for value in shown if value is not None]
        decimals = self.rounding.decimals(known, is_rate=is_rate)
        return [
            self.figure(None, Kind.MONEY)
            if value is None
            else self.language.numbers.amount(value, self.currency, decimals)
            for value in shown
        ]

    def drawn_figure(self, value: float) -> str:
        """Write a value of the subject that draws gave: no more digits than they can give."""
        kind = self.calculator.results[self.calculator.subject].kind
        return self.figure(rounding.drawn(value, kind), kind)

    def operand(self, name: str) -> str:
        """Write the number behind a name: an output's if there is one."""
        if name in self.outputs:
            return self.result_figure(name)
        return self.figure(self.inputs[name], self.calculator.quantities[name].kind)

    def exact_operand(self, name: str) -> str:
        """Write the number behind a name for a reader who computes along: nothing rounded away."""
        return self._exact_operand(name)[0]

    def _exact_operand(self, name: str) -> tuple[str, bool]:
        """Return the same, and whether it is all of the number."""
        if name not in self._exact_operands:
            self._exact_operands[name] = self._written_exactly(*self.value_and_kind(name))
        return self._exact_operands[name]

    def _written_exactly(self, value: float | None, kind: Kind) -> tuple[str, bool]:
        if value is None:
            return self.figure(None, kind), True
        shown = rounding.in_working(value, kind)
        return self.language.exact(shown, kind, self.currency), rounding.is_same(shown, value)

    @cached_property
    def _exact_operands(self) -> dict[str, tuple[str, bool]]:
        """Those that were written, by name."""
        return {}

    def value_and_kind(self, name: str) -> tuple[float | None, Kind]:
        """Return the number behind a name in a formula: an output's if there is one."""
        if name in self.outputs:
            return self.outputs[name], self.calculator.results[name].kind
        return self.inputs[name], self.calculator.quantities[name].kind

    def symbol(self, name: str) -> str:
        """Return what stands for a name in a formula: its letter, or its label."""
        quantity = self.calculator.quantities.get(name)
        return (quantity and quantity.symbol) or self.words(f"{name}.label")

    @cached_property
    def figures(self) -> dict[str, Text]:
        """Every input and output by name, written when a text takes it: what sentences say."""
        named = {name: Later(self.operand, name) for name in (*self.inputs, *self.outputs)}
        return {**named, "per": self.language.per(self.period)}

    @cached_property
    def worked_out(self) -> Mapping[str, Node]:
        """The formulas as they were used, by output, without what nobody entered and is idle.

        None of an output that is not defined or not told, or that is no more than an input.
        """
        calculator = self.calculator
        given = given_of(calculator, self.given.inputs)
        untouched = {name for name, value in given.items() if value == calculator.defaults[name]}
        used = calculator.formulas_in_use.used(given, self.outputs, untouched)
        return {
            name: used[name].node
            for name in self.told
            if name in used and used[name].is_told and self.outputs[name] is not None
        }

    def working(self, name: str) -> Working:
        """Return how a defined output was worked out, none of its numbers rounded away unsaid."""
        formula, value = self.worked_out[name], self.outputs[name] or 0
        result = self.calculator.results[name]
        is_exact = all(self._exact_operand(each)[1] for each in names(formula))
        if result.is_condition:
            figure = self.language.threshold_worked_out(
                value, result.kind, self.currency, is_ceiling=result.is_ceiling
            )
        else:
            figure = self.result_figure(name)
            is_exact = is_exact and rounding.is_same(self.rounded(name, value), value)
        numbers = written(formula, self.exact_operand, self.language.numbers.number)
        return Working(numbers, "=" if is_exact else "≈", figure)

    def plain(self, name: str) -> str:
        """Return an output as scripts read it, without binary noise; empty where undefined."""
        value = self.outputs[name]
        return "" if value is None else str(plain_number(value))

    def at_least(self, number: float) -> float:
        """Return the least whole number that is enough."""
        return rounded_up(number)

    def whole(self, number: float) -> float | None:
        """Return a number that is whole but for binary noise; None for any other."""
        nearest = round(number)
        return nearest if rounding.is_same(nearest, number) else None

    def undefined(self, name: str) -> str:
        """Say why an output is not defined."""
        reason = self.calculator.results[name].reason
        why = reason(self.given.inputs) if reason else ""
        return self.words(f"{name}.undefined.{why}" if why else f"{name}.undefined")


def answer_to(
    calculator: AnyCalculator,
    given: Given,
    language: Language,
    currency: str,
    comparison: Comparison | None = None,
) -> Answer:
    """Return the calculator's answer to what was given, ready to be rendered."""
    return Answer(
        calculator=calculator,
        given=given,
        computed=calculator.compute(given.inputs),
        language=language,
        currency=currency,
        comparison=comparison or Comparison(),
    )


def can_come_true(answer: Answer, name: str) -> bool:
    """Tell whether a break-even lies within what its kind of number can be."""
    value, result = answer.outputs[name], answer.calculator.results[name]
    return value is not None and result.can_come_true(value, answer.given.inputs)


def plain_values(values: Values) -> dict[str, float | None]:
    """Return values for machines: without binary noise, None for what is not defined."""
    return {name: None if value is None else plain_number(value) for name, value in values.items()}


def _surveyed(answer: Answer, name: str, declared: Survey) -> Surveyed:
    yes, answered, asked = _counts(answer, declared)
    needed = answer.outputs[declared.break_even]
    return Surveyed(
        name=name,
        declared=declared,
        most=answer.calculator.quantities[declared.answered].maximum,
        share=yes / answered,
        interval=survey.wilson_interval(yes, answered),
        # A share of 0 needs no survey, and one above what can come true is no matter of shares.
        needed=needed if needed and can_come_true(answer, declared.break_even) else None,
        silent=survey.bounds_of_silence(yes, answered, asked) if asked > answered else None,
    )


def _counts(answer: Answer, declared: Survey) -> tuple[float, float, float]:
    """Return who said yes, who answered and who was asked, at least those who answered."""
    yes, answered = answer.inputs[declared.yes] or 0, answer.inputs[declared.answered] or 0
    return yes, answered, answer.inputs[declared.asked] or answered
