"""Leaves out what binary fractions leave that no decimal has: 0.1 x 3 - 0.3 is 5.6e-17."""

import math
from typing import Final

# What differs by less, relative to its parts, is noise.
NOISE: Final = 1e-12


def difference(minuend: float, subtrahend: float) -> float:
    """Return minuend - subtrahend; what is but binary noise is 0.

    >>> difference(0.3, 0.1 * 3)
    0.0
    """
    if math.isclose(minuend, subtrahend, rel_tol=NOISE):
        return 0.0
    return minuend - subtrahend


def rounded_up(value: float) -> float:
    """Return the least whole number that is not below the value, but for binary noise.

    >>> rounded_up(1.1 / 0.1)
    11.0
    """
    return float(math.ceil(value * (1 - math.copysign(NOISE, value))))
