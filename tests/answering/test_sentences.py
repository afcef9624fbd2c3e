"""What an answer says of itself: its result, what it is held against, and what would change it."""

import json
from collections.abc import Mapping
from typing import Final

import pytest

from roi_calc.answering.alternatives import alternatives
from roi_calc.answering.answer import Answer, Comparison, answer_to
from roi_calc.answering.headline import nature
from roi_calc.answering.insights import insights
from roi_calc.answering.sentences import (
    conditions_sentence,
    draws_of_surveys,
    lean_sentence,
    readings,
    sentence,
    spread_sentence,
    survey_sentences,
    undefined_draws,
)
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import language
from roi_calc.language.number_format import NEUTRAL
from roi_calc.own.written_table import written_calculator
from roi_calc.reading.inputs import read_inputs
from roi_calc.schema import Scenario


def _answer(
    calculator: str, texts: Mapping[str, str] | None = None, comparison: Comparison | None = None
) -> Answer:
    found = CALCULATORS[calculator]
    given = read_inputs(found, texts or {}, NEUTRAL, "USD")
    return answer_to(found, given, language("en"), "USD", comparison)


def _told(start: str, answer: Answer) -> list[str]:
    return [each for each in insights(answer) if each.startswith(start)]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ({"net_saving": 1000}, "Net saving: $1,500, which is $500 above the target of $1,000."),
        ({"net_saving": 1500}, "Net saving: $1,500, exactly the target."),
        ({"net_saving": 2000}, "Net saving: $1,500, which is $500 below the target of $2,000."),
        # Of two shares the difference would be in percentage points.
        ({"roi": 2}, "Return on investment (ROI): 300%, above the target of 200%."),
        ({"roi": 3}, "Return on investment (ROI): 300%, exactly the target."),
        ({"roi": 4}, "Return on investment (ROI): 300%, below the target of 400%."),
    ],
)
def test_an_answer_is_held_against_its_author_s_target(
    target: Mapping[str, float], said: str
) -> None:
    assert next(insights(_answer("deflection", {}, Comparison(target)))) == said


def test_what_is_not_defined_is_held_against_no_target() -> None:
    answer = _answer("deflection", {"investment": "0"}, Comparison({"roi": 4}))
    assert next(insights(answer)) == (
        "Return on investment (ROI): not defined, so it cannot be held against the target of 400%."
    )


def test_the_change_that_helps_most_is_said_with_what_it_brings() -> None:
    assert _told("The change that would help most", _answer("deflection")) == [
        "The change that would help most: 10% more: “Requests resolved on social media”"
        " (Net saving: $1,700 instead of $1,500)."
    ]


def test_the_published_figure_is_said_with_what_it_would_bring() -> None:
    assert _told("With the published", _answer("deflection", {"requests": "200"})) == [
        "With the published $8.01 (a live contact, averaged over phone, chat and email; Gartner, in"
        " destinationCRM, 2019, place not stated, fair source) instead of your $20: Net saving"
        " $1,102."
    ]
    assert _told("With the published", _answer("deflection", {"cost_per_request": "8.01"})) == []


@pytest.mark.parametrize(
    ("calculator", "texts", "said"),
    [
        (
            "programme",
            {},
            "It stops paying if just this happens: less than 50% of the gains that count really"
            " come.",
        ),
        (
            "programme",
            {"monthly_cost": "99999"},
            "A larger part of these gains cannot make it pay alone, even if all of them came.",
        ),
        (
            "deflection",
            {"requests": "0"},
            "It would pay if just this were true: at least 25 requests a month are resolved on"
            " social media.",
        ),
        ("deflection", {"investment": "0"}, "There is nothing to earn back."),
        ("loaded-rate", {}, ""),
    ],
)
def test_what_must_be_true_is_one_sentence(
    calculator: str, texts: Mapping[str, str], said: str
) -> None:
    assert conditions_sentence(_answer(calculator, texts)) == said


@pytest.mark.parametrize(
    ("show", "said"), [({"show": "large"}, "Value: $600."), ({}, "Years: 5. Value: $600.")]
)
def test_a_calculator_without_a_sentence_says_what_stands_out_or_all(
    show: Mapping[str, str], said: str
) -> None:
    table = {
        "inputs": {"margin": {"money": "120"}, "churn": {"share": "20 %", "from": "1 %"}},
        "results": {"years": {"count": "1 / churn"}, "value": {"money": "margin / churn", **show}},
    }
    own = written_calculator("own", table)
    answer = answer_to(own, read_inputs(own, {}, NEUTRAL, "USD"), language("en"), "USD")
    assert sentence(answer) == said


