"""What decides whether it pays, in one sentence: shares of a few customers in customers."""

from collections.abc import Mapping

import pytest

from roi_calc.answering.answer import answer_to
from roi_calc.answering.headline import Doubted, doubted
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import language
from roi_calc.language.number_format import NEUTRAL
from roi_calc.reading.inputs import read_inputs

FEW = "It pays if at least 25 of these 100 customers would otherwise have called."
MANY = "It pays if at least 1.7% of these customers would otherwise have called or written."


@pytest.mark.parametrize(
    ("name", "texts", "expected"),
    [
        ("deflection", {}, Doubted(FEW, "25 of these 100")),
        ("deflection", {"requests": "1500"}, Doubted(MANY, "1.7%")),
        (
            "deflection",
            {"requests": "99.5"},
            Doubted(MANY.replace("1.7%", "25.2%"), "25.2%"),
        ),
        (
            "deflection",
            {"deflection_share": "20%"},
            Doubted(f"Not yet. {FEW[:-1]}; you say 20.", "25 of these 100"),
        ),
        ("deflection", {"investment": "0"}, Doubted("There is nothing to earn back.")),
        (
            "deflection",
            {"requests": "0"},
            Doubted("Not defined: there is no cost avoided to take a share of."),
        ),
        (
            "deflection",
            {"investment": "5000"},
            Doubted(
                "Even if every one of these customers would have called or written, "
                "it would not pay."
            ),
        ),
        (
            "response-time",
            {},
            Doubted("It pays if a further contact costs at least $10.", "$10"),
        ),
    ],
)
def test_the_doubt_is_one_sentence_that_can_be_acted_on(
    name: str, texts: Mapping[str, str], expected: Doubted
) -> None:
    calculator = CALCULATORS[name]
    given = read_inputs(calculator, texts, NEUTRAL, "USD")
    assert doubted(answer_to(calculator, given, language("en"), "USD")) == expected


def test_amounts_under_each_other_are_written_alike_but_for_what_is_enough() -> None:
    calculator = CALCULATORS["deflection"]
    answer = answer_to(
        calculator, read_inputs(calculator, {}, NEUTRAL, "USD"), language("en"), "USD"
    )
    assert answer.column_of("net_saving", [5.25, 1500]) == ["$5", "$1,500"]
    enough = "break_even_cost_per_request"
    assert answer.column_of(enough, [5.251, 1500]) == ["$5.26", "$1,500"]
