"""Ranges become draws, percentiles, bins and swings: against closed forms, and for good."""

import math
import statistics
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Annotated, Any, Final

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from roi_calc.answering.uncertainty import (
    BINS,
    DRAWS,
    Bin,
    NoOutcomeError,
    Spread,
    Swing,
    extremes,
    percentile,
    spread,
    strongest_nudges,
    swings,
    triangular,
)
from roi_calc.calculators import CALCULATORS
from roi_calc.reading.inputs import Range, changed
from roi_calc.schema import Calculator, Kind, Quantity, Result

DEFLECTION: Final = CALCULATORS["deflection"]
# Nothing but the requests counts: the outcome is what was drawn.
ONE_EACH: Final = DEFLECTION.inputs_type(requests=5, cost_per_request=1, investment=0)
GARTNER: Final = DEFLECTION.inputs_type(
    requests=100, cost_per_request=8.01, investment=500, deflection_share=0.6
)
RANGES: Final = {
    "requests": Range(80, 100, 130),
    "cost_per_request": Range(5, 8.01, 20),
    "deflection_share": Range(0.3, 0.6, 1),
}
SHAPES: Final = [Range(0, 5, 10), Range(80, 100, 130), Range(1, 1, 4), Range(-3, 2, 2)]

untimed = settings(deadline=None)
each_shape = pytest.mark.parametrize("shape", SHAPES, ids=str)


def _ranges(low: float, high: float) -> st.SearchStrategy[Range]:
    numbers = st.floats(low, high).map(lambda value: round(value, 6))
    return st.lists(numbers, min_size=3, max_size=3).map(lambda three: Range(*sorted(three)))


@dataclass(frozen=True)
class Steps:
    """Inputs of a calculator whose outcome comes in steps."""

    steps: Annotated[float, Quantity(Kind.COUNT, minimum=-5)] = 0
    size: Annotated[float, Quantity(Kind.MONEY, is_lever=False)] = 6


@dataclass(frozen=True)
class Stepped:
    """Its output."""

    outcome: Annotated[float, Result(Kind.MONEY, is_outcome=True)]


def _in_steps(inputs: Steps) -> Stepped:
    return Stepped(inputs.size * round(inputs.steps))


@dataclass(frozen=True)
class Above:
    """An output that is not defined below 0."""

    outcome: Annotated[float | None, Result(Kind.MONEY, is_outcome=True)]


def _only_up(inputs: Steps) -> Above:
    return Above(inputs.steps if inputs.steps >= 0 else None)


IN_STEPS: Final = Calculator(name="in-steps", compute=_in_steps)
ONLY_UP: Final = Calculator(name="only-up", compute=_only_up)

# One spread to the last digit, for every machine: requests 80..100..130, cost 5..8.01..20,
# deflection share 0.3..0.6..1, investment 500.
FROZEN: Final = Spread(
    p5=-154.72727795583847,
    p50=172.64577934990706,
    p95=757.0358109478005,
    chance_to_pay=0.7617,
    bins=(
        Bin(-375.14128815607233, -312.61774013006027, 4),
        Bin(-312.61774013006027, -250.0941921040482, 65),
        Bin(-250.0941921040482, -187.57064407803617, 225),
        Bin(-187.57064407803617, -125.0470960520241, 445),
        Bin(-125.0470960520241, -62.523548026012065, 738),
        Bin(-62.523548026012065, 0.0, 906),
        Bin(0.0, 62.523548026012065, 916),
        Bin(62.523548026012065, 125.04709605202413, 954),
        Bin(125.04709605202413, 187.5706440780362, 967),
        Bin(187.5706440780362, 250.0941921040482, 875),
        Bin(250.0941921040482, 312.6177401300603, 695),
        Bin(312.6177401300603, 375.14128815607233, 609),
        Bin(375.14128815607233, 437.66483618208446, 550),
        Bin(437.66483618208446, 500.18838420809647, 461),
        Bin(500.18838420809647, 562.7119322341086, 358),
        Bin(562.7119322341086, 625.2354802601205, 295),
        Bin(625.2354802601205, 687.7590282861327, 218),
        Bin(687.7590282861327, 750.2825763121448, 188),
        Bin(750.2825763121448, 812.8061243381569, 156),
        Bin(812.8061243381569, 875.3296723641688, 95),
        Bin(875.3296723641688, 937.8532203901809, 85),
        Bin(937.8532203901809, 1000.376768416193, 57),
        Bin(1000.376768416193, 1062.9003164422052, 49),
        Bin(1062.9003164422052, 1125.423864468217, 29),
        Bin(1125.423864468217, 1187.9474124942292, 24),
        Bin(1187.9474124942292, 1250.4709605202413, 19),
        Bin(1250.4709605202413, 1312.9945085462532, 6),
        Bin(1312.9945085462532, 1375.5180565722653, 3),
        Bin(1375.5180565722653, 1438.0416045982774, 5),
        Bin(1438.0416045982774, 1500.5651526242896, 2),
        Bin(1500.5651526242896, 1563.0887006503015, 1),
    ),
)