def test_what_an_answer_is_compared_with_comes_back_from_the_page() -> None:
    scenarios = (Scenario({"requests": 200.0}, "Twice"), Scenario({"period": "week"}, "A week"))
    for comparison in (Comparison({"roi": 4}, scenarios), Comparison({"roi": 4}), Comparison()):
        assert Comparison.from_json(comparison.to_json()) == comparison
    assert Comparison().to_json() == ""
    kept = json.loads(Comparison({"roi": 4}, scenarios[:1]).to_json())
    assert kept == {
        "targets": {"roi": 4},
        "scenarios": [{"name": "Twice", "changes": {"requests": 200}}],
    }


def test_scenarios_are_the_ends_of_the_ranges_and_then_the_author_s_or_the_usual() -> None:
    ranged = alternatives(_answer("deflection", {"requests": "80..100..130"}))
    assert [(each.name, each.outputs and each.outputs["net_saving"]) for each in ranged] == [
        ("Every range at its worst end", 1100),
        ("Every range at its best end", 2100),
        ("If only 75% would have called or written", 1000),
        ("If only 50% would have called or written", 500),
        ("If only 25% would have called or written", 0),
    ]
    # A rate without its hours makes no whole.
    scenarios = (Scenario({"hourly_rate": 5}, "Alone"), Scenario({"requests": 200}, "Twice"))
    own = alternatives(_answer("deflection", {}, Comparison({}, scenarios)))
    assert [(each.name, each.outputs and each.outputs["net_saving"]) for each in own] == [
        ("Alone", None),
        ("Twice", 3500),
    ]


def test_the_ends_of_ranges_without_an_outcome_are_neither_good_nor_bad() -> None:
    first, second, *_ = alternatives(_answer("loaded-rate", {"wage": "20..28..30"}))
    assert (first.name, second.name) == (
        "Every range at the end that makes it lowest",
        "Every range at the end that makes it highest",
    )


def test_a_number_that_is_not_there_is_not_defined_however_exactly_it_is_asked_for() -> None:
    answer = _answer("deflection")
    assert answer.exact_operand("tool_cost") == answer.operand("tool_cost") == "not defined"


def _readings(texts: Mapping[str, str]) -> dict[str, str]:
    numbers = language("en").numbers
    given = read_inputs(CALCULATORS["deflection"], texts, numbers, "USD")
    answer = answer_to(CALCULATORS["deflection"], given, language("en"), "USD")
    return readings(answer, texts)


def test_a_text_is_read_back_at_its_own_place() -> None:
    assert _readings({"requests": "1,100", "requests.low": "1,000", "requests.high": "1,300"}) == {
        "requests": "Read as 1,100: “,” separates thousands here.",
        "requests.low": "Read as 1,000: “,” separates thousands here.",
        "requests.high": "Read as 1,300: “,” separates thousands here.",
    }
    # No range at all.
    assert list(_readings({"requests": "1,000", "requests.low": "1,000"})) == [
        "requests",
        "requests.low",
    ]
    assert _readings({"requests": "80..1,100..1,300"}) == {
        "requests": "Read as 80 to 1,300, most likely 1,100."
    }


@pytest.mark.parametrize(
    "texts",
    [
        {"investment": "1,500", "tool_cost": "80"},
        {"investment": "1,500..1,600..1,700", "tool_cost": "80"},
        {"requests": "1,500..1,500..1,500"},
        {"tool_cost": " "},
    ],
)
def test_what_is_not_used_or_leaves_no_doubt_is_not_read_back(texts: Mapping[str, str]) -> None:
    assert _readings(texts) == {}


def test_nothing_is_said_of_draws_and_surveys_that_there_are_not() -> None:
    for texts in ({}, {"requests": "80..100..130"}):
        answer = _answer("deflection", texts)
        assert (undefined_draws(answer), draws_of_surveys(answer)) == ("", "")
        assert survey_sentences(answer) == ()
    assert lean_sentence(_answer("deflection")) == ""
    with pytest.raises(ValueError, match=r"\{\}"):
        spread_sentence(_answer("deflection"))


def test_a_condition_is_rounded_so_that_it_still_holds() -> None:
    table = {
        "inputs": {
            "margin": {"money": "121.47"},
            "churn": {"share": "20 %", "from": "1 %"},
            "acquisition_cost": {"money": "150"},
        },
        "results": {
            "value": {"money": "margin / churn"},
            "net": {"money": "value - acquisition_cost", "show": "outcome"},
        },
    }
    own = written_calculator("own", table)
    answer = answer_to(own, read_inputs(own, {}, NEUTRAL, "USD"), language("en"), "USD")
    # 121.47 ÷ 150 is 80.98 %: at most so many may leave.
    assert answer.result_figure("break_even_churn") == "80.9%"
    # 500 ÷ 22 is 22.7: at least so much a request.
    at_least = _answer("deflection", {"requests": "22"})
    assert at_least.result_figure("break_even_cost_per_request") == "$22.73"


