"""What a customer is worth: an example of a site's own calculator."""

from dataclasses import dataclass
from typing import Annotated

from roi_calc.schema import Kind, Quantity, Result


@dataclass(frozen=True)
class Inputs:
    """One year of an average customer."""

    margin: Annotated[
        float,
        Quantity(
            Kind.MONEY,
            symbol="m",
            label="Gross margin",
            unit="{currency} a year",
            help="Of one customer: revenue less what the goods cost.",
        ),
    ] = 120
    churn: Annotated[
        float,
        Quantity(
            Kind.SHARE,
            minimum=0.01,
            symbol="c",
            label="Churn",
            unit="% a year",
            help="The share of the customers that leaves.",
        ),
    ] = 0.2
    acquisition_cost: Annotated[
        float,
        Quantity(
            Kind.MONEY,
            symbol="a",
            label="Cost of winning a customer",
            unit="{currency}",
            help="Marketing and sales, for each new customer.",
        ),
    ] = 150


@dataclass(frozen=True)
class Outputs:
    """What is left of it in the end."""

    years: Annotated[float, Result(Kind.COUNT, "1 ÷ {churn}", label="Years a customer stays")]
    lifetime_value: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{margin} ÷ {churn}",
            "margin at the start of each year, without a horizon",
            label="Lifetime value, without a horizon",
            is_headline=True,
        ),
    ]
    net_value: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{lifetime_value} − {acquisition_cost}",
            label="Net value of a new customer",
            is_headline=True,
            is_outcome=True,
        ),
    ]
    break_even_churn: Annotated[
        float | None,
        Result(
            Kind.SHARE,
            "{margin} ÷ {acquisition_cost}",
            label="Highest churn at which a new customer pays",
            is_condition=True,
            is_ceiling=True,
            undefined="Not defined: winning a customer costs nothing.",
        ),
    ]


def clv(inputs: Inputs) -> Outputs:
    """What a customer is worth."""
    lifetime_value = inputs.margin / inputs.churn
    return Outputs(
        years=1 / inputs.churn,
        lifetime_value=lifetime_value,
        net_value=lifetime_value - inputs.acquisition_cost,
        break_even_churn=inputs.margin / inputs.acquisition_cost
        if inputs.acquisition_cost
        else None,
    )
