"""The calculators against figures from sources and hand computation, and by what must hold."""

import doctest
import math
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from roi_calc.answering import uncertainty
from roi_calc.answering.answer import Surveyed, answer_to
from roi_calc.arithmetic import finance, service, survey
from roi_calc.calculators import CALCULATORS
from roi_calc.formulas.writing import written
from roi_calc.language.language import language, languages
from roi_calc.language.number_format import NEUTRAL
from roi_calc.language.words import words_of
from roi_calc.reading.inputs import Given, InputErrors, changed, read_inputs
from roi_calc.schema import (
    AnyCalculator,
    Choice,
    Kind,
    Quantity,
    Values,
    inputs_of,
    outputs_of,
    parts_of,
)
from support.rendered import rendered_answer

CASES: Final = Path(__file__).parents[1] / "cases"

Inputs = Mapping[str, float | str]
Draw = st.SearchStrategy[dict[str, float | str]]

each_calculator = pytest.mark.parametrize("name", CALCULATORS)
# For what is true of a quarter of the inputs only.
RARE: Final = [HealthCheck.filter_too_much]
some_examples = settings(max_examples=40, deadline=None)


@dataclass(frozen=True)
class Case:
    """One entry of a file in tests/cases: inputs with their outputs, or texts that are refused."""

    calculator: AnyCalculator
    name: str
    source: str
    inputs: Inputs
    outputs: Mapping[str, float | str]
    natures: Mapping[str, str]
    formulas: Mapping[str, str]
    reasons: Mapping[str, str]
    said: Sequence[str]
    unsaid: Sequence[str]
    survey: Mapping[str, Any]
    texts: Mapping[str, str]
    errors: Mapping[str, str]
    limits: Mapping[str, float]

    def __str__(self) -> str:
        """Return what the case is called in a report."""
        return f"{self.calculator.name}: {self.name}"


def _cases() -> list[Case]:
    empty: dict[str, object] = {
        "inputs": {},
        "outputs": {},
        "natures": {},
        "formulas": {},
        "reasons": {},
        "said": [],
        "unsaid": [],
        "survey": {},
        "texts": {},
        "errors": {},
        "limits": {},
    }
    return [
        Case(calculator=CALCULATORS[file.stem], **{**empty, **case})
        for file in sorted(CASES.glob("*.toml"))
        for case in tomllib.loads(file.read_text("utf-8"))["case"]
    ]


COMPUTED: Final = [case for case in _cases() if not case.errors]
REFUSED: Final = [case for case in _cases() if case.errors]

each_computed_case = pytest.mark.parametrize("case", COMPUTED, ids=str)


# Any: each calculator has its own Inputs.
def _with(calculator: AnyCalculator, changes: Inputs) -> Any:  # noqa: ANN401
    """Return the calculator's inputs with some of the defaults replaced."""
    return changed(calculator, calculator.inputs_type(), changes)


def _with_or_none(calculator: AnyCalculator, changes: Inputs) -> Any:  # noqa: ANN401
    """Return the same; what breaks a rule between inputs is no example."""
    try:
        return _with(calculator, changes)
    except InputErrors:
        assume(condition=False)


def _outputs(calculator: AnyCalculator, inputs: object) -> Values:
    return outputs_of(calculator, calculator.compute(inputs))


def _read(calculator: AnyCalculator, texts: Mapping[str, str]) -> Given:
    return read_inputs(calculator, texts, NEUTRAL, "USD")


@each_calculator
def test_what_is_in_percentage_points_is_written_so(name: str) -> None:
    calculator, english = CALCULATORS[name], words_of(CALCULATORS[name], language("en"))
    in_points = {
        each for each in calculator.results if "percentage points" in english.text(f"{each}.label")
    }
    kinds = {each for each, result in calculator.results.items() if result.kind is Kind.POINTS}
    assert in_points == kinds


# Cases


@each_computed_case
def test_case(case: Case) -> None:
    outputs = _outputs(case.calculator, _with(case.calculator, case.inputs))
    for name, expected in case.outputs.items():
        wanted = None if expected == "undefined" else pytest.approx(expected, rel=1e-12)
        assert outputs[name] == wanted, name


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_refused_case(case: Case) -> None:
    with pytest.raises(InputErrors) as refused:
        _read(case.calculator, case.texts)
    errors = [(error.field, error.reason) for error in refused.value.errors]
    assert errors == list(case.errors.items())
    numbers = {error.field: error.number for error in refused.value.errors}
    for name, limit in case.limits.items():
        assert numbers[name] == pytest.approx(limit, rel=1e-12), name


@pytest.mark.parametrize("case", [case for case in COMPUTED if case.natures], ids=str)
def test_what_a_result_is_worth(case: Case) -> None:
    inputs = _with(case.calculator, case.inputs)
    for name, expected in case.natures.items():
        nature = case.calculator.results[name].nature_for(inputs)
        assert (nature.value if nature else "mixed") == expected, name


@pytest.mark.parametrize("case", [case for case in COMPUTED if case.formulas], ids=str)
def test_a_formula_is_printed_without_what_does_not_count(case: Case) -> None:
    inputs = _with(case.calculator, case.inputs)
    told = answer_to(case.calculator, Given(inputs), language("en"), "USD").worked_out
    printed = {name: written(told[name]) if name in told else "" for name in case.formulas}
    assert printed == case.formulas


