"""A month as it was planned and as it came, and why the two net savings differ; money a month."""

import math
from dataclasses import dataclass, fields
from typing import NamedTuple

from roi_calc.arithmetic import finance


@dataclass(frozen=True)
class Figures:
    """What a month's net saving is made of: A, C, d, r and B, named as the inputs are.

    requests: resolved in the month. investment: money spent in it. deflection_share: the fraction
    of the requests that would otherwise have gone to the other channel. repeat_share: the fraction
    of those that went there all the same. cost_per_request: money for one of them there.
    """

    requests: float
    investment: float
    deflection_share: float
    repeat_share: float
    cost_per_request: float

    @property
    def avoided_share(self) -> float:
        """The fraction of the requests that was kept off the other channel, s = d x (1 - r)."""
        return finance.avoided_requests(1, self.deflection_share, self.repeat_share)

    @property
    def net_saving(self) -> float:
        """What is left of the cost avoided once the investment is paid; negative is a loss."""
        avoided = finance.avoided_requests(self.requests, self.deflection_share, self.repeat_share)
        gross = finance.gross_saving(avoided, self.cost_per_request)
        return finance.net_saving(gross, self.investment)


# The inputs that a month has of its own, in the order of its columns.
NAMES = tuple(each.name for each in fields(Figures))


class Causes(NamedTuple):
    """What of a difference between two net savings comes from where, money; they add up to it.

    requests: of the number resolved. avoided_share: of the share kept off the other channel.
    cost_per_request: of what one costs there. investment: of what was spent; more of it is
    negative.
    """

    requests: float
    avoided_share: float
    cost_per_request: float
    investment: float

    @property
    def total(self) -> float:
        """The difference; positive where more came than was planned."""
        return math.fsum(self)


def causes(plan: Figures, actual: Figures) -> Causes:
    """Return why the actual net saving of a month is not the planned one.

    With A requests, s the share kept away, B the cost of one and C the investment, 0 planned and 1
    actual: (A1-A0) s0 B0, A1 (s1-s0) B0, A1 s1 (B1-B0) and -(C1-C0).
    Source: cost accounting, the volume, mix and price variances of a flexible budget; what one
    factor after the other changes, in this order, so that nothing is left over.

    >>> plan = Figures(430, 2200, 0.6, 0.1, 12)
    >>> [round(each, 9) for each in causes(plan, Figures(418, 2200, 0.6, 0.1, 12))]
    [-77.76, 0.0, 0.0, 0]
    """
    before, after = plan.avoided_share, actual.avoided_share
    return Causes(
        (actual.requests - plan.requests) * before * plan.cost_per_request,
        actual.requests * (after - before) * plan.cost_per_request + 0.0,
        actual.requests * after * (actual.cost_per_request - plan.cost_per_request) + 0.0,
        plan.investment - actual.investment,
    )
