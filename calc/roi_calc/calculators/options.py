"""Today beside what is proposed: up to four ways to answer the same requests, each against today.

People as today, more people, a tool, an AI agent that is paid by the resolution. Nothing is held
against nothing: what answering avoids elsewhere is the same in every column.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Final, NamedTuple

from roi_calc.arithmetic import finance
from roi_calc.schema import (
    ABOVE_LIMIT,
    MISSING_PART,
    Calculator,
    Choice,
    Doubt,
    InputError,
    Kind,
    Quantity,
    Result,
    Scenario,
)

_OPTIONS: Final = ("hire", "tool", "agent")
# What is asked of a seller's word: a step each for fewer who do not come back.
_CAUTIOUS_SHARES: Final = (0.7, 0.5)
_CAUTIOUS_EXTRA: Final = 0.1
# Amounts a request that differ by less are the same: binary fractions leave such a hair.
_SAME: Final = "0.000000001"
_MONTHS: Final = 36


def _fixed(symbol: str, fold: str, *, is_optional: bool = False) -> Quantity:
    """Return what an option costs a month however many requests come."""
    return Quantity(
        Kind.MONEY, maximum=1e12, symbol=symbol, fold=fold, is_optional=is_optional, is_lever=False
    )


def _each(symbol: str, fold: str) -> Quantity:
    """Return what a request costs with an option."""
    return Quantity(Kind.MONEY, symbol=symbol, fold=fold, is_optional=True, is_lever=False)


def _once(fold: str) -> Quantity:
    """Return what an option costs before its first month."""
    return Quantity(Kind.MONEY, maximum=1e12, fold=fold, may_range=False, is_lever=False)


def _most(fold: str) -> Quantity:
    """Return how many requests a month an option can take; empty where nothing limits it."""
    return Quantity(Kind.COUNT, fold=fold, is_optional=True, may_range=False, is_lever=False)


def _aside(kind: Kind, symbol: str, fold: str, *, is_optional: bool = False) -> Quantity:
    """Return an input that the saving against today does not hang on."""
    return Quantity(
        kind, symbol=symbol, fold=fold, is_optional=is_optional, may_range=False, is_lever=False
    )


@dataclass(frozen=True)
class Inputs:
    """One month of the same requests, and what each option asks for answering them.

    today_request_cost: what people's handling of one request costs today, h; what an AI agent does
    not resolve costs it too. agent_price: for each conversation that is billed; empty, there is no
    such option. billed_share: the fraction of the requests billed as resolved, rho. kept_share: the
    fraction of those whose customer does not come back within 7 days, tau. handoff_share: the
    fraction of the requests billed although people take over, eta. extra_work: by how much what
    comes back takes more work than the same request today, a fraction, epsilon. _fixed and
    _request_cost: of more people or a tool, both empty where that is no option. _one_off: before
    the first month, no part of it. _capacity: the most requests a month; None for no limit.
    waiting_months: how many months the decision waits. growth: by which fraction the requests grow
    from month to month. cost_per_request, deflection_share, repeat_share: what a request costs on
    the other channel, and how many would have gone there, as in deflection; None where nobody
    asks.
    """

    requests: Annotated[float, Quantity(Kind.COUNT, symbol="N", is_lever=False)] = 1000
    today_request_cost: Annotated[float, Quantity(Kind.MONEY, symbol="h", is_lever=False)] = 5
    agent_price: Annotated[
        float | None, Quantity(Kind.MONEY, symbol="p", is_optional=True, is_lever=False)
    ] = 0.99
    proposed: Annotated[str, Choice(("agent", "hire", "tool"))] = "agent"
    billed_share: Annotated[float, Quantity(Kind.SHARE, symbol="ρ", fold="agent")] = 0.6  # noqa: RUF001 - a Greek letter
    kept_share: Annotated[float, Quantity(Kind.SHARE, symbol="τ", fold="agent")] = 0.85
    handoff_share: Annotated[float, Quantity(Kind.SHARE, symbol="η", fold="agent")] = 0.05
    extra_work: Annotated[float, Quantity(Kind.SHARE, symbol="ε", fold="agent")] = 0
    agent_fixed: Annotated[float, _fixed("f", "agent")] = 0
    agent_one_off: Annotated[float, _once("agent")] = 0
    agent_capacity: Annotated[float | None, _most("agent")] = None
    hire_fixed: Annotated[float | None, _fixed("F₁", "hire", is_optional=True)] = None
    hire_request_cost: Annotated[float | None, _each("v₁", "hire")] = None
    hire_one_off: Annotated[float, _once("hire")] = 0
    hire_capacity: Annotated[float | None, _most("hire")] = None
    tool_fixed: Annotated[float | None, _fixed("F₂", "tool", is_optional=True)] = None
    tool_request_cost: Annotated[float | None, _each("v₂", "tool")] = None
    tool_one_off: Annotated[float, _once("tool")] = 0
    tool_capacity: Annotated[float | None, _most("tool")] = None
    today_fixed: Annotated[float, _fixed("F₀", "today")] = 0
    today_capacity: Annotated[float | None, _most("today")] = None
    waiting_months: Annotated[
        float,
        Quantity(
            Kind.MONTHS,
            maximum=_MONTHS,
            symbol="k",
            fold="waiting",
            is_whole=True,
            may_range=False,
            is_lever=False,
        ),
    ] = 3
    growth: Annotated[
        float,
        Quantity(
            Kind.SHARE, minimum=-0.5, symbol="g", fold="waiting", may_range=False, is_lever=False
        ),
    ] = 0
    cost_per_request: Annotated[
        float | None, _aside(Kind.MONEY, "B", "elsewhere", is_optional=True)
    ] = None
    deflection_share: Annotated[float, _aside(Kind.SHARE, "d", "elsewhere")] = 1
    repeat_share: Annotated[float, _aside(Kind.SHARE, "r", "elsewhere")] = 0


def is_given(inputs: Inputs, option: str) -> bool:
    """Tell whether an option has anything entered for it; today always has."""
    if option == "hire":
        return inputs.hire_fixed is not None or inputs.hire_request_cost is not None
    if option == "tool":
        return inputs.tool_fixed is not None or inputs.tool_request_cost is not None
    return option == "today" or inputs.agent_price is not None


def _is_agent_proposed(inputs: Inputs) -> bool:
    return inputs.proposed == "agent"


def _without(option: str) -> Callable[[Inputs], bool]:
    """Return what tells that an option is left out."""
    return lambda inputs: not is_given(inputs, option)


def _not_beside_the_proposed(option: str) -> Callable[[Inputs], bool]:
    """Return what tells that an option is left out, or is itself the one proposed."""
    return lambda inputs: inputs.proposed == option or not is_given(inputs, option)


def _agent_is_not_proposed(inputs: Inputs) -> bool:
    return not _is_agent_proposed(inputs)


def _without_one_off(inputs: Inputs) -> bool:
    return proposed(inputs).once == 0


def _without_capacity(inputs: Inputs) -> bool:
    return proposed(inputs).most is None


def _without_waiting(inputs: Inputs) -> bool:
    return inputs.waiting_months == 0


def _without_elsewhere(inputs: Inputs) -> bool:
    return inputs.cost_per_request is None


class Option(NamedTuple):
    """One column: what it costs a month and a request, once, and the most requests it can take."""

    fixed: float
    each: float
    once: float
    most: float | None

    def cost(self, requests: float) -> float:
        """Return what so many requests cost in a month."""
        return self.fixed + requests * self.each


def today(inputs: Inputs) -> Option:
    """Return the column that every other one is held against."""
    return Option(inputs.today_fixed, inputs.today_request_cost, 0, inputs.today_capacity)


def agent(inputs: Inputs) -> Option:
    """Return the column of the AI agent: its bill, and the people who handle what it does not."""
    billed = (inputs.agent_price or 0) * (inputs.billed_share + inputs.handoff_share)
    handled = (1 - inputs.billed_share * inputs.kept_share) * inputs.today_request_cost
    each = billed + handled * (1 + inputs.extra_work)
    return Option(inputs.agent_fixed, each, inputs.agent_one_off, inputs.agent_capacity)


def option_of(inputs: Inputs, name: str) -> Option:
    """Return a column by its name."""
    if name == "today":
        return today(inputs)
    if name == "agent":
        return agent(inputs)
    given = vars(inputs)
    return Option(
        given[f"{name}_fixed"] or 0,
        given[f"{name}_request_cost"] or 0,
        given[f"{name}_one_off"],
        given[f"{name}_capacity"],
    )


def proposed(inputs: Inputs) -> Option:
    """Return the column that is proposed."""
    return option_of(inputs, inputs.proposed)


def _chosen(hire: str, tool: str, of_agent: str) -> str:
    """Return the formula of what belongs to the option that is proposed."""
    return f"{of_agent} if {{proposed}} is agent else {hire} if {{proposed}} is hire else {tool}"


def _of(what: str) -> str:
    return _chosen(f"{{hire_{what}}}", f"{{tool_{what}}}", f"{{agent_{what}}}")


_NO_AGENT: Final = "{agent_price} is empty"


def _is_empty(option: str) -> str:
    """Return what is true where nothing is entered for more people, or a tool."""
    return f"{{{option}_fixed}} is empty and {{{option}_request_cost}} is empty"


def _cost_of(option: str) -> str:
    """Return the formula of what more people, or a tool, cost in a month."""
    cost = f"{{{option}_fixed}} + {{requests}} × {{{option}_request_cost}}"
    return f"undefined if {_is_empty(option)} else {cost}"


_BILLED: Final = "({billed_share} + {handoff_share})"
_HANDLED: Final = "(1 − {billed_share} × {kept_share}) × {today_request_cost} × (1 + {extra_work})"
# What an AI agent costs that follows no cost of a request today, and the part of it that is spared.
_BILL: Final = f"{{agent_fixed}} + {{agent_price}} × {{requests}} × {_BILLED}"
_SPARED: Final = "(1 − (1 − {billed_share} × {kept_share}) × (1 + {extra_work}))"
_SPENT: Final = f"({_BILL} if {{proposed}} is agent else {{cost_proposed}})"
_SPARED_OF_PROPOSED: Final = f"({_SPARED} if {{proposed}} is agent else 1)"
_LEFT_FOR_THE_BILL: Final = (
    "({today_fixed} + {requests} × {today_request_cost}"
    f" − {{agent_fixed}} − {{requests}} × {_HANDLED})"
)
_MORE_THAN_TODAY: Final = (
    f"({_BILL} + {{requests}} × {{today_request_cost}} × {{extra_work}} − {{today_fixed}})"
)
_KEPT_IS_WORTH: Final = "({requests} × {billed_share} × {today_request_cost} × (1 + {extra_work}))"
# What is divided by nothing is undefined as well.
_HAS_NO_PRICE: Final = f"{{proposed}} is not agent or {_LEFT_FOR_THE_BILL} < 0"
_HAS_NO_SHARE: Final = f"{{proposed}} is not agent or {_MORE_THAN_TODAY} < 0"


def _crossing(fixed: str, each: str, empty: str) -> str:
    """Return the formula of the requests at which the proposed option costs as much as another.

    empty: what is true where that other one is not given.
    """
    more, less = f"({fixed} − {{fixed_proposed}})", f"({{request_cost_proposed}} − {each})"
    at = f"{more} ÷ {less}"
    nothing_given = f"undefined if {empty} else " if empty else ""
    return (
        f"{nothing_given}undefined if {less} ≤ {_SAME} and {less} ≥ −{_SAME}"
        f" else undefined if {at} < 0 else {at}"
    )


_SUM_OF_MONTHS: Final = (
    "({waiting_months} × (1 + {growth} × ({waiting_months} − 1) ÷ 2)"
    " if {growth} < 0.000001 and {growth} > −0.000001"
    " else ((1 + {growth})^{waiting_months} − 1) ÷ {growth})"
)


def _why_no_crossing(option: str) -> Callable[[Inputs], str]:
    def reason(inputs: Inputs) -> str:
        each, other = proposed(inputs).each, option_of(inputs, option).each
        return "parallel" if abs(each - other) <= float(_SAME) else "never"

    return reason


def _why_no_request_cost(inputs: Inputs) -> str:
    return "always" if _spent(inputs) < inputs.today_fixed else "never"


def _why_no_price(inputs: Inputs) -> str:
    nothing_billed = inputs.requests * (inputs.billed_share + inputs.handoff_share) == 0
    return "nothing_billed" if nothing_billed else "never"


def _why_no_share(inputs: Inputs) -> str:
    return "always" if _more_than_today(inputs) < 0 else "nothing_spared"


def _why_no_number(inputs: Inputs) -> str:
    return "always" if proposed(inputs).each < today(inputs).each else "never"


def _money(formula: str, **declared: Callable[[Inputs], bool]) -> Result:
    return Result(Kind.MONEY, formula, "options", left_out=declared.get("left_out"))


def _crossing_result(option: str, fixed: str, each: str, empty: str = "") -> Result:
    return Result(
        Kind.COUNT,
        _crossing(fixed, each, empty),
        "crossing",
        reason=_why_no_crossing(option),
        left_out=_not_beside_the_proposed(option),
    )


@dataclass(frozen=True)
class Outputs:
    """The month with each option, in the currency of the inputs; None where it is not defined."""

    cost_today: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{today_fixed} + {requests} × {today_request_cost}",
            "options",
            is_headline=True,
        ),
    ]
    cost_agent: Annotated[
        float | None,
        _money(
            f"undefined if {_NO_AGENT} else {_BILL} + {{requests}} × {_HANDLED}",
            left_out=_without("agent"),
        ),
    ]
    cost_hire: Annotated[float | None, _money(_cost_of("hire"), left_out=_without("hire"))]
    cost_tool: Annotated[float | None, _money(_cost_of("tool"), left_out=_without("tool"))]
    cost_proposed: Annotated[
        float,
        Result(
            Kind.MONEY,
            _chosen("{cost_hire}", "{cost_tool}", "{cost_agent}"),
            "options",
            is_headline=True,
        ),
    ]
    saving: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{cost_today} − {cost_proposed}",
            "options",
            is_headline=True,
            is_outcome=True,
        ),
    ]
    saving_share: Annotated[float | None, Result(Kind.SHARE, "{saving} ÷ {cost_today}", "options")]
    saving_agent: Annotated[
        float | None,
        _money("{cost_today} − {cost_agent}", left_out=_not_beside_the_proposed("agent")),
    ]
    saving_hire: Annotated[
        float | None,
        _money("{cost_today} − {cost_hire}", left_out=_not_beside_the_proposed("hire")),
    ]
    saving_tool: Annotated[
        float | None,
        _money("{cost_today} − {cost_tool}", left_out=_not_beside_the_proposed("tool")),
    ]
    agent_bill: Annotated[
        float | None,
        _money(f"undefined if {_NO_AGENT} else {_BILL}", left_out=_without("agent")),
    ]
    real_resolutions: Annotated[
        float | None,
        Result(
            Kind.COUNT,
            f"undefined if {_NO_AGENT} else {{requests}} × {{billed_share}} × {{kept_share}}",
            "real_resolution",
            left_out=_without("agent"),
        ),
    ]
    cost_per_resolution: Annotated[
        float | None,
        Result(
            Kind.MONEY,
            "{agent_bill} ÷ {real_resolutions}",
            "real_resolution",
            is_rate=True,
            left_out=_without("agent"),
        ),
    ]
    fixed_proposed: Annotated[float, _money(_of("fixed"))]
    request_cost_proposed: Annotated[
        float,
        Result(
            Kind.MONEY,
            _chosen(
                "{hire_request_cost}",
                "{tool_request_cost}",
                f"{{agent_price}} × {_BILLED} + {_HANDLED}",
            ),
            "options",
            is_rate=True,
        ),
    ]
    capacity_proposed: Annotated[
        float | None,
        Result(
            Kind.COUNT,
            "undefined if {proposed} is agent and {agent_capacity} is empty"
            " or {proposed} is hire and {hire_capacity} is empty"
            " or {proposed} is tool and {tool_capacity} is empty"
            f" else {_of('capacity')}",
            "options",
            left_out=_without_capacity,
        ),
    ]
    crossing_today: Annotated[
        float | None, _crossing_result("today", "{today_fixed}", "{today_request_cost}")
    ]
    crossing_agent: Annotated[
        float | None,
        _crossing_result(
            "agent", "{agent_fixed}", f"({{agent_price}} × {_BILLED} + {_HANDLED})", _NO_AGENT
        ),
    ]
    crossing_hire: Annotated[
        float | None,
        _crossing_result("hire", "{hire_fixed}", "{hire_request_cost}", _is_empty("hire")),
    ]
    crossing_tool: Annotated[
        float | None,
        _crossing_result("tool", "{tool_fixed}", "{tool_request_cost}", _is_empty("tool")),
    ]
    payback_months: Annotated[
        float | None,
        Result(
            Kind.MONTHS,
            f"({_of('one_off')}) ÷ {{saving}} if {{saving}} > 0 else undefined",
            "options",
            left_out=_without_one_off,
        ),
    ]
    waiting_requests: Annotated[
        float,
        Result(
            Kind.COUNT, f"{{requests}} × {_SUM_OF_MONTHS}", "waiting", left_out=_without_waiting
        ),
    ]
    waiting_cost: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{waiting_months} × ({today_fixed} − {fixed_proposed})"
            " + {waiting_requests} × ({today_request_cost} − {request_cost_proposed})",
            "waiting",
            left_out=_without_waiting,
        ),
    ]
    gross_saving: Annotated[
        float | None,
        Result(
            Kind.MONEY,
            "undefined if {cost_per_request} is empty else"
            " {requests} × {deflection_share} × (1 − {repeat_share}) × {cost_per_request}",
            "hootsuite",
            left_out=_without_elsewhere,
        ),
    ]
    net_today: Annotated[
        float | None,
        Result(
            Kind.MONEY,
            "{gross_saving} − {cost_today}",
            "hootsuite",
            left_out=_without_elsewhere,
        ),
    ]
    net_proposed: Annotated[
        float | None,
        Result(
            Kind.MONEY,
            "{gross_saving} − {cost_proposed}",
            "hootsuite",
            left_out=_without_elsewhere,
        ),
    ]
    break_even_kept: Annotated[
        float | None,
        Result(
            Kind.SHARE,
            f"undefined if {_HAS_NO_SHARE} else {_MORE_THAN_TODAY} ÷ {_KEPT_IS_WORTH}",
            "switching_value",
            is_condition=True,
            attainable=1,
            reason=_why_no_share,
            left_out=_agent_is_not_proposed,
        ),
    ]
    break_even_price: Annotated[
        float | None,
        Result(
            Kind.MONEY,
            f"undefined if {_HAS_NO_PRICE} else {_LEFT_FOR_THE_BILL} ÷ ({{requests}} × {_BILLED})",
            "switching_value",
            is_condition=True,
            is_ceiling=True,
            reason=_why_no_price,
            left_out=_agent_is_not_proposed,
        ),
    ]
    break_even_request_cost: Annotated[
        float | None,
        Result(
            Kind.MONEY,
            f"undefined if {{requests}} × {_SPARED_OF_PROPOSED} ≤ {_SAME}"
            f" or {_SPENT} < {{today_fixed}}"
            f" else ({_SPENT} − {{today_fixed}}) ÷ ({{requests}} × {_SPARED_OF_PROPOSED})",
            "switching_value",
            is_condition=True,
            reason=_why_no_request_cost,
        ),
    ]
    break_even_requests: Annotated[
        float | None,
        Result(
            Kind.COUNT,
            "undefined if {fixed_proposed} < {today_fixed} else"
            " ⌈({fixed_proposed} − {today_fixed})"
            " ÷ ({today_request_cost} − {request_cost_proposed})⌉"
            " if {today_request_cost} > {request_cost_proposed} else undefined",
            "cost_volume_profit",
            is_condition=True,
            reason=_why_no_number,
        ),
    ]


def _bill(inputs: Inputs) -> float:
    """Return what an AI agent's seller asks for the month."""
    billed = inputs.billed_share + inputs.handoff_share
    return inputs.agent_fixed + (inputs.agent_price or 0) * inputs.requests * billed


