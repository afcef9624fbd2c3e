"""A month's plan beside what came of it: what each cause brings, and what is said."""

import doctest
import math
import random
from dataclasses import replace
from types import ModuleType
from typing import Final

import pytest

from roi_calc.calculators import CALCULATORS
from roi_calc.calculators.deflection import DEFLECTION, Inputs
from roi_calc.language.language import language, languages
from roi_calc.months import month, shallow_json
from roi_calc.months.month import NAMES, Figures, causes
from roi_calc.months.sentences import Speaker
from roi_calc.months.table import Entered, Table, can_have_months, is_of_a_month, today_of

RIVERBEND: Final = Figures(400, 2200, 0.6, 0.1, 12)
JANUARY: Final = Entered("January", {}, {"requests": 400})
FEBRUARY: Final = Entered("February", {"requests": 430}, {"requests": 418})
MARCH: Final = Entered("March", {"requests": 460}, {"requests": 472})


def _table(*entered: Entered, today: Figures = RIVERBEND, currency: str = "USD") -> Table:
    return Table(DEFLECTION, currency, today, entered)


def _said(*entered: Entered, tag: str = "en", today: Figures = RIVERBEND) -> list[str]:
    table = _table(*entered, today=today)
    speaker = Speaker(table, language(tag))
    return [speaker.sentence(each) for each in table.months]


@pytest.mark.parametrize("module", [month, shallow_json], ids=["month", "shallow_json"])
def test_examples_are_right(module: ModuleType) -> None:
    tested = doctest.testmod(module)
    assert tested.attempted >= 1
    assert tested.failed == 0


def test_riverbends_months_differ_from_the_plan_because_of_the_requests_alone() -> None:
    # 12 x 60% x 90% x $12 = $77.76, once below and once above.
    table = _table(JANUARY, FEBRUARY, MARCH)
    assert [each.plan.net_saving for each in table.months] == pytest.approx([392, 586.4, 780.8])
    assert [each.causes and each.causes.requests for each in table.months] == pytest.approx(
        [0, -77.76, 77.76]
    )
    assert table.cumulative == pytest.approx([392, 900.64, 1759.2])
    assert _said(JANUARY, FEBRUARY, MARCH) == [
        "As planned.",
        "$77.76 below plan, all of it because 12 fewer requests were resolved.",
        "$77.76 above plan, all of it because 12 more requests were resolved.",
    ]
    assert Speaker(table, language("en")).together() == "All these months together: as planned."


def _figures(chance: random.Random) -> Figures:
    """Return figures of a month, any of them at its ends once in a while."""
    ends = {"requests": 1e5, "investment": 1e6, "deflection_share": 1, "repeat_share": 1}
    return Figures(
        **{
            name: chance.choice([0, end, *[chance.uniform(0, end)] * 4])
            for name, end in {**ends, "cost_per_request": 200}.items()
        }
    )


def test_the_causes_add_up_to_the_difference() -> None:
    chance = random.Random(1)  # noqa: S311 - not for secrets
    pairs = [(_figures(chance), _figures(chance)) for _ in range(10_000)]
    hard = replace(RIVERBEND, requests=0, deflection_share=0, investment=0)
    pairs += [(hard, RIVERBEND), (RIVERBEND, hard), (hard, hard), (RIVERBEND, RIVERBEND)]
    for plan, actual in pairs:
        found = causes(plan, actual)
        difference = actual.net_saving - plan.net_saving
        # What a figure of that size can hold of 1e-9.
        size = max(
            1.0,
            *(each.requests * each.cost_per_request + each.investment for each in (plan, actual)),
        )
        assert math.isclose(sum(found), difference, rel_tol=0, abs_tol=1e-9 * size)
        assert math.isclose(found.total, difference, rel_tol=0, abs_tol=1e-9 * size)


def test_what_came_as_planned_causes_nothing() -> None:
    for name in NAMES:
        changed = replace(RIVERBEND, **{name: getattr(RIVERBEND, name) * 0.5})
        found = causes(RIVERBEND, changed)._asdict()
        cause = "avoided_share" if name.endswith("share") else name
        assert [each for each, value in found.items() if value] == [cause]


