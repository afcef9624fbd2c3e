"""How far figures are rounded: docs/decisions/rounding.md, rule by rule."""

import doctest
from pathlib import Path

import pytest

from roi_calc.answering.answer import Answer, Comparison, answer_to
from roi_calc.answering.sentences import conditions_sentence, lean_sentence
from roi_calc.calculators import CALCULATORS
from roi_calc.language import rounding
from roi_calc.language.language import language
from roi_calc.language.number_format import NEUTRAL
from roi_calc.language.rounding import Rounding
from roi_calc.own.python_file import load_calculator
from roi_calc.reading.inputs import read_inputs
from roi_calc.schema import AnyCalculator, Kind, Scenario
from roi_calc.showing.live_values import read_live, written
from support.readable import read
from support.rendered import rendered_answer
from support.sites import ROOT

CLV = ROOT / "docs" / "calculators" / "clv.py"
# 8.01 a request, six in ten: the month loses.
FEWER = {"cost_per_request": "8.01", "deflection_share": "0.6"}


def _answer(
    texts: dict[str, str], tag: str = "en", calculator: AnyCalculator | str = "deflection"
) -> Answer:
    known = CALCULATORS[calculator] if isinstance(calculator, str) else calculator
    given = read_inputs(known, texts, NEUTRAL, "USD")
    return answer_to(known, given, language(tag), "USD")


def _live(answer: Answer, path: str) -> str:
    return written(answer, read_live(answer.calculator, path))


def test_examples_are_right() -> None:
    tested = doctest.testmod(rounding)
    assert tested.attempted
    assert tested.failed == 0


@pytest.mark.parametrize(
    ("has_cents", "is_rate", "value", "shown"),
    [
        (False, False, 1666.667, 1667),
        (False, False, 100.5, 101),
        (False, False, 99.5, 99.5),
        (False, False, 4.404, 4.4),
        (False, False, 99.996, 100),
        (False, False, -1666.667, -1667),
        (False, True, 417.7378, 417.74),
        (True, False, 1666.667, 1666.67),
        (True, False, 801.0, 801),
    ],
)
def test_an_amount_is_rounded_like_those_that_were_typed(
    *, has_cents: bool, is_rate: bool, value: float, shown: float
) -> None:
    assert Rounding("USD", has_cents).amount(value, is_rate=is_rate) == shown


@pytest.mark.parametrize(
    ("has_cents", "amounts", "decimals"),
    [
        (True, [801, 600.75, 400.5], 2),
        (True, [2000, 500], 0),
        (False, [1666.67, 4.4], 0),
        (False, [50, 4.4], 2),
        (False, [], 0),
    ],
)
def test_a_column_has_cents_or_none(
    *, has_cents: bool, amounts: list[float], decimals: int
) -> None:
    assert Rounding("USD", has_cents).decimals(amounts) == decimals


def test_a_currency_without_decimals_gets_none() -> None:
    assert Rounding("JPY", has_cents=False).amount(4.4, is_rate=True) == 4
    assert not rounding.is_broken(4.4, "JPY")


@pytest.mark.parametrize(
    ("texts", "figures"),
    [
        ({"deflection_share": "0.333"}, {"gross_saving": "$666", "net_saving": "$166"}),
        ({"requests": "87"}, {"gross_saving": "$1,740", "cost_per_resolution": "$5.75"}),
        ({"investment": "500.50"}, {"investment": "$500.50", "net_saving": "$1,499.50"}),
        ({"investment": "500.5..600..700"}, {"investment": "$600", "net_saving": "$1,400"}),
        (FEWER, {"gross_saving": "$480.60", "net_saving": "\u2212$19.40", "investment": "$500"}),
    ],
)
def test_results_follow_what_was_typed(texts: dict[str, str], figures: dict[str, str]) -> None:
    given = _answer(texts)
    assert {name: given.operand(name) for name in figures} == figures


@pytest.mark.parametrize(
    "comparison",
    [
        Comparison(targets={"net_saving": 200.5}),
        Comparison(scenarios=(Scenario({"cost_per_request": 8.01}, "Gartner"),)),
    ],
)
def test_what_an_author_typed_counts_too(comparison: Comparison) -> None:
    calculator = CALCULATORS["deflection"]
    given = read_inputs(calculator, {"deflection_share": "0.3333"}, NEUTRAL, "USD")
    alone = answer_to(calculator, given, language("en"), "USD")
    compared = answer_to(calculator, given, language("en"), "USD", comparison)
    assert alone.operand("net_saving") == "$167"
    assert compared.operand("net_saving") == "$166.60"


def test_a_column_of_scenarios_has_cents_in_every_cell() -> None:
    page = read(rendered_answer(_answer({"cost_per_request": "8.01"})))
    first = [text.written for text in page.texts if text.column == (1, 1)]
    assert first == ["$801.00", "$600.75", "$400.50", "$200.25"]
    assert "$801" in {text for _, output, text in page.named if output == "gross_saving"}