def test_the_same_ranges_give_the_same_spread_to_the_last_digit() -> None:
    found = spread(DEFLECTION, GARTNER, RANGES)
    assert replace(found, bins=()) == replace(FROZEN, bins=())
    assert [each.count for each in found.bins] == [each.count for each in FROZEN.bins]
    edges = [each.high for each in found.bins]
    assert edges == pytest.approx([each.high for each in FROZEN.bins], rel=1e-12)


def test_the_spread_is_that_of_another_librarys_draws() -> None:
    # A million draws: the tolerances are four standard errors of our ten thousand, and more.
    draw = np.random.default_rng(7).triangular
    requests, cost, share = (draw(*each, 10**6) for each in RANGES.values())
    net = requests * cost * share - 500
    assert FROZEN.p5 == pytest.approx(np.percentile(net, 5), abs=12)
    assert FROZEN.p50 == pytest.approx(np.percentile(net, 50), abs=12)
    assert FROZEN.p95 == pytest.approx(np.percentile(net, 95), abs=30)
    assert FROZEN.chance_to_pay == pytest.approx((net >= 0).mean(), abs=0.017)


def test_the_order_of_ranges_is_irrelevant() -> None:
    backwards = dict(reversed(RANGES.items()))
    assert spread(DEFLECTION, GARTNER, backwards) == spread(DEFLECTION, GARTNER, RANGES)
    assert swings(DEFLECTION, GARTNER, backwards) == swings(DEFLECTION, GARTNER, RANGES)


def test_another_seed_gives_other_draws() -> None:
    assert spread(DEFLECTION, GARTNER, RANGES, seed=2) != spread(DEFLECTION, GARTNER, RANGES)


def test_the_inputs_keep_their_likely_values() -> None:
    inputs = DEFLECTION.inputs_type(requests=100)
    spread(DEFLECTION, inputs, RANGES, draws=10)
    swings(DEFLECTION, inputs, RANGES)
    strongest_nudges(DEFLECTION, inputs)
    assert inputs == DEFLECTION.inputs_type(requests=100)


# The triangular distribution


@each_shape
@untimed
@given(chance=st.floats(0, 1))
def test_a_draw_is_the_quantile_of_its_chance(shape: Range, chance: float) -> None:
    assert _weight_below(triangular(chance, shape), shape) == pytest.approx(chance, abs=1e-7)


def _weight_below(value: float, shape: Range) -> float:
    """Return the triangular distribution's cumulative function, in closed form."""
    low, likely, high = shape
    if value <= likely:
        return (value - low) ** 2 / ((high - low) * (likely - low)) if likely > low else 0.0
    return 1 - (high - value) ** 2 / ((high - low) * (high - likely))