@pytest.mark.parametrize(
    ("plan", "actual", "said"),
    [
        (
            {"requests": 470},
            {"requests": 460, "investment": 2300, "deflection_share": 0.62},
            "$65.44 below plan: −$100.00 because $2,300 was spent instead of $2,200; +$99.36"
            " because 55.8% of the requests were kept off the other channel instead of 54%;"
            " −$64.80 because 10 fewer requests were resolved.",
        ),
        (
            {},
            {"requests": 401},
            "$6.48 above plan, all of it because 1 more request was resolved.",
        ),
        (
            {},
            {"requests": 400, "cost_per_request": 11},
            "$216 below plan, all of it because one of them costs $11 on the other channel"
            " instead of $12.",
        ),
        (
            {},
            {"requests": 500, "investment": 2848},
            "As planned in all, but not in its parts: +$648 because 100 more requests were"
            " resolved; −$648 because $2,848 was spent instead of $2,200.",
        ),
        (
            {},
            {"requests": 0, "repeat_share": 1},
            "$2,592 below plan, all of it because 400 fewer requests were resolved.",
        ),
        ({"requests": 0}, {"requests": 0, "deflection_share": 1}, "As planned."),
        (
            {"requests": 500},
            {"investment": 3000},
            "Not over yet: the requests resolved are missing.",
        ),
        ({}, {"requests": 400.0001}, "As planned."),
        (
            {},
            {"requests": 400, "deflection_share": 0.60004},
            "$0.17 above plan, all of it because 54.0036% of the requests were kept off the other"
            " channel instead of 54%.",
        ),
    ],
)
def test_a_month_says_how_far_it_is_from_the_plan_and_why(
    plan: dict[str, float], actual: dict[str, float], said: str
) -> None:
    assert _said(Entered("", plan, actual)) == [said]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        (
            "es",
            "US$\u00a077,76 por debajo del plan, todo porque se resolvieron 12 solicitudes menos.",
        ),
        (
            "id",
            "US$77,76 di bawah rencana, seluruhnya karena 12 permintaan lebih sedikit"
            " diselesaikan.",
        ),
        (
            "pt",
            "US$\u00a077,76 abaixo do plano, tudo porque foram resolvidas 12 solicitações a menos.",
        ),
    ],
)
def test_it_is_said_in_every_language(tag: str, said: str) -> None:
    assert _said(FEBRUARY, tag=tag) == [said]
    assert tag in languages()


def test_all_months_together_name_what_each_cause_brought() -> None:
    table = _table(FEBRUARY, MARCH, Entered("", {}, {"requests": 400, "investment": 2300}))
    assert Speaker(table, language("en")).together() == (
        "All these months together: $100 below plan (Investment −$100)."
    )
    assert Speaker(_table(FEBRUARY), language("en")).together() == ""
    assert Speaker(_table(), language("en")).together() == ""


def test_a_month_that_is_not_over_adds_nothing() -> None:
    table = _table(FEBRUARY, Entered("March", {"requests": 460}), MARCH)
    assert table.cumulative == pytest.approx([508.64, 508.64, 1367.2])
    assert table.months[1].causes is None
    assert len(table.over) == 2


def test_today_is_what_the_form_stands_for_totals_for_their_parts() -> None:
    inputs = Inputs(
        requests=50,
        cost_per_request=None,
        phone_share=0.5,
        phone_cost=20,
        chat_share=0.5,
        chat_cost=10,
        investment=None,
        tool_cost=300,
        request_cost=2,
    )
    assert today_of(inputs) == Figures(50, 400, 1, 0, 15)


def test_only_what_is_declared_to_have_months_has_them() -> None:
    assert [name for name, each in CALCULATORS.items() if can_have_months(each)] == ["deflection"]
    assert is_of_a_month(Inputs())
    assert not is_of_a_month(Inputs(period="week"))