def _spent(inputs: Inputs) -> float:
    """Return the part of the proposed option's cost that no request's cost today changes."""
    return _bill(inputs) if _is_agent_proposed(inputs) else proposed(inputs).cost(inputs.requests)


def _spared(inputs: Inputs) -> float:
    """Return the fraction of today's handling that the proposed option spares."""
    if not _is_agent_proposed(inputs):
        return 1
    return 1 - (1 - inputs.billed_share * inputs.kept_share) * (1 + inputs.extra_work)


def _more_than_today(inputs: Inputs) -> float:
    """Return what an AI agent costs on top of today if every customer comes back."""
    extra = inputs.requests * inputs.today_request_cost * inputs.extra_work
    return _bill(inputs) + extra - inputs.today_fixed


def _cost(inputs: Inputs, name: str) -> float | None:
    """Return what the month costs with an option; None where nothing is entered for it."""
    if not is_given(inputs, name):
        return None
    if name != "agent":
        return option_of(inputs, name).cost(inputs.requests)
    handled = inputs.requests * (1 - inputs.billed_share * inputs.kept_share)
    return _bill(inputs) + handled * inputs.today_request_cost * (1 + inputs.extra_work)


def saving(inputs: Inputs) -> float:
    """Return what the month costs less than today with the option that is proposed."""
    instead = _cost(inputs, inputs.proposed) or 0
    return finance.net_saving(today(inputs).cost(inputs.requests), instead)


