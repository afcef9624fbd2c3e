"""What resolving requests on social media avoids, because they never reach a costlier channel."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from roi_calc.arithmetic import finance, service
from roi_calc.calculators.common import (
    CASHABLE_SHARE,
    HOURS_PER_POST,
    LOADED_RATE,
    MINUTES_PER_CONTACT,
    OCCUPANCY,
    POSTS_FREED,
    SAVING_PER_HOUR,
    SHRINKAGE,
    capacity_of,
    cash_of,
    nature,
    outcome_headline,
    outcome_sentence,
    per_year,
    posts_freed,
    saving_per_hour,
    warnings,
    worth_in_posts,
)
from roi_calc.schema import (
    PERIOD,
    Calculator,
    Choice,
    Doubt,
    FromExport,
    InputError,
    Kind,
    Quantity,
    Result,
    ResultOf,
    Scenario,
    Survey,
    refuse_shares_that_do_not_sum,
)

_CHANNELS: Final = ("phone", "email", "chat")
# "If only so many would have called": a step each for most, half and few.
_CAUTIOUS_SHARES: Final = (0.75, 0.5, 0.25)


def _count(*needs: str, minimum: float = 0, is_optional: bool = False) -> Quantity:
    """Return one of the counts of a survey that stand for the share, whole and known exactly."""
    return Quantity(
        Kind.COUNT,
        minimum=minimum,
        part_of=("deflection_share",),
        needs=needs,
        is_whole=True,
        may_range=False,
        is_lever=False,
        is_optional=is_optional,
    )


@dataclass(frozen=True)
class Inputs:
    """One period: what was resolved, what it would have cost elsewhere, what was invested.

    The cost of a request is one amount, or the average of the channels it would have taken; the
    investment is one total, or the sum of the parts where any of them is given: what is not used
    is None. request_cost: the part of the investment that comes anew with every request resolved;
    the other parts are spent however many come, but for the staff hours where staff_grows says that
    they are for the requests given and follow their number. deflection_share: the fraction of the
    requests that would otherwise have gone to the other channel, given directly, or by a survey: so
    many of those asked answered, and so many of these said yes. repeat_share: the fraction of those
    that went there all the same. cashable_share: the fraction of the cost of a request that leaves
    a budget with it; None where nobody knows. minutes_per_contact, hours_per_post (paid, a month),
    shrinkage and occupancy turn the requests into hours and posts on the other channel;
    loaded_rate is what an hour of work costs there.
    """

    requests: Annotated[float, Quantity(Kind.COUNT, symbol="A")] = 100
    cost_per_request: Annotated[float | None, Quantity(Kind.MONEY, symbol="B", is_lever=False)] = 20
    investment: Annotated[float | None, Quantity(Kind.MONEY, maximum=1e12, symbol="C")] = 500
    deflection_share: Annotated[
        float, Quantity(Kind.SHARE, symbol="d", fold="deflection_share")
    ] = 1
    repeat_share: Annotated[float, Quantity(Kind.SHARE, symbol="r", fold="deflection_share")] = 0
    survey_yes: Annotated[float | None, _count("survey_answered")] = None
    survey_answered: Annotated[float | None, _count("survey_yes", minimum=1)] = None
    survey_asked: Annotated[
        float | None, _count("survey_yes", "survey_answered", minimum=1, is_optional=True)
    ] = None
    phone_share: Annotated[
        float | None,
        Quantity(
            Kind.SHARE,
            part_of=("cost_per_request",),
            needs=("phone_cost",),
            may_range=False,
        ),
    ] = None
    phone_cost: Annotated[
        float | None,
        Quantity(Kind.MONEY, part_of=("cost_per_request",), needs=("phone_share",), is_lever=False),
    ] = None
    email_share: Annotated[
        float | None,
        Quantity(
            Kind.SHARE,
            part_of=("cost_per_request",),
            needs=("email_cost",),
            may_range=False,
        ),
    ] = None
    email_cost: Annotated[
        float | None,
        Quantity(Kind.MONEY, part_of=("cost_per_request",), needs=("email_share",), is_lever=False),
    ] = None
    chat_share: Annotated[
        float | None,
        Quantity(
            Kind.SHARE,
            part_of=("cost_per_request",),
            needs=("chat_cost",),
            may_range=False,
        ),
    ] = None
    chat_cost: Annotated[
        float | None,
        Quantity(Kind.MONEY, part_of=("cost_per_request",), needs=("chat_share",), is_lever=False),
    ] = None
    tool_cost: Annotated[
        float | None, Quantity(Kind.MONEY, maximum=1e12, part_of=("investment",))
    ] = None
    staff_hours: Annotated[
        float | None, Quantity(Kind.HOURS, part_of=("investment",), needs=("hourly_rate",))
    ] = None
    hourly_rate: Annotated[
        float | None,
        Quantity(Kind.MONEY, part_of=("investment",), needs=("staff_hours",), is_shared=True),
    ] = None
    staff_grows: Annotated[str, Choice(("no", "yes"), about="staff_hours")] = "no"
    advertising: Annotated[
        float | None, Quantity(Kind.MONEY, maximum=1e12, part_of=("investment",))
    ] = None
    request_cost: Annotated[float | None, Quantity(Kind.MONEY, part_of=("investment",))] = None
    cashable_share: Annotated[float | None, CASHABLE_SHARE] = None
    minutes_per_contact: Annotated[float, MINUTES_PER_CONTACT] = 6
    hours_per_post: Annotated[float, HOURS_PER_POST] = 160
    shrinkage: Annotated[float, SHRINKAGE] = 0.3
    occupancy: Annotated[float, OCCUPANCY] = 0.85
    loaded_rate: Annotated[float | None, LOADED_RATE] = None
    period: Annotated[str, PERIOD] = "month"


def _growing(inputs: Inputs) -> dict[str, str]:
    is_said = inputs.staff_grows == "yes" and inputs.staff_hours is not None
    return {"staff_hours": "requests"} if is_said else {}


def _grows(inputs: Inputs) -> bool:
    """Tell whether each request brings its part of the staff time along; of none, none has any."""
    return bool(_growing(inputs)) and inputs.requests > 0


def _is_every_request_avoided(inputs: Inputs) -> bool:
    """Tell whether all requests are taken to have been kept off the other channel."""
    return inputs.deflection_share == 1 and inputs.repeat_share == 0


_MIX: Final = " + ".join(f"{{{channel}_share}} × {{{channel}_cost}}" for channel in _CHANNELS)
_STAFF: Final = "{staff_hours} × {hourly_rate}"
_PARTS: Final = f"{{tool_cost}} + {_STAFF} + {{advertising}} + {{requests}} × {{request_cost}}"
# What is spent however many requests come: all of it where none of the parts comes with each.
_STAFF_IF_FIXED: Final = f"({_STAFF} if {{staff_grows}} is no or {{requests}} ≤ 0 else 0)"
_FIXED: Final = (
    "({investment} if {request_cost} is empty and {staff_hours} is empty"
    " else {investment} if {request_cost} is empty and {staff_grows} is no"
    " or {request_cost} is empty and {requests} ≤ 0"
    f" else {{tool_cost}} + {_STAFF_IF_FIXED} + {{advertising}})"
)
# What each request resolved costs, and what it saves.
_STAFF_OF_ONE: Final = (
    f"({_STAFF} ÷ {{requests}} if {{staff_grows}} is yes and {{requests}} > 0 else 0)"
)
_VARIABLE: Final = f"({{request_cost}} + {_STAFF_OF_ONE})"
_SAVING: Final = "{cost_per_request} × {deflection_share} × (1 − {repeat_share})"
_FEWEST: Final = f"⌈{_FIXED} ÷ ({_SAVING} − {_VARIABLE})⌉ if {_SAVING} > {_VARIABLE} else undefined"


def _why_no_cost_pays(inputs: Inputs) -> str:
    return "none_avoided" if inputs.requests else "no_requests"


def _why_no_number_pays(inputs: Inputs) -> str:
    return "costlier" if variable_cost(inputs) else "no_saving"


@dataclass(frozen=True)
class Outputs:
    """The period's result, in the currency of the inputs; None where a figure is not defined."""

    cost_per_request: Annotated[
        float,
        Result(
            Kind.MONEY,
            f"{_MIX} if {{cost_per_request}} is empty else {{cost_per_request}}",
            "channel_mix",
            is_rate=True,
        ),
    ]
    avoided_requests: Annotated[
        float,
        Result(
            Kind.COUNT, "{requests} × {deflection_share} × (1 − {repeat_share})", "deflection_rate"
        ),
    ]
    gross_saving: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{avoided_requests} × {cost_per_request}",
            "hootsuite",
            is_headline=True,
            nature=nature,
        ),
    ]
    investment: Annotated[
        float,
        Result(Kind.MONEY, f"{_PARTS} if {{investment}} is empty else {{investment}}", "hootsuite"),
    ]
    net_saving: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{gross_saving} − {investment}",
            "hootsuite",
            is_headline=True,
            is_outcome=True,
            nature=nature,
        ),
    ]
    roi: Annotated[
        float | None,
        Result(
            Kind.SHARE,
            "{net_saving} ÷ {investment}",
            "petouhoff",
            is_headline=True,
            is_return=True,
        ),
    ]
    cash: Annotated[float | None, cash_of("gross_saving")]
    capacity: Annotated[float, capacity_of("gross_saving")]
    hours_freed: Annotated[
        float, Result(Kind.HOURS, "{avoided_requests} × {minutes_per_contact} ÷ 60", "workload")
    ]
    posts_freed: Annotated[float, POSTS_FREED]
    saving_per_hour: Annotated[float | None, SAVING_PER_HOUR]
    benefit_cost_ratio: Annotated[
        float | None, Result(Kind.MULTIPLE, "{gross_saving} ÷ {investment}", "green_book")
    ]
    cost_per_resolution: Annotated[
        float | None,
        Result(Kind.MONEY, "{investment} ÷ {requests}", "gingiss", is_rate=True),
    ]
    gross_saving_per_year: Annotated[
        float, Result(Kind.MONEY, per_year("gross_saving"), "hootsuite", nature=nature)
    ]
    investment_per_year: Annotated[float, Result(Kind.MONEY, per_year("investment"), "hootsuite")]
    net_saving_per_year: Annotated[
        float, Result(Kind.MONEY, per_year("net_saving"), "hootsuite", nature=nature)
    ]
    break_even_share: Annotated[
        float | None,
        Result(
            Kind.SHARE,
            "{investment} ÷ ({requests} × {cost_per_request} × (1 − {repeat_share}))",
            "switching_value",
            is_condition=True,
            attainable=1,
        ),
    ]
    break_even_cost_per_request: Annotated[
        float | None,
        Result(
            Kind.MONEY,
            "{investment} ÷ {avoided_requests}",
            "switching_value",
            is_condition=True,
            reason=_why_no_cost_pays,
        ),
    ]
    break_even_requests: Annotated[
        float | None,
        Result(
            Kind.COUNT,
            _FEWEST,
            "cost_volume_profit",
            is_condition=True,
            reason=_why_no_number_pays,
        ),
    ]