@each_shape
def test_draws_have_the_closed_forms_mean_and_variance(shape: Range) -> None:
    low, likely, high = shape
    chances = [(step + 0.5) / DRAWS for step in range(DRAWS)]
    drawn = [triangular(chance, shape) for chance in chances]
    variance = (low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18
    assert statistics.fmean(drawn) == pytest.approx((low + likely + high) / 3, rel=1e-5)
    assert statistics.pvariance(drawn) == pytest.approx(variance, rel=1e-3)


@pytest.mark.parametrize(
    ("chance", "shape", "value"),
    [
        (0, Range(80, 100, 130), 80),
        (1, Range(80, 100, 130), 130),
        (0.4, Range(80, 100, 130), 100),
        (0.1, Range(80, 100, 130), 90),
        (0.85, Range(80, 100, 130), 115),
        (0, Range(1, 1, 4), 1),
        (0.75, Range(1, 1, 4), 2.5),
        (0.25, Range(-3, 2, 2), -0.5),
        (0.3, Range(7, 7, 7), 7),
        (0.4375, Range(0, 0, 1), 0.25),
    ],
)
def test_a_quantile_by_hand(chance: float, shape: Range, value: float) -> None:
    assert triangular(chance, shape) == pytest.approx(value, rel=1e-12)


@untimed
@given(shape=_ranges(0, 1e6), chance=st.floats(0, 1, exclude_max=True))
def test_a_draw_stays_within_its_range(shape: Range, chance: float) -> None:
    noise = 1e-12 * shape.high
    assert shape.low - noise <= triangular(chance, shape) <= shape.high + noise


@pytest.mark.parametrize("shape", SHAPES[:3], ids=str)
def test_percentiles_of_the_draws_are_the_distributions(shape: Range) -> None:
    found = spread(DEFLECTION, ONE_EACH, {"requests": shape})
    # Four standard errors of a share of 10,000 draws.
    assert _weight_below(found.p5, shape) == pytest.approx(0.05, abs=0.0088)
    assert _weight_below(found.p50, shape) == pytest.approx(0.5, abs=0.02)
    assert _weight_below(found.p95, shape) == pytest.approx(0.95, abs=0.0088)


@pytest.mark.parametrize("shape", SHAPES[:3], ids=str)
def test_each_bin_holds_its_share_of_the_draws(shape: Range) -> None:
    for each in spread(DEFLECTION, ONE_EACH, {"requests": shape}).bins:
        share = _weight_below(min(each.high, shape.high), shape) - _weight_below(each.low, shape)
        # Five standard errors: there are thirty bins.
        error = 5 * math.sqrt(max(share, 1e-4) / DRAWS)
        assert each.count / DRAWS == pytest.approx(share, abs=error)


# Percentiles


@untimed
@given(values=st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=200))
def test_percentiles_are_those_of_the_standard_library(values: list[float]) -> None:
    ordered = sorted(values)
    twentieths = statistics.quantiles(ordered, n=20, method="inclusive")
    for place, expected in enumerate(twentieths, start=1):
        assert percentile(ordered, place / 20) == pytest.approx(expected, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    ("ordered", "fraction", "value"),
    [
        ([7], 0.05, 7),
        ([1, 2, 3, 4, 5], 0.5, 3),
        ([1, 2, 3, 4], 0.5, 2.5),
        ([0, 10], 0.25, 2.5),
        ([0, 10], 0, 0),
        ([0, 10], 1, 10),
    ],
)
def test_a_percentile_by_hand(ordered: list[float], fraction: float, value: float) -> None:
    assert percentile(ordered, fraction) == value


# Bins and the chance to pay


@settings(max_examples=60, deadline=None)
@given(
    requests=_ranges(0, 1e4), cost=_ranges(0, 100), investment=_ranges(0, 1e5), seed=st.integers(1)
)
# Outcomes whose width does not divide them evenly, and one of nothing but 0.
@example(Range(0, 1, 3), Range(0.1, 0.1, 0.1), Range(0.1, 0.1, 0.1), 1)
@example(Range(0, 0, 0), Range(0, 1, 2), Range(0, 0, 0), 1)
def test_bins_hold_all_draws_and_none_lies_across_0(
    requests: Range, cost: Range, investment: Range, seed: int
) -> None:
    ranges = {"requests": requests, "cost_per_request": cost, "investment": investment}
    draws = 300
    found = spread(DEFLECTION, DEFLECTION.inputs_type(), ranges, seed, draws)
    assert sum(each.count for each in found.bins) == draws
    assert all(not each.low < 0 < each.high for each in found.bins)
    assert all(one.high == next_one.low for one, next_one in pairwise(found.bins))
    assert 1 <= len(found.bins) <= BINS + 1
    assert found.bins[0].count > 0
    assert found.bins[-1].count > 0
    assert found.bins[0].low <= found.p5 <= found.p50 <= found.p95
    paying = sum(each.count for each in found.bins if each.low >= 0)
    assert found.chance_to_pay == pytest.approx(paying / draws)


