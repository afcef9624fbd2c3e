"""The arithmetic of savings, returns and break-evens: pure functions on floats.

Money is in one currency and volumes belong to one period (a month, unless the caller says
otherwise); every function keeps the period it is given. Savings and costs are positive, a net loss
is negative. A figure that is not defined is None, never 0 or infinity. No words, no formats, no
input checks: those belong to the schema and the language.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from roi_calc.arithmetic.noise import difference, rounded_up

# A year has 365.25 / 7 weeks, taken to two decimals as the guide and every working write them:
# what is printed is what was multiplied.
PERIODS_PER_YEAR: Final[Mapping[str, float]] = {"week": 52.18, "month": 12, "quarter": 4, "year": 1}
MONTHS_PER_YEAR: Final = 12

# Of two costs of one request: what is nearer than this is the same.
_SAME_EACH: Final = 1e-9
_IRR_STEPS: Final = 200
_RATE_LIMITS: Final = (-0.999999, 10.0)


def avoided_requests(requests: float, deflection_share: float, repeat_share: float) -> float:
    """Return how many requests were really kept off the other channel, A x d x (1 - l), a period.

    deflection_share: the fraction that would otherwise have gone there. repeat_share: the fraction
    of those that went there all the same, after the answer on social media.

    >>> avoided_requests(100, 0.5, 0.5)
    25.0
    """
    return requests * deflection_share * (1 - repeat_share)


def gross_saving(requests: float, cost_per_request: float) -> float:
    """Return what the same requests would have cost elsewhere, A x B, per period.

    requests: kept off the other channel in the period. cost_per_request: money a request there.
    Source: Hootsuite, "3 Steps to Proving the ROI of Social Customer Service", step 3.

    >>> gross_saving(100, 20)
    2000
    """
    return requests * cost_per_request


def mixed_cost(shares: Sequence[float], costs: Sequence[float]) -> float:
    """Return the average cost of a request that takes one of several channels, sum of w x b.

    shares: the fraction of the requests in each channel; they must add up to 1. costs: money a
    request in each, in the same order.

    >>> mixed_cost([0.5, 0.3, 0.2], [20, 8, 5])
    13.4
    """
    return math.fsum(share * cost for share, cost in zip(shares, costs, strict=True))


def net_saving(gross: float, investment: float) -> float:
    """Return the saving left once the investment is paid, A x B - C; negative is a loss.

    The sources call this sum of money "the ROI"; finance calls it the net benefit.
    Source: Hootsuite, the same article, step 3.

    >>> net_saving(2000, 500)
    1500
    """
    return difference(gross, investment)


def return_on_investment(net: float, investment: float) -> float | None:
    """Return the net saving as a fraction of the investment; None where nothing was invested.

    Source: Petouhoff & Herrmann, "Focus on Social Customer Service ROI" (2011):
    ROI = (gains - costs) / costs.

    >>> return_on_investment(1500, 500)
    3.0
    """
    if investment == 0:
        return None
    return net / investment


def cash(saving: float, cashable_share: float | None) -> float | None:
    """Return the part of a saving that leaves a budget, V x B x k; None where k is not known.

    cashable_share: the fraction of the cost that is no longer paid once the work is gone, k.
    Source: HM Treasury, "Guide to Developing the Project Business Case" (2018): cash-releasing
    benefits are those by which a budget falls.

    >>> cash(2000, 0.4)
    800.0
    """
    return None if cashable_share is None else saving * cashable_share


def capacity(saving: float, cashable_share: float | None) -> float:
    """Return the part of a saving that frees time and no money, V x B x (1 - k).

    All of it where k is not known: what no budget shows has not been saved.
    Source: as in cash(), on benefits that release no cash.

    >>> capacity(2000, 0.4)
    1200.0
    >>> capacity(2000, None)
    2000
    """
    return saving if cashable_share is None else saving * (1 - cashable_share)


def benefit_cost_ratio(gross: float, investment: float) -> float | None:
    """Return the saving for each unit of money invested, 1 + ROI; None without an investment.

    Source: HM Treasury, The Green Book: benefits divided by costs.

    >>> benefit_cost_ratio(2000, 500)
    4.0
    """
    if investment == 0:
        return None
    return gross / investment


def cost_per_resolution(investment: float, requests: float) -> float | None:
    """Return what one request resolved on social media costs; None where none was resolved.

    Source: Dan Gingiss, Forbes: cost per resolution = cost of the period / its resolutions.

    >>> cost_per_resolution(500, 100)
    5.0
    """
    if requests == 0:
        return None
    return investment / requests


def break_even_requests(
    fixed_cost: float, saving_per_request: float, cost_per_request: float = 0
) -> float | None:
    """Return the fewest whole requests whose saving pays for what is invested.

    fixed_cost: what is spent however many requests come, F. saving_per_request: B x d x (1 - l).
    cost_per_request: what each one resolved costs on top, v. None where a request saves no more
    than it costs, since no number of them would pay.
    Source: cost-volume-profit analysis: fixed cost / contribution a unit, rounded up.

    >>> break_even_requests(500, 20)
    25.0
    >>> break_even_requests(500, 20, 10)
    50.0
    """
    contribution = difference(saving_per_request, cost_per_request)
    return rounded_up(fixed_cost / contribution) if contribution > 0 else None


def crossing(fixed: float, each: float, other_fixed: float, other_each: float) -> float | None:
    """Return the requests at which two options cost the same, (F2 - F1) / (v1 - v2), a period.

    fixed, each: what one option costs however many requests come, and for each of them; other_: the
    same of the other. None where each request costs the same with both, so that one is always the
    cheaper, and where they would meet below no requests.
    Source: cost-volume-profit analysis: where two lines of cost meet.

    >>> crossing(1000, 2, 0, 4)
    500.0
    """
    # A hair of binary fractions is no difference.
    if abs(each - other_each) <= _SAME_EACH:
        return None
    requests = (other_fixed - fixed) / (each - other_each)
    return requests + 0.0 if requests >= 0 else None


def sum_of_growth(rate: float, periods: float) -> float:
    """Return how many times the first period's volume comes in so many periods of growth.

    rate: by which fraction each period is larger than the one before, above -1. It is
    ((1 + g)^k - 1) / g, and k where nothing grows.
    Source: the geometric series.

    >>> round(sum_of_growth(0.1, 3), 2)
    3.31
    >>> sum_of_growth(0, 3)
    3
    """
    if rate == 0:
        return periods
    return math.expm1(periods * math.log1p(rate)) / rate


def break_even_cost_per_request(investment: float, avoided: float) -> float | None:
    """Return the cost elsewhere at which the saving just pays; None where none was avoided.

    It is the switching value of B: C / (A x d x (1 - l)).

    >>> break_even_cost_per_request(500, 100)
    5.0
    """
    if avoided == 0:
        return None
    return investment / avoided


def break_even_share(investment: float, largest_saving: float) -> float | None:
    """Return the share of the requests that must otherwise have gone to the other channel.

    largest_saving: the gross saving if all of them would have, A x B x (1 - l). 0.25 means that it
    pays if one in four would otherwise have called; above 1 it cannot pay. None where there is no
    saving to take a share of. It is the switching value of the deflection rate.

    >>> break_even_share(500, 2000)
    0.25
    """
    if largest_saving == 0:
        return None
    # Just all of them is all of them, though binary fractions say a hair more.
    if math.isclose(investment, largest_saving, rel_tol=1e-12):
        return 1.0
    return investment / largest_saving


def loaded_rate(
    wage_per_hour: float, benefits_share: float, utilisation: float, overhead_per_hour: float = 0
) -> float:
    """Return what an hour of work costs: (wage / (1 - benefits share) + overhead) / utilisation.

    benefits_share: the fraction of the total pay that is benefits and contributions, below 1.
    utilisation: the fraction of the paid hours that is worked on contacts, above 0.
    overhead_per_hour: what else a paid hour costs, such as space and equipment.
    Source: US Bureau of Labor Statistics, Employer Costs for Employee Compensation (the two parts
    of pay); MetricNet and HDI (utilisation).

    >>> round(loaded_rate(20.59, 0.295, 0.8), 2)
    36.51
    """
    return (wage_per_hour / (1 - benefits_share) + overhead_per_hour) / utilisation


def margin_kept(
    customers: float, churn_before: float, churn_after: float, margin: float, attribution: float
) -> float:
    """Return the gross margin of the customers who stayed, per period; negative if more left.

    customers: touched in the period. churn_before, churn_after: the fraction of them that leaves.
    margin: gross margin a customer leaves in the period. attribution: the fraction of the change
    that is put down to the service.
    Source: Institute of Customer Service, ROI toolkit.

    >>> round(margin_kept(1000, 0.05, 0.04, 60, 0.5), 9)
    300.0
    """
    return customers * difference(churn_before, churn_after) * margin * attribution


def customer_lifetime_value(
    margin: float, churn: float, periods: float, discount_rate: float = 0
) -> float:
    """Return the margin a customer leaves until they go, or until the horizon.

    The margin comes at the start of each period, the first time now, and from each to the next the
    fraction `churn` leaves: the sum of m x q^t for t from 0 to h - 1 with
    q = (1 - c) / (1 + r), which is m x (1 - q^h) / (1 - q); m x h where q is 1.

    periods: the horizon h; a fraction of one counts as the power has it. discount_rate: r, of one
    period. Without a horizon and a rate it would be m / c.
    Source: the geometric series.

    >>> round(customer_lifetime_value(100, 0.09, 5), 2)
    417.74
    >>> customer_lifetime_value(60, 0, 10)
    600
    >>> round(customer_lifetime_value(100, 0.09, 5, 0.1), 2)
    354.62
    """
    lost = share_lost(churn, discount_rate)
    if lost == 0:
        return margin * periods
    if lost == 1:  # all of it comes now
        return margin if periods else 0.0
    # 1 - q^h as it stands would leave few digits of a share of nearly nothing.
    return margin * -math.expm1(periods * math.log1p(-lost)) / lost


def share_lost(churn: float, discount_rate: float = 0) -> float:
    """Return what is gone of a margin from one period to the next, 1 - (1 - c) / (1 + r).

    >>> share_lost(0.25)
    0.25
    """
    return (churn + discount_rate) / (1 + discount_rate)


def risk_adjusted(benefits: Iterable[float], haircut: float) -> float:
    """Return what benefits come to once risk is taken off each gain: sum of b x (1 - h), and loss.

    benefits: amounts of one period; a negative one is a loss, which is as certain as it is bad and
    is counted in full. haircut: the fraction of each gain that may fail to come, h.
    Source: Forrester, Total Economic Impact, adjusts each benefit for risk before it adds them.

    >>> risk_adjusted([2000, -500], 0.5)
    500.0
    """
    return sum(
        (benefit * (1 - haircut) if benefit > 0 else benefit for benefit in benefits), start=0.0
    )


def ramp(month: int, months_to_full: float) -> float:
    """Return the fraction of the full effect that is reached in a month, the first being 1.

    months_to_full: how many months pass before the first with the full effect; it grows evenly.

    >>> [ramp(month, 3) for month in (1, 2, 3, 4, 5)]
    [0.25, 0.5, 0.75, 1.0, 1.0]
    """
    return min(1.0, month / (months_to_full + 1))


def discount_rate_per_month(rate_per_year: float) -> float:
    """Return the monthly rate that compounds to the yearly one, (1 + r)^(1/12) - 1.

    >>> round(discount_rate_per_month(0.1), 8)
    0.00797414
    """
    return float((1 + rate_per_year) ** (1 / MONTHS_PER_YEAR)) - 1


def net_present_value(rate: float, cash_flows: Sequence[float]) -> float:
    """Return what a series of cash flows is worth today.

    rate: per period of the series. cash_flows[0] is today and is not discounted; inflows are
    positive.

    >>> round(net_present_value(discount_rate_per_month(0.1), [-6000, *[1500] * 12]), 2)
    11100.73
    """
    return math.fsum(present_values(rate, cash_flows))


def present_values(rate: float, cash_flows: Sequence[float]) -> list[float]:
    """Return what each cash flow is worth today, flow / (1 + rate)^period; the first is today's.

    >>> present_values(1, [-100, 60, 60])
    [-100.0, 30.0, 15.0]
    """
    return [flow / (1 + rate) ** period for period, flow in enumerate(cash_flows)]


def payback_month(cash_flows: Sequence[float]) -> int | None:
    """Return the first period by which the cumulative cash flow is no longer below 0.

    cash_flows[0] is today, so 0 means at once. None where that never happens; a series that falls
    below 0 again later has not paid back.

    >>> payback_month([-6000, *[1500] * 12])
    4
    """
    paid_back = None
    for period, total in enumerate(cumulative(cash_flows)):
        if total < 0:
            paid_back = None
        elif paid_back is None:
            paid_back = period
    return paid_back


def cumulative(cash_flows: Sequence[float]) -> list[float]:
    """Return the running total of a series, free of binary noise.

    >>> cumulative([-0.3, 0.1, 0.1, 0.1])[-1]
    0.0
    """
    totals = []
    size = math.fsum(abs(flow) for flow in cash_flows)
    for last in range(1, len(cash_flows) + 1):
        total = math.fsum(cash_flows[:last])
        totals.append(0.0 if abs(total) <= 1e-12 * size else total)
    return totals


def sign_changes(cash_flows: Sequence[float]) -> int:
    """Return how often a series turns from inflow to outflow or back; zeros do not count.

    >>> sign_changes([-100, 0, 60, -10, 60])
    3
    """
    signs = [flow > 0 for flow in cash_flows if flow]
    return sum(one != next_one for one, next_one in zip(signs[:-1], signs[1:], strict=True))  # noqa: RUF007 - only math is imported here


def internal_rate_of_return(cash_flows: Sequence[float]) -> float | None:
    """Return the rate per period at which the net present value is 0.

    None unless the series turns exactly once, from outflow to inflow or back: without a turn there
    is no such rate, with several there may be several. None too for one above 1,000 % a period or
    below -99.9999 %, which says nothing.

    >>> round(internal_rate_of_return([-100, 60, 60]), 6)
    0.130662
    """
    if sign_changes(cash_flows) != 1:
        return None
    first = next(flow for flow in cash_flows if flow)

    def is_below_the_root(rate: float) -> bool:
        # Beyond it the value has the sign of the first flow: the others count for less and less.
        value = net_present_value(rate, cash_flows)
        return value < 0 < first or first < 0 < value

    low, high = _RATE_LIMITS
    if is_below_the_root(high) or not is_below_the_root(low):
        return None
    for _ in range(_IRR_STEPS):
        middle = (low + high) / 2
        if is_below_the_root(middle):
            low = middle
        else:
            high = middle
    return (low + high) / 2