def cost_of_a_request(inputs: Inputs) -> float:
    """Return B: the average of the channels where any is given, else the one cost."""
    mix = [
        (getattr(inputs, f"{channel}_share"), getattr(inputs, f"{channel}_cost"))
        for channel in _CHANNELS
        if getattr(inputs, f"{channel}_share") is not None
    ]
    if not mix:
        return inputs.cost_per_request or 0
    return finance.mixed_cost(*zip(*mix, strict=True))


def staff_cost(inputs: Inputs) -> float:
    """Return what the hours spent on social media cost."""
    return (inputs.staff_hours or 0) * (inputs.hourly_rate or 0)


def fixed_cost(inputs: Inputs) -> float:
    """Return the part of C that is spent however many requests come; of a total, all of it."""
    if inputs.investment is not None:
        return inputs.investment
    staff = 0 if _grows(inputs) else staff_cost(inputs)
    return (inputs.tool_cost or 0) + staff + (inputs.advertising or 0)


def variable_cost(inputs: Inputs) -> float:
    """Return the part of C that comes anew with every request resolved, money a request."""
    staff = staff_cost(inputs) / inputs.requests if _grows(inputs) else 0
    return (inputs.request_cost or 0) + staff


def investment_total(inputs: Inputs) -> float:
    """Return C: the total, or the sum of its parts."""
    if inputs.investment is not None:
        return inputs.investment
    fixed = (inputs.tool_cost or 0) + staff_cost(inputs) + (inputs.advertising or 0)
    return fixed + inputs.requests * (inputs.request_cost or 0)