@pytest.mark.parametrize("shape", SHAPES[:3], ids=str)
def test_bins_are_of_equal_width_from_the_least_to_the_greatest(shape: Range) -> None:
    bins = spread(DEFLECTION, ONE_EACH, {"requests": shape}).bins
    assert len(bins) == BINS
    width = (bins[-1].high - bins[0].low) / BINS
    assert [each.high - each.low for each in bins] == pytest.approx([width] * BINS, rel=1e-9)
    # Ten thousand draws come close to both ends.
    assert bins[0].low == pytest.approx(shape.low, abs=0.03 * (shape.high - shape.low))
    assert bins[-1].high == pytest.approx(shape.high, abs=0.03 * (shape.high - shape.low))
    assert bins[0].low >= shape.low
    assert bins[-1].high <= shape.high + 1e-9


def test_an_outcome_at_the_very_end_lies_in_the_last_bin() -> None:
    # Multiples of 6 from -30 to 30: thirty bins of 2, and none for 30 alone.
    bins = spread(IN_STEPS, Steps(), {"steps": Range(-5, 0, 5)}).bins
    assert [each.low for each in bins] == list(range(-30, 30, 2))
    assert bins[-1].high == 30
    assert sum(each.count for each in bins) == DRAWS


@pytest.mark.parametrize("ends", [Range(0, 0, 5), Range(-5, 0, 0)], ids=str)
def test_where_0_is_an_end_there_is_no_bin_more(ends: Range) -> None:
    # 5.5 / (5.5 / 30) is 30.000000000000004 in binary.
    bins = spread(IN_STEPS, Steps(size=1.1), {"steps": ends}).bins
    assert len(bins) == BINS
    assert bins[0].low == pytest.approx(1.1 * ends.low)
    assert bins[-1].high == pytest.approx(1.1 * ends.high)


def test_a_bin_without_a_draw_is_empty() -> None:
    bins = spread(DEFLECTION, ONE_EACH, {"requests": Range(0, 5, 10)}, draws=2).bins
    assert [each.count for each in bins] == [1, *[0] * (BINS - 2), 1]


def test_an_outcome_that_never_moves_is_one_bin() -> None:
    found = spread(DEFLECTION, ONE_EACH, {"repeat_share": Range(0, 0, 0)}, draws=50)
    assert found == Spread(5, 5, 5, 1, (Bin(5, 5, 50),))


@pytest.mark.parametrize(
    ("investment", "chance"),
    [(Range(0, 1, 2), 1), (Range(5, 5, 5), 1), (Range(5.001, 6, 7), 0)],
    ids=["always", "just", "never"],
)
def test_the_chance_to_pay_is_1_or_0_where_it_always_or_never_pays(
    investment: Range, chance: float
) -> None:
    found = spread(DEFLECTION, ONE_EACH, {"investment": investment}, draws=200)
    assert found.chance_to_pay == chance


def test_the_chance_to_pay_is_the_distributions() -> None:
    # 5 requests at 1 each against 4..5..6: half of the draws pay.
    found = spread(DEFLECTION, ONE_EACH, {"investment": Range(4, 5, 6)})
    assert found.chance_to_pay == pytest.approx(0.5, abs=0.02)


# Swings and nudges


def test_swings_are_by_hand_and_the_widest_is_first() -> None:
    found = swings(DEFLECTION, GARTNER, RANGES)
    assert [swing.name for swing in found] == ["cost_per_request", "deflection_share", "requests"]
    # 100 x 0.6 x 5 - 500 and x 20; 100 x 8.01 x 0.3 - 500 and x 1; 80 and 130 x 0.6 x 8.01 - 500.
    by_hand = [(-200, 700), (-259.7, 301), (-115.52, 124.78)]
    assert [(swing.at_low, swing.at_high) for swing in found] == [
        pytest.approx(ends, rel=1e-12) for ends in by_hand
    ]
    assert [swing.size for swing in found] == pytest.approx([900, 560.7, 240.3])


def test_a_swing_downwards_has_a_size_too() -> None:
    found = swings(DEFLECTION, ONE_EACH, {"investment": Range(1, 2, 4)})
    assert found == (Swing("investment", 4, 1),)
    assert found[0].size == 3


