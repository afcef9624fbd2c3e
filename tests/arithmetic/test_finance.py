"""The arithmetic alone: values in time against other people's libraries, the rest by hand."""

import math
from collections.abc import Sequence
from itertools import accumulate

import numpy_financial  # type: ignore[import-untyped] # it has no types
import pytest
import pyxirr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from roi_calc.arithmetic import finance, service

AMOUNTS = st.integers(1, 10**7).map(lambda cents: cents / 100)
FLOWS = st.lists(st.one_of(st.just(0.0), AMOUNTS, AMOUNTS.map(lambda amount: -amount)), max_size=37)
RATES_PER_MONTH = st.floats(0, 0.06)

untimed = settings(deadline=None)


def _outlay_then_income(outlays: Sequence[float], incomes: Sequence[float]) -> list[float]:
    return [*(-each for each in outlays), *incomes]


# An outlay or a few, then an income each month: the one turn that an investment has.
INVESTMENTS = st.builds(
    _outlay_then_income,
    st.lists(AMOUNTS, min_size=1, max_size=3),
    st.lists(AMOUNTS, min_size=1, max_size=36),
)


@untimed
@given(flows=FLOWS, rate=RATES_PER_MONTH)
def test_net_present_value_is_that_of_two_libraries(flows: list[float], rate: float) -> None:
    value = finance.net_present_value(rate, flows)
    assume(flows)
    noise = 1e-9 * max(map(abs, flows))
    assert value == pytest.approx(numpy_financial.npv(rate, flows), rel=1e-9, abs=noise)
    assert value == pytest.approx(pyxirr.npv(rate, flows), rel=1e-9, abs=noise)


def test_nothing_is_worth_nothing() -> None:
    assert finance.net_present_value(0.1, []) == 0


@untimed
@given(flows=INVESTMENTS, sign=st.sampled_from([1, -1]))
def test_the_internal_rate_of_return_is_that_of_two_libraries(
    flows: list[float], sign: int
) -> None:
    turned = [sign * flow for flow in flows]
    rate = finance.internal_rate_of_return(turned)
    assume(rate is not None)
    assert rate is not None
    # Far from 0 one library or the other gives up or finds no more than a few digits.
    assume(-0.5 < rate < 2)
    assert rate == pytest.approx(numpy_financial.irr(turned), rel=1e-6, abs=1e-8)
    assert rate == pytest.approx(pyxirr.irr(turned), rel=1e-6, abs=1e-8)


@untimed
@given(flows=INVESTMENTS)
def test_at_its_internal_rate_of_return_an_investment_is_worth_nothing(flows: list[float]) -> None:
    rate = finance.internal_rate_of_return(flows)
    assume(rate is not None)
    assert rate is not None
    discounted = [abs(flow) / (1 + rate) ** month for month, flow in enumerate(flows)]
    value = finance.net_present_value(rate, flows)
    assert value == pytest.approx(0, abs=1e-9 * math.fsum(discounted))


@untimed
@given(flows=INVESTMENTS, factor=st.sampled_from([1e-3, 0.5, 7, 1e6]))
def test_the_internal_rate_of_return_has_no_size(flows: list[float], factor: float) -> None:
    rate = finance.internal_rate_of_return(flows)
    assume(rate is not None)
    assert rate == pytest.approx(
        finance.internal_rate_of_return([factor * flow for flow in flows]), rel=1e-9, abs=1e-12
    )


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ([-100, 110], 0.1),
        ([100, -110], 0.1),
        ([0, -100, 0, 121], 0.1),
        ([-100, 100], 0),
        ([-100, 50], -0.5),
        ([-100, 1], -0.99),
        ([-1, 10], 9),
        ([-1, 11], 10),
        ([-100, 0.0002], -0.999998),
        ([-1000, *[0] * 35, 1000 * 1.01**36], 0.01),
    ],
)
def test_an_internal_rate_of_return_by_hand(flows: list[float], rate: float) -> None:
    assert finance.internal_rate_of_return(flows) == pytest.approx(rate, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("flows", "why"),
    [
        ([], "nothing flows"),
        ([0, 0], "nothing flows"),
        ([1500] * 12, "only income, as in the worked month"),
        ([0, 1500, 1500], "only income"),
        ([-6000, -500, -500], "only outlay"),
        ([-100, 230, -132], "two turns: 10 % and 20 % are both right"),
        ([-100, 60, -10, 60], "three turns"),
        ([100, -10, 5], "two turns, income first"),
        ([-1, 11.001], "above 1,000 %"),
        ([-1, 1500], "150,000 % a month"),
        ([1, -11.001], "above 1,000 %, income first"),
        ([-1e9, 1], "below -99.9999 %"),
        ([1e9, -1], "below -99.9999 %, income first"),
    ],
)
def test_the_internal_rate_of_return_is_undefined(flows: list[float], why: str) -> None:
    assert finance.internal_rate_of_return(flows) is None, why


@untimed
@given(flows=FLOWS)
def test_without_just_one_turn_there_is_no_internal_rate_of_return(flows: list[float]) -> None:
    turns = _turns(flows)
    assert finance.sign_changes(flows) == turns
    assert turns == 1 or finance.internal_rate_of_return(flows) is None


def _turns(flows: Sequence[float]) -> int:
    """Count the turns by walking through the flows."""
    turns, last = 0, 0.0
    for flow in flows:
        if flow * last < 0:
            turns += 1
        last = flow or last
    return turns


