"""What shorter handling of a contact frees: hours, and money only as far as a budget falls."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from roi_calc.arithmetic import finance, service
from roi_calc.arithmetic.noise import difference
from roi_calc.calculators.common import (
    CASHABLE_SHARE,
    capacity_of,
    cash_of,
    nature,
    outcome_headline,
    per_year,
    worth,
)
from roi_calc.schema import (
    ABOVE_LIMIT,
    PERIOD,
    Calculator,
    Doubt,
    InputError,
    Kind,
    Quantity,
    Result,
    ResultOf,
    Scenario,
)


@dataclass(frozen=True)
class Inputs:
    """One period: how many contacts, how long each took before and after, what an hour costs.

    minutes_before, minutes_after: the average handling time as the customer's contact lasts;
    concurrency_before and concurrency_after say how many contacts an agent served at once, so
    measure both together. occupancy and shrinkage turn worked hours into paid ones; leave them at
    100 % and 0 % where the rate already stands for a productive hour. easy_share, easy_minutes: the
    contacts that went elsewhere in the meantime, which were quicker than the rest. cashable_share:
    the fraction of the freed hours that is no longer paid; None where nobody knows.
    """

    contacts: Annotated[float, Quantity(Kind.COUNT, symbol="N", is_lever=False)] = 1000
    minutes_before: Annotated[
        float, Quantity(Kind.MINUTES, symbol="T₀", is_lever=False, is_comparable=False)
    ] = 6
    minutes_after: Annotated[float, Quantity(Kind.MINUTES, symbol="T₁", is_comparable=False)] = 5
    hourly_rate: Annotated[
        float, Quantity(Kind.MONEY, symbol="R", is_lever=False, is_shared=True)
    ] = 20
    investment: Annotated[float, Quantity(Kind.MONEY, maximum=1e12, symbol="C")] = 100
    occupancy: Annotated[
        float, Quantity(Kind.SHARE, minimum=0.01, fold="paid_hours", is_lever=False)
    ] = 1
    shrinkage: Annotated[
        float, Quantity(Kind.SHARE, maximum=0.99, fold="paid_hours", is_lever=False)
    ] = 0
    concurrency_before: Annotated[
        float, Quantity(Kind.MULTIPLE, minimum=1, fold="concurrency", is_lever=False)
    ] = 1
    concurrency_after: Annotated[float, Quantity(Kind.MULTIPLE, minimum=1, fold="concurrency")] = 1
    easy_share: Annotated[
        float, Quantity(Kind.SHARE, maximum=0.99, fold="easy", is_lever=False)
    ] = 0
    easy_minutes: Annotated[float, Quantity(Kind.MINUTES, fold="easy", is_lever=False)] = 0
    cashable_share: Annotated[float | None, CASHABLE_SHARE] = None
    period: Annotated[str, PERIOD] = "month"


def _is_rate_productive(inputs: Inputs) -> bool:
    """Tell whether an hour worked is taken to cost what an hour paid costs."""
    return inputs.occupancy == 1 and inputs.shrinkage == 0


def _minutes_before(inputs: Inputs) -> float:
    """Return how long a contact that remains took an agent: no more can be saved."""
    before = service.handling_time_of_the_rest(
        inputs.minutes_before, inputs.easy_share, inputs.easy_minutes
    )
    return service.agent_minutes(before or 0, inputs.concurrency_before)


@dataclass(frozen=True)
class Outputs:
    """The period's hours and their value; less time is positive, more time negative."""

    minutes_of_the_rest: Annotated[
        float | None,
        Result(
            Kind.MINUTES,
            "({minutes_before} − {easy_share} × {easy_minutes}) ÷ (1 − {easy_share})",
            "easy_contacts",
        ),
    ]
    workload_change: Annotated[
        float | None,
        Result(
            Kind.SHARE,
            "undefined if {minutes_before} ≤ 0 else 0 if {easy_share} ≤ 0"
            " else −{easy_share} × {easy_minutes} ÷ {minutes_before}",
            "easy_contacts",
        ),
    ]
    minutes_saved: Annotated[
        float,
        Result(
            Kind.MINUTES,
            "{minutes_of_the_rest} ÷ {concurrency_before} − {minutes_after} ÷ {concurrency_after}",
            "concurrency",
        ),
    ]
    hours_freed: Annotated[
        float,
        Result(
            Kind.HOURS,
            "{contacts} × (1 − {easy_share}) × {minutes_saved} ÷ 60"
            " ÷ ({occupancy} × (1 − {shrinkage}))",
            "handling_time",
            is_headline=True,
        ),
    ]
    value: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{hours_freed} × {hourly_rate}",
            "handling_time",
            is_headline=True,
            nature=nature,
        ),
    ]
    net_value: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{value} − {investment}",
            "handling_time",
            is_headline=True,
            nature=nature,
            is_outcome=True,
        ),
    ]
    roi: Annotated[
        float | None,
        Result(Kind.SHARE, "{net_value} ÷ {investment}", "petouhoff", is_return=True),
    ]
    cash: Annotated[float | None, cash_of("value")]
    capacity: Annotated[float, capacity_of("value")]
    net_value_per_year: Annotated[
        float, Result(Kind.MONEY, per_year("net_value"), "hootsuite", nature=nature)
    ]
    break_even_contacts: Annotated[
        float | None,
        Result(
            Kind.COUNT,
            "⌈{investment} ÷ ({value} ÷ {contacts})⌉ if {value} > 0 else undefined",
            "cost_volume_profit",
            is_condition=True,
        ),
    ]
    break_even_minutes: Annotated[
        float | None,
        Result(
            Kind.MINUTES,
            "{investment} × 60 × {occupancy} × (1 − {shrinkage})"
            " ÷ ({contacts} × (1 − {easy_share}) × {hourly_rate})",
            "switching_value",
            is_condition=True,
            attainable=_minutes_before,
        ),
    ]
    break_even_rate: Annotated[
        float | None,
        Result(
            Kind.MONEY,
            "{investment} ÷ {hours_freed} if {hours_freed} > 0 else undefined",
            "switching_value",
            is_condition=True,
        ),
    ]


