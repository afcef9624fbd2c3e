"""What a reader entered on one page and takes over into the form of another."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_calc.browser import Earlier, evaluate
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import language
from roi_calc.reading.carry_over import Entry, sources, taken_over
from roi_calc.reading.inputs import Given
from roi_calc.schema import ResultOf
from support.rendered import rendered_reply

# What stands in the programme's form before a reader has typed anything.
PROGRAMME: Final = CALCULATORS["programme"]
EXAMPLE: Final = {
    name: str(default)
    if name in PROGRAMME.choices
    else language("en").typed(default, PROGRAMME.quantities[name].kind)  # type: ignore[arg-type] # a number
    for name, default in PROGRAMME.defaults.items()
}


def _earlier(
    calculator: str, changed: Mapping[str, str], language: str = "en", currency: str = "USD"
) -> Earlier:
    return {
        "calculator": calculator,
        "language": language,
        "currency": currency,
        "values": changed,
        "changed": list(changed),
    }


# Any: a reply is one of two mappings
def _reply(
    calculator: str,
    earlier: Sequence[Any],
    values: Mapping[str, str] | None = None,
    language: str = "en",
    currency: str = "USD",
) -> Any:  # noqa: ANN401
    return evaluate(
        {
            "id": 1,
            "calculator": calculator,
            "language": language,
            "currency": currency,
            "view": "full",
            "comparison": "",
            "values": values or {},
            "earlier": earlier,
        }
    )


def test_the_same_calculator_takes_what_was_changed_and_nothing_else() -> None:
    reply = _reply(
        "deflection",
        [_earlier("deflection", {"requests": "250"})],
        {"requests": "100", "cost_per_request": "8.01", "period": "month"},
    )
    assert reply["ok"]
    assert reply["taken"]["requests"] == "250"
    assert "cost_per_request" not in reply["taken"]
    assert reply["outputs"]["gross_saving"] == 2002.5
    assert reply["said"] == (
        "Taken over from “What answering on social media is worth”: "
        "Requests resolved on social media: 250."
    )


def test_numbers_are_written_in_the_forms_own_language() -> None:
    earlier = _earlier("deflection", {"requests": "1.234,5", "cost_per_request": "8,01"}, "es")
    reply = _reply("deflection", [earlier], language="en")
    assert reply["taken"]["requests"] == "1234.5"
    assert reply["taken"]["cost_per_request"] == "8.01"
    back = _reply("deflection", [_earlier("deflection", {"requests": "1234.5"})], language="es-ES")
    assert back["taken"]["requests"] == "1234,5"


def test_a_range_comes_along_whole() -> None:
    earlier = _earlier("deflection", {"requests": "80..100..130"})
    taken = _reply("deflection", [earlier], {"requests.low": "1", "requests.high": ""})["taken"]
    assert (taken["requests.low"], taken["requests"], taken["requests.high"]) == (
        "80",
        "100",
        "130",
    )


def test_a_number_without_a_range_leaves_none_behind() -> None:
    reply = _reply(
        "deflection",
        [_earlier("deflection", {"requests": "500"})],
        {"requests": "100", "requests.low": "80", "requests.high": "130"},
    )
    assert reply["ok"]
    assert reply["outputs"]["gross_saving"] == 10000


def test_a_total_replaces_the_parts_that_stand_in_the_form() -> None:
    parts = {"tool_cost": "100", "staff_hours": "16", "hourly_rate": "20", "investment": ""}
    reply = _reply("deflection", [_earlier("deflection", {"investment": "700"})], parts)
    assert reply["ok"]
    assert reply["outputs"]["investment"] == 700
    assert reply["taken"]["tool_cost"] == ""


def test_the_parts_of_the_investment_and_the_channel_mix_come_along() -> None:
    mix = {"phone_share": "60", "phone_cost": "20", "email_share": "40", "email_cost": "5"}
    parts = {"tool_cost": "100", "staff_hours": "16", "hourly_rate": "25", "advertising": "80"}
    reply = _reply("deflection", [_earlier("deflection", {**mix, **parts})])
    assert reply["ok"]
    assert reply["outputs"]["cost_per_request"] == 14
    assert reply["outputs"]["investment"] == 580


def test_the_loaded_rate_goes_where_an_hour_is_paid() -> None:
    earlier = [_earlier("loaded-rate", {"wage": "28"})]
    assert _reply("handling-time", earlier)["taken"] == {"hourly_rate": "50"}
    form = {"staff_hours": "10", "hourly_rate": "20", "tool_cost": "100"}
    reply = _reply("deflection", earlier, form)
    assert reply["outputs"]["investment"] == 600
    assert "Hourly rate" in reply["said"] or "hour" in reply["said"]
    assert "$50" in reply["said"]


def test_a_rate_is_of_no_period_and_stays_as_it_is() -> None:
    form = {"staff_hours": "10", "hourly_rate": "20", "period": "quarter"}
    taken = _reply("deflection", [_earlier("loaded-rate", {"wage": "28"})], form)["taken"]
    assert taken["hourly_rate"] == "50"


def test_numbers_come_from_calculators_that_work_them_out_or_share_them() -> None:
    assert sources(CALCULATORS["handling-time"]) == ["handling-time", "loaded-rate", "deflection"]
    assert sources(CALCULATORS["retention"]) == ["retention"]
    assert sources(PROGRAMME) == [
        "programme",
        "deflection",
        "response-time",
        "handling-time",
        "retention",
    ]


def test_a_rate_without_hours_is_held_against_an_hour_and_not_forced_into_the_sum() -> None:
    reply = _reply("deflection", [_earlier("loaded-rate", {"wage": "28"})])
    assert reply["ok"]
    assert reply["taken"] == {"loaded_rate": "50"}
    assert reply["outputs"]["investment"] == 500
    assert "An hour of work costs you $50" in rendered_reply(reply)


@pytest.mark.parametrize("calculator", ["deflection", "response-time"])
def test_what_an_hour_costs_is_doubted_only_where_it_is_known(calculator: str) -> None:
    assert "An hour of work costs you" not in rendered_reply(_reply(calculator, []))
    earlier = [_earlier("loaded-rate", {"wage": "28"})]
    assert "An hour of work costs you $50" in rendered_reply(_reply(calculator, earlier))


def test_an_hourly_rate_means_the_same_everywhere() -> None:
    earlier = [_earlier("handling-time", {"hourly_rate": "44"})]
    reply = _reply("deflection", earlier, {"staff_hours": "10", "hourly_rate": "20"})
    assert reply["taken"]["hourly_rate"] == "44"
    # What the same name means depends on the calculator.
    other = _reply("handling-time", [_earlier("deflection", {"investment": "9999"})])
    assert other["taken"] == {}


def test_savings_go_into_the_programme_as_amounts_a_month() -> None:
    earlier = [
        _earlier("deflection", {"requests": "3000", "investment": "6000", "period": "year"}),
        _earlier("retention", {"customers": "2000"}),
    ]
    taken = _reply("programme", earlier)["taken"]
    assert taken["deflection_capacity"] == "5000"
    assert taken["deflection_cost"] == "500"
    kept = evaluate(
        {
            "id": 1,
            "calculator": "retention",
            "language": "en",
            "currency": "USD",
            "view": "full",
            "comparison": "",
            "values": {"customers": "2000"},
        }
    )
    margin = kept["outputs"]["margin_kept"]  # type: ignore[typeddict-item] # it is answered
    assert float(taken["retention_value"]) == pytest.approx((margin or 0) / 12, abs=0.005)
    # $250 a year.
    assert taken["retention_cost"] == "20.83"


@pytest.mark.parametrize(
    ("period", "a_month"),
    [("week", "26090"), ("month", "6000"), ("quarter", "2000"), ("year", "500")],
)
def test_an_amount_becomes_one_of_the_forms_period(period: str, a_month: str) -> None:
    earlier = [_earlier("deflection", {"investment": "6000", "period": period})]
    assert _reply("programme", earlier)["taken"]["deflection_cost"] == a_month


def test_an_amount_goes_into_the_period_that_the_form_has_chosen() -> None:
    related = {"requests": ResultOf("retention", "customers_kept")}
    calculator = replace(CALCULATORS["deflection"], related=related)
    retention = CALCULATORS["retention"]
    kept = Entry(retention, Given(retention.inputs_type()), "USD", frozenset({"customers"}))
    a_year = retention.compute(kept.given.inputs).customers_kept
    texts = {"requests": "100", "period": "quarter"}
    taken = taken_over(calculator, texts, language("en"), "USD", [kept]).texts
    assert float(taken["requests"]) == pytest.approx(a_year / 4)


def test_a_benefit_brings_its_cost_and_the_cost_that_stood_there_stays() -> None:
    reply = _reply("programme", [_earlier("response-time", {"conversations": "2000"})], EXAMPLE)
    # 12 x (2,000 + 2,000) for 12 x (500 + 500) + 6,000; with the first cost alone it was 300 %.
    assert reply["outputs"]["net_benefit"] == 30000
    assert reply["outputs"]["roi"] == pytest.approx(30000 / 18000)
    taken = reply["taken"]
    assert (taken["chaser_capacity"], taken["chaser_cost"]) == ("2000", "500")
    assert (taken["monthly_cost"], taken["deflection_cost"]) == ("", "500")
    assert reply["said"] == (
        "Taken over from “What faster answers are worth”: Fewer further contacts, as time: $2,000;"
        " Running cost of faster answers: $500."
        " What stood here as a total stays: Running cost of deflection: $500."
    )


def test_the_cost_of_the_example_goes_with_the_example() -> None:
    reply = _reply("programme", [_earlier("deflection", {"requests": "250"})], EXAMPLE)
    assert reply["outputs"]["deflection_saving"] == 5000
    assert reply["outputs"]["monthly_cost"] == 500
    assert "stays" not in reply["said"]


def test_a_cost_for_several_goals_stays_as_one_for_none_of_them() -> None:
    form = {**EXAMPLE, "monthly_cost": "800", "handling_time_value": "300"}
    earlier = [_earlier("response-time", {"conversations": "2000"})]
    taken = _reply("programme", earlier, form)["taken"]
    assert (taken["other_cost"], taken["chaser_cost"]) == ("800", "500")
    assert "deflection_cost" not in taken


FASTER: Final = [_earlier("response-time", {"conversations": "2000"})]


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        # As it was typed: with a sign, and with what is known of it.
        ({"monthly_cost": "$800"}, {"deflection_cost": "800"}),
        (
            {"monthly_cost": "800", "monthly_cost.low": "700", "monthly_cost.high": "950"},
            {
                "deflection_cost": "800",
                "deflection_cost.low": "700",
                "deflection_cost.high": "950",
            },
        ),
        # A goal that stands there by its parts.
        (
            {"deflection_saving": "", "deflection_capacity": "2000", "monthly_cost": "800"},
            {"deflection_cost": "800"},
        ),
        # Its parts count and not the total; there is no cost; no goal is there to have it.
        ({"monthly_cost": "800", "retention_cost": "500"}, {}),
        ({"monthly_cost": "0"}, {}),
        ({"monthly_cost": "800", "deflection_saving": ""}, {}),
    ],
)
def test_a_total_cost_stays_for_what_stands_there(
    form: Mapping[str, str], kept: Mapping[str, str]
) -> None:
    taken = _reply("programme", FASTER, {**EXAMPLE, **form})["taken"]
    places = [
        name + end
        for name in ("deflection_cost", "handling_time_cost", "retention_cost", "other_cost")
        for end in ("", ".low", ".high")
    ]
    assert {place: taken[place] for place in places if taken.get(place)} == kept


def test_what_stands_in_no_field_is_the_example() -> None:
    assert _reply("programme", FASTER, {})["taken"]["deflection_cost"] == "500"


def test_a_total_that_an_earlier_entry_brings_is_not_one_that_stood_there() -> None:
    own = _earlier("programme", {"monthly_cost": "800", "deflection_cost": ""})
    taken = _reply("programme", [own, *FASTER], EXAMPLE)["taken"]
    assert (taken["deflection_cost"], taken["chaser_cost"]) == ("800", "500")


def test_to_take_over_twice_changes_nothing_more() -> None:
    earlier = [_earlier("response-time", {"conversations": "2000"})]
    once = {**EXAMPLE, **_reply("programme", earlier, EXAMPLE)["taken"]}
    again = _reply("programme", earlier, once)
    assert again["outputs"]["monthly_cost"] == 1000
    assert again["said"].startswith("Nothing of what you entered earlier fits here")


def test_what_leaves_a_budget_comes_as_cash_and_goes_with_it() -> None:
    cash = _earlier("deflection", {"cashable_share": "40 %"})
    taken = _reply("programme", [cash], EXAMPLE)["taken"]
    assert (taken["deflection_cash"], taken["deflection_capacity"]) == ("800", "1200")
    time = _earlier("deflection", {"requests": "100"})
    again = _reply("programme", [time], {**EXAMPLE, **taken})["taken"]
    assert (again["deflection_cash"], again["deflection_capacity"]) == ("", "2000")


# The inputs of the programme that say what each calculator brings, and what it costs.
BROUGHT: Final = {
    "deflection": (("deflection_cash", "deflection_capacity"), "deflection_cost"),
    "response-time": (
        ("chaser_cash", "chaser_capacity", "response_retention_value"),
        "chaser_cost",
    ),
    "handling-time": (("handling_time_cash", "handling_time_capacity"), "handling_time_cost"),
    "retention": (("retention_value",), "retention_cost"),
}
AMOUNTS: Final = st.sampled_from(["0", "0.01", "250", "6000"])


@settings(max_examples=40, deadline=None)
@given(
    investments=st.dictionaries(st.sampled_from(sorted(BROUGHT)), AMOUNTS, min_size=1),
    form=st.dictionaries(
        st.sampled_from(["monthly_cost", "chaser_saving", "retention_value", "other_cost"]),
        AMOUNTS,
    ),
)
def test_no_benefit_is_carried_over_without_its_cost(
    investments: Mapping[str, str], form: Mapping[str, str]
) -> None:
    earlier = [_earlier(name, {"investment": each}) for name, each in investments.items()]
    reply = _reply("programme", earlier, {**EXAMPLE, **form})
    assert reply["ok"]
    taken = reply["taken"]
    total = 0.0
    for name, investment in investments.items():
        benefits, cost = BROUGHT[name]
        assert any(taken.get(benefit) for benefit in benefits)
        a_month = float(investment) / (12 if name == "retention" else 1)
        assert float(taken[cost]) == pytest.approx(a_month, abs=0.005)
        total += float(taken[cost])
    assert reply["outputs"]["monthly_cost"] >= total - 1e-9


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"chaser_saving": "2000"}, "No running cost is entered for each goal by itself: the $500"),
        ({"monthly_cost": "0"}, "No running cost is entered for deflected requests"),
        (
            {"deflection_cost": "500", "handling_time_value": "300"},
            "No running cost is entered for shorter handling",
        ),
        (
            {"deflection_cost": "500", "retention_value": "80"},
            "No running cost is entered for satisfaction",
        ),
        (
            {"deflection_cost": "500", "response_retention_value": "80"},
            "No running cost is entered for faster answers",
        ),
    ],
)
def test_a_benefit_entered_by_hand_without_a_cost_of_its_own_is_named(
    form: Mapping[str, str], said: str
) -> None:
    assert said in rendered_reply(_reply("programme", [], form))


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"deflection_cost": "500", "chaser_cost": "0", "chaser_saving": "2000"},
        {"monthly_cost": "0", "deflection_saving": "0"},
    ],
)
def test_a_cost_that_is_entered_is_not_missed(form: Mapping[str, str]) -> None:
    assert "No running cost is entered" not in rendered_reply(_reply("programme", [], form))


def test_the_period_comes_with_the_numbers_that_were_entered_for_it() -> None:
    earlier = [_earlier("deflection", {"requests": "3000", "period": "year"})]
    reply = _reply("deflection", earlier, {"requests": "100", "period": "month"})
    assert reply["taken"]["period"] == "year"
    assert reply["outputs"]["net_saving_per_year"] == reply["outputs"]["net_saving"]


def test_the_latest_entry_wins() -> None:
    earlier = [
        _earlier("deflection", {"requests": "250"}),
        _earlier("deflection", {"requests": "300"}),
    ]
    assert _reply("deflection", earlier)["taken"]["requests"] == "300"


def test_amounts_in_another_currency_are_left_and_said_to_be() -> None:
    reply = _reply("deflection", [_earlier("deflection", {"requests": "250"}, currency="EUR")])
    assert reply["taken"] == {}
    assert reply["said"] == "What you entered earlier is in EUR, so it is not used here."
    both = [_earlier("deflection", {"requests": "250"}, currency=each) for each in ("GBP", "EUR")]
    said = _reply("deflection", both)["said"]
    assert said == "What you entered earlier is in EUR, GBP, so it is not used here."


def test_what_stands_there_already_is_not_said_to_be_taken() -> None:
    earlier = [_earlier("deflection", {"requests": "250"})]
    reply = _reply("deflection", earlier, {"requests": "250", "period": "month"})
    assert reply["said"].startswith("Nothing of what you entered earlier fits here")


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"calculator": "gone", "language": "en", "currency": "USD", "values": {}, "changed": []},
        {**_earlier("deflection", {"requests": "250"}), "language": "tlh"},
        _earlier("deflection", {"requests": "not a number"}),
        _earlier("deflection", {"an_old_name": "1"}),
        _earlier("deflection", {"requests": 5}),  # type: ignore[dict-item] # as another script might
    ],
)
def test_what_cannot_be_read_is_passed_over(broken: Mapping[str, object]) -> None:
    reply = _reply("deflection", [broken, _earlier("deflection", {"requests": "250"})])
    assert reply["ok"]
    assert reply["taken"]["requests"] == "250"


@pytest.mark.parametrize("language", ["en", "es", "id"])
def test_everything_of_every_calculator_can_be_taken_over(language: str) -> None:
    """Each calculator's result of taking each one's own defaults over is an answer."""
    for name, calculator in CALCULATORS.items():
        for source in sources(calculator):
            names = list(CALCULATORS[source].fields)
            entry = {**_earlier(source, {}, language), "changed": names}
            reply = _reply(name, [entry], language=language)
            assert reply["ok"], (name, source, reply)
            assert reply["said"]