def test_the_worst_and_the_best_ends_are_those_of_the_outcome() -> None:
    ranges = {"requests": Range(80, 100, 130), "investment": Range(400, 500, 700)}
    worst, best = extremes(DEFLECTION, DEFLECTION.inputs_type(), ranges)
    assert worst == {"requests": 80, "investment": 700}
    assert best == {"requests": 130, "investment": 400}


def test_an_input_that_does_not_matter_has_its_ends_in_order() -> None:
    inputs = DEFLECTION.inputs_type(requests=0)
    ranges = {"cost_per_request": Range(1, 2, 3)}
    ends = extremes(DEFLECTION, inputs, ranges)
    assert ends == ({"cost_per_request": 1}, {"cost_per_request": 3})


@pytest.mark.parametrize(
    ("changes", "nudges"),
    [
        # 110 x 20 - 500; all are avoided already, 450 would save but 50, and what a request costs
        # elsewhere is not ours to change.
        ({}, [("requests", 1700, True)]),
        (
            {"deflection_share": 0.5},
            [("requests", 600, True), ("deflection_share", 600, True)],
        ),
        # 0.95 x 1.1 is more than all: 1 x 2,000 - 500 is less than 1,900 x 1.1 - 500.
        (
            {"deflection_share": 0.95},
            [("requests", 1590, True)],
        ),
        # 2,000 - 2,700 is more than 2,200 - 3,000.
        ({"investment": 3000}, [("investment", -700, False)]),
        # 0.75 x 0.9 repeats leave 650 of 2,000; a tenth more of 500 is 550.
        ({"repeat_share": 0.75}, [("repeat_share", 150, False)]),
        ({"requests": 0, "investment": 0}, []),
        # A tenth more of nothing is nothing, but a tenth less investment is something.
        ({"requests": 0}, [("investment", -450, False)]),
        ({"cost_per_request": 0, "investment": 0}, []),
    ],
)
def test_the_strongest_nudge_by_hand(
    changes: Mapping[str, Any], nudges: list[tuple[str, float, bool]]
) -> None:
    found = strongest_nudges(DEFLECTION, DEFLECTION.inputs_type(**changes))
    assert [(nudge.name, nudge.is_more) for nudge in found] == [
        (name, is_more) for name, _, is_more in nudges
    ]
    assert [nudge.outcome for nudge in found] == pytest.approx([each for _, each, _ in nudges])


def test_a_share_of_a_mix_is_never_nudged_alone() -> None:
    mix = DEFLECTION.inputs_type(
        cost_per_request=None, phone_share=0.9, phone_cost=20, chat_share=0.1, chat_cost=0
    )
    assert [nudge.name for nudge in strongest_nudges(DEFLECTION, mix)] == ["requests"]


def test_what_was_measured_in_the_past_is_not_nudged() -> None:
    # Nobody can change how long contacts took before.
    handling_time = CALCULATORS["handling-time"]
    inputs = handling_time.inputs_type(minutes_before=10, minutes_after=9)
    names = [nudge.name for nudge in strongest_nudges(handling_time, inputs)]
    assert names == ["minutes_after"]


def test_a_loss_is_not_nudged() -> None:
    # A tenth less of it would matter most, but which way is less of a loss?
    programme = CALCULATORS["programme"]
    inputs = programme.inputs_type(deflection_saving=10, chaser_saving=-900, one_off_cost=0)
    assert [nudge.name for nudge in strongest_nudges(programme, inputs)] == ["monthly_cost"]


# What grows with the requests

# 16 hours at 20 for 100 requests are 3.20 a request, whatever their number.
PARTS: Final = {"investment": None, "tool_cost": 100, "advertising": 80}
BY_HOURS: Final = DEFLECTION.inputs_type(**PARTS, staff_hours=16, hourly_rate=20, staff_grows="yes")
BY_REQUEST: Final = DEFLECTION.inputs_type(**PARTS, request_cost=3.2)
MORE_OR_FEWER: Final = {"requests": Range(40, 100, 300)}


def test_draws_take_hours_that_grow_as_a_cost_of_each_request() -> None:
    by_hours, by_request = (
        spread(DEFLECTION, inputs, MORE_OR_FEWER) for inputs in (BY_HOURS, BY_REQUEST)
    )
    for name in ("p5", "p50", "p95", "chance_to_pay"):
        assert getattr(by_hours, name) == pytest.approx(getattr(by_request, name), rel=1e-12)
    fixed = spread(DEFLECTION, replace(BY_HOURS, staff_grows="no"), MORE_OR_FEWER)
    assert fixed.p95 > by_hours.p95 + 100


