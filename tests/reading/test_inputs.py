"""Texts become inputs, or errors that say which field, why, and what to do."""

from collections.abc import Mapping

import pytest

from roi_calc.browser import Answered, Refused, evaluate
from roi_calc.calculators import CALCULATORS
from roi_calc.calculators.deflection import Inputs
from roi_calc.language.language import Language, author_language, language, languages
from roi_calc.language.number_format import NEUTRAL, number_format
from roi_calc.language.number_reading import parse_number, parse_share
from roi_calc.reading.for_authors import nearest, shown
from roi_calc.reading.inputs import (
    Given,
    InputErrors,
    Range,
    changed,
    read_inputs,
    refuse_totals_beside_parts,
)
from roi_calc.schema import InputError, Kind

DEFLECTION = CALCULATORS["deflection"]


def _read(**texts: str) -> object:
    return _given(texts).inputs


def _given(texts: Mapping[str, str]) -> Given:
    return read_inputs(DEFLECTION, texts, NEUTRAL, "USD")


def _errors(**texts: str) -> list[tuple[str, str]]:
    with pytest.raises(InputErrors) as refused:
        _read(**texts)
    return [(error.field, error.reason) for error in refused.value.errors]


def _reply(values: Mapping[str, str], language: str = "en") -> Answered | Refused:
    return evaluate(
        {
            "id": 1,
            "calculator": "deflection",
            "language": language,
            "currency": "USD",
            "view": "full",
            "comparison": "",
            "values": values,
        }
    )


def _message(language: str = "en", **texts: str) -> str:
    reply = _reply(texts, language)
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


def test_a_programmer_is_told_every_mistake_in_one_line() -> None:
    with pytest.raises(InputErrors) as refused:
        _read(investment="x", requests="-1")
    assert str(refused.value) == "requests: below_minimum; investment: not_a_number"


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
    assert _errors(deflection_share="60") == [("deflection_share", "no_per_cent_sign")]


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


def test_ends_without_a_likely_value_ask_for_it() -> None:
    """Also where the input itself may be empty."""
    with pytest.raises(InputErrors) as refused:
        _given({"request_cost": "", "request_cost.low": "1"})
    assert refused.value.errors == (InputError("request_cost", "missing"),)


def test_a_range_in_the_wrong_order_is_an_error_at_its_end() -> None:
    assert _errors(requests="130..100..150") == [("requests.low", "range_order")]
    assert _errors(requests="80..100..90") == [("requests.high", "range_order")]
    for place in ("requests.low", "requests.high"):
        with pytest.raises(InputErrors) as refused:
            _given({"requests": "100", place: "130" if place.endswith("low") else "80"})
        assert refused.value.errors == (InputError(place, "range_order", number=100),)
    assert _errors(requests="80..100") == [("requests", "range_shape")]
    assert _errors(requests="80..100..x") == [("requests.high", "not_a_number")]


def test_a_range_of_another_shape_is_quoted_whole() -> None:
    with pytest.raises(InputErrors) as refused:
        _read(requests=" 80..100 ")
    assert refused.value.errors == (InputError("requests", "range_shape", "80..100"),)


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


def test_a_change_leaves_every_other_choice_as_it_is() -> None:
    given = _read(period="week", staff_grows="yes")
    assert changed(DEFLECTION, given, {"requests": 250}) == Inputs(
        250, period="week", staff_grows="yes"
    )
    assert changed(DEFLECTION, given, {"period": "year"}) == Inputs(
        period="year", staff_grows="yes"
    )


def test_what_is_chosen_and_not_estimated_has_no_range() -> None:
    with pytest.raises(InputErrors) as refused:
        read_inputs(CALCULATORS["programme"], {"discount_rate": "1%..2%..3%"}, NEUTRAL, "USD")
    assert refused.value.errors == (InputError("discount_rate", "no_range", "1%..2%..3%"),)


def test_a_number_of_months_is_whole() -> None:
    with pytest.raises(InputErrors) as refused:
        read_inputs(CALCULATORS["programme"], {"months": "1.5"}, NEUTRAL, "USD")
    assert refused.value.errors[0].reason == "not_whole"


def test_a_number_above_its_maximum_is_refused() -> None:
    assert _errors(requests="1000000001") == [("requests", "above_maximum")]