@pytest.mark.parametrize("case", [case for case in COMPUTED if case.reasons], ids=str)
def test_why_a_result_is_undefined(case: Case) -> None:
    inputs = _with(case.calculator, case.inputs)
    for name, expected in case.reasons.items():
        reason = case.calculator.results[name].reason
        assert reason is not None
        assert reason(inputs) == expected


@pytest.mark.parametrize("case", [case for case in COMPUTED if case.said or case.unsaid], ids=str)
def test_what_the_page_says(case: Case) -> None:
    inputs = _with(case.calculator, case.inputs)
    answered = answer_to(case.calculator, Given(inputs), language("en"), "USD")
    page = re.sub(r"<[^>]+>", " ", rendered_answer(answered))
    assert [said for said in case.said if said not in page] == []
    assert [unsaid for unsaid in case.unsaid if unsaid in page] == []


@pytest.mark.parametrize("case", [case for case in COMPUTED if case.survey], ids=str)
def test_what_a_survey_tells(case: Case) -> None:
    given = _read(case.calculator, _texts(case.inputs))
    (told,) = answer_to(case.calculator, given, language("en"), "USD").surveyed
    low, likely, high = given.ranges[told.name]
    assert told.interval == (low, high)
    assert told.share == likely
    assert _told(told) == {
        name: pytest.approx(value, rel=1e-9) if isinstance(value, float) else value
        for name, value in case.survey.items()
    }


def _told(told: Surveyed) -> dict[str, object]:
    """Return what a survey tells as the cases write it; nothing for what it does not tell."""
    return {
        name: value
        for name, value in {
            "low": told.interval.low,
            "high": told.interval.high,
            "verdict": told.verdict and told.verdict.value,
            "answers": told.answers_that_tell,
            "silent_low": told.silent and told.silent.low,
            "silent_high": told.silent and told.silent.high,
        }.items()
        if value is not None
    }


# What says in each language that money was saved, and not only that a cost was avoided.
SAVED: Final = {"en": "saved", "es": "se ahorra", "id": "dihemat,", "pt": "é economia"}


@pytest.mark.parametrize("name", ["deflection", "response-time"])
@pytest.mark.parametrize("tag", languages())
def test_nothing_is_called_saved_or_cash_before_a_budget_falls(tag: str, name: str) -> None:
    calculator = CALCULATORS[name]
    before, after = (
        rendered_answer(
            answer_to(calculator, Given(_with(calculator, changes)), language(tag), "USD")
        )
        for changes in ({}, {"cashable_share": 1})
    )
    for said in (SAVED[tag], "roi-nature-cash"):
        assert said not in before
        assert said in after


@each_computed_case
def test_a_case_is_the_same_from_texts(case: Case) -> None:
    texts = _texts(case.inputs)
    inputs = _read(case.calculator, texts).inputs
    assert inputs == _with(case.calculator, case.inputs)


@each_computed_case
def test_each_output_of_a_case_is_finite_or_not_defined(case: Case) -> None:
    _check_finite(case.calculator, _with(case.calculator, case.inputs))


@each_calculator
def test_every_calculator_has_cases(name: str) -> None:
    assert sum(case.calculator.name == name for case in _cases()) >= 12


@pytest.mark.parametrize("case", _cases(), ids=str)
def test_every_case_says_where_it_comes_from(case: Case) -> None:
    assert case.source.endswith(".")


@pytest.mark.parametrize(
    ("module", "at_least"),
    [(finance, 21), (service, 8), (survey, 6), (uncertainty, 2)],
    ids=str,
)
def test_examples_in_the_modules_are_right(module: ModuleType, at_least: int) -> None:
    tested = doctest.testmod(module)
    assert tested.attempted >= at_least
    assert tested.failed == 0


# Inputs to draw from, made from the schema

# What real entries look like; the limits of the schema are tried apart.
REALISTIC: Final[Mapping[Kind, float]] = {
    Kind.MONEY: 1e4,
    Kind.COUNT: 1e5,
    Kind.HOURS: 1e4,
    Kind.MINUTES: 600,
    Kind.MONTHS: 36,
    Kind.SHARE: 1,
    Kind.MULTIPLE: 10,
}
# The parser reads nine decimals.
SMALLEST: Final = 1e-9


def _realistic(quantity: Quantity) -> st.SearchStrategy[float]:
    most = min(quantity.maximum, REALISTIC[quantity.kind])
    least = max(quantity.minimum, -most)
    if quantity.is_whole:
        return st.integers(round(least), round(most)).map(float)
    return st.floats(least, most).map(lambda value: max(round(value, 6), least))


def _extreme(quantity: Quantity) -> st.SearchStrategy[float]:
    least, most = quantity.minimum, quantity.maximum
    if quantity.is_whole:
        return st.integers(round(least), round(most)).map(float)
    edges = [least, most, min(most, least + SMALLEST), most - SMALLEST]
    return st.sampled_from(edges) | st.floats(least, most).map(lambda value: round(value, 9))