def net_saving(inputs: Inputs) -> float:
    """Return what is left of the cost avoided once the investment is paid."""
    avoided = finance.avoided_requests(
        inputs.requests, inputs.deflection_share, inputs.repeat_share
    )
    gross = finance.gross_saving(avoided, cost_of_a_request(inputs))
    return finance.net_saving(gross, investment_total(inputs))


def deflection(inputs: Inputs) -> Outputs:
    """Return what a period of resolving requests on social media avoided.

    By default every request is taken to have been kept off the other channel, as the source does;
    `break_even_share` says how many must have been for it to pay.
    """
    share, repeats = inputs.deflection_share, inputs.repeat_share
    cost = cost_of_a_request(inputs)
    investment = investment_total(inputs)
    avoided = finance.avoided_requests(inputs.requests, share, repeats)
    gross = finance.gross_saving(avoided, cost)
    net = net_saving(inputs)
    at_most_avoided = finance.avoided_requests(inputs.requests, 1, repeats)
    avoided_per_request = finance.avoided_requests(1, share, repeats)
    periods = finance.PERIODS_PER_YEAR[inputs.period]
    hours = service.hours(avoided, inputs.minutes_per_contact)
    return Outputs(
        cost_per_request=cost,
        avoided_requests=avoided,
        gross_saving=gross,
        investment=investment,
        net_saving=net,
        roi=finance.return_on_investment(net, investment),
        cash=finance.cash(gross, inputs.cashable_share),
        capacity=finance.capacity(gross, inputs.cashable_share),
        hours_freed=hours,
        posts_freed=posts_freed(inputs, hours),
        saving_per_hour=saving_per_hour(gross, hours),
        benefit_cost_ratio=finance.benefit_cost_ratio(gross, investment),
        cost_per_resolution=finance.cost_per_resolution(investment, inputs.requests),
        gross_saving_per_year=gross * periods,
        investment_per_year=investment * periods,
        net_saving_per_year=net * periods,
        break_even_share=finance.break_even_share(
            investment, finance.gross_saving(at_most_avoided, cost)
        ),
        break_even_cost_per_request=finance.break_even_cost_per_request(investment, avoided),
        break_even_requests=finance.break_even_requests(
            fixed_cost(inputs),
            finance.gross_saving(avoided_per_request, cost),
            variable_cost(inputs),
        ),
    )


