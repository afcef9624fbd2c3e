"""A link lies beside the example or a reader's own numbers, input by input."""

import re
from typing import Final

import pytest

from roi_calc.answering.answer import Answer, answer_to
from roi_calc.calculators import CALCULATORS
from roi_calc.handover.beside import Beside, beside
from roi_calc.handover.link import link_text
from roi_calc.handover.opening import LinkedForm, shown
from roi_calc.language.language import language, languages
from roi_calc.language.number_format import NEUTRAL
from roi_calc.own.drawn_inputs import drawn_inputs
from roi_calc.reading.inputs import Given, read_inputs

DEFLECTION: Final = CALCULATORS["deflection"]
ENGLISH: Final = language("en")
# Riverbend Water's January.
JANUARY: Final = {
    "requests": "400",
    "cost_per_request": "12",
    "survey_yes": "54",
    "survey_answered": "90",
    "repeat_share": "10%",
    "tool_cost": "1200",
    "staff_hours": "40",
    "hourly_rate": "25",
}


def _answer(currency: str = "USD", **texts: str) -> Answer:
    given = read_inputs(DEFLECTION, texts, NEUTRAL, currency)
    return answer_to(DEFLECTION, given, ENGLISH, currency)


def _beside(**texts: str) -> Beside:
    return beside(_answer(), _answer(**texts), is_own=False)


def test_each_input_is_shown_with_what_it_alone_does_to_the_outcome() -> None:
    rows = {each.label: (each.base, each.theirs, each.alone) for each in _beside(**JANUARY).rows}
    # Of 100 × 20 − 500 = 1,500: 400 × 20 − 500, 100 × 12 − 500, 100 × 20 − 2,200, and so on.
    assert rows == {
        "Requests resolved on social media": (("100",), ("400",), "+$6,000"),
        "Cost of one request by phone, email or chat": (("$20",), ("$12",), "−$800"),
        "Investment in social media service": (
            ("$500",),
            ("Tools and platforms: $1,200", "Staff time: 40", "Hourly rate: $25"),
            "−$1,700",
        ),
        "Share who would have called or written": (
            ("100%",),
            ("Said they would have called or written: 54", "Answered: 90"),
            "−$800",
        ),
        "Of those, the share who called or wrote anyway": (("0%",), ("10%",), "−$200"),
    }


def test_the_last_row_is_the_outcome_of_all_changes_together() -> None:
    # 400 × 60 % × 90 % × 12 − 2,200 = 392.
    outcome = _beside(**JANUARY).outcome
    assert (outcome.base, outcome.theirs, outcome.alone) == (("$1,500",), ("$392",), "−$1,108")


def test_a_link_answers_the_questions_whose_inputs_it_gives() -> None:
    answered = {each.asked: each.answered for each in _beside(**JANUARY).questions}
    assert answered["Is there a survey behind that share?"] == (
        "Said they would have called or written: 54",
        "Answered: 90",
    )
    assert answered["How many called all the same?"]
    assert [asked for asked, said in answered.items() if not said] == [
        "Is it cash or time?",
        "What if the numbers are wrong?",
    ]


def test_a_range_answers_what_if_the_numbers_are_wrong() -> None:
    last = _beside(requests="80..100..130").questions[-1]
    assert last.answered == ("Requests resolved: 100 (from 80 to 130)",)


def test_an_input_that_cannot_be_so_alone_has_no_effect_alone() -> None:
    handling_time = CALCULATORS["handling-time"]
    # Half of them at 30 minutes are 15 on average: more than 6 for all of them.
    base = {"minutes_before": "20", "easy_share": "50%", "easy_minutes": "30"}
    given = (read_inputs(handling_time, each, NEUTRAL, "USD") for each in (base, {}))
    answers = (answer_to(handling_time, each, ENGLISH, "USD") for each in given)
    first, *_ = beside(*answers, is_own=True).rows
    assert (first.base, first.theirs, first.alone) == (("20",), ("6",), "not defined")


@pytest.mark.parametrize(
    ("currency", "texts", "said"),
    [
        ("EUR", {}, "The link is in EUR, the other column in USD."),
        ("USD", {"period": "year"}, "The link counts its amounts a year, the other column a month"),
    ],
)
def test_amounts_of_two_currencies_or_periods_are_not_subtracted(
    currency: str, texts: dict[str, str], said: str
) -> None:
    theirs = _answer(currency, requests="250", **texts)
    found = beside(_answer(), theirs, is_own=False)
    assert found.said.startswith(said)
    assert not any(each.alone for each in (*found.rows, found.outcome))


def test_every_calculator_says_it_in_every_language() -> None:
    for calculator in CALCULATORS.values():
        first, *others = (Given(each) for each in drawn_inputs(calculator, 40))
        for given, tag in zip(others, languages() * 10, strict=False):
            base, theirs = (
                answer_to(calculator, each, language(tag), "EUR") for each in (first, given)
            )
            assert beside(base, theirs, is_own=True).rows


def _form(link: str, **values: str) -> LinkedForm:
    return LinkedForm(
        id=0,
        calculator="deflection",
        definition="",
        language="es",
        currency="USD",
        values=values,
        block="month",
        link=link,
        own=bool(values),
    )


def test_a_form_gets_the_texts_that_its_reader_would_type() -> None:
    spanish = language("es")
    link = "month&cost_per_request=1234.5&deflection_share=40..60.5..75&currency=EUR&v=1"
    found = shown(_form(link), DEFLECTION, spanish)
    texts = found["texts"]
    assert texts["cost_per_request"] == "1234,5"
    assert (texts["deflection_share.low"], texts["deflection_share"]) == ("40", "60,5")
    again = read_inputs(DEFLECTION, texts, spanish.numbers, found["currency"])
    assert link_text(DEFLECTION, again, found["currency"], block="month") == link


def test_what_a_reader_had_entered_stands_beside_a_link() -> None:
    found = shown(_form("month&requests=250&v=1", requests="70"), DEFLECTION, ENGLISH)
    assert re.findall(r"<td[^>]*>(.*?)</td>", found["beside"])[:3] == ["70", "250", "+$3,600"]
    assert "Yours" in found["beside"]


@pytest.mark.parametrize("name", ["<b>x</b>", "%3Cimg src=x onerror=alert(1)%3E", "\"'><script>"])
def test_nothing_of_a_link_becomes_markup(name: str) -> None:
    for link in (f"month&{name}=1&v=1", f"{name}&v=1", f"month&currency={name}&v=1"):
        found = shown(_form(link), DEFLECTION, ENGLISH)
        tags = set(re.findall(r"<(\w+)", found["notice"] + found["beside"]))
        assert tags <= {
            *("div", "p", "button", "ul", "li", "section", "table", "caption", "thead", "tbody"),
            *("tr", "th", "td", "br"),
        }


def test_a_link_that_is_not_opened_leaves_the_form_and_says_why() -> None:
    found = shown(_form("retention&v=1"), DEFLECTION, ENGLISH)
    assert (found["ok"], found["texts"], found["beside"]) == (False, {}, "")
    assert "This link is for “retention”, which is not on this page." in found["notice"]
