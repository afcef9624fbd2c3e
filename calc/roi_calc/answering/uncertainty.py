"""What follows from inputs that are not known exactly: draws, percentiles, and what moves most.

Each input with a range is drawn by itself from a triangular distribution; the draws depend on the
seed alone, and only on arithmetic that is the same on every machine. No words live here.
"""

import copy
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from roi_calc.reading.inputs import Range, grown_along
from roi_calc.schema import AnyCalculator

DRAWS: Final = 10_000
SEED: Final = 1
BINS: Final = 30
# A change this large in one input, the others unchanged, tells which matters most.
NUDGE: Final = 0.1


class NoOutcomeError(ValueError):
    """Nothing that was drawn has an outcome."""


@dataclass(frozen=True)
class Bin:
    """So many draws had an outcome from `low` up to `high`."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Spread:
    """The outcome of many draws: three percentiles, the chance to pay, and how they lie.

    chance_to_pay: the fraction of the draws whose outcome is not below 0. undefined_share: the
    fraction of the draws that have no outcome, and are left out of all the rest. bins: of equal
    width, from the least outcome to the greatest, none of them across 0.
    """

    p5: float
    p50: float
    p95: float
    chance_to_pay: float
    bins: tuple[Bin, ...]
    undefined_share: float = 0


@dataclass(frozen=True)
class Swing:
    """What one input's range does to the outcome while the others keep their likely values."""

    name: str
    at_low: float
    at_high: float

    @property
    def size(self) -> float:
        """How far the outcome moves."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Nudge:
    """The best that a change of a tenth in one input does to the outcome."""

    name: str
    outcome: float
    is_more: bool


# Any: each calculator has its own Inputs.
def spread(
    calculator: AnyCalculator,
    inputs: Any,  # noqa: ANN401
    ranges: Mapping[str, Range],
    seed: int = SEED,
    draws: int = DRAWS,
) -> Spread:
    """Return how the outcome lies if each range is drawn independently of the others.

    The same seed gives the same draws, whatever order the ranges are given in. Raises
    NoOutcomeError where no draw has one.
    """
    outcomes = sorted(_outcomes(calculator, inputs, ranges, seed, draws))
    if not outcomes:
        raise NoOutcomeError(calculator.name)
    return Spread(
        p5=percentile(outcomes, 0.05),
        p50=percentile(outcomes, 0.5),
        p95=percentile(outcomes, 0.95),
        chance_to_pay=sum(outcome >= 0 for outcome in outcomes) / len(outcomes),
        bins=_bins(outcomes),
        undefined_share=1 - len(outcomes) / draws,
    )


def swings(
    calculator: AnyCalculator,
    inputs: Any,  # noqa: ANN401
    ranges: Mapping[str, Range],
) -> tuple[Swing, ...]:
    """Return what each range does to the outcome alone, the widest first: a tornado.

    A range that leads to where the outcome is not defined is left out.
    """
    found = []
    for name in calculator.quantities:
        if name in ranges:
            at_low = _outcome_with(calculator, inputs, {name: ranges[name].low})
            at_high = _outcome_with(calculator, inputs, {name: ranges[name].high})
            if at_low is not None and at_high is not None:
                found.append(Swing(name, at_low, at_high))
    return tuple(sorted(found, key=lambda swing: swing.size, reverse=True))


def extremes(
    calculator: AnyCalculator,
    inputs: Any,  # noqa: ANN401
    ranges: Mapping[str, Range],
) -> tuple[dict[str, float], dict[str, float]]:
    """Return the ends of all ranges that are worst for the outcome, and those that are best."""
    worst, best = {}, {}
    for swing in swings(calculator, inputs, ranges):
        low, _, high = ranges[swing.name]
        is_rising = swing.at_high >= swing.at_low
        worst[swing.name], best[swing.name] = (low, high) if is_rising else (high, low)
    return (
        _with_what_grows(calculator, inputs, worst),
        _with_what_grows(calculator, inputs, best),
    )


def strongest_nudges(
    calculator: AnyCalculator,
    inputs: Any,  # noqa: ANN401
) -> tuple[Nudge, ...]:
    """Return the inputs in which a change by a tenth improves the outcome most; ties together.

    Empty where no such change improves it. An input stays within its limits, and what nobody can
    change any more is left alone.
    """
    base = calculator.outcome_for(inputs)
    if base is None:
        return ()
    nudges = []
    for name, quantity in calculator.quantities.items():
        value = getattr(inputs, name)
        if not value or value < 0 or not quantity.may_range or not quantity.is_lever:
            continue
        for factor in (1 + NUDGE, 1 - NUDGE):
            changed = min(max(value * factor, quantity.minimum), quantity.maximum)
            outcome = _outcome_with(calculator, inputs, {name: changed})
            if outcome is not None:
                nudges.append(Nudge(name, outcome, is_more=factor > 1))
    best = max((nudge.outcome for nudge in nudges), default=base)
    if best <= base + 1e-9 * max(1.0, abs(base)):
        return ()
    return tuple(n for n in nudges if math.isclose(n.outcome, best, rel_tol=1e-9, abs_tol=1e-9))


def triangular(chance: float, given: Range) -> float:
    """Return the value below which a triangular distribution has this much of its weight.

    chance: from 0 to 1. Square roots are the same on every machine, unlike logarithms and powers:
    hence not PERT, whose draws need both.

    >>> triangular(0.5, Range(0, 5, 10))
    5.0
    """
    low, likely, high = given
    width = high - low
    if width == 0:
        return likely
    rising = likely - low
    if chance * width < rising:
        return low + math.sqrt(chance * width * rising)
    return high - math.sqrt((1 - chance) * width * (high - likely))


def percentile(ordered: Sequence[float], fraction: float) -> float:
    """Return the value below which a fraction of the ordered values lies, between two if need be.

    >>> percentile([1, 2, 3, 4], 0.5)
    2.5
    """
    position = fraction * (len(ordered) - 1)
    below = math.floor(position)
    above = math.ceil(position)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def _outcomes(
    calculator: AnyCalculator,
    inputs: Any,  # noqa: ANN401
    ranges: Mapping[str, Range],
    seed: int,
    draws: int,
) -> list[float]:
    drawn = [(name, ranges[name]) for name in calculator.quantities if name in ranges]
    chance = Random(seed).random  # noqa: S311 - draws, not secrets
    # Making a frozen dataclass anew for each draw would take most of the time: this copy is ours
    # alone, and its values are set where the dataclass keeps them.
    draw = copy.copy(inputs)
    values = vars(draw)
    before = {name: getattr(inputs, name) for name, _ in drawn}
    growing = calculator.growing(inputs)
    outcome_for = calculator.outcome_for
    outcomes = []
    for _ in range(draws):
        for name in growing:
            values[name] = getattr(inputs, name)
        for name, given in drawn:
            values[name] = triangular(chance(), given)
        if growing:
            values.update(grown_along(calculator, draw, before))
        outcome = outcome_for(draw)
        if outcome is not None:
            outcomes.append(outcome)
    return outcomes


def _outcome_with(
    calculator: AnyCalculator,
    inputs: Any,  # noqa: ANN401
    changes: Mapping[str, float],
) -> float | None:
    changed = copy.copy(inputs)
    vars(changed).update(_with_what_grows(calculator, inputs, changes))
    return calculator.outcome_for(changed)


def _with_what_grows(
    calculator: AnyCalculator,
    inputs: Any,  # noqa: ANN401
    changes: Mapping[str, float],
) -> dict[str, float]:
    """Return the changes, and those of the inputs that grow along."""
    changed = copy.copy(inputs)
    vars(changed).update(changes)
    before = {name: getattr(inputs, name) for name in changes}
    return {**changes, **grown_along(calculator, changed, before)}


def _bins(ordered: Sequence[float]) -> tuple[Bin, ...]:
    """Return bins of equal width over ordered values; 0 is an edge wherever it lies between."""
    low, high = ordered[0], ordered[-1]
    width = (high - low) / BINS
    if width == 0:
        return (Bin(low, high, len(ordered)),)
    is_about_zero = low < 0 < high
    start = math.floor(low / width) * width if is_about_zero else low
    # With 0 as an edge there is one bin more, which both ends may fill in part.
    most = math.ceil(high / width) - math.floor(low / width) if is_about_zero else BINS
    counts: dict[int, int] = {}
    for value in ordered:
        index = min(int((value - start) / width), most - 1)
        counts[index] = counts.get(index, 0) + 1
    return tuple(
        Bin(start + index * width, start + (index + 1) * width, counts.get(index, 0))
        for index in range(max(counts) + 1)
    )