def _break_even_kept(inputs: Inputs) -> float | None:
    each = inputs.requests * inputs.billed_share * inputs.today_request_cost
    worth, more = each * (1 + inputs.extra_work), _more_than_today(inputs)
    if not _is_agent_proposed(inputs) or worth <= 0 or more < 0:
        return None
    return more / worth


def _break_even_price(inputs: Inputs) -> float | None:
    billed = inputs.requests * (inputs.billed_share + inputs.handoff_share)
    handled = (1 - inputs.billed_share * inputs.kept_share) * inputs.today_request_cost
    people = inputs.requests * handled * (1 + inputs.extra_work)
    left = today(inputs).cost(inputs.requests) - inputs.agent_fixed - people
    if not _is_agent_proposed(inputs) or billed <= 0 or left < 0:
        return None
    return left / billed


def _break_even_request_cost(inputs: Inputs) -> float | None:
    spent, spared = _spent(inputs), inputs.requests * _spared(inputs)
    if spared <= float(_SAME) or spent < inputs.today_fixed:
        return None
    return (spent - inputs.today_fixed) / spared


def _break_even_requests(inputs: Inputs) -> float | None:
    now, then = today(inputs), proposed(inputs)
    if then.fixed < now.fixed:
        return None
    return finance.break_even_requests(then.fixed - now.fixed, now.each, then.each)


