"""The arithmetic of savings, returns and break-evens: pure functions on floats.

Money is in one currency and volumes belong to one period (a month, unless the caller says
otherwise); every function keeps the period it is given. Savings and costs are positive, a net loss
is negative. A figure that is not defined is None, never 0 or infinity. No words, no formats, no
input checks: those belong to the schema and the language.
"""

import math
from typing import Final

MONTHS_PER_YEAR: Final = 12


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


def net_saving(gross: float, investment: float) -> float:
    """Return the saving left once the investment is paid, A x B - C; negative is a loss.

    The sources call this sum of money "the ROI"; finance calls it the net benefit.
    Source: Hootsuite, the same article, step 3.

    >>> net_saving(2000, 500)
    1500
    """
    net = gross - investment
    # 0.1 x 3 - 0.3 leaves 5.6e-17 in binary, which is neither a gain nor a loss.
    return 0.0 if math.isclose(gross, investment, rel_tol=1e-12) else net


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


def break_even_requests(investment: float, saving_per_request: float) -> float | None:
    """Return the fewest whole requests whose saving pays for the investment.

    saving_per_request: B, or B x d x (1 - l) where not every request is kept off the other channel.
    The whole investment is taken as fixed: it would be spent however many requests came. None
    where a request saves nothing, since no number of them would pay.
    Source: cost-volume-profit analysis: fixed cost / contribution a unit, rounded up.

    >>> break_even_requests(500, 20)
    25
    """
    if saving_per_request == 0:
        return None
    exact = investment / saving_per_request
    # 1.1 / 0.1 is 11.000000000000002 in binary: a hair above a whole number is that number.
    return math.ceil(exact * (1 - 1e-12))


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