def test_hours_that_grow_are_drawn_for_the_requests_that_were_given() -> None:
    # 200 requests, surely, at 16 hours for each 100: 4,000 - 180 - 640.
    twice = {"requests": Range(200, 200, 200), "staff_hours": Range(16, 16, 16)}
    assert spread(DEFLECTION, BY_HOURS, twice).p50 == pytest.approx(3180)


def test_a_swing_and_a_nudge_take_the_hours_along() -> None:
    # 40 x 20 - 180 - 40 x 3.20 and 300 x 20 - 180 - 300 x 3.20; 110 x 20 - 180 - 352.
    (swing,) = swings(DEFLECTION, BY_HOURS, MORE_OR_FEWER)
    assert (swing.at_low, swing.at_high) == pytest.approx((492, 4860))
    (nudge,) = strongest_nudges(DEFLECTION, BY_HOURS)
    assert nudge.name == "requests"
    assert nudge.outcome == pytest.approx(1668)


def test_the_worst_ends_take_the_hours_along() -> None:
    ranges = {"requests": Range(40, 100, 300), "staff_hours": Range(10, 16, 20)}
    worst, best = extremes(DEFLECTION, BY_HOURS, ranges)
    # 20 hours for 100 requests are 8 for 40; 10 are 30 for 300.
    assert worst == {"requests": 40, "staff_hours": 8}
    assert best == {"requests": 300, "staff_hours": 30}
    assert DEFLECTION.outcome_for(changed(DEFLECTION, BY_HOURS, worst)) == 40 * 20 - 180 - 160


# Outcomes that are not defined


def test_draws_without_an_outcome_are_counted_apart() -> None:
    found = spread(ONLY_UP, Steps(), {"steps": Range(-5, 0, 5)})
    assert found.undefined_share == pytest.approx(0.5, abs=0.02)
    assert sum(each.count for each in found.bins) == round(DRAWS * (1 - found.undefined_share))
    assert found.chance_to_pay == 1
    # The upper half falls from 0 to 5: its median is 5 - sqrt(12.5).
    assert found.p50 == pytest.approx(5 - math.sqrt(12.5), abs=0.1)


def test_a_spread_of_defined_outcomes_misses_none() -> None:
    assert spread(ONLY_UP, Steps(), {"steps": Range(1, 2, 5)}, draws=50).undefined_share == 0


def test_no_draw_with_an_outcome_is_an_error_that_names_the_calculator() -> None:
    with pytest.raises(NoOutcomeError, match="only-up"):
        spread(ONLY_UP, Steps(), {"steps": Range(-5, -4, -3)}, draws=50)


@pytest.mark.parametrize("steps", [Range(-5, 1, 5), Range(-5, -3, 0), Range(-5, -4, -3)], ids=str)
def test_a_range_to_where_nothing_is_defined_has_no_swing(steps: Range) -> None:
    assert swings(ONLY_UP, Steps(1), {"steps": steps})[:1] == ()


def test_what_leads_to_where_nothing_is_defined_is_no_nudge() -> None:
    assert strongest_nudges(ONLY_UP, Steps(-1)) == ()
    assert [nudge.name for nudge in strongest_nudges(ONLY_UP, Steps(1))] == ["steps"]


@settings(max_examples=60, deadline=None)
@given(
    requests=st.floats(0, 1e6),
    cost=st.floats(0, 1e3),
    investment=st.floats(0, 1e6),
    share=st.floats(0, 1),
)
def test_no_nudge_beats_the_strongest(
    requests: float, cost: float, investment: float, share: float
) -> None:
    inputs = DEFLECTION.inputs_type(requests, cost, investment, share)
    found = strongest_nudges(DEFLECTION, inputs)
    assume(found)
    others = [
        requests * 1.1 * cost * share - investment,
        requests * cost * min(1, share * 1.1) - investment,
        requests * cost * share - investment * 0.9,
    ]
    assert found[0].outcome == pytest.approx(max(others), rel=1e-9, abs=1e-6)