def _sentence(_: Inputs, outputs: Outputs) -> str:
    return outcome_sentence(outputs.net_saving, outputs.investment)


def _headline(inputs: Inputs, outputs: Outputs) -> str:
    """Return the key of the line that names the telephone, unless other channels are given too."""
    is_mixed = inputs.email_share is not None or inputs.chat_share is not None
    mixed = ".mixed" if is_mixed else ""
    return f"{outcome_headline(outputs.roi)}{mixed}"


def _worth(inputs: Inputs, outputs: Outputs) -> tuple[str, ...]:
    return worth_in_posts(inputs, outputs.gross_saving)


def _warnings(inputs: Inputs, outputs: Outputs) -> tuple[str, ...]:
    return warnings(inputs, outputs.saving_per_hour)


def _assumptions(inputs: Inputs) -> tuple[str, ...]:
    """Return the keys of what is taken for granted: how many were kept away, what does not grow."""
    if _is_every_request_avoided(inputs):
        shares = "assumption.all"
    else:
        shares = "assumption.some_repeat" if inputs.repeat_share else "assumption.some"
    if inputs.investment:
        return (shares, "assumption.fixed")
    is_fixed = inputs.staff_hours and not _grows(inputs)
    return (shares, "assumption.fixed_hours") if is_fixed else (shares,)


def _rules(inputs: Inputs) -> Iterator[InputError]:
    """Yield the mistake of channels that together are more or less than all requests."""
    shares = {f"{channel}_share": getattr(inputs, f"{channel}_share") for channel in _CHANNELS}
    return refuse_shares_that_do_not_sum(shares)


def _scenarios(inputs: Inputs) -> Iterator[Scenario]:
    """Yield the same period if fewer of the requests would have reached the other channel."""
    for share in _CAUTIOUS_SHARES:
        if share < inputs.deflection_share:
            yield Scenario({"deflection_share": share}, key="scenario.share")


DEFLECTION: Final = Calculator(
    name="deflection",
    compute=deflection,
    sentence=_sentence,
    headline=_headline,
    assumptions=_assumptions,
    worth=_worth,
    warnings=_warnings,
    pictured=("gross_saving", "-investment", "net_saving"),
    counted="requests",
    outcome_of=net_saving,
    rules=_rules,
    growing=_growing,
    scenarios=_scenarios,
    leads_with=("requests", "cost_per_request", "investment"),
    doubt=Doubt("break_even_share", opens="deflection_share", is_its_value=True),
    objections={
        "share": ("deflection_share", "survey_yes"),
        "survey": ("survey_yes", "survey_answered", "survey_asked"),
        "repeats": ("repeat_share",),
        "cost": ("cost_per_request", *(f"{channel}_cost" for channel in _CHANNELS)),
        "cash": ("cashable_share",),
        "costs": ("tool_cost", "staff_hours", "advertising", "request_cost"),
    },
    related={
        "hourly_rate": ResultOf("loaded-rate", "loaded_rate"),
        "loaded_rate": ResultOf("loaded-rate", "loaded_rate"),
    },
    surveys={
        "deflection_share": Survey(
            yes="survey_yes",
            answered="survey_answered",
            asked="survey_asked",
            break_even="break_even_share",
        )
    },
    from_export=FromExport(requests="requests", repeats="repeat_share"),
)
