"""What resolving requests on social media saves, because they never reach a costlier channel."""

from dataclasses import dataclass
from typing import Annotated, Final

from roi_calc import finance
from roi_calc.schema import Calculator, Kind, Quantity, Result


@dataclass(frozen=True)
class Inputs:
    """One month: what was resolved, what it would have cost elsewhere, what was invested.

    The investment is one total, or the sum of the parts where any of them is given: a part is
    None where it was not.
    """

    requests: Annotated[float, Quantity(Kind.COUNT, symbol="A")] = 100
    cost_per_request: Annotated[float, Quantity(Kind.MONEY, symbol="B")] = 20
    investment: Annotated[float, Quantity(Kind.MONEY, maximum=1e12, symbol="C")] = 500
    tool_cost: Annotated[float | None, Quantity(Kind.MONEY, maximum=1e12, part_of="investment")] = (
        None
    )
    staff_hours: Annotated[
        float | None, Quantity(Kind.HOURS, part_of="investment", needs="hourly_rate")
    ] = None
    hourly_rate: Annotated[
        float | None, Quantity(Kind.MONEY, part_of="investment", needs="staff_hours")
    ] = None
    advertising: Annotated[
        float | None, Quantity(Kind.MONEY, maximum=1e12, part_of="investment")
    ] = None


def _investment_formula(inputs: Inputs) -> str:
    """Return the sum of the parts that are given; empty where the total was given instead."""
    terms = {
        "{tool_cost}": inputs.tool_cost,
        "{staff_hours} × {hourly_rate}": inputs.staff_hours,
        "{advertising}": inputs.advertising,
    }
    return " + ".join(term for term, value in terms.items() if value is not None)


@dataclass(frozen=True)
class Outputs:
    """The month's result, in the currency of the inputs; None where a figure is not defined."""

    gross_saving: Annotated[
        float,
        Result(Kind.MONEY, "{requests} × {cost_per_request}", "hootsuite", is_headline=True),
    ]
    investment: Annotated[float, Result(Kind.MONEY, _investment_formula, "hootsuite")]
    net_saving: Annotated[
        float,
        Result(Kind.MONEY, "{gross_saving} − {investment}", "hootsuite", is_headline=True),
    ]
    roi: Annotated[
        float | None,
        Result(Kind.SHARE, "{net_saving} ÷ {investment}", "petouhoff", is_headline=True),
    ]
    benefit_cost_ratio: Annotated[
        float | None, Result(Kind.MULTIPLE, "{gross_saving} ÷ {investment}", "green_book")
    ]
    cost_per_resolution: Annotated[
        float | None, Result(Kind.MONEY, "{investment} ÷ {requests}", "gingiss")
    ]
    net_saving_per_year: Annotated[float, Result(Kind.MONEY, "{net_saving} × 12", "hootsuite")]
    break_even_share: Annotated[
        float | None,
        Result(
            Kind.SHARE,
            "{investment} ÷ {gross_saving}",
            "switching_value",
            is_condition=True,
            attainable=1,
        ),
    ]
    break_even_cost_per_request: Annotated[
        float | None,
        Result(Kind.MONEY, "{investment} ÷ {requests}", "switching_value", is_condition=True),
    ]
    break_even_requests: Annotated[
        float | None,
        Result(
            Kind.COUNT,
            "⌈{investment} ÷ {cost_per_request}⌉",
            "cost_volume_profit",
            is_condition=True,
        ),
    ]


def investment_total(inputs: Inputs) -> float:
    """Return C: the sum of the parts where any is given, else the total."""
    if not _investment_formula(inputs):
        return inputs.investment
    staff = (inputs.staff_hours or 0) * (inputs.hourly_rate or 0)
    return (inputs.tool_cost or 0) + staff + (inputs.advertising or 0)


def deflection(inputs: Inputs) -> Outputs:
    """Return what a month of resolving requests on social media saved.

    Every request is taken to have been kept off the other channel, as the source does;
    `break_even_share` says how many must have been for it to pay.
    """
    investment = investment_total(inputs)
    gross = finance.gross_saving(inputs.requests, inputs.cost_per_request)
    net = finance.net_saving(gross, investment)
    return Outputs(
        gross_saving=gross,
        investment=investment,
        net_saving=net,
        roi=finance.return_on_investment(net, investment),
        benefit_cost_ratio=finance.benefit_cost_ratio(gross, investment),
        cost_per_resolution=finance.cost_per_resolution(investment, inputs.requests),
        net_saving_per_year=net * finance.MONTHS_PER_YEAR,
        break_even_share=finance.break_even_share(investment, gross),
        break_even_cost_per_request=finance.break_even_cost_per_request(
            investment, inputs.requests
        ),
        break_even_requests=finance.break_even_requests(investment, inputs.cost_per_request),
    )


def _sentence(outputs: Outputs) -> str:
    """Return the key of the sentence for a gain, a loss, or neither."""
    if outputs.investment == 0:
        return "deflection.sentence.free"
    if outputs.net_saving > 0:
        return "deflection.sentence.gain"
    if outputs.net_saving < 0:
        return "deflection.sentence.loss"
    return "deflection.sentence.even"


DEFLECTION: Final = Calculator(
    name="deflection",
    compute=deflection,
    sentence=_sentence,
    pictured=("gross_saving", "investment", "net_saving"),
    counted="requests",
)