def _waiting_cost(inputs: Inputs, requests: float) -> float:
    now, then = today(inputs), proposed(inputs)
    months = inputs.waiting_months * (now.fixed - then.fixed)
    return months + requests * (now.each - then.each)


def options(inputs: Inputs) -> Outputs:
    """Return what the same requests cost in a month today, and with each option that is given.

    The saving is that of the option proposed, against today. What waiting costs is the same saving
    over the months of waiting, and stands by itself: it is no benefit of its own.
    """
    now, then, requests = today(inputs), proposed(inputs), inputs.requests
    costs = {name: _cost(inputs, name) for name in ("today", *_OPTIONS)}
    cost_today = now.cost(requests)
    against = {
        name: None if cost is None else finance.net_saving(cost_today, cost)
        for name, cost in costs.items()
    }
    saved = saving(inputs)
    has_agent = is_given(inputs, "agent")
    resolved = requests * inputs.billed_share * inputs.kept_share if has_agent else None
    bill = _bill(inputs) if has_agent else None
    growing = requests * finance.sum_of_growth(inputs.growth, inputs.waiting_months)
    gross = (
        None
        if inputs.cost_per_request is None
        else finance.gross_saving(
            finance.avoided_requests(requests, inputs.deflection_share, inputs.repeat_share),
            inputs.cost_per_request,
        )
    )
    cost_proposed = costs[inputs.proposed] or 0
    crossings = {
        name: finance.crossing(then.fixed, then.each, *option_of(inputs, name)[:2])
        if is_given(inputs, name)
        else None
        for name in costs
    }
    return Outputs(
        cost_today=cost_today,
        cost_agent=costs["agent"],
        cost_hire=costs["hire"],
        cost_tool=costs["tool"],
        cost_proposed=cost_proposed,
        saving=saved,
        saving_share=saved / cost_today if cost_today else None,
        saving_agent=against["agent"],
        saving_hire=against["hire"],
        saving_tool=against["tool"],
        agent_bill=bill,
        real_resolutions=resolved,
        cost_per_resolution=bill / resolved if bill is not None and resolved else None,
        fixed_proposed=then.fixed,
        request_cost_proposed=then.each,
        capacity_proposed=then.most,
        crossing_today=crossings["today"],
        crossing_agent=crossings["agent"],
        crossing_hire=crossings["hire"],
        crossing_tool=crossings["tool"],
        payback_months=then.once / saved if saved > 0 else None,
        waiting_requests=growing,
        waiting_cost=_waiting_cost(inputs, growing),
        gross_saving=gross,
        net_today=None if gross is None else finance.net_saving(gross, cost_today),
        net_proposed=None if gross is None else finance.net_saving(gross, cost_proposed),
        break_even_kept=_break_even_kept(inputs),
        break_even_price=_break_even_price(inputs),
        break_even_request_cost=_break_even_request_cost(inputs),
        break_even_requests=_break_even_requests(inputs),
    )