@untimed
@given(flows=st.lists(st.integers(-1000, 1000), max_size=37))
def test_payback_is_the_first_month_from_which_nothing_is_owed(flows: list[int]) -> None:
    totals = list(accumulate(flows))
    months = [month for month in range(len(totals)) if all(total >= 0 for total in totals[month:])]
    assert finance.payback_month(flows) == min(months, default=None)


@untimed
@given(cents=st.lists(st.integers(-1000, 1000), max_size=37))
def test_binary_fractions_do_not_move_the_payback(cents: list[int]) -> None:
    flows = [cent / 100 for cent in cents]
    assert finance.payback_month(flows) == finance.payback_month(cents)


@pytest.mark.parametrize(
    ("flows", "month"),
    [
        ([0, 1500], 0),
        ([1500, 1500], 0),
        ([-6000, 6000], 1),
        ([-6000, *[1500] * 12], 4),
        ([-100, 200, -150, 60], 3),
        ([100, -50, 0], 0),
        ([-6000, *[500] * 11], None),
        ([0, -100, 400], 2),
        ([-0.3, 0.1, 0.1, 0.1], 3),
        ([], None),
    ],
)
def test_payback_by_hand(flows: list[float], month: int | None) -> None:
    assert finance.payback_month(flows) == month


@untimed
@given(flows=st.lists(AMOUNTS | AMOUNTS.map(lambda amount: -amount), max_size=37))
def test_the_running_total_is_that_of_whole_cents(flows: list[float]) -> None:
    cents = accumulate(round(flow * 100) for flow in flows)
    assert finance.cumulative(flows) == pytest.approx([cent / 100 for cent in cents], abs=1e-6)


@untimed
@given(rate=st.floats(0, 1))
def test_twelve_months_at_the_monthly_rate_are_a_year(rate: float) -> None:
    assert (1 + finance.discount_rate_per_month(rate)) ** 12 == pytest.approx(1 + rate, rel=1e-12)


# Down to the least that is read, where 1 - (1 - c) would keep few digits.
SHARES_LOST = st.floats(0, 1).map(lambda share: round(share, 4)) | st.sampled_from(
    [1e-11, 1e-9, 1e-7, 1e-6]
)


@untimed
@given(
    margin=AMOUNTS,
    churn=SHARES_LOST,
    periods=st.integers(0, 60),
    rate=SHARES_LOST,
)
def test_a_lifetime_value_is_the_margin_at_the_start_of_each_period(
    margin: float, churn: float, periods: int, rate: float
) -> None:
    left = (1 - churn) / (1 + rate)
    by_period = math.fsum(margin * left**period for period in range(periods))
    value = finance.customer_lifetime_value(margin, churn, periods, rate)
    assert value == pytest.approx(by_period, rel=1e-9)


@untimed
@given(months=st.integers(0, 36), month=st.integers(1, 36))
def test_the_ramp_grows_evenly_to_the_full_effect(months: int, month: int) -> None:
    reached = finance.ramp(month, months)
    assert reached == pytest.approx(min(month, months + 1) / (months + 1))


@pytest.mark.parametrize(
    ("gross", "investment", "net"),
    [
        (2000, 500, 1500),
        (400, 500, -100),
        (0.1 * 3, 0.3, 0),
        (0.3, 0.1 * 3, 0),
        (0, 0, 0),
        (1e18, 1e18 - 1e6, 0),
        # A hair is noise; a cent in ten thousand million is money.
        (10_000_000_000.01, 10_000_000_000, 0.01),
        (10_000_000_000, 10_000_000_000.01, -0.01),
    ],
)
def test_a_net_saving_is_never_binary_noise(gross: float, investment: float, net: float) -> None:
    assert finance.net_saving(gross, investment) == pytest.approx(net, rel=1e-3, abs=0)


@pytest.mark.parametrize(
    ("fixed", "saving", "cost", "fewest"),
    [
        (500, 20, 0, 25),
        (500, 20, 10, 50),
        (501, 20, 0, 26),
        (1.1, 0.1, 0, 11),
        (500, 0.3, 0.1 * 3, None),
        (500, 20, 20, None),
        (500, 20, 21, None),
        (500, 0, 0, None),
        (500, -1, 0, None),
        (0, 20, 10, 0),
        (0, 20, 20, None),
        # What is earned by each is small, but real.
        (1, 1_000_000.01, 1_000_000, 100),
        # Just above a whole number is above it.
        (500.000001, 20, 0, 26),
    ],
)
def test_break_even_requests_by_hand(
    fixed: float, saving: float, cost: float, fewest: int | None
) -> None:
    assert finance.break_even_requests(fixed, saving, cost) == fewest


@pytest.mark.parametrize(
    ("investment", "saving", "share"),
    [
        (500, 2000, 0.25),
        (500, 400, 1.25),
        (0, 2000, 0),
        (500, 0, None),
        (0, 0, None),
        (4.9, 7 * 0.7, 1),
        (1.0001, 1, 1.0001),
        (100.0000001, 100, 1.000000001),
    ],
)
def test_break_even_share_by_hand(investment: float, saving: float, share: float | None) -> None:
    expected = None if share is None else pytest.approx(share, rel=1e-15)
    assert finance.break_even_share(investment, saving) == expected


def test_a_mix_needs_a_cost_for_each_share() -> None:
    with pytest.raises(ValueError, match="shorter"):
        finance.mixed_cost([0.5, 0.5], [20])


def test_there_is_no_rest_where_all_contacts_go_elsewhere() -> None:
    assert service.handling_time_of_the_rest(6, 1, 3) is None


def test_no_easy_contacts_are_no_change_and_not_minus_none() -> None:
    change = service.workload_change(6.0, 0.0, 3.0)
    assert change is not None
    assert math.copysign(1, change) == 1
