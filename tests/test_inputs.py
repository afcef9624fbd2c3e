"""Texts become inputs, or errors that say which field, why, and what to do."""

from collections.abc import Mapping

import pytest

from roi_calc.browser import evaluate
from roi_calc.calculators import CALCULATORS
from roi_calc.calculators.deflection import Inputs
from roi_calc.inputs import Given, InputErrors, Range, read_inputs, refuse_totals_beside_parts
from roi_calc.number_format import NEUTRAL, number_format
from roi_calc.schema import Kind
from roi_calc.text import language

DEFLECTION = CALCULATORS["deflection"]


def _read(**texts: str) -> object:
    return _given(texts).inputs


def _given(texts: Mapping[str, str]) -> Given:
    return read_inputs(DEFLECTION, texts, NEUTRAL, "USD")


def _errors(**texts: str) -> list[tuple[str, str]]:
    with pytest.raises(InputErrors) as refused:
        _read(**texts)
    return [(error.field, error.reason) for error in refused.value.errors]


def _message(language: str = "en", **texts: str) -> str:
    reply = evaluate(
        {
            "id": 1,
            "calculator": "deflection",
            "language": language,
            "currency": "USD",
            "comparison": "",
            "values": texts,
        }
    )
    assert reply["ok"] is False
    errors = reply["errors"]  # type: ignore[typeddict-item] # ok tells which of the two it is
    assert len(errors) == 1
    return str(errors[0]["message"])


def test_defaults_fill_what_is_not_given() -> None:
    assert _read() == Inputs(100, 20, 500)
    assert _read(requests="250") == Inputs(250, 20, 500)


def test_all_mistakes_are_reported_together_in_the_order_of_the_form() -> None:
    assert _errors(investment="x", requests="-1", staff_hours="3") == [
        ("requests", "below_minimum"),
        ("hourly_rate", "missing_part"),
    ]
    assert _errors(investment="x", requests="-1") == [
        ("requests", "below_minimum"),
        ("investment", "not_a_number"),
    ]


def test_an_empty_field_is_not_zero() -> None:
    assert _errors(requests="") == [("requests", "missing")]


def test_an_empty_part_is_no_part() -> None:
    assert _read(tool_cost="", advertising=" ") == Inputs(100, 20, 500)


def test_a_total_may_be_empty_or_wrong_where_its_parts_replace_it() -> None:
    assert _read(investment="", tool_cost="5") == Inputs(100, 20, None, tool_cost=5)
    assert _read(investment="x", tool_cost="5") == Inputs(100, 20, None, tool_cost=5)


def test_a_share_is_a_fraction_to_authors_and_per_cent_in_the_form() -> None:
    assert _read(deflection_share="0.6") == Inputs(deflection_share=0.6)
    assert _read(deflection_share="60 %") == Inputs(deflection_share=0.6)
    typed = {"deflection_share": "60", "repeat_share": "2,5 %"}
    given = read_inputs(DEFLECTION, typed, number_format("es"), "EUR")
    assert given.inputs == Inputs(deflection_share=0.6, repeat_share=0.025)
    assert _read(deflection_share="12.3 %") == Inputs(deflection_share=0.123)
    assert _errors(deflection_share="60") == [("deflection_share", "above_maximum")]


def test_hours_need_a_rate_and_a_rate_needs_hours() -> None:
    assert _errors(staff_hours="3") == [("hourly_rate", "missing_part")]
    assert _errors(hourly_rate="3") == [("staff_hours", "missing_part")]


def test_a_range_is_three_numbers_in_one_text_or_in_three_fields() -> None:
    ranges = {"requests": Range(80, 100, 130)}
    assert _given({"requests": "80..100..130"}) == Given(Inputs(100), ranges)
    fields = {"requests": "100", "requests.low": "80", "requests.high": "130"}
    assert _given(fields) == Given(Inputs(100), ranges)


def test_the_missing_end_of_a_range_is_its_likely_value() -> None:
    low = _given({"requests": "100", "requests.low": "80", "requests.high": ""})
    assert low.ranges == {"requests": Range(80, 100, 100)}
    assert _given({"requests": "100", "requests.low": "100"}).ranges == {}


def test_a_range_in_the_wrong_order_is_an_error_at_its_end() -> None:
    assert _errors(requests="130..100..150") == [("requests.low", "range_order")]
    assert _errors(requests="80..100..90") == [("requests.high", "range_order")]
    assert _errors(requests="80..100") == [("requests", "range_shape")]
    assert _errors(requests="80..100..x") == [("requests.high", "not_a_number")]