@cache
def _drawn(
    name: str, kind_of_number: Callable[[Quantity], st.SearchStrategy[float]], field: str = ""
) -> Draw:
    """Return valid values for the inputs of a calculator; of totals and parts, one or the other.

    field: an input that must be among them.
    """
    calculator = CALCULATORS[name]
    groups: dict[tuple[str, ...], list[str]] = {}
    for part, quantity in calculator.quantities.items():
        if quantity.part_of:
            groups.setdefault(quantity.part_of, []).append(part)
    grouped = {each for totals, parts in groups.items() for each in (*totals, *parts)}
    alone: dict[str, st.SearchStrategy[float | str]] = {
        each: st.sampled_from(declared.options)
        if isinstance(declared, Choice)
        else kind_of_number(declared)
        for each, declared in calculator.fields.items()
        if each not in grouped
    }
    left_out = {
        each: alone.pop(each)
        for each, quantity in calculator.quantities.items()
        if quantity.is_optional and each in alone and each != field
    }
    numbers = partial(_numbers, calculator, kind_of_number)
    alternatives = []
    for totals, parts in groups.items():
        if field in totals:
            alternatives.append(numbers(totals))
        elif field in parts:
            alternatives.append(numbers(parts))
        else:
            alternatives.append(numbers(totals) | _parts(calculator, parts).flatmap(numbers))
    ungrouped = st.fixed_dictionaries(alone, optional=left_out)
    return st.tuples(ungrouped, *alternatives).map(_merged).map(_within_rules)


def _within_rules(drawn: dict[str, float | str]) -> dict[str, float | str]:
    """Return the inputs with what must not be above another input brought below it."""
    counts = [each for each in ("survey_yes", "survey_answered", "survey_asked") if each in drawn]
    drawn |= zip(counts, sorted(float(drawn[each]) for each in counts), strict=True)
    if "easy_minutes" in drawn:
        drawn["easy_minutes"] = min(float(drawn["easy_minutes"]), float(drawn["minutes_before"]))
    if "handoff_share" in drawn:
        left = 1 - float(drawn["billed_share"])
        drawn["handoff_share"] = min(float(drawn["handoff_share"]), round(left, 9))
    if drawn.get("proposed") in {"hire", "tool"}:
        option = drawn["proposed"]
        if not {f"{option}_fixed", f"{option}_request_cost"} & set(drawn):
            drawn["proposed"] = "agent"
    return drawn


