"""What an hour of work costs the company, and so a contact: the rate that the others ask for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from roi_calc.arithmetic import finance, service
from roi_calc.schema import Calculator, Kind, Quantity, Result, Scenario

# Steps to look at and no more: no figure for it is good enough to stand for a usual one.
_UTILISATIONS: Final = (0.7, 0.9)


@dataclass(frozen=True)
class Inputs:
    """One hour as it is paid, how much of it is worked, and how long a contact takes.

    benefits_share: the fraction of the total pay that is benefits and contributions. overhead: what
    else a paid hour costs. utilisation: the fraction of the paid hours that is worked on contacts.
    """

    wage: Annotated[float, Quantity(Kind.MONEY, symbol="w")] = 20
    benefits_share: Annotated[float, Quantity(Kind.SHARE, maximum=0.99, symbol="b")] = 0.3
    utilisation: Annotated[float, Quantity(Kind.SHARE, minimum=0.01, symbol="u")] = 0.8
    overhead: Annotated[float, Quantity(Kind.MONEY, fold="overhead")] = 0
    minutes: Annotated[float, Quantity(Kind.MINUTES, fold="contact")] = 5
    concurrency: Annotated[float, Quantity(Kind.MULTIPLE, minimum=1, fold="contact")] = 1


@dataclass(frozen=True)
class Outputs:
    """An hour by its parts, in the currency of the wage."""

    benefits_cost: Annotated[
        float,
        Result(
            Kind.MONEY,
            "0 if {benefits_share} ≤ 0 else {wage} ÷ (1 − {benefits_share}) − {wage}",
            "bls",
            is_rate=True,
        ),
    ]
    idle_cost: Annotated[
        float,
        Result(
            Kind.MONEY,
            "0 if {utilisation} ≥ 1"
            " else ({wage} + {benefits_cost} + {overhead}) × (1 − {utilisation}) ÷ {utilisation}",
            "metricnet",
            is_rate=True,
        ),
    ]
    loaded_rate: Annotated[
        float,
        Result(
            Kind.MONEY,
            "({wage} ÷ (1 − {benefits_share}) + {overhead}) ÷ {utilisation}",
            "metricnet",
            is_headline=True,
            is_rate=True,
        ),
    ]
    cost_per_contact: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{loaded_rate} × {minutes} ÷ 60 ÷ {concurrency}",
            "metricnet",
            is_headline=True,
            is_rate=True,
        ),
    ]


def rate_of_an_hour(inputs: Inputs) -> float:
    """Return what an hour worked on contacts costs."""
    return finance.loaded_rate(
        inputs.wage, inputs.benefits_share, inputs.utilisation, inputs.overhead
    )


def loaded_rate(inputs: Inputs) -> Outputs:
    """Return what an hour worked on contacts costs, and a contact."""
    pay = finance.loaded_rate(inputs.wage, inputs.benefits_share, 1)
    rate = rate_of_an_hour(inputs)
    minutes = service.agent_minutes(inputs.minutes, inputs.concurrency)
    return Outputs(
        benefits_cost=pay - inputs.wage,
        # Not rate - pay - overhead, which leaves a hair in binary where nothing is idle.
        idle_cost=(pay + inputs.overhead) * (1 - inputs.utilisation) / inputs.utilisation,
        loaded_rate=rate,
        cost_per_contact=rate * service.hours(1, minutes),
    )


def _sentence(_: Inputs, __: Outputs) -> str:
    return "sentence"


def _headline(_: Inputs, __: Outputs) -> str:
    return "headline"


def _assumptions(inputs: Inputs) -> tuple[str, ...]:
    return ("assumption.all_worked",) if inputs.utilisation == 1 else ("assumption.rate",)


def _scenarios(inputs: Inputs) -> Iterator[Scenario]:
    """Yield the same hour with less of it worked on contacts, and with more."""
    for utilisation in _UTILISATIONS:
        if utilisation != inputs.utilisation:
            yield Scenario({"utilisation": utilisation}, key="scenario.utilisation")


LOADED_RATE: Final = Calculator(
    name="loaded-rate",
    compute=loaded_rate,
    sentence=_sentence,
    headline=_headline,
    assumptions=_assumptions,
    outcome_of=rate_of_an_hour,
    pictured=("wage", "+benefits_cost", "+overhead", "+idle_cost", "loaded_rate"),
    scenarios=_scenarios,
    leads_with=("wage", "benefits_share", "utilisation"),
)