def test_a_rule_between_inputs_holds_at_the_ends_of_a_range_too() -> None:
    texts = {"minutes_before": "6", "easy_share": "0.5", "easy_minutes": "3..10..50"}
    with pytest.raises(InputErrors) as refused:
        read_inputs(CALCULATORS["handling-time"], texts, NEUTRAL, "USD")
    error = refused.value.errors[0]
    assert (error.field, error.reason, error.number) == ("easy_minutes.high", "above_limit", 12)


def test_a_total_that_its_parts_replace_has_no_range() -> None:
    assert _given({"investment": "400..500..600", "tool_cost": "5"}).ranges == {}


def test_channels_must_add_up_and_nothing_is_rescaled() -> None:
    mix = {"phone_share": "50%", "phone_cost": "20", "email_share": "0.3", "email_cost": "8"}
    assert _errors(**mix) == [("email_share", "shares_sum")]
    assert _read(**mix, chat_share="0.2", chat_cost="5") == Inputs(
        cost_per_request=None,
        phone_share=0.5,
        phone_cost=20,
        email_share=0.3,
        email_cost=8,
        chat_share=0.2,
        chat_cost=5,
    )
    typed = {**mix, "email_share": "30"}
    assert _message(**typed).startswith("The shares add up to 80%.")


def test_a_choice_is_one_of_its_answers() -> None:
    assert _read(period="week") == Inputs(period="week")
    assert _errors(period="fortnight") == [("period", "unknown_choice")]


def test_a_number_of_months_is_whole() -> None:
    with pytest.raises(InputErrors) as refused:
        read_inputs(CALCULATORS["programme"], {"months": "1.5"}, NEUTRAL, "USD")
    assert refused.value.errors[0].reason == "not_whole"


def test_a_number_above_its_maximum_is_refused() -> None:
    assert _errors(requests="1000000001") == [("requests", "above_maximum")]


def test_an_author_gives_a_total_or_its_parts() -> None:
    with pytest.raises(InputErrors):
        refuse_totals_beside_parts(DEFLECTION, ["investment", "tool_cost"])
    refuse_totals_beside_parts(DEFLECTION, ["tool_cost", "advertising"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Enter a number, such as 1,234.5."),
        ("abc", "“abc” is not a number. Write it like 1,234.5."),
        ("1e999", "Write “1e999” out in digits, without an exponent."),
        ("nan", "“nan” is not a number. Write it like 1,234.5."),
        ("1.234,5", "“1.234,5” is not how numbers are written here. Did you mean 1,234.5?"),
        ("-1", "-1 is below the minimum of 0."),
        ("9" * 400, "This number is too long. Use at most 15 digits and 9 decimals."),
    ],
)
def test_a_visitors_mistake_is_said_in_a_sentence_that_helps(text: str, message: str) -> None:
    assert _message(requests=text) == message


def test_the_same_mistake_is_said_in_the_pages_language() -> None:
    assert "1234,5" in _message("es", requests="1,234.5")
    assert "1.234,5" in _message("id", requests="1,234.5")


def test_a_reading_that_may_surprise_is_echoed() -> None:
    values = {"requests": "1.234", "cost_per_request": "$ 1,200", "investment": "500"}
    reply = evaluate(
        {
            "id": 7,
            "calculator": "deflection",
            "language": "en",
            "currency": "USD",
            "comparison": "",
            "values": values,
        }
    )
    assert reply["id"] == 7
    notes = reply["notes"]  # type: ignore[typeddict-item] # as above
    assert notes == {
        "requests": "Read as 1.234: “.” separates decimals here.",
        "cost_per_request": "Read as 1,200",
    }


@pytest.mark.parametrize(
    ("tag", "text", "reading"),
    [
        ("en", "1,234", "Read as 1,234: “,” separates thousands here."),
        ("es", "1.234", "Se interpreta como 1234: aquí «.» separa los miles."),
        ("en", "1.000", "Read as 1: “.” separates decimals here."),
        ("en", "1234", ""),
        ("en", "1234.5", ""),
        ("en", "12,345,678", "Read as 12,345,678"),
    ],
)
def test_a_reading_is_echoed_only_where_the_text_leaves_a_doubt(
    tag: str, text: str, reading: str
) -> None:
    words = language(tag)
    assert words.reading(text, words.numbers.read(text), Kind.COUNT) == reading


def test_numbers_are_read_in_the_pages_region() -> None:
    assert number_format("es-ES").read("1.234") == 1234
    assert number_format("es-MX").read("1.234") == 1.234


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("0.6", "Read as 0.6%"),
        ("1", "Read as 1%"),
        ("0.04", "Read as 0.04%"),
        ("0.6 %", ""),
        ("0", ""),
        ("60", ""),
        ("1.5", ""),
    ],
)
def test_a_share_that_could_be_meant_as_a_fraction_is_read_back(text: str, reading: str) -> None:
    words = language("en")
    assert words.reading(text, words.numbers.read_share(text), Kind.SHARE) == reading
