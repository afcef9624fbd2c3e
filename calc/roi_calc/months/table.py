"""A table of months: what was entered of each, and what follows from it and from today's inputs."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any, Final

from roi_calc.calculators.deflection import DEFLECTION, cost_of_a_request, investment_total
from roi_calc.months.month import NAMES, Causes, Figures, causes
from roi_calc.reading.inputs import changed
from roi_calc.schema import PERIOD_INPUT, AnyCalculator

# Whose months can be compared: those whose net saving is what Figures say.
WITH_MONTHS: Final = (DEFLECTION,)
MOST_MONTHS: Final = 60
LONGEST_NAME: Final = 40
MONTH: Final = "month"
PLAN: Final = "plan"
ACTUAL: Final = "actual"
SIDES: Final = (PLAN, ACTUAL)


@dataclass(frozen=True)
class Entered:
    """What was entered of a month: its name, and numbers by input.

    plan: what differs from today's inputs. actual: what differs from the plan; a month without
    actual requests is not over yet.
    """

    name: str = ""
    plan: Mapping[str, float] = field(default_factory=dict)
    actual: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Month:
    """A month with all its figures; actual is None where it is not over yet."""

    name: str
    plan: Figures
    actual: Figures | None

    @cached_property
    def causes(self) -> Causes | None:
        """Why it came otherwise than planned; None where it is not over yet."""
        return None if self.actual is None else causes(self.plan, self.actual)


@dataclass(frozen=True)
class Table:
    """Months in the order in which they were entered. today: the inputs that stand for the rest."""

    calculator: AnyCalculator
    currency: str
    today: Figures
    entered: Sequence[Entered]

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """The months with what stands for what was not entered."""
        return tuple(map(self._month, self.entered))

    @property
    def over(self) -> tuple[Month, ...]:
        """The months of which it is known what came."""
        return tuple(each for each in self.months if each.actual is not None)

    @property
    def cumulative(self) -> tuple[float, ...]:
        """The actual net saving from the first month on, by month; one that is not over adds 0."""
        came = (each.actual.net_saving if each.actual else 0.0 for each in self.months)
        return tuple(accumulate(came))

    @property
    def causes(self) -> Causes:
        """The causes of all months that are over together."""
        found = [each.causes for each in self.over if each.causes is not None]
        return Causes(*map(math.fsum, zip(Causes(0, 0, 0, 0), *found, strict=True)))

    # Any: each calculator has its own Inputs.
    @property
    def inputs(self) -> Any:  # noqa: ANN401
        """The calculator's inputs that today's figures stand for."""
        return changed(self.calculator, self.calculator.inputs_type(), vars(self.today))

    def _month(self, entered: Entered) -> Month:
        plan = Figures(**{**vars(self.today), **entered.plan})
        is_over = NAMES[0] in entered.actual
        return Month(
            entered.name, plan, Figures(**{**vars(plan), **entered.actual}) if is_over else None
        )


def can_have_months(calculator: AnyCalculator) -> bool:
    """Tell whether months of a calculator can be compared at all."""
    return any(calculator is each for each in WITH_MONTHS)


# Any: each calculator has its own Inputs.
def is_of_a_month(inputs: Any) -> bool:  # noqa: ANN401
    """Tell whether inputs are those of a month, and not of a week or a year."""
    return getattr(inputs, PERIOD_INPUT, MONTH) == MONTH


# Any: as above.
def today_of(inputs: Any) -> Figures:  # noqa: ANN401
    """Return the figures that a form's inputs stand for: totals for their parts."""
    return Figures(
        requests=inputs.requests,
        investment=investment_total(inputs),
        deflection_share=inputs.deflection_share,
        repeat_share=inputs.repeat_share,
        cost_per_request=cost_of_a_request(inputs),
    )
