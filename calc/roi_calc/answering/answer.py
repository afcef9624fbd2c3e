"""A calculator's answer in words and figures: the sentences, before any HTML is made of them.

What is computed for an answer is computed here, once: outputs, comparisons with targets and
published figures, and what follows from ranges.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from roi_calc.answering import uncertainty
from roi_calc.answering.published_figures import benchmarks_for, circumstances, figure_of, publisher
from roi_calc.arithmetic import survey
from roi_calc.formulas.shortening import shortened
from roi_calc.formulas.tree import Node, names
from roi_calc.formulas.writing import written
from roi_calc.language import rounding
from roi_calc.language.language import Language
from roi_calc.language.number_format import plain_number
from roi_calc.language.rounding import Rounding
from roi_calc.language.words import Words, words_of
from roi_calc.reading.inputs import RANGE_MARK, Given, InputErrors, changed
from roi_calc.schema import (
    LOW,
    PERIOD_INPUT,
    AnyCalculator,
    Kind,
    Scenario,
    Survey,
    Values,
    choices_of,
    entered_of,
    given_of,
    input_name,
    inputs_of,
    outputs_of,
)

_RANGE_ENDS: Final = ("worst", "best")
_RANGE_ENDS_OF_NO_OUTCOME: Final = ("lowest", "highest")
# Of the span of nine draws in ten.
_NOTICEABLE: Final = 0.1


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
class Alternative:
    """A scenario beside the answer: its name in words, and its outputs; None if it is refused."""

    name: str
    outputs: Values | None


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
        return not self.calculator.outcome or (self.outputs[self.calculator.outcome] or 0) >= 0

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

    def words(self, key: str, **values: str) -> str:
        """Return the calculator's own words for a key such as `requests.label`."""
        return self.own_words.text(key, **values)

    def counted(self, key: str, number: float | None, **values: str) -> str:
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
        return self.figure_of(name, self.outputs[name])

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
        return self._column(list(values), self.rounding, is_rate=is_rate)

    def _column(
        self, values: list[float | None], how: Rounding, *, is_rate: bool = False
    ) -> list[str]:
        known = [value for value in values if value is not None]
        decimals = how.decimals(known, is_rate=is_rate)
        return [
            self.figure(None, Kind.MONEY)
            if value is None
            else self.language.numbers.amount(value, self.currency, decimals)
            for value in values
        ]

    def drawn_figure(self, value: float) -> str:
        """Write a value of the subject that ranges gave: no more digits than they can give."""
        return self.figure(
            rounding.drawn(value), self.calculator.results[self.calculator.subject].kind
        )

    def drawn_column(self, values: Iterable[float]) -> list[str]:
        """Write such values as they stand under each other."""
        shown = [rounding.drawn(value) for value in values]
        if self.calculator.results[self.calculator.subject].kind is Kind.MONEY:
            return self._column([*shown], Rounding(self.currency, has_cents=False))
        return [self.drawn_figure(value) for value in shown]

    def operand(self, name: str) -> str:
        """Write the number behind a name: an output's if there is one."""
        if name in self.outputs:
            return self.result_figure(name)
        return self.figure(self.inputs[name], self.calculator.quantities[name].kind)

    def exact_operand(self, name: str) -> str:
        """Write the number behind a name for a reader who computes along: nothing rounded away."""
        value, kind = self._value_and_kind(name)
        if value is None:
            return self.figure(None, kind)
        return self.language.exact(rounding.in_working(value, kind), kind, self.currency)

    def _is_exact(self, name: str) -> bool:
        """Tell whether exact_operand writes all of a number."""
        value, kind = self._value_and_kind(name)
        return value is None or rounding.is_same(rounding.in_working(value, kind), value)

    def _value_and_kind(self, name: str) -> tuple[float | None, Kind]:
        """Return the number behind a name in a formula: an output's if there is one."""
        if name in self.outputs:
            return self.outputs[name], self.calculator.results[name].kind
        return self.inputs[name], self.calculator.quantities[name].kind

    def symbol(self, name: str) -> str:
        """Return what stands for a name in a formula: its letter, or its label."""
        quantity = self.calculator.quantities.get(name)
        return (quantity and quantity.symbol) or self.words(f"{name}.label")

    @cached_property
    def figures(self) -> dict[str, str]:
        """Every input and output as it is written, by name: what sentences are filled with."""
        written = {name: self.operand(name) for name in (*self.inputs, *self.outputs)}
        return {**written, "per": self.language.per(self.period)}

    @cached_property
    def worked_out(self) -> Mapping[str, Node]:
        """The formulas as they were used, by output, without what nobody entered and is idle.

        None of an output that is not defined, or that is no more than an input.
        """
        calculator = self.calculator
        given = given_of(calculator, self.given.inputs)
        untouched = {name for name, value in given.items() if value == calculator.defaults[name]}
        used = shortened(calculator.formulas, given, self.outputs, untouched)
        return {
            name: used[name].node
            for name in calculator.results
            if name in used and used[name].is_told and self.outputs[name] is not None
        }

    def working(self, name: str) -> Working:
        """Return how a defined output was worked out, none of its numbers rounded away unsaid."""
        formula, value = self.worked_out[name], self.outputs[name] or 0
        result = self.calculator.results[name]
        is_exact = all(map(self._is_exact, names(formula)))
        if result.is_condition:
            figure = self.language.threshold_worked_out(
                value, result.kind, self.currency, is_ceiling=result.is_ceiling
            )
        else:
            figure = self.result_figure(name)
            is_exact = is_exact and rounding.is_same(self.rounded(name, value), value)
        numbers = written(formula, self.exact_operand, self.language.numbers.number)
        return Working(numbers, "=" if is_exact else "≈", figure)

    def undefined(self, name: str) -> str:
        """Say why an output is not defined."""
        reason = self.calculator.results[name].reason
        why = reason(self.given.inputs) if reason else ""
        return self.words(f"{name}.undefined.{why}" if why else f"{name}.undefined")