@pytest.mark.parametrize(
    ("counts", "field", "other", "most"),
    [
        ({"survey_yes": "5", "survey_answered": "10", "survey_asked": "9"}, "answered", "asked", 9),
        ({"survey_yes": "11", "survey_answered": "10"}, "yes", "answered", 10),
    ],
)
def test_no_more_say_yes_than_answer_and_no_more_answer_than_are_asked(
    counts: Mapping[str, str], field: str, other: str, most: float
) -> None:
    with pytest.raises(InputErrors) as refused:
        _read(**counts)
    assert refused.value.errors == (
        InputError(f"survey_{field}", "above_other", other=f"survey_{other}", number=most),
    )
    equal = _read(survey_yes="10", survey_answered="10", survey_asked="10")
    assert isinstance(equal, Inputs)


def test_an_author_s_message_quotes_one_short_line() -> None:
    assert shown("a" * 58) == repr("a" * 58)
    assert shown("a" * 59) == f"'{'a' * 58}…"
    assert nearest("request", ["requests", "investment"]) == "; did you mean 'requests'?"
    assert nearest("zzz", ["requests", "investment"]) == ""


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
        ("$20", "“$20” is not a number. Write it like 1,234.5."),
        ("-1", "-1 is below the minimum of 0."),
        ("9" * 400, "This number is too long. Use at most 15 digits and 9 decimals."),
    ],
)
def test_a_visitors_mistake_is_said_in_a_sentence_that_helps(text: str, message: str) -> None:
    assert _message(requests=text) == message


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("en", "“0.6” can be read in two ways. Did you mean 0.6% or 60%?"),
        ("es", "«0.6» se puede leer de dos maneras. ¿Quiso decir 0,6\u202f% o 60\u202f%?"),
        ("id", "“0.6” dapat dibaca dengan dua cara. Apakah maksud Anda 0,6% atau 60%?"),
        # "ser" is Portuguese: cspell:ignore ser
        ("pt", "“0.6” pode ser lido de duas maneiras. Você quis dizer 0,6% ou 60%?"),
    ],
)
def test_the_same_mistake_is_said_in_the_pages_language(tag: str, message: str) -> None:
    assert _message(tag, deflection_share="0.6") == message


def test_an_amount_in_another_currency_is_told_which_is_expected() -> None:
    said = "“€ 12” is in another currency. Enter the amount in USD."
    assert _message(cost_per_request="€ 12") == said


def test_a_reading_that_may_surprise_is_echoed() -> None:
    values = {"requests": "1.234", "cost_per_request": "$ 1,200", "investment": "500"}
    reply = _reply(values)
    assert reply["id"] == 1
    notes = reply["notes"]  # type: ignore[typeddict-item] # as above
    assert notes == {
        "requests": "Read as 1.234: “.” separates decimals here.",
        "cost_per_request": "Read as 1,200: “,” separates thousands here.",
    }


@pytest.mark.parametrize(
    ("tag", "text", "reading"),
    [
        ("en", "1,234", "Read as 1,234: “,” separates thousands here."),
        ("es", "1.234", "Se interpreta como 1234: aquí «.» separa los miles."),
        ("en", "1.000", "Read as 1: “.” separates decimals here."),
        ("id", "Rp 20.000", "Dibaca sebagai 20.000: di sini “.” memisahkan ribuan."),
        ("en", "8,01", "Read as 8.01"),
        ("es", "8.01", "Se interpreta como 8,01"),
        ("en", "1.234,5", "Read as 1,234.5"),
        ("en", "US$20", "Read as 20"),
        ("en", "+20", "Read as 20"),
        ("en", "12,345,678", "Read as 12,345,678"),
        ("en", "1234", ""),
        ("en", "1234.5", ""),
        ("en", "8.10", ""),
        ("en", "-5", ""),
    ],
)
def test_a_reading_is_echoed_only_where_the_text_leaves_a_doubt(
    tag: str, text: str, reading: str
) -> None:
    words, currency = language(tag), "IDR" if tag == "id" else "USD"
    assert words.reading(text, parse_number(text, words.numbers, currency), Kind.MONEY) == reading


@pytest.mark.parametrize(
    ("words", "text", "reading"),
    [
        (language("en"), "60", ""),
        (language("en"), "60 %", ""),
        (language("en"), "0.6 %", ""),
        (language("en"), "0,6 %", "Read as 0.6%"),
        (language("en"), "0", ""),
        (author_language(), "0.6", "Read as 60%"),
        (author_language(), "1", "Read as 100%"),
        (author_language(), "60 %", ""),
        (author_language(), "0", ""),
    ],
)
def test_a_share_is_read_back_where_its_sign_is_missing_or_its_mark_is_foreign(
    words: Language, text: str, reading: str
) -> None:
    assert words.reading(text, parse_share(text, words.numbers), Kind.SHARE) == reading