def _parts(calculator: AnyCalculator, parts: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Return some of the parts, each with those that it needs."""
    companions = {tuple(sorted({part, *calculator.quantities[part].needs})) for part in parts}
    return st.sets(st.sampled_from(sorted(companions)), min_size=1).map(
        lambda chosen: tuple(part for part in parts if any(part in each for each in chosen))
    )


def _numbers(
    calculator: AnyCalculator,
    kind_of_number: Callable[[Quantity], st.SearchStrategy[float]],
    names: Sequence[str],
) -> Draw:
    """Return a value for each name; shares that cannot be ranges sum to 1."""
    mixed = [
        name
        for name in names
        if calculator.quantities[name].kind is Kind.SHARE
        and not calculator.quantities[name].may_range
    ]
    others: dict[str, st.SearchStrategy[float | str]] = {
        name: kind_of_number(calculator.quantities[name]) for name in names if name not in mixed
    }
    cuts = st.lists(
        st.integers(0, 100), min_size=max(0, len(mixed) - 1), max_size=max(0, len(mixed) - 1)
    )
    return st.tuples(st.fixed_dictionaries(others), cuts).map(
        lambda drawn: {**drawn[0], **_shares(mixed, sorted(drawn[1]))}
    )


def _shares(names: Sequence[str], cuts: Sequence[int]) -> dict[str, float]:
    edges = [0, *cuts, 100]
    widths = [high - low for low, high in pairwise(edges)]
    return {name: width / 100 for name, width in zip(names, widths, strict=False)}


def _merged(drawn: Sequence[Mapping[str, float | str]]) -> dict[str, float | str]:
    return {name: value for each in drawn for name, value in each.items()}


def _texts(values: Inputs) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else NEUTRAL.ungrouped(value)
        for name, value in values.items()
    }


# Properties of all


@each_calculator
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_every_output_is_finite_or_not_defined_at_the_limits(
    name: str, data: st.DataObject
) -> None:
    calculator = CALCULATORS[name]
    _check_finite(calculator, _with(calculator, data.draw(_drawn(name, _extreme))))


@each_calculator
@some_examples
@given(data=st.data())
def test_the_order_of_inputs_is_irrelevant(name: str, data: st.DataObject) -> None:
    calculator = CALCULATORS[name]
    texts = _texts(data.draw(_drawn(name, _realistic)))
    shuffled = dict(data.draw(st.permutations(list(texts.items()))))
    assert _read(calculator, shuffled) == _read(calculator, texts)


@each_calculator
@some_examples
@given(data=st.data())
def test_a_scenario_is_the_calculation_with_its_inputs(name: str, data: st.DataObject) -> None:
    calculator = CALCULATORS[name]
    drawn = data.draw(_drawn(name, _realistic))
    inputs = _with(calculator, drawn)
    for scenario in calculator.scenarios(inputs):
        replaced = {part for name in scenario.changes for part in parts_of(calculator, name)}
        kept = {name: value for name, value in drawn.items() if name not in replaced}
        instead = _read(calculator, _texts({**kept, **scenario.changes})).inputs
        by_scenario = changed(calculator, inputs, scenario.changes)
        assert _outputs(calculator, by_scenario) == pytest.approx(_outputs(calculator, instead))


def test_in_a_scenario_a_total_replaces_its_parts_and_a_part_its_total() -> None:
    deflection = CALCULATORS["deflection"]
    by_parts = _with(deflection, {"tool_cost": 100, "advertising": 50})
    by_total = changed(deflection, by_parts, {"investment": 300})
    assert by_total == _with(deflection, {"investment": 300})
    assert changed(deflection, by_total, {"tool_cost": 100}) == _with(
        deflection, {"tool_cost": 100}
    )
    more_tools = changed(deflection, by_parts, {"tool_cost": 200})
    assert more_tools == _with(deflection, {"tool_cost": 200, "advertising": 50})


def test_in_a_scenario_hours_grow_with_the_requests_unless_it_names_them() -> None:
    deflection = CALCULATORS["deflection"]
    parts = {"tool_cost": 100, "staff_hours": 16, "hourly_rate": 20}
    grows = _with(deflection, {**parts, "staff_grows": "yes"})
    assert changed(deflection, grows, {"requests": 250}).staff_hours == 40
    assert changed(deflection, grows, {"requests": 0}).staff_hours == 0
    assert changed(deflection, grows, {"requests": 250, "staff_hours": 30}).staff_hours == 30
    fixed = _with(deflection, parts)
    assert changed(deflection, fixed, {"requests": 250}).staff_hours == 16
    from_now_on: Inputs = {"requests": 250, "staff_grows": "yes"}
    assert changed(deflection, fixed, from_now_on).staff_hours == 40
    assert changed(deflection, grows, {"requests": 250, "investment": 500}).staff_hours is None
    none = changed(deflection, grows, {"requests": 0, "staff_hours": 16})
    assert changed(deflection, none, {"requests": 250}).staff_hours == 16


@each_calculator
@some_examples
@given(data=st.data())
def test_the_outcome_alone_is_the_outcome_among_the_others(name: str, data: st.DataObject) -> None:
    calculator = CALCULATORS[name]
    inputs = _with(calculator, data.draw(_drawn(name, _extreme)))
    assert calculator.outcome_for(inputs) == getattr(calculator.compute(inputs), calculator.subject)


PERIODS: Final = {"week": 52.18, "month": 12, "quarter": 4, "year": 1}


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("name", ["deflection", "handling-time", "response-time"])
@some_examples
@given(data=st.data())
def test_a_year_is_its_periods(name: str, period: str, data: st.DataObject) -> None:
    calculator = CALCULATORS[name]
    drawn = data.draw(_drawn(name, _realistic))
    outputs = _outputs(calculator, _with(calculator, {**drawn, "period": period}))
    yearly = [each for each in calculator.results if each.endswith("_per_year")]
    assert yearly
    for each in yearly:
        per_period = outputs[each.removesuffix("_per_year")]
        assert per_period is not None
        assert outputs[each] == pytest.approx(PERIODS[period] * per_period, rel=1e-12)


@pytest.mark.parametrize("name", ["deflection", "handling-time", "response-time", "retention"])
@some_examples
@given(data=st.data())
def test_the_period_changes_nothing_but_the_year(name: str, data: st.DataObject) -> None:
    calculator = CALCULATORS[name]
    inputs = _with(calculator, data.draw(_drawn(name, _realistic)))
    by_period = [
        _outputs(calculator, changed(calculator, inputs, {"period": period})) for period in PERIODS
    ]
    for output, result in calculator.results.items():
        # An hour is more of a post in a week than in a year.
        if not output.endswith("_per_year") and result.kind is not Kind.POSTS:
            assert len({each[output] for each in by_period}) == 1, output


# Month by month


def test_the_schedule_by_hand() -> None:
    programme = CALCULATORS["programme"]
    goals = {
        "deflection_cash": 2000,
        "chaser_saving": 100,
        "retention_value": 40,
        "ramp_months": 1,
        "months": 3,
    }
    schedule = programme.schedule
    assert schedule is not None
    by_month = schedule(_with(programme, goals))
    *columns, last = by_month.columns
    assert columns == ["cash", "capacity", "goodwill", "cost", "net", "cumulative"]
    assert last == "present_value"
    assert (by_month.pictured, by_month.note) == ("cumulative", "schedule.note")
    assert [row[:-1] for row in by_month.rows] == [
        (0, 0, 0, 6000, -6000, -6000),
        (1000, 50, 20, 500, 550, -5450),
        (2000, 100, 40, 500, 1600, -3850),
        (2000, 100, 40, 500, 1600, -2250),
    ]
    # 10 % a year: 550 / 1.1^(1/12), 1,600 / 1.1^(2/12), 1,600 / 1.1^(3/12).
    by_hand = (-6000, 545.648919, 1574.784755, 1562.326544)
    assert [row[-1] for row in by_month.rows] == pytest.approx(by_hand, abs=1e-5)


@pytest.mark.parametrize(
    ("changes", "written"),
    [
        ({}, "over 100%"),
        # 5 % a month: 1.05^12 - 1.
        (
            {"months": 1, "one_off_cost": 1000, "deflection_saving": 1050, "monthly_cost": 0},
            "79.6%",
        ),
        ({"one_off_cost": 18000}, "0%"),
    ],
)
def test_a_rate_of_return_above_a_hundred_per_cent_is_not_written_out(
    changes: Inputs, written: str
) -> None:
    programme = CALCULATORS["programme"]
    given = Given(_with(programme, changes))
    assert answer_to(programme, given, language("en"), "USD").operand("irr") == written


def test_nothing_is_owed_today_where_nothing_was_spent() -> None:
    programme = CALCULATORS["programme"]
    assert programme.schedule is not None
    today = programme.schedule(_with(programme, {"one_off_cost": 0.0})).rows[0]
    assert [math.copysign(1, value) for value in today] == [1] * 7


@some_examples
@given(data=st.data())
def test_the_months_add_up_to_the_programme(data: st.DataObject) -> None:
    programme = CALCULATORS["programme"]
    inputs = _with(programme, data.draw(_drawn("programme", _realistic)))
    assert programme.schedule is not None
    by_month = programme.schedule(inputs)
    outputs = programme.compute(inputs)
    columns = zip(*by_month.rows, strict=True)
    cash, capacity, goodwill, cost, net, cumulative, worth = columns
    added = [sum(column) for column in (cash, capacity, goodwill, cost, net)]
    expected = [
        *(outputs.cash, outputs.capacity, outputs.goodwill),
        *(outputs.total_cost, outputs.net_benefit),
    ]
    assert added == pytest.approx(expected, rel=1e-9, abs=1e-6)
    assert sum(worth) == pytest.approx(outputs.net_present_value, rel=1e-9, abs=1e-6)
    assert cumulative[-1] == pytest.approx(outputs.net_benefit, rel=1e-9, abs=1e-6)
    assert len(by_month.rows) == inputs.months + 1


COLUMNS: Final = ("cash", "capacity", "goodwill", "counted_benefit")
TOTALS: Final = ("deflection_saving", "chaser_saving", "handling_time_value")


@some_examples
@given(data=st.data(), haircuts=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted))
def test_raising_the_haircut_never_raises_a_benefit(
    data: st.DataObject, haircuts: list[float]
) -> None:
    programme = CALCULATORS["programme"]
    drawn = data.draw(_drawn("programme", _realistic))
    less, more = (
        _outputs(programme, _with(programme, {**drawn, "risk_haircut": haircut}))
        for haircut in haircuts
    )
    for name in (*COLUMNS, "net_benefit", "net_present_value"):
        before, after = less[name], more[name]
        assert before is not None
        assert after is not None
        assert after <= before + 1e-9 * max(1, abs(before)), name


@some_examples
@given(data=st.data())
def test_with_everything_off_for_risk_a_column_is_the_sum_of_its_losses(
    data: st.DataObject,
) -> None:
    programme = CALCULATORS["programme"]
    inputs = _with(programme, {**data.draw(_drawn("programme", _realistic)), "risk_haircut": 1})
    outputs = programme.compute(inputs)
    losses = {name: min(value or 0, 0) for name, value in inputs_of(programme, inputs).items()}
    satisfaction, speed = losses["retention_value"], losses["response_retention_value"]
    # Of two that speak of the same customers one counts, and a loss before a gain.
    goodwill = min(satisfaction, speed) if inputs.same_customers == "yes" else satisfaction + speed
    expected = (
        sum(losses[f"{goal}_cash"] for goal in ("deflection", "chaser", "handling_time")),
        # What is not split into cash and time is time.
        sum(losses[f"{goal}_capacity"] for goal in ("deflection", "chaser", "handling_time"))
        + sum(losses[total] for total in TOTALS),
        goodwill,
    )
    columns = (outputs.cash, outputs.capacity, outputs.goodwill)
    assert columns == pytest.approx([each * outputs.full_months for each in expected])


# Properties by formula

# How an output moves if one input grows: up (1), down (-1), not at all (0), or as the sign says.
Direction = int | Callable[[Any, Any], float]


def _with_what_a_request_earns(inputs: Any, outputs: Any) -> float:  # noqa: ANN401 - of deflection
    saved = outputs.cost_per_request * inputs.deflection_share * (1 - inputs.repeat_share)
    return float(saved - (inputs.request_cost or 0))


def _with_minutes_saved(_: object, outputs: Any) -> float:  # noqa: ANN401 - of handling-time
    return float(outputs.minutes_saved)


def _against_minutes_saved(_: object, outputs: Any) -> float:  # noqa: ANN401 - of handling-time
    return float(-outputs.minutes_saved)


def _with_easy_contacts(inputs: Any, _: object) -> float:  # noqa: ANN401 - of handling-time
    """An easy contact that goes spares its time after, and its own, shorter one before."""
    before = inputs.easy_minutes / inputs.concurrency_before
    return float(inputs.minutes_after / inputs.concurrency_after - before)


def _with_chasers_avoided(inputs: Any, _: object) -> float:  # noqa: ANN401 - of response-time
    return float(inputs.chaser_before - inputs.chaser_after)


def _with_customers_kept(_: object, outputs: Any) -> float:  # noqa: ANN401 - of retention
    return float(outputs.churn_before - outputs.churn_after)


def _with_the_satisfied(inputs: Any, _: object) -> float:  # noqa: ANN401 - of retention
    return float((inputs.churn_dissatisfied or 0) - (inputs.churn_satisfied or 0))


def _against_the_satisfied(inputs: Any, outputs: object) -> float:  # noqa: ANN401
    return -_with_the_satisfied(inputs, outputs)


def _with_more_satisfied(inputs: Any, _: object) -> float:  # noqa: ANN401 - of retention
    return float((inputs.satisfied_before or 0) - (inputs.satisfied_after or 0))


def _with_fewer_satisfied(inputs: Any, outputs: object) -> float:  # noqa: ANN401 - of retention
    return -_with_more_satisfied(inputs, outputs)


def _with_months(inputs: Any, outputs: Any) -> float:  # noqa: ANN401 - of programme
    """A further month brings the full effect less its cost, if the ramp is over."""
    assume(inputs.months > inputs.ramp_months)
    return float(outputs.counted_benefit / outputs.full_months - outputs.monthly_cost)


def _with_counted(_: object, outputs: Any) -> float:  # noqa: ANN401 - of programme
    return float(outputs.counted_benefit)


def _against_counted(_: object, outputs: Any) -> float:  # noqa: ANN401 - of programme
    return float(-outputs.counted_benefit)


def _if_capacity_counts(inputs: Any, _: object) -> float:  # noqa: ANN401 - of programme
    return float(inputs.add_capacity == "yes")


def _if_handling_counts(name: str) -> Callable[[Any, Any], float]:
    """Tell whether handling time counts: not if its contacts are gone, but always as a loss."""

    def sign(inputs: Any, outputs: Any) -> float:  # noqa: ANN401 - of programme
        is_twice = outputs.deflection_saving != 0 and inputs.same_contacts == "yes"
        counts = name.endswith("_cash") or inputs.add_capacity == "yes"
        return float(counts and (not is_twice or getattr(inputs, name) < 0))

    return sign


def _if_goodwill_counts(inputs: Any, _: object) -> float:  # noqa: ANN401 - of programme
    # Of two losses that overlap there is no larger saving.
    assume(inputs.retention_value >= 0 and inputs.response_retention_value >= 0)
    return float(inputs.add_goodwill == "yes")


def _with_cost_spared(inputs: Any, outputs: Any) -> float:  # noqa: ANN401 - of options
    return float(inputs.today_request_cost - outputs.request_cost_proposed)


def _with_handling_spared(inputs: Any, _: object) -> float:  # noqa: ANN401 - of options
    if inputs.proposed != "agent":
        return 1.0
    handled = (1 - inputs.billed_share * inputs.kept_share) * (1 + inputs.extra_work)
    return float(1 - handled)


def _if_proposed(option: str, direction: Direction = -1) -> Callable[[Any, Any], float]:
    """Tell how the saving moves with what belongs to one option: not if it is not proposed."""

    def sign(inputs: Any, outputs: Any) -> float:  # noqa: ANN401 - of options
        if inputs.proposed != option:
            return 0.0
        return float(direction if isinstance(direction, int) else direction(inputs, outputs))

    return sign


def _with_what_a_resolution_spares(inputs: Any, _: object) -> float:  # noqa: ANN401 - of options
    spared = inputs.kept_share * inputs.today_request_cost * (1 + inputs.extra_work)
    return float(spared - inputs.agent_price)


def _if_no_guard_is_crossed(inputs: Any, _: object) -> float:  # noqa: ANN401 - of programme
    # From no deflection to some, handling time on the same contacts stops counting.
    assume(inputs.same_contacts == "no")
    return 1.0


def _if_time_counts_and_no_guard_is_crossed(inputs: Any, outputs: Any) -> float:  # noqa: ANN401
    return _if_capacity_counts(inputs, outputs) * _if_no_guard_is_crossed(inputs, outputs)


# What says what a saving is worth, and changes nothing of it.
WORTH: Final[Mapping[str, Direction]] = dict.fromkeys(
    (
        "cashable_share",
        "minutes_per_contact",
        "hours_per_post",
        "shrinkage",
        "occupancy",
        "loaded_rate",
    ),
    0,
)


MOVES: Final[Mapping[str, tuple[str, Mapping[str, Direction]]]] = {
    "deflection": (
        "net_saving",
        {
            "requests": _with_what_a_request_earns,
            "cost_per_request": 1,
            "investment": -1,
            "deflection_share": 1,
            "repeat_share": -1,
            "phone_cost": 1,
            "email_cost": 1,
            "chat_cost": 1,
            "tool_cost": -1,
            "staff_hours": -1,
            "hourly_rate": -1,
            "advertising": -1,
            "request_cost": -1,
            **WORTH,
        },
    ),
    "handling-time": (
        "net_value",
        {
            "contacts": _with_minutes_saved,
            "minutes_before": 1,
            "minutes_after": -1,
            "hourly_rate": _with_minutes_saved,
            "investment": -1,
            "occupancy": _against_minutes_saved,
            "shrinkage": _with_minutes_saved,
            "concurrency_before": lambda _, outputs: -outputs.minutes_of_the_rest,
            "concurrency_after": 1,
            "easy_share": _with_easy_contacts,
            "easy_minutes": -1,
            "cashable_share": 0,
        },
    ),
    "response-time": (
        "net_saving",
        {
            "conversations": _with_chasers_avoided,
            "chaser_before": 1,
            "chaser_after": -1,
            "cost_per_chaser": _with_chasers_avoided,
            "investment": -1,
            "chasers_each": _with_chasers_avoided,
            "first_response_before": 0,
            "first_response_after": 0,
            "average_response_before": 0,
            "average_response_after": 0,
            "customers": 0,
            "churn_before": 0,
            "churn_after": 0,
            "margin": 0,
            "attribution_share": 0,
            **WORTH,
        },
    ),
    "retention": (
        "net_margin",
        {
            "customers": _with_customers_kept,
            "churn_before": 1,
            "churn_after": -1,
            "revenue": _with_customers_kept,
            "margin_share": _with_customers_kept,
            "attribution_share": _with_customers_kept,
            "investment": -1,
            "satisfied_before": _against_the_satisfied,
            "satisfied_after": _with_the_satisfied,
            "churn_satisfied": _with_more_satisfied,
            "churn_dissatisfied": _with_fewer_satisfied,
            "horizon": 0,
            "discount_rate": 0,
        },
    ),
    "programme": (
        "net_benefit",
        {
            "deflection_saving": _if_time_counts_and_no_guard_is_crossed,
            "deflection_cash": _if_no_guard_is_crossed,
            "deflection_capacity": _if_time_counts_and_no_guard_is_crossed,
            "monthly_cost": -1,
            "deflection_cost": -1,
            "chaser_cost": -1,
            "handling_time_cost": -1,
            "retention_cost": -1,
            "other_cost": -1,
            "one_off_cost": -1,
            "months": _with_months,
            "chaser_saving": _if_capacity_counts,
            "chaser_cash": 1,
            "chaser_capacity": _if_capacity_counts,
            "handling_time_value": _if_handling_counts("handling_time_value"),
            "handling_time_cash": _if_handling_counts("handling_time_cash"),
            "handling_time_capacity": _if_handling_counts("handling_time_capacity"),
            "retention_value": _if_goodwill_counts,
            "response_retention_value": _if_goodwill_counts,
            "ramp_months": _against_counted,
            "discount_rate": 0,
            "risk_haircut": -1,
        },
    ),
    "options": (
        "saving",
        {
            "requests": _with_cost_spared,
            "today_request_cost": _with_handling_spared,
            "today_fixed": 1,
            "agent_price": _if_proposed("agent"),
            "billed_share": _if_proposed("agent", _with_what_a_resolution_spares),
            "kept_share": _if_proposed("agent", 1),
            "handoff_share": _if_proposed("agent"),
            "extra_work": _if_proposed("agent"),
            "agent_fixed": _if_proposed("agent"),
            "hire_fixed": _if_proposed("hire"),
            "hire_request_cost": _if_proposed("hire"),
            "tool_fixed": _if_proposed("tool"),
            "tool_request_cost": _if_proposed("tool"),
            **dict.fromkeys(
                (
                    *(f"{option}_one_off" for option in ("agent", "hire", "tool")),
                    *(f"{option}_capacity" for option in ("today", "agent", "hire", "tool")),
                    "waiting_months",
                    "growth",
                    "cost_per_request",
                    "deflection_share",
                    "repeat_share",
                ),
                0,
            ),
        },
    ),
    "loaded-rate": (
        "loaded_rate",
        {
            "wage": 1,
            "benefits_share": 1,
            "utilisation": -1,
            "overhead": 1,
            "minutes": 0,
            "concurrency": 0,
        },
    ),
}


@each_calculator
def test_every_number_that_may_grow_alone_has_a_direction(name: str) -> None:
    quantities = CALCULATORS[name].quantities.items()
    # A share of a mix cannot grow alone.
    alone = {field for field, quantity in quantities if quantity.may_range or not quantity.part_of}
    assert set(MOVES[name][1]) == alone


@pytest.mark.parametrize(
    ("name", "field"), [(name, field) for name, (_, moves) in MOVES.items() for field in moves]
)
@settings(max_examples=25, deadline=None, suppress_health_check=RARE)
@given(data=st.data())
def test_the_outcome_moves_with_each_input_as_the_formula_says(
    name: str, field: str, data: st.DataObject
) -> None:
    calculator = CALCULATORS[name]
    drawn = data.draw(_drawn(name, _realistic, field))
    number = _realistic(calculator.quantities[field])
    low, high = sorted((data.draw(number), data.draw(number)))
    assume(low < high)
    less, more = (_with_or_none(calculator, {**drawn, field: value}) for value in (low, high))
    before, after = calculator.compute(less), calculator.compute(more)
    output, moves = MOVES[name]
    direction = moves[field]
    sign = direction if isinstance(direction, int) else direction(less, before)
    moved = getattr(after, output) - getattr(before, output)
    noise = 1e-9 * max(1.0, _size(calculator, less), _size(calculator, more))
    assert moved >= -noise or sign < 0
    assert moved <= noise or sign > 0


# The input that a break-even is fed back to, and how.
Feed = Callable[[Any, float], Inputs]


def _into(name: str) -> Feed:
    return lambda _, value: {name: value}


def _minutes_after_that_pay(inputs: Any, saved: float) -> Inputs:  # noqa: ANN401
    """Return the minutes after that save so many of the agent's own."""
    rest = service.handling_time_of_the_rest(
        inputs.minutes_before, inputs.easy_share, inputs.easy_minutes
    )
    assert rest is not None
    before = rest / inputs.concurrency_before
    return {"minutes_after": (before - saved) * inputs.concurrency_after}


def _chasers_fall_by(_: object, reduction: float) -> Inputs:
    return {"chaser_before": reduction, "chaser_after": 0}


def _churn_falls_by(_: object, reduction: float) -> Inputs:
    return {"churn_before": reduction, "churn_after": 0}


def _realized(inputs: Any, share: float) -> Inputs:  # noqa: ANN401 - of programme
    """Return the haircut that leaves this share of the benefits that were counted."""
    return {"risk_haircut": 1 - (1 - inputs.risk_haircut) * share}


FED_BACK: Final[Mapping[str, Mapping[str, Feed]]] = {
    "deflection": {
        "break_even_share": _into("deflection_share"),
        "break_even_cost_per_request": _into("cost_per_request"),
    },
    "handling-time": {
        "break_even_minutes": _minutes_after_that_pay,
        "break_even_rate": _into("hourly_rate"),
    },
    "response-time": {
        "break_even_reduction": _chasers_fall_by,
        "break_even_cost_per_chaser": _into("cost_per_chaser"),
    },
    "retention": {
        "break_even_reduction": _churn_falls_by,
        "break_even_attribution": _into("attribution_share"),
    },
    "programme": {"break_even_realisation": _realized},
    "options": {
        "break_even_kept": _into("kept_share"),
        "break_even_price": _into("agent_price"),
        "break_even_request_cost": _into("today_request_cost"),
    },
}
FEWEST: Final = {
    "deflection": ("break_even_requests", "requests"),
    "handling-time": ("break_even_contacts", "contacts"),
    "response-time": ("break_even_conversations", "conversations"),
    "retention": ("break_even_customers", "customers"),
    "options": ("break_even_requests", "requests"),
}


@each_calculator
def test_every_condition_is_fed_back(name: str) -> None:
    conditions = {
        output for output, result in CALCULATORS[name].results.items() if result.is_condition
    }
    fewest = {FEWEST[name][0]} if name in FEWEST else set()
    assert conditions == {*FED_BACK.get(name, {}), *fewest}


@pytest.mark.parametrize(
    ("name", "condition"), [(name, each) for name, feeds in FED_BACK.items() for each in feeds]
)
@settings(max_examples=60, deadline=None, suppress_health_check=RARE)
@given(data=st.data())
def test_at_the_break_even_the_outcome_is_nothing(
    name: str, condition: str, data: st.DataObject
) -> None:
    calculator = CALCULATORS[name]
    inputs = _with(calculator, data.draw(_drawn(name, _realistic)))
    outputs = _outputs(calculator, inputs)
    value = outputs[condition]
    assume(value is not None and calculator.results[condition].can_come_true(value, inputs))
    assert value is not None
    there = changed(calculator, inputs, FED_BACK[name][condition](inputs, value))
    # A change of 1e-12 in a difference of shares or minutes is rounded away.
    tolerance = max(0.01, 1e-9 * _size(calculator, there))
    assert calculator.outcome_for(there) == pytest.approx(0, abs=tolerance)


@pytest.mark.parametrize("name", FEWEST)
@settings(max_examples=100, deadline=None, suppress_health_check=RARE)
@given(data=st.data())
def test_the_break_even_number_is_the_fewest_that_pay(name: str, data: st.DataObject) -> None:
    calculator = CALCULATORS[name]
    condition, counted = FEWEST[name]
    inputs = _with(calculator, data.draw(_drawn(name, _realistic)))
    fewest = _outputs(calculator, inputs)[condition]
    assume(fewest is not None)
    assert fewest is not None
    assert fewest == math.floor(fewest)
    enough = changed(calculator, inputs, {counted: fewest})
    assert _outcome(calculator, enough) >= -1e-9 * _size(calculator, enough)
    if fewest > 0:
        one_less = changed(calculator, inputs, {counted: fewest - 1})
        assert _outcome(calculator, one_less) < 1e-9 * _size(calculator, one_less)


def _outcome(calculator: AnyCalculator, inputs: object) -> float:
    outcome = calculator.outcome_for(inputs)
    assert outcome is not None
    return outcome


def _size(calculator: AnyCalculator, inputs: object) -> float:
    """Return the largest figure among inputs and outputs: what binary noise is measured by."""
    values = (*inputs_of(calculator, inputs).values(), *_outputs(calculator, inputs).values())
    return max(abs(value) for value in values if value is not None)


def _check_finite(calculator: AnyCalculator, inputs: object) -> None:
    computed = calculator.compute(inputs)
    for name, value in _outputs(calculator, inputs).items():
        assert (value is None) == (getattr(computed, name) is None), f"{name} is hidden"
        assert value is None or math.isfinite(value), name
        assert value != 0 or math.copysign(1, value) == 1, f"{name} is -0"
