"""What resolving requests on social media saves, because they never reach a costlier channel."""

from dataclasses import dataclass
from typing import Annotated, Final

from roi_calc import finance
from roi_calc.schema import Calculator, Kind, Quantity, Result


@dataclass(frozen=True)
class Inputs:
    """One month: what was resolved, what it would have cost elsewhere, what was invested.

    The investment is one total, or the sum of the parts where any of them is given: what is not
    used is None. deflection_share: the fraction of the requests that would otherwise have
    gone to the other channel. repeat_share: the fraction of those that went there all the same.
    """

    requests: Annotated[float, Quantity(Kind.COUNT, symbol="A")] = 100
    cost_per_request: Annotated[float, Quantity(Kind.MONEY, symbol="B")] = 20
    investment: Annotated[float | None, Quantity(Kind.MONEY, maximum=1e12, symbol="C")] = 500
    deflection_share: Annotated[
        float, Quantity(Kind.SHARE, maximum=1, symbol="d", fold="deflection_share")
    ] = 1
    repeat_share: Annotated[
        float, Quantity(Kind.SHARE, maximum=1, symbol="r", fold="deflection_share")
    ] = 0
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


def _is_every_request_avoided(inputs: Inputs) -> bool:
    """Tell whether all requests are taken to have been kept off the other channel."""
    return inputs.deflection_share == 1 and inputs.repeat_share == 0


def _counted(inputs: Inputs) -> str:
    """Return what stands for the requests that count: A itself where all of them do."""
    return "{requests}" if _is_every_request_avoided(inputs) else "{avoided_requests}"


def _avoided_formula(inputs: Inputs) -> str:
    if _is_every_request_avoided(inputs):
        return ""
    return "{requests} × {deflection_share} × (1 − {repeat_share})"


def _gross_formula(inputs: Inputs) -> str:
    return f"{_counted(inputs)} × {{cost_per_request}}"


def _break_even_share_formula(inputs: Inputs) -> str:
    repeats = " × (1 − {repeat_share})" if inputs.repeat_share else ""
    return f"{{investment}} ÷ ({{requests}} × {{cost_per_request}}{repeats})"


def _break_even_cost_formula(inputs: Inputs) -> str:
    return f"{{investment}} ÷ {_counted(inputs)}"


def _break_even_requests_formula(inputs: Inputs) -> str:
    if _is_every_request_avoided(inputs):
        return "⌈{investment} ÷ {cost_per_request}⌉"
    return "⌈{investment} ÷ ({cost_per_request} × {deflection_share} × (1 − {repeat_share}))⌉"


@dataclass(frozen=True)
class Outputs:
    """The month's result, in the currency of the inputs; None where a figure is not defined."""

    avoided_requests: Annotated[float, Result(Kind.COUNT, _avoided_formula, "deflection_rate")]
    gross_saving: Annotated[
        float, Result(Kind.MONEY, _gross_formula, "hootsuite", is_headline=True)
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
            _break_even_share_formula,
            "switching_value",
            is_condition=True,
            attainable=1,
        ),
    ]
    break_even_cost_per_request: Annotated[
        float | None,
        Result(Kind.MONEY, _break_even_cost_formula, "switching_value", is_condition=True),
    ]
    break_even_requests: Annotated[
        float | None,
        Result(
            Kind.COUNT,
            _break_even_requests_formula,
            "cost_volume_profit",
            is_condition=True,
        ),
    ]


def investment_total(inputs: Inputs) -> float:
    """Return C: the sum of the parts where any is given, else the total."""
    if not _investment_formula(inputs):
        return inputs.investment or 0
    staff = (inputs.staff_hours or 0) * (inputs.hourly_rate or 0)
    return (inputs.tool_cost or 0) + staff + (inputs.advertising or 0)


def deflection(inputs: Inputs) -> Outputs:
    """Return what a month of resolving requests on social media saved.

    By default every request is taken to have been kept off the other channel, as the source does;
    `break_even_share` says how many must have been for it to pay.
    """
    share, repeats = inputs.deflection_share, inputs.repeat_share
    investment = investment_total(inputs)
    avoided = finance.avoided_requests(inputs.requests, share, repeats)
    gross = finance.gross_saving(avoided, inputs.cost_per_request)
    net = finance.net_saving(gross, investment)
    at_most_avoided = finance.avoided_requests(inputs.requests, 1, repeats)
    avoided_per_request = finance.avoided_requests(1, share, repeats)
    return Outputs(
        avoided_requests=avoided,
        gross_saving=gross,
        investment=investment,
        net_saving=net,
        roi=finance.return_on_investment(net, investment),
        benefit_cost_ratio=finance.benefit_cost_ratio(gross, investment),
        cost_per_resolution=finance.cost_per_resolution(investment, inputs.requests),
        net_saving_per_year=net * finance.MONTHS_PER_YEAR,
        break_even_share=finance.break_even_share(
            investment, finance.gross_saving(at_most_avoided, inputs.cost_per_request)
        ),
        break_even_cost_per_request=finance.break_even_cost_per_request(investment, avoided),
        break_even_requests=finance.break_even_requests(
            investment, finance.gross_saving(avoided_per_request, inputs.cost_per_request)
        ),
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


def _assumption(inputs: Inputs) -> str:
    """Return the key of the sentence on how many requests are taken to have been kept away."""
    if _is_every_request_avoided(inputs):
        return "deflection.assumption.all"
    return "deflection.assumption.some"


DEFLECTION: Final = Calculator(
    name="deflection",
    compute=deflection,
    sentence=_sentence,
    assumption=_assumption,
    pictured=("gross_saving", "investment", "net_saving"),
    counted="requests",
)