def _sentence(inputs: Inputs, outputs: Outputs) -> str:
    return f"sentence.{inputs.proposed}.{'gain' if outputs.saving >= 0 else 'loss'}"


def _is_too_small(inputs: Inputs, name: str) -> bool:
    """Tell whether an option cannot take all the requests."""
    most = option_of(inputs, name).most
    return most is not None and most < inputs.requests


def _headline(inputs: Inputs, _: Outputs) -> str:
    if _is_too_small(inputs, inputs.proposed):
        return "headline.too_small"
    return f"headline.{inputs.proposed}"


def _warnings(inputs: Inputs, _: Outputs) -> tuple[str, ...]:
    """Return the keys for the options that cannot take all the requests."""
    given = (name for name in ("today", *_OPTIONS) if is_given(inputs, name))
    return tuple(f"warning.capacity.{name}" for name in given if _is_too_small(inputs, name))


def _assumptions(inputs: Inputs) -> tuple[str, ...]:
    """Return the keys of what is taken for granted, and of the options that are not in it."""
    empty = tuple(f"assumption.empty.{name}" for name in _OPTIONS if not is_given(inputs, name))
    waiting = ("assumption.waiting",) if inputs.waiting_months else ()
    return ("assumption.time", *waiting, *empty)


def _rules(inputs: Inputs) -> Iterator[InputError]:
    """Yield a proposed option without a cost, and more conversations billed than there are."""
    if not is_given(inputs, inputs.proposed):
        missing = "agent_price" if _is_agent_proposed(inputs) else f"{inputs.proposed}_fixed"
        yield InputError(missing, MISSING_PART, other="proposed")
    if inputs.billed_share + inputs.handoff_share > 1 + 1e-12:
        yield InputError("handoff_share", ABOVE_LIMIT, number=1 - inputs.billed_share)


def _scenarios(inputs: Inputs) -> Iterator[Scenario]:
    """Yield the month if more customers came back to an AI agent, or came back with more work."""
    if not _is_agent_proposed(inputs):
        return
    for share in _CAUTIOUS_SHARES:
        if share < inputs.kept_share:
            yield Scenario({"kept_share": share}, key="scenario.kept")
    if inputs.extra_work < _CAUTIOUS_EXTRA:
        yield Scenario({"extra_work": _CAUTIOUS_EXTRA}, key="scenario.extra")


OPTIONS: Final = Calculator(
    name="options",
    compute=options,
    sentence=_sentence,
    headline=_headline,
    assumptions=_assumptions,
    warnings=_warnings,
    pictured=("cost_today", "cost_agent", "cost_hire", "cost_tool"),
    counted="requests",
    outcome_of=saving,
    rules=_rules,
    scenarios=_scenarios,
    leads_with=("requests", "today_request_cost", "agent_price"),
    doubt=Doubt("break_even_kept", opens="kept_share", is_its_value=True),
    objections={"cost": ("today_request_cost",), "agent": ("kept_share", "extra_work")},
    period="month",
)