def answer(
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


def readings(given: Answer, texts: Mapping[str, str]) -> dict[str, str]:
    """Return how each text was read, by its field, where the text alone might leave a doubt."""
    said = {place: _reading(given, place, text) for place, text in texts.items() if text.strip()}
    return {place: reading for place, reading in said.items() if reading}


def sentence(given: Answer) -> str:
    """Return the answer in one sentence; of a calculator without one, its headlines."""
    calculator = given.calculator
    if calculator.sentence is None:
        headlines = [name for name, result in calculator.results.items() if result.is_headline]
        return " ".join(
            given.language.words(
                "sentence.plain", label=given.words(f"{name}.label"), value=given.operand(name)
            )
            for name in headlines or calculator.results
        )
    key = calculator.sentence(given.given.inputs, given.computed)
    count = given.inputs[calculator.counted] if calculator.counted else None
    return given.counted(key, count, **given.figures)


def assumptions(given: Answer) -> tuple[str, ...]:
    """Return what the answer takes for granted, a sentence each."""
    return tuple(
        given.words(key, **given.figures)
        for key in given.calculator.assumptions(given.given.inputs)
    )


def worth(given: Answer) -> tuple[str, ...]:
    """Return what the answer is worth in cash and time, a sentence each."""
    if given.calculator.worth is None:
        return ()
    keys = given.calculator.worth(given.given.inputs, given.computed)
    figures = {**given.figures, **_estimates(given)}
    return tuple(given.words(key, **figures) for key in keys)


def worth_sentence(given: Answer) -> str:
    """Return the same as one text; empty where nothing is known of it."""
    return " ".join(worth(given))


def warnings(given: Answer) -> tuple[str, ...]:
    """Return what makes the answer doubtful, a sentence each."""
    keys = given.calculator.warnings(given.given.inputs, given.computed)
    return tuple(given.words(key, **given.figures) for key in keys)


def _estimates(given: Answer) -> dict[str, str]:
    """Return the outputs that are hours or posts as they are said: `10 hours`."""
    return {
        name: given.language.estimate(given.outputs[name] or 0, result.kind)
        for name, result in given.calculator.results.items()
        if result.kind in {Kind.HOURS, Kind.POSTS}
    }


def conditions(given: Answer) -> tuple[str, ...]:
    """Return every break-even that exists and can come true, as a clause.

    Where it pays, each says what would end that; where it does not, what would be enough.
    """
    return tuple(
        _condition(given, name)
        for name in _break_evens(given)
        if can_come_true(given, name) and (given.outputs[name] or not given.pays)
    )


def conditions_heading(given: Answer) -> str:
    """Return what stands before the conditions: that any of them ends it, or that one will do."""
    key = "conditions.paying" if given.pays else "conditions.not_paying"
    return given.language.counted(key, len(conditions(given)))


def conditions_sentence(given: Answer) -> str:
    """Return what must be true for it to pay, in one sentence; empty where nothing can pay."""
    clauses = conditions(given)
    if clauses:
        listed = "; ".join(clauses) if given.pays else given.language.listed(clauses)
        return f"{conditions_heading(given)} {listed}."
    return " ".join(impossibilities(given)) or no_condition(given)


def no_condition(given: Answer) -> str:
    """Say why there is no break-even to name; empty for a calculator that has none at all."""
    if not any(result.is_condition for result in given.calculator.results.values()):
        return ""
    return given.language.words("conditions.none" if given.pays else "conditions.never")


def impossibilities(given: Answer) -> tuple[str, ...]:
    """Return a sentence for every break-even beyond what can come true."""
    return tuple(
        given.words(f"{name}.impossible")
        for name in _break_evens(given)
        if not can_come_true(given, name)
    )


def can_come_true(given: Answer, name: str) -> bool:
    """Tell whether a break-even lies within what its kind of number can be."""
    value, result = given.outputs[name], given.calculator.results[name]
    return value is not None and result.can_come_true(value, given.given.inputs)


def survey_sentences(given: Answer) -> tuple[str, ...]:
    """Return what the counts of a survey can tell and what they cannot; empty without counts."""
    return tuple(each for found in given.surveyed for each in _survey_sentences(given, found))


def survey_paragraph(given: Answer) -> str:
    """Return the same as one text, which says so where there are no counts."""
    return " ".join(survey_sentences(given)) or given.language.words("survey.none")


def undefined_draws(given: Answer) -> str:
    """Say how many of the draws have no outcome; empty if all have one."""
    if given.spread is None or not given.spread.undefined_share:
        return ""
    share = given.language.share_of_draws(given.spread.undefined_share)
    return given.language.words("spread.undefined", share=share)


def draws_of_surveys(given: Answer) -> str:
    """Say how far draws can be trusted whose range comes from a survey; empty without counts."""
    return given.language.words("survey.draws") if given.surveyed else ""


def spread_sentence(given: Answer) -> str:
    """Return what the ranges mean for the outcome; only where there is a spread."""
    if given.spread is None:
        raise ValueError(given.given.ranges)
    spread = given.spread
    return given.language.words(
        "spread.sentence" if given.calculator.outcome else "spread.sentence.plain",
        label=given.words(f"{given.calculator.subject}.label"),
        low=given.drawn_figure(spread.p5),
        middle=given.drawn_figure(spread.p50),
        high=given.drawn_figure(spread.p95),
        chance=given.language.share_of_draws(spread.chance_to_pay),
    )


def lean_sentence(given: Answer) -> str:
    """Say why the likely values give something else than the middle of the draws; empty if alike.

    Alike means of one sign, and no further apart than a tenth of what nine draws in ten span.
    """
    spread, likely = given.spread, given.outputs[given.calculator.subject]
    if spread is None or likely is None:
        return ""
    apart = abs(spread.p50 - likely) > _NOTICEABLE * (spread.p95 - spread.p5)
    if not apart and (spread.p50 < 0) == (likely < 0):
        return ""
    words = given.language.words
    lean = "up" if spread.p50 > likely else "down"
    if not given.calculator.outcome:
        start, value = "plain", likely
    else:
        start, value = ("loss", -likely) if likely < 0 else ("gain", likely)
    written = given.figure_of(given.calculator.subject, value)
    middle = given.drawn_figure(spread.p50)
    return (
        f"{words(f'spread.likely.{start}', value=written)} "
        f"{words(f'spread.lean.{lean}', middle=middle)}"
    )


def insights(given: Answer) -> Iterator[str]:
    """Yield what else there is to say: targets, published figures, and what matters most."""
    yield from _against_targets(given)
    yield from _against_benchmarks(given)
    if given.calculator.outcome:
        yield from _what_matters_most(given)


def alternatives(given: Answer) -> tuple[Alternative, ...]:
    """Return the scenarios beside the answer: the ranges' ends, then the author's or the usual."""
    calculator, inputs = given.calculator, given.given.inputs
    found: list[Scenario] = []
    if given.spread is not None:
        worst, best = uncertainty.extremes(calculator, inputs, given.given.ranges)
        ends = _RANGE_ENDS if calculator.outcome else _RANGE_ENDS_OF_NO_OUTCOME
        found += map(Scenario, (worst, best), ("", ""), ends)
    found += given.comparison.scenarios or calculator.scenarios(inputs)
    return tuple(_alternative(given, each) for each in found)


def plain_values(values: Values) -> dict[str, float | None]:
    """Return values for machines: without binary noise, None for what is not defined."""
    return {name: None if value is None else plain_number(value) for name, value in values.items()}


def _reading(given: Answer, place: str, text: str) -> str:
    name = input_name(place)
    known, value = given.given.ranges.get(name), given.entered.get(name)
    if value is None:
        return ""
    kind = given.calculator.quantities[name].kind
    if RANGE_MARK in text:
        if known is None:
            return ""
        low, likely, high = (given.figure(each, kind) for each in known)
        return given.language.words("note.range", low=low, likely=likely, high=high)
    if known is not None and place != name:
        value = known.low if place.endswith(LOW) else known.high
    return given.language.reading(text, value, kind)


def _break_evens(given: Answer) -> list[str]:
    return [
        name
        for name, result in given.calculator.results.items()
        if result.is_condition and given.outputs[name] is not None
    ]


def _condition(given: Answer, name: str) -> str:
    result = given.calculator.results[name]
    number = given.outputs[name] if result.kind is Kind.COUNT else None
    if given.pays:
        clause = "above" if result.is_ceiling else "below"
    else:
        clause = "ceiling" if result.is_ceiling else "condition"
    return given.counted(
        f"{name}.{clause}", number, **{**given.figures, "value": given.result_figure(name)}
    )


def _surveyed(given: Answer, name: str, declared: Survey) -> Surveyed:
    yes, answered, asked = _counts(given, declared)
    needed = given.outputs[declared.break_even]
    return Surveyed(
        name=name,
        declared=declared,
        most=given.calculator.quantities[declared.answered].maximum,
        share=yes / answered,
        interval=survey.wilson_interval(yes, answered),
        # A share of 0 needs no survey, and one above what can come true is no matter of shares.
        needed=needed if needed and can_come_true(given, declared.break_even) else None,
        silent=survey.bounds_of_silence(yes, answered, asked) if asked > answered else None,
    )


def _counts(given: Answer, declared: Survey) -> tuple[float, float, float]:
    """Return who said yes, who answered and who was asked, at least those who answered."""
    yes, answered = given.inputs[declared.yes] or 0, given.inputs[declared.answered] or 0
    return yes, answered, given.inputs[declared.asked] or answered


def _survey_sentences(given: Answer, found: Surveyed) -> Iterator[str]:
    def share(value: float) -> str:
        return given.figure(value, Kind.SHARE)

    words = given.language.words
    said = {
        "yes": given.operand(found.declared.yes),
        "answered": given.operand(found.declared.answered),
        "share": share(found.share),
        "sure": share(survey.CONFIDENCE),
        "low": share(found.interval.low),
        "high": share(found.interval.high),
    }
    yield words("survey.said", **said)
    if found.needed is not None and found.verdict is not None:
        needed = given.language.threshold(found.needed, Kind.SHARE, given.currency)
        yield words(f"survey.{found.verdict.value}", **said, needed=needed)
    if found.verdict is survey.Verdict.UNCLEAR:
        yield _answers_that_tell(given, found)
    if found.silent is not None:
        low, high = map(share, found.silent)
        yield words("survey.silent", low=low, high=high)


def _answers_that_tell(given: Answer, found: Surveyed) -> str:
    """Say how many answers would tell, or that no number of them would."""
    if found.answers_that_tell is None:
        return given.language.words("survey.never")
    missing = found.answers_that_tell - (given.inputs[found.declared.answered] or 0)
    return given.language.words(
        "survey.answers",
        needed=given.figure(found.answers_that_tell, Kind.COUNT),
        missing=given.figure(missing, Kind.COUNT),
    )


def _against_targets(given: Answer) -> Iterator[str]:
    for name, target in given.comparison.targets.items():
        value, kind = given.outputs[name], given.calculator.results[name].kind
        label, wanted = given.words(f"{name}.label"), given.figure_of(name, target)
        if value is None:
            yield given.language.words("insight.target.undefined", label=label, target=wanted)
            continue
        # What is written the same is the same: nobody sees the digits behind.
        shown = given.rounded(name, value)
        is_met = given.result_figure(name) == wanted
        effect = "met" if is_met else "above" if value > target else "below"
        is_amount = kind is not Kind.SHARE
        yield given.language.words(
            # The difference of two shares would be in percentage points: both are named instead.
            f"insight.target.{effect}{'' if is_amount or effect == 'met' else '.share'}",
            label=label,
            value=given.result_figure(name),
            target=wanted,
            difference=given.figure(abs(shown - target), kind),
        )


def _against_benchmarks(given: Answer) -> Iterator[str]:
    """Yield what the subject would be at a published figure instead of the reader's own."""
    calculator = given.calculator
    for name, quantity in calculator.quantities.items():
        value = given.inputs[name]
        comparable = [
            each
            for each in benchmarks_for(calculator.name, name, given.currency)
            if each.can_be_held_against(given.currency) and each.likely != value
        ]
        if value is None or not comparable or not quantity.is_comparable:
            continue
        published = comparable[0]
        inputs = changed(calculator, given.given.inputs, {name: published.likely})
        outcome = calculator.outcome_for(inputs)
        if outcome is None or outcome == given.outputs[calculator.subject]:
            continue
        yield given.language.words(
            "insight.benchmark",
            published=figure_of(given.language, published.likely, published, given.currency),
            what=given.language.words(f"benchmark.{published.id}"),
            source=", ".join(
                (publisher(given.language, published), *circumstances(given.language, published))
            ),
            value=figure_of(given.language, value, published, given.currency),
            label=given.words(f"{calculator.subject}.label"),
            outcome=given.figure_of(calculator.subject, outcome),
        )


def _what_matters_most(given: Answer) -> Iterator[str]:
    nudges = uncertainty.strongest_nudges(given.calculator, given.given.inputs)
    if not nudges:
        return
    named = [
        given.language.words(
            f"insight.nudge.{'more' if nudge.is_more else 'less'}",
            label=given.words(f"{nudge.name}.label"),
        )
        for nudge in nudges
    ]
    yield given.language.words(
        "insight.most",
        changes=given.language.listed(named),
        label=given.words(f"{given.calculator.outcome}.label"),
        outcome=given.figure_of(given.calculator.outcome, nudges[0].outcome),
        value=given.result_figure(given.calculator.outcome),
    )


def _alternative(given: Answer, scenario: Scenario) -> Alternative:
    calculator = given.calculator
    name = scenario.name or _scenario_words(given, scenario)
    try:
        inputs: Any = changed(calculator, given.given.inputs, scenario.changes)
    except InputErrors:
        return Alternative(name, None)
    return Alternative(name, outputs_of(calculator, calculator.compute(inputs)))


def _scenario_words(given: Answer, scenario: Scenario) -> str:
    """Return the catalog's name of a scenario: every calculator's, or this one's own."""
    quantities = given.calculator.quantities
    changes = {
        name: given.figure(value, quantities[name].kind)
        for name, value in scenario.changes.items()
        if isinstance(value, int | float)
    }
    if scenario.key in (*_RANGE_ENDS, *_RANGE_ENDS_OF_NO_OUTCOME):
        return given.language.words(f"scenario.{scenario.key}")
    return given.words(scenario.key, **{**given.figures, **changes})