def _minutes_saved(inputs: Inputs) -> float:
    now = service.agent_minutes(inputs.minutes_after, inputs.concurrency_after)
    return difference(_minutes_before(inputs), now)


def _hours_freed(inputs: Inputs, minutes_saved: float) -> float:
    contacts = inputs.contacts * (1 - inputs.easy_share)
    return service.paid_hours(
        service.hours(contacts, minutes_saved), inputs.occupancy, inputs.shrinkage
    )


def net_value(inputs: Inputs) -> float:
    """Return what the freed hours are worth, less what was invested to free them."""
    value = _hours_freed(inputs, _minutes_saved(inputs)) * inputs.hourly_rate
    return finance.net_saving(value, inputs.investment)


def handling_time(inputs: Inputs) -> Outputs:
    """Return the hours that shorter handling frees in a period, and what they are worth.

    They are capacity: time for other work. Only as far as they are no longer paid are they cash.
    """
    saved = _minutes_saved(inputs)
    freed = _hours_freed(inputs, saved)
    value = freed * inputs.hourly_rate
    net = net_value(inputs)
    a_minute = _hours_freed(inputs, 1) * inputs.hourly_rate
    return Outputs(
        minutes_of_the_rest=service.handling_time_of_the_rest(
            inputs.minutes_before, inputs.easy_share, inputs.easy_minutes
        ),
        workload_change=service.workload_change(
            inputs.minutes_before, inputs.easy_share, inputs.easy_minutes
        ),
        minutes_saved=saved,
        hours_freed=freed,
        value=value,
        net_value=net,
        roi=finance.return_on_investment(net, inputs.investment),
        cash=finance.cash(value, inputs.cashable_share),
        capacity=finance.capacity(value, inputs.cashable_share),
        net_value_per_year=net * finance.PERIODS_PER_YEAR[inputs.period],
        break_even_contacts=finance.break_even_requests(
            inputs.investment, value / inputs.contacts if inputs.contacts else 0
        ),
        break_even_minutes=inputs.investment / a_minute if a_minute else None,
        break_even_rate=inputs.investment / freed if freed > 0 else None,
    )


def _sentence(_: Inputs, outputs: Outputs) -> str:
    if outputs.minutes_saved < 0:
        return "sentence.longer"
    if outputs.minutes_saved == 0:
        return "sentence.same"
    return "sentence.gain" if outputs.net_value >= 0 else "sentence.loss"


def _worth(inputs: Inputs, outputs: Outputs) -> tuple[str, ...]:
    return worth(inputs, outputs.value)


def _rules(inputs: Inputs) -> Iterator[InputError]:
    """Yield the mistake of easy contacts that took longer than all contacts together."""
    easy = inputs.easy_share * inputs.easy_minutes
    if easy > inputs.minutes_before * (1 + 1e-12):
        # Rounded down: the limit that is said must be one that is taken.
        most = math.floor(inputs.minutes_before / inputs.easy_share * 100) / 100
        yield InputError("easy_minutes", ABOVE_LIMIT, number=most)


def _headline(_: Inputs, outputs: Outputs) -> str:
    return outcome_headline(outputs.roi)


def _assumptions(inputs: Inputs) -> tuple[str, ...]:
    return ("assumption.productive" if _is_rate_productive(inputs) else "assumption.paid",)


def _scenarios(inputs: Inputs) -> Iterator[Scenario]:
    """Yield the same period if only half of the time was really saved."""
    if inputs.minutes_after < inputs.minutes_before and not inputs.easy_share:
        halfway = (inputs.minutes_before + inputs.minutes_after) / 2
        yield Scenario({"minutes_after": halfway}, key="scenario.half")


HANDLING_TIME: Final = Calculator(
    name="handling-time",
    compute=handling_time,
    sentence=_sentence,
    headline=_headline,
    assumptions=_assumptions,
    worth=_worth,
    pictured=("value", "-investment", "net_value"),
    counted="contacts",
    outcome_of=net_value,
    rules=_rules,
    scenarios=_scenarios,
    leads_with=("contacts", "minutes_before", "minutes_after"),
    doubt=Doubt("break_even_rate", opens="hourly_rate", is_its_value=True),
    objections={"cost": ("hourly_rate",), "cash": ("cashable_share",)},
    related={"hourly_rate": ResultOf("loaded-rate", "loaded_rate")},
)
