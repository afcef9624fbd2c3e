"""What the answers of some tell about all: how sure a share is, and how many answers it takes.

Counts are whole numbers, shares fractions of 1. A sample is taken to be picked at random; what
those could change who were asked and did not answer is told apart. No words, no input checks.
"""

import math
from enum import Enum
from typing import Final, NamedTuple

from roi_calc.arithmetic.noise import NOISE

# How sure an interval is, and the value of the standard normal distribution that belongs to it.
CONFIDENCE: Final = 0.95
_Z: Final = 1.96


class Interval(NamedTuple):
    """The shares that fit what was counted; low <= high."""

    low: float
    high: float


class Verdict(Enum):
    """Whether a share that was counted is enough: surely, surely not, or nobody can tell."""

    ABOVE = "above"
    BELOW = "below"
    UNCLEAR = "unclear"


def wilson_interval(yes: float, answered: float) -> Interval:
    """Return the shares of all that fit `yes` out of `answered`, 95 % sure, their own among them.

    (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) ÷ (1 + z²/n), with p = yes / answered and z = 1.96.
    Unlike p ± z √(p(1 − p)/n) it never leaves 0 to 1, and is wider than nothing where all said the
    same. answered: above 0. yes: from 0 to answered.
    Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
    Journal of the American Statistical Association 22 (1927), p. 209-212.

    >>> low, high = wilson_interval(54, 90)
    >>> round(low, 3), round(high, 3)
    (0.497, 0.695)
    >>> wilson_interval(5, 5).high
    1.0
    """
    share, scale = yes / answered, 1 + _Z**2 / answered
    middle = (share + _Z**2 / (2 * answered)) / scale
    spread = share * (1 - share) / answered + _Z**2 / (4 * answered**2)
    reach = _Z * math.sqrt(spread) / scale
    # Where nobody or everybody said yes an end is the share itself, but for binary noise.
    return Interval(max(0.0, min(middle - reach, share)), min(1.0, max(middle + reach, share)))


def bounds_of_silence(yes: float, answered: float, asked: float) -> Interval:
    """Return the share of all who were asked if nobody, and if everybody, else would say yes.

    x / m and (x + m − n) / m: what no answer is known of may be either. asked: at least answered.

    >>> bounds_of_silence(54, 90, 300)
    Interval(low=0.18, high=0.88)
    """
    return Interval(yes / asked, (yes + asked - answered) / asked)


def verdict(interval: Interval, needed: float) -> Verdict:
    """Return whether all of an interval reaches what is needed, a fraction; none of it; or a part.

    >>> verdict(Interval(0.4967, 0.6951), 0.5093)
    <Verdict.UNCLEAR: 'unclear'>
    """
    # Of 5,098 yes in 10,000 the low end is a half exactly; in binary it is a hair off.
    enough = needed * (1 - NOISE)
    if interval.low >= enough:
        return Verdict.ABOVE
    return Verdict.UNCLEAR if interval.high >= enough else Verdict.BELOW


def answers_that_tell(share: float, needed: float) -> float:
    """Return the fewest answers with this share of yes that tell whether it is what is needed.

    n ≥ z² d(1 − d) ÷ (p − d)², with d what is needed: where an end of Wilson's interval comes to
    d, so that fewer leave the verdict open and these do not. The planner's n ≥ z² p(1 − p) ÷
    (p − d)² belongs to p ± z √(p(1 − p)/n): it asks for none where all said the same, and for 112
    where Wilson's interval still holds d. Infinite where the share is what is needed.

    needed: above 0, at most 1. Source: as of wilson_interval(), solved for n.

    >>> answers_that_tell(0.6, 0.5)
    97
    >>> answers_that_tell(0.5, 0.5)
    inf
    """
    if math.isclose(share, needed):
        return math.inf
    found = _Z**2 * needed * (1 - needed) / (share - needed) ** 2
    if share > needed:
        return math.ceil(found * (1 - NOISE))
    return math.floor(found * (1 + NOISE)) + 1  # the high end must be below what is needed