# What each place makes of one text, as a share and as a number; None where it asks.
TEXTS: Mapping[tuple[str, str], Mapping[str, float | None]] = {
    ("deflection_share", "0.6"): {"author": 0.6, "en": None, "es": None},
    ("deflection_share", "60 %"): {"author": 0.6, "en": 0.6, "es": 0.6},
    ("deflection_share", "0.6 %"): {"author": 0.006, "en": 0.006, "es": 0.006},
    ("deflection_share", "60"): {"author": None, "en": 0.6, "es": 0.6},
    ("deflection_share", "1"): {"author": 1, "en": None, "es": None},
    ("deflection_share", "0"): {"author": 0, "en": 0, "es": 0},
    ("requests", "1,000"): {"author": None, "en": 1000, "es": 1},
    ("requests", "1.000"): {"author": None, "en": 1, "es": 1000},
    ("requests", "1,250"): {"author": None, "en": 1250, "es": 1.25},
    ("requests", "20.000"): {"author": None, "en": 20, "es": 20000},
    ("requests", "1.000,5"): {"author": 1000.5, "en": 1000.5, "es": 1000.5},
    ("cost_per_request", "8,01"): {"author": 8.01, "en": 8.01, "es": 8.01},
    ("cost_per_request", "8.01"): {"author": 8.01, "en": 8.01, "es": 8.01},
}


@pytest.mark.parametrize(("name", "text"), TEXTS)
def test_one_text_is_read_alike_everywhere_or_asked_about_or_said(name: str, text: str) -> None:
    for place, expected in TEXTS[name, text].items():
        words = author_language() if place == "author" else language(place)
        if expected is None:
            with pytest.raises(InputErrors) as refused:
                read_inputs(DEFLECTION, {name: text}, words.numbers, "USD")
            assert refused.value.errors[0].suggestions
            continue
        value = getattr(read_inputs(DEFLECTION, {name: text}, words.numbers, "USD").inputs, name)
        assert value == expected
        others = {each for each in TEXTS[name, text].values() if each is not None}
        said = words.reading(text, value, DEFLECTION.quantities[name].kind)
        assert said or len(others) == 1


def test_only_what_is_within_the_limits_is_suggested() -> None:
    refused = _refused("loaded-rate", "en", benefits_share="1")
    assert refused.suggestions == ("1%",)
    assert _refused("loaded-rate", "en", benefits_share="0.6").suggestions == ("0.6%", "60%")
    assert _refused("deflection", "author", deflection_share="60").suggestions == ("60%", "0.6")
    beyond = _refused("deflection", "author", deflection_share="150")
    assert (beyond.reason, beyond.suggestions) == ("above_maximum", ())


def _refused(calculator: str, place: str, **texts: str) -> InputError:
    numbers = NEUTRAL if place == "author" else number_format(place)
    with pytest.raises(InputErrors) as refused:
        read_inputs(CALCULATORS[calculator], texts, numbers, "USD")
    return refused.value.errors[0]


@pytest.mark.parametrize("tag", languages())
def test_what_the_form_writes_it_reads_back(tag: str) -> None:
    words = language(tag)
    for share in (0, 0.00123, 0.005, 0.01, 0.0101, 0.5, 1):
        assert parse_share(words.typed(share, Kind.SHARE), words.numbers) == share
    for number in (0, 0.5, 1.234, 1000, 1234.5, 1e9):
        assert parse_number(words.typed(number, Kind.COUNT), words.numbers) == number


@pytest.mark.parametrize(
    ("values", "field", "suggestions"),
    [
        (
            {"deflection_share": "0.6"},
            "deflection_share",
            [("Use 0.6%", "deflection_share", "0.6%"), ("Use 60%", "deflection_share", "60%")],
        ),
        (
            {"deflection_share": "60", "deflection_share.low": "1"},
            "deflection_share.low",
            [
                ("Use 1%", "deflection_share.low", "1%"),
                ("Use 100%", "deflection_share.low", "100%"),
            ],
        ),
        (
            {"deflection_share": "1..30..60"},
            "deflection_share.low",
            [
                ("Use 1%", "deflection_share", "1%..30..60"),
                ("Use 100%", "deflection_share", "100%..30..60"),
            ],
        ),
        ({"requests": "many"}, "requests", []),
    ],
)
def test_what_could_have_been_meant_comes_with_the_field_it_belongs_into(
    values: dict[str, str], field: str, suggestions: list[tuple[str, str, str]]
) -> None:
    reply = _reply(values)
    assert reply["ok"] is False
    error = reply["errors"][0]  # type: ignore[typeddict-item] # as above
    meant = [(each["label"], each["field"], each["text"]) for each in error["suggestions"]]
    assert (error["field"], meant) == (field, suggestions)