@pytest.mark.parametrize(
    ("tag", "value", "shown"),
    [
        ("en", 0.602, "60%"),
        ("en", 0.178, "18%"),
        ("en", 0.0388, "3.9%"),
        ("en", -0.0388, "\u22123.9%"),
        ("en", -0.2801, "\u221228%"),
        ("en", 10, "1,000%"),
        ("en", 12.34, "12 times"),
        ("es", 12.34, "12 veces"),
        ("id", 12.34, "12 kali"),
        ("pt", 12.34, "12 vezes"),
    ],
)
def test_a_return_is_in_whole_per_cent_or_in_times(tag: str, value: float, shown: str) -> None:
    assert language(tag).return_figure(rounding.of_return(value)) == shown


@pytest.mark.parametrize(
    ("value", "kind", "is_ceiling", "said"),
    [
        (500 / 801, Kind.SHARE, False, "62.42\u2026%, so at least 62.5%"),
        (500 / 60, Kind.MONEY, False, "$8.333\u2026, so at least $8.34"),
        (2 / 3, Kind.SHARE, True, "66.66\u2026%, so at most 66.6%"),
        (0.25, Kind.SHARE, False, "25%"),
        (0.1 + 0.2, Kind.SHARE, False, "30%"),
        (5 / 1200, Kind.POINTS, False, "0.416\u2026 points, so at least 0.42 points"),
    ],
)
def test_the_working_of_a_threshold_says_what_it_is_rounded_from(
    value: float, kind: Kind, *, is_ceiling: bool, said: str
) -> None:
    words = language("en")
    assert words.threshold_worked_out(value, kind, "USD", is_ceiling=is_ceiling) == said


@pytest.mark.parametrize(
    ("texts", "path", "said"),
    [
        ({}, "net_saving.working", "$2,000 \u2212 $500 = $1,500"),
        (FEWER, "roi.working", "\u2212$19.40 ÷ $500 ≈ \u22123.9%"),
        (
            FEWER,
            "break_even_share.working",
            "$500 ÷ (100 × $8.01) = 62.42\u2026%, so at least 62.5%",
        ),
        ({"deflection_share": "0.333"}, "net_saving.working", "$666 \u2212 $500 = $166"),
        ({"deflection_share": "0.3333"}, "net_saving.working", "$666.60 \u2212 $500 ≈ $167"),
        # A third of a request is a rounded number already.
        (
            {"phone_share": "1", "phone_cost": "10", "deflection_share": "0.3333333"},
            "gross_saving.working",
            "33.3333 × $10 ≈ $333",
        ),
    ],
)
def test_the_working_says_which_numbers_are_rounded(
    texts: dict[str, str], path: str, said: str
) -> None:
    assert _live(_answer(texts), path) == said


@pytest.mark.parametrize(
    ("fraction", "said"),
    [
        (0, "0%"),
        (0.0003, "less than 1%"),
        (0.7623, "76%"),
        (0.9996, "more than 99%"),
        (1, "100%"),
    ],
)
def test_a_chance_is_whole_and_is_not_certain_if_it_is_not(fraction: float, said: str) -> None:
    assert language("en").share_of_draws(fraction) == said


def test_draws_have_three_digits_in_sentence_and_picture_and_ends_of_ranges_all() -> None:
    ranges = {
        "requests": "80..100..130",
        "cost_per_request": "5..8.01..20",
        "deflection_share": "0.3..0.6..1",
    }
    given = _answer(ranges)
    spread = [text.written for text in read(rendered_answer(given)).texts]
    assert any("between \u2212$155 and $757 nine times out of ten" in text for text in spread)
    assert {"\u2212$155", "$173", "$757"} <= set(spread)
    # Of 30 % and of all: 100 × 0.3 × 8.01 − 500 and 100 × 8.01 − 500.
    assert {"\u2212$259.70", "$301.00"} <= set(spread)
    assert lean_sentence(given) == (
        "Your likely values lose $19.40. Your ranges reach further above that than below it, so "
        "the middle of the draws is $173."
    )


@pytest.mark.parametrize(
    ("calculator", "texts", "said"),
    [
        ("deflection", {"requests": "80..100..120"}, ""),
        (
            "deflection",
            {"investment": "400..500..5000"},
            "Your likely values bring $1,500. Your ranges reach further below that than above it",
        ),
        (
            "loaded-rate",
            {"wage": "19..20..40"},
            "Your likely values give $35.71. Your ranges reach further above that than below it",
        ),
        ("deflection", {}, ""),
    ],
)
def test_likely_value_and_middle_are_explained_where_they_disagree(
    calculator: str, texts: dict[str, str], said: str
) -> None:
    sentence = lean_sentence(_answer(texts, calculator=calculator))
    assert sentence.startswith(said)
    assert bool(sentence) == bool(said)


def test_a_site_s_own_ceiling_ends_it_above_and_would_do_at_most() -> None:
    clv = load_calculator(Path(CLV))
    label = "\u201cHighest churn at which a new customer pays\u201d"
    assert conditions_sentence(_answer({}, calculator=clv)) == (
        f"It stops paying if just this happens: {label} is above 80%."
    )
    assert conditions_sentence(_answer({"churn": "0.9"}, calculator=clv)) == (
        f"It would pay if just this were true: {label} is at most 80%."
    )