def test_a_return_beyond_what_is_worth_writing_is_more_than_that() -> None:
    assert _answer("programme", {"one_off_cost": "12000"}).result_figure("irr") == "over 100%"
    assert _answer("programme", {"one_off_cost": "16000"}).result_figure("irr") == "24.8%"


def test_what_is_too_doubtful_is_not_held_against_a_reader() -> None:
    # A bound of the minutes, and an hour as one vendor puts it.
    assert _told("With the published", _answer("handling-time")) == []


def test_figures_under_each_other_are_written_alike() -> None:
    answer = _answer("deflection")
    assert answer.column_of("roi", [1, 0.5, None]) == ["100%", "50%", "not defined"]
    assert answer.column_of("net_saving", [2, None]) == ["$2", "not defined"]
    assert answer.amounts([2, 1.5]) == ["$2.00", "$1.50"]
    assert answer.amounts([2, 3]) == ["$2", "$3"]


# Not defined below 3, and the same whatever is idle.
ROOT: Final = {
    "inputs": {"steps": {"count": "4"}, "idle": {"count": "1"}},
    "results": {"net": {"money": "sqrt(steps - 3)", "show": "outcome"}},
}


def test_draws_without_an_outcome_are_said_to_be_left_out() -> None:
    own = written_calculator("own", ROOT)
    given = read_inputs(own, {"steps": "0..4..10"}, NEUTRAL, "USD")
    answer = answer_to(own, given, language("en"), "USD")
    # Below 3 of a triangle over 0, 4 and 10 lies 9 ÷ 40 of it.
    assert undefined_draws(answer) == (
        "In 23% of them the result is not defined; these are left out."
    )


def test_a_range_that_moves_nothing_has_no_spread() -> None:
    own = written_calculator("own", ROOT)
    given = read_inputs(own, {"idle": "0..1..10"}, NEUTRAL, "USD")
    answer = answer_to(own, given, language("en"), "USD")
    assert given.ranges
    assert answer.spread is None
    assert answer.swings == ()


@pytest.mark.parametrize(
    ("calculator", "texts", "said"),
    [
        ("deflection", {}, "Time freed, not yet cash."),
        ("deflection", {"cashable_share": "0 %"}, "Time freed, not yet cash."),
        ("deflection", {"cashable_share": "100 %"}, "Cash: a budget falls by it."),
        (
            "deflection",
            {"cashable_share": "60 %"},
            "Before the cost: $1,200 cash, $800 time freed.",
        ),
        ("retention", {}, "Loyalty, not cash."),
        ("programme", {"chaser_cash": "100"}, "Before the cost: $1,200 cash, $24,000 time freed."),
        ("loaded-rate", {}, ""),
    ],
)
def test_a_headline_says_whether_it_is_cash(
    calculator: str, texts: Mapping[str, str], said: str
) -> None:
    assert nature(_answer(calculator, texts)) == said


def test_a_range_is_read_back_as_its_kind_is_written() -> None:
    texts = {"cost_per_request": "18..20..25", "deflection_share": "40%..60%..70%"}
    assert readings(_answer("deflection", texts), texts) == {
        "cost_per_request": "Read as $18 to $25, most likely $20.",
        "deflection_share": "Read as 40% to 70%, most likely 60%.",
    }


def test_ranges_of_what_is_no_profit_tell_no_chance_to_pay() -> None:
    assert spread_sentence(_answer("loaded-rate", {"wage": "18..20..25"})) == (
        "Loaded hourly rate lies between $34 and $42 nine times out of ten, half of the time above"
        " $37."
    )


def test_an_amount_for_one_of_something_keeps_its_cents() -> None:
    answer = _answer("deflection", {"investment": "512345", "requests": "100"})
    assert answer.rounded("investment", 512345.678) == 512346
    assert answer.rounded("cost_per_resolution", 5123.456) == 5123.46


def test_neither_gain_nor_loss_is_said_as_that() -> None:
    assert sentence(_answer("deflection", {"investment": "2000"})).endswith(
        "exactly what was spent."
    )


def test_neither_gain_nor_loss_leans_as_a_gain_does() -> None:
    near = {"investment": "2000", "requests": "90..100..111"}
    assert lean_sentence(_answer("deflection", near)) == ""
    # Less than one of it is a gain all the same.
    tiny = {"investment": "1999.5", "requests": "99..100..101"}
    assert lean_sentence(_answer("deflection", tiny)) == ""
    far = {**near, "requests": "90..100..160"}
    assert lean_sentence(_answer("deflection", far)).startswith("Your likely values bring $0.")
