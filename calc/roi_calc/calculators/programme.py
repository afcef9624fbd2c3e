"""Several goals together over months: cash, capacity and goodwill beside each other.

The monthly figures come from the other calculators, each with what it costs. What may be counted
twice is named, and not added unless the reader says that it is not the same.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Final, NamedTuple

from roi_calc.arithmetic import finance
from roi_calc.calculators.common import outcome_headline
from roi_calc.schema import (
    Calculator,
    Choice,
    Doubt,
    Kind,
    Nature,
    Quantity,
    Result,
    ResultOf,
    Scenario,
    Schedule,
)

MAXIMUM_MONTHS: Final = 36
_COST: Final = "monthly_cost"


def _benefit(fold: str = "", part_of: str = "") -> Quantity:
    """Return a monthly amount, which may be a loss."""
    parts = (part_of,) if part_of else ()
    return Quantity(Kind.MONEY, minimum=-1e9, fold=fold, part_of=parts)


def _cost() -> Quantity:
    """Return what one goal costs a month."""
    return Quantity(Kind.MONEY, part_of=(_COST,))


@dataclass(frozen=True)
class Inputs:
    """Monthly amounts at full effect, what they cost, and over how long.

    deflection_saving, chaser_saving and handling_time_value: the cost avoided, or its parts: what
    leaves a budget (_cash) and what frees time (_capacity). Without parts all of it is capacity.
    retention_value (satisfaction) and response_retention_value (response times) are goodwill.
    monthly_cost: of all goals together, or the sum of what each costs; other_cost is for none of
    them alone. ramp_months: months before the first with the full effect. risk_haircut: the
    fraction of each gain that may fail to come; a loss counts in full. add_capacity, add_goodwill:
    whether they count toward the net benefit. same_contacts: whether the handling time saved lies
    on contacts that were also deflected, or its hours are already in the cost of a deflected
    request. same_customers: whether both retention values speak of the same customers.
    """

    deflection_saving: Annotated[float | None, _benefit()] = 2000
    deflection_cash: Annotated[float | None, _benefit(part_of="deflection_saving")] = None
    deflection_capacity: Annotated[float | None, _benefit(part_of="deflection_saving")] = None
    monthly_cost: Annotated[float | None, Quantity(Kind.MONEY)] = 500
    deflection_cost: Annotated[float | None, _cost()] = None
    chaser_cost: Annotated[float | None, _cost()] = None
    handling_time_cost: Annotated[float | None, _cost()] = None
    retention_cost: Annotated[float | None, _cost()] = None
    other_cost: Annotated[float | None, _cost()] = None
    one_off_cost: Annotated[float, Quantity(Kind.MONEY, maximum=1e12)] = 6000
    months: Annotated[
        float,
        Quantity(Kind.MONTHS, minimum=1, maximum=MAXIMUM_MONTHS, is_whole=True, may_range=False),
    ] = 12
    chaser_saving: Annotated[float | None, _benefit("benefits")] = 0
    chaser_cash: Annotated[float | None, _benefit("benefits", "chaser_saving")] = None
    chaser_capacity: Annotated[float | None, _benefit("benefits", "chaser_saving")] = None
    handling_time_value: Annotated[float | None, _benefit("benefits")] = 0
    handling_time_cash: Annotated[float | None, _benefit("benefits", "handling_time_value")] = None
    handling_time_capacity: Annotated[float | None, _benefit("benefits", "handling_time_value")] = (
        None
    )
    retention_value: Annotated[float, _benefit("benefits")] = 0
    response_retention_value: Annotated[float, _benefit("benefits")] = 0
    ramp_months: Annotated[
        float, Quantity(Kind.MONTHS, maximum=MAXIMUM_MONTHS, is_whole=True, fold="timing")
    ] = 0
    # The net benefit, which ranges are about, is before discounting.
    discount_rate: Annotated[float, Quantity(Kind.SHARE, fold="timing", may_range=False)] = 0.1
    risk_haircut: Annotated[float, Quantity(Kind.SHARE, fold="timing")] = 0
    add_capacity: Annotated[str, Choice(("no", "yes"), fold="adding")] = "yes"
    add_goodwill: Annotated[str, Choice(("no", "yes"), fold="adding")] = "no"
    same_contacts: Annotated[str, Choice(("yes", "no"), fold="adding")] = "yes"
    same_customers: Annotated[str, Choice(("yes", "no"), fold="adding")] = "yes"


class _Saving(NamedTuple):
    """The inputs that say what one goal avoids a month: a total, or its parts."""

    total: str
    cash: str
    capacity: str


_DEFLECTION: Final = _Saving("deflection_saving", "deflection_cash", "deflection_capacity")
_CHASERS: Final = _Saving("chaser_saving", "chaser_cash", "chaser_capacity")
_HANDLING: Final = _Saving("handling_time_value", "handling_time_cash", "handling_time_capacity")
_SAVINGS: Final = (_DEFLECTION, _CHASERS, _HANDLING)
_CASH: Final = tuple(saving.cash for saving in _SAVINGS)
# A total that is not split is all time.
_CAPACITY: Final = tuple(name for saving in _SAVINGS for name in (saving.total, saving.capacity))
_GOODWILL: Final = ("retention_value", "response_retention_value")
# What each goal costs, and the benefits that it buys.
_COSTS: Final[Mapping[str, tuple[str, ...]]] = {
    "deflection_cost": (_DEFLECTION.total,),
    "chaser_cost": (_CHASERS.total, "response_retention_value"),
    "handling_time_cost": (_HANDLING.total,),
    "retention_cost": ("retention_value",),
}
_COST_PARTS: Final = (*_COSTS, "other_cost")


def _amount(inputs: Inputs, name: str) -> float:
    """Return what an input brings in a month at full effect, before risk; 0 if not given."""
    amount: float | None = getattr(inputs, name)
    return amount or 0


def _total(inputs: Inputs, saving: _Saving) -> float:
    """Return what a goal avoids a month: the total, or the sum of its parts."""
    return sum(_amount(inputs, name) for name in saving)


def _is_twice(inputs: Inputs) -> bool:
    """Tell whether handling time freed is also in what deflection avoids."""
    is_freed = any(_amount(inputs, name) > 0 for name in _HANDLING)
    return is_freed and inputs.same_contacts == "yes" and _total(inputs, _DEFLECTION) != 0


def _is_goodwill_twice(inputs: Inputs) -> bool:
    """Tell whether satisfaction and response times speak of the same customers' staying."""
    both = bool(inputs.retention_value) and bool(inputs.response_retention_value)
    return both and inputs.same_customers == "yes"


def _once(inputs: Inputs, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the inputs without a gain that another holds already; a loss is never left out."""
    if not _is_twice(inputs):
        return names
    return tuple(name for name in names if name not in _HANDLING or _amount(inputs, name) < 0)


def _cash_names(inputs: Inputs) -> tuple[str, ...]:
    """Return the inputs of the column of what leaves a budget."""
    return _once(inputs, _CASH)


def _capacity_names(inputs: Inputs) -> tuple[str, ...]:
    """Return the inputs of the column of what frees time."""
    return _once(inputs, _CAPACITY)


def _goodwill_names(inputs: Inputs) -> tuple[str, ...]:
    """Return the goodwill that counts: of two that overlap the larger, but a loss before a gain."""
    if not _is_goodwill_twice(inputs):
        return _GOODWILL
    amounts = {name: _amount(inputs, name) for name in _GOODWILL}
    chosen = min if min(amounts.values()) < 0 else max
    return (chosen(amounts, key=amounts.__getitem__),)


def _counted(inputs: Inputs) -> tuple[str, ...]:
    """Return the inputs that count toward the net benefit, each once."""
    capacity = _capacity_names(inputs) if inputs.add_capacity == "yes" else ()
    goodwill = _goodwill_names(inputs) if inputs.add_goodwill == "yes" else ()
    return (*_cash_names(inputs), *capacity, *goodwill)


def _amounts(inputs: Inputs, names: tuple[str, ...]) -> list[float]:
    """Return what some inputs bring in a month at full effect, before risk."""
    return [_amount(inputs, name) for name in names]


def _monthly(inputs: Inputs, names: tuple[str, ...]) -> float:
    """Return what some inputs come to in a month at full effect, once risk is taken off gains."""
    return finance.risk_adjusted(_amounts(inputs, names), inputs.risk_haircut)


def running_cost(inputs: Inputs) -> float:
    """Return what a month costs: the total, or the sum of what each goal costs."""
    if inputs.monthly_cost is not None:
        return inputs.monthly_cost
    return sum(_amounts(inputs, _COST_PARTS))


def _why_no_rate(inputs: Inputs) -> str:
    """Return why there is no internal rate of return."""
    changes = finance.sign_changes(cash_flows(inputs))
    if changes == 0:
        return "no_turn"
    return "beyond" if changes == 1 else "many_turns"


def _nature(inputs: Inputs) -> Nature | None:
    """Return what the benefit that counts is worth; None for a mixture, or for none."""
    columns = {
        Nature.CASH: _cash_names(inputs),
        Nature.CAPACITY: _capacity_names(inputs),
        Nature.GOODWILL: _goodwill_names(inputs),
    }
    counted = _counted(inputs)
    found = [
        nature
        for nature, names in columns.items()
        if any(name in counted and _amount(inputs, name) for name in names)
    ]
    return found[0] if len(found) == 1 else None


def _gain(amount: str) -> str:
    return f"({amount} if {amount} > 0 else 0)"


def _loss(amount: str) -> str:
    return f"({amount} if {amount} < 0 else 0)"


def _time(saving: _Saving, counted: Callable[[str], str]) -> str:
    """Return the formula of what frees time: the total where it is not split, else its part."""
    total, part = f"{{{saving.total}}}", f"{{{saving.capacity}}}"
    return f"({counted(part)} if {total} is empty else {counted(total)})"


def _once_gained(amount: str) -> str:
    """Return the formula of a gain in handling time; of one that deflection holds already, 0."""
    is_deflected = "{deflection_saving} > 0 or {deflection_saving} < 0"
    own = f"0 if {is_deflected} else {amount}"
    return f"(0 if {amount} ≤ 0 else {amount} if {{same_contacts}} is no else {own})"


def _cash_formula(counted: Callable[[str], str], handling: Callable[[str], str]) -> str:
    deflection, chasers = (counted(f"{{{each.cash}}}") for each in (_DEFLECTION, _CHASERS))
    return f"{deflection} + {chasers} + {handling(f'{{{_HANDLING.cash}}}')}"


def _time_formula(counted: Callable[[str], str], handling: Callable[[str], str]) -> str:
    deflection, chasers = (_time(each, counted) for each in (_DEFLECTION, _CHASERS))
    return f"{deflection} + {chasers} + {_time(_HANDLING, handling)}"


def _over_months(gains: str, losses: str) -> str:
    """Return the formula of a column: what a month brings once risk is off its gains."""
    return f"(({gains}) × (1 − {{risk_haircut}}) + {losses}) × {{full_months}}"


def _total_formula(total: str, parts: tuple[str, ...]) -> str:
    """Return the formula of a total that may be given by its parts."""
    summed = " + ".join(f"{{{part}}}" for part in parts)
    return f"{summed} if {{{total}}} is empty else {{{total}}}"


_CASH_LOSSES: Final = _cash_formula(_loss, _loss)
_TIME_LOSSES: Final = _time_formula(_loss, _loss)
# Of two that overlap the larger gain counts, but a loss before a gain.
_KEPT, _KEPT_BY_RESPONSE = (f"{{{name}}}" for name in _GOODWILL)
_IS_A_LOSS: Final = f"{_KEPT} < 0 or {_KEPT_BY_RESPONSE} < 0"
_GOODWILL_GAINS: Final = (
    f"({_gain(_KEPT)} + {_gain(_KEPT_BY_RESPONSE)} if {{same_customers}} is no"
    f" else 0 if {_IS_A_LOSS}"
    f" else {_KEPT} if {_KEPT} ≥ {_KEPT_BY_RESPONSE} else {_KEPT_BY_RESPONSE})"
)
_GOODWILL_LOSSES: Final = (
    f"({_loss(_KEPT)} + {_loss(_KEPT_BY_RESPONSE)} if {{same_customers}} is no"
    f" else {_loss(_KEPT)} if {_KEPT} ≤ {_KEPT_BY_RESPONSE} else {_loss(_KEPT_BY_RESPONSE)})"
)
_COUNTED_LOSSES: Final = (
    f"({_CASH_LOSSES} + ({_TIME_LOSSES} if {{add_capacity}} is yes else 0)"
    f" + ({_GOODWILL_LOSSES} if {{add_goodwill}} is yes else 0)) × {{full_months}}"
)
# The sum of month ÷ (ramp + 1), and of 1 once the ramp is over.
_FULL_MONTHS: Final = (
    "{months} − {ramp_months} ÷ 2 if {ramp_months} ≤ {months}"
    " else {months} × ({months} + 1) ÷ 2 ÷ ({ramp_months} + 1)"
)
# What 1 a month is worth today: an annuity. Both its differences lose digits as the rate goes to
# 0; up to 0.001 % a year the first two terms of its series are right to 1e-9, as it is from there.
_ANNUITY: Final = (
    "({months} if {discount_rate} ≤ 0"
    " else {months} × (1 − {discount_rate} × ({months} + 1) ÷ 24) if {discount_rate} ≤ 0.00001"
    " else (1 − (1 + {discount_rate})^(−{months} ÷ 12)) ÷ ((1 + {discount_rate})^(1 ÷ 12) − 1))"
)


@dataclass(frozen=True)
class Outputs:
    """The whole program: sums over its months, and what they are worth today."""

    deflection_saving: Annotated[
        float, Result(Kind.MONEY, _total_formula(_DEFLECTION.total, _DEFLECTION[1:]), "cashable")
    ]
    chaser_saving: Annotated[
        float, Result(Kind.MONEY, _total_formula(_CHASERS.total, _CHASERS[1:]), "cashable")
    ]
    handling_time_value: Annotated[
        float, Result(Kind.MONEY, _total_formula(_HANDLING.total, _HANDLING[1:]), "cashable")
    ]
    monthly_cost: Annotated[
        float, Result(Kind.MONEY, _total_formula(_COST, _COST_PARTS), "hootsuite")
    ]
    full_months: Annotated[float, Result(Kind.MONTHS, _FULL_MONTHS, "ramp")]
    counted_benefit: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{cash} + ({capacity} if {add_capacity} is yes else 0)"
            " + ({goodwill} if {add_goodwill} is yes else 0)",
            "hootsuite",
            is_headline=True,
            nature=_nature,
        ),
    ]
    cash: Annotated[
        float,
        Result(
            Kind.MONEY,
            _over_months(_cash_formula(_gain, _once_gained), _CASH_LOSSES),
            "cashable",
            is_headline=True,
        ),
    ]
    capacity: Annotated[
        float,
        Result(
            Kind.MONEY,
            _over_months(_time_formula(_gain, _once_gained), _TIME_LOSSES),
            "cashable",
            is_headline=True,
            nature=Nature.CAPACITY,
        ),
    ]
    goodwill: Annotated[
        float,
        Result(
            Kind.MONEY,
            _over_months(_GOODWILL_GAINS, _GOODWILL_LOSSES),
            "retention",
            is_headline=True,
            nature=Nature.GOODWILL,
        ),
    ]
    total_cost: Annotated[
        float,
        Result(Kind.MONEY, "{one_off_cost} + {monthly_cost} × {months}", "hootsuite"),
    ]
    net_benefit: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{counted_benefit} − {total_cost}",
            "hootsuite",
            is_headline=True,
            is_outcome=True,
            nature=_nature,
        ),
    ]
    roi: Annotated[
        float | None,
        Result(
            Kind.SHARE,
            "{net_benefit} ÷ {total_cost}",
            "petouhoff",
            is_headline=True,
            is_return=True,
        ),
    ]
    # Without a formula: that of a ramp at a discount rate divides by the square of the monthly
    # rate, and doubles leave it 9 digits at 0.1 % a year, 7 at 0.01 %. Payback and internal rate
    # of return have none: they are found month by month, and by trying.
    net_present_value: Annotated[
        float, Result(Kind.MONEY, "", "tei", is_headline=True, nature=_nature)
    ]
    present_value_of_costs: Annotated[
        float, Result(Kind.MONEY, f"{{one_off_cost}} + {{monthly_cost}} × {_ANNUITY}", "tei")
    ]
    roi_at_present_value: Annotated[
        float | None,
        Result(
            Kind.SHARE,
            "{net_present_value} ÷ {present_value_of_costs}",
            "tei",
            is_headline=True,
            is_return=True,
        ),
    ]
    payback_month: Annotated[float | None, Result(Kind.MONTHS, "", "tei", is_headline=True)]
    irr: Annotated[
        float | None,
        Result(Kind.SHARE, "", "tei", reason=_why_no_rate, shown_up_to=1),
    ]
    break_even_realisation: Annotated[
        float | None,
        Result(
            Kind.SHARE,
            f"({{total_cost}} − {_COUNTED_LOSSES}) ÷ ({{counted_benefit}} − {_COUNTED_LOSSES})",
            "switching_value",
            is_condition=True,
            attainable=1,
        ),
    ]


@lru_cache(maxsize=64)
def _months_of_effect(months: float, ramp_months: float) -> float:
    """Return the sum of the ramp over the months: 12 months without a ramp are 12."""
    return sum(finance.ramp(month, ramp_months) for month in range(1, round(months) + 1))


def _column(inputs: Inputs, names: tuple[str, ...]) -> tuple[float, ...]:
    """Return a benefit month by month, as it ramps up."""
    monthly = _monthly(inputs, names)
    months = range(1, round(inputs.months) + 1)
    return tuple(monthly * finance.ramp(month, inputs.ramp_months) for month in months)


def _columns(inputs: Inputs) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """Return cash, capacity and goodwill month by month."""
    return (
        _column(inputs, _cash_names(inputs)),
        _column(inputs, _capacity_names(inputs)),
        _column(inputs, _goodwill_names(inputs)),
    )


def _counted_monthly(inputs: Inputs) -> float:
    """Return what a month at full effect counts for, once risk is taken off gains."""
    return _monthly(inputs, _counted(inputs))


def _break_even_realisation(inputs: Inputs) -> float | None:
    """Return the share of the gains that must come for all costs and losses to be made up for."""
    amounts = _amounts(inputs, _counted(inputs))
    effect = _months_of_effect(inputs.months, inputs.ramp_months)
    gains = [amount for amount in amounts if amount > 0]
    losses = [amount for amount in amounts if amount < 0]
    if not gains:
        return None
    return finance.break_even_share(
        total_cost(inputs) - sum(losses) * effect,
        finance.risk_adjusted(gains, inputs.risk_haircut) * effect,
    )


def cash_flows(inputs: Inputs) -> list[float]:
    """Return what comes in less what goes out: today first, then one figure a month."""
    benefit, cost = _counted_monthly(inputs), running_cost(inputs)
    months = range(1, round(inputs.months) + 1)
    return [
        -inputs.one_off_cost + 0.0,
        *(
            finance.net_saving(benefit * finance.ramp(month, inputs.ramp_months), cost)
            for month in months
        ),
    ]


def _costs(inputs: Inputs) -> list[float]:
    """Return what goes out: today first, then one figure a month."""
    return [inputs.one_off_cost, *[running_cost(inputs)] * round(inputs.months)]


def total_cost(inputs: Inputs) -> float:
    """Return what the whole program costs."""
    return inputs.one_off_cost + running_cost(inputs) * inputs.months


def net_benefit(inputs: Inputs) -> float:
    """Return what counts of the benefits, less all costs, undiscounted."""
    effect = _months_of_effect(inputs.months, inputs.ramp_months)
    return finance.net_saving(_counted_monthly(inputs) * effect, total_cost(inputs))


def programme(inputs: Inputs) -> Outputs:
    """Return what several goals earn together over 1 to 36 months.

    Cash, capacity and goodwill are three sums. Cash and capacity count toward the net benefit,
    goodwill only if the reader says so, and what would be counted twice does not even then.
    """
    columns = _columns(inputs)
    cash, capacity, goodwill = (sum(column) + 0.0 for column in columns)
    effect = _months_of_effect(inputs.months, inputs.ramp_months)
    benefit = _counted_monthly(inputs) * effect + 0.0
    cost, net = total_cost(inputs), net_benefit(inputs)
    flows = cash_flows(inputs)
    per_month = finance.discount_rate_per_month(inputs.discount_rate)
    present_value = finance.net_present_value(per_month, flows) + 0.0
    present_cost = finance.net_present_value(per_month, _costs(inputs))
    irr_per_month = finance.internal_rate_of_return(flows)
    return Outputs(
        deflection_saving=_total(inputs, _DEFLECTION),
        chaser_saving=_total(inputs, _CHASERS),
        handling_time_value=_total(inputs, _HANDLING),
        monthly_cost=running_cost(inputs),
        full_months=effect,
        cash=cash,
        capacity=capacity,
        goodwill=goodwill,
        counted_benefit=benefit,
        total_cost=cost,
        net_benefit=net,
        roi=finance.return_on_investment(net, cost),
        net_present_value=present_value,
        present_value_of_costs=present_cost,
        roi_at_present_value=finance.return_on_investment(present_value, present_cost),
        payback_month=finance.payback_month(flows),
        irr=(None if irr_per_month is None else (1 + irr_per_month) ** finance.MONTHS_PER_YEAR - 1),
        break_even_realisation=_break_even_realisation(inputs),
    )


def schedule(inputs: Inputs) -> Schedule:
    """Return the program month by month, today being month 0."""
    cash, capacity, goodwill = ((0.0, *column) for column in _columns(inputs))
    flows = cash_flows(inputs)
    totals = finance.cumulative(flows)
    per_month = finance.discount_rate_per_month(inputs.discount_rate)
    worth = finance.present_values(per_month, flows)
    return Schedule(
        columns=("cash", "capacity", "goodwill", "cost", "net", "cumulative", "present_value"),
        rows=tuple(
            zip(cash, capacity, goodwill, _costs(inputs), flows, totals, worth, strict=True)
        ),
        pictured="cumulative",
        note="schedule.note",
    )


def _sentence(_: Inputs, outputs: Outputs) -> str:
    if outputs.total_cost == 0:
        return "sentence.free"
    if outputs.net_benefit == 0:
        return "sentence.even"
    if outputs.payback_month is None:
        return "sentence.never"
    if outputs.net_present_value < 0:
        return "sentence.not_discounted"
    return "sentence.at_once" if outputs.payback_month == 0 else "sentence.pays_back"


def _worth(inputs: Inputs, outputs: Outputs) -> tuple[str, ...]:
    """Return the keys for what counts in cash and in time; none of what is nothing or a loss."""
    is_time = inputs.add_capacity == "yes" and outputs.capacity > 0
    if outputs.cash <= 0:
        return ("worth.capacity",) if is_time else ()
    return ("worth.cash", "worth.rest") if is_time else ("worth.cash",)


def _benefits(inputs: Inputs, cost: str) -> list[float]:
    """Return what one goal brings in a month, by the input that says what it costs."""
    totals = {saving.total: _total(inputs, saving) for saving in _SAVINGS}
    return [totals.get(name, _amount(inputs, name)) for name in _COSTS[cost]]


def _goals(inputs: Inputs) -> list[str]:
    """Return the goals that bring or take something, by the input that says what each costs."""
    return [cost for cost in _COSTS if any(_benefits(inputs, cost))]


def _unpaid(inputs: Inputs) -> Iterator[str]:
    """Yield the keys for benefits whose running cost nobody has entered."""
    goals = _goals(inputs)
    if not inputs.monthly_cost:
        yield from (f"assumption.no_cost.{cost}" for cost in goals if getattr(inputs, cost) is None)
    elif len(goals) > 1:
        yield "assumption.shared_cost"


# What is said beside the answer, and when: first what is not added, then what might be twice.
_SAID_WHEN: Final[tuple[tuple[str, Callable[[Inputs], bool]], ...]] = (
    (
        "assumption.capacity_beside",
        lambda inputs: (
            inputs.add_capacity == "no" and any(_amounts(inputs, _capacity_names(inputs)))
        ),
    ),
    (
        "assumption.goodwill_beside",
        lambda inputs: (
            inputs.add_goodwill == "no" and any(_amounts(inputs, _goodwill_names(inputs)))
        ),
    ),
    ("assumption.same_contacts", _is_twice),
    ("assumption.same_customers", _is_goodwill_twice),
    ("assumption.goodwill_added", lambda inputs: inputs.add_goodwill == "yes"),
    ("assumption.marginal_cost", lambda inputs: _total(inputs, _DEFLECTION) != 0),
)


def _headline(_: Inputs, outputs: Outputs) -> str:
    return outcome_headline(outputs.roi)


def _assumptions(inputs: Inputs) -> tuple[str, ...]:
    said = (key for key, applies in _SAID_WHEN if applies(inputs))
    return (*_unpaid(inputs), *said)


def _scenarios(inputs: Inputs) -> Iterator[Scenario]:
    """Yield the same program if a quarter or half of the benefits fails to come."""
    for haircut in (0.25, 0.5):
        is_gain = any(amount > 0 for amount in _amounts(inputs, _counted(inputs)))
        if haircut > inputs.risk_haircut and is_gain:
            yield Scenario({"risk_haircut": haircut}, key="scenario.haircut")


PROGRAMME: Final = Calculator(
    name="programme",
    compute=programme,
    sentence=_sentence,
    headline=_headline,
    assumptions=_assumptions,
    worth=_worth,
    counted="months",
    outcome_of=net_benefit,
    scenarios=_scenarios,
    leads_with=("deflection_saving", "monthly_cost", "one_off_cost"),
    doubt=Doubt("break_even_realisation", opens="risk_haircut"),
    objections={
        "cash": ("deflection_cash", "chaser_cash", "handling_time_cash"),
        "costs": tuple(_COSTS),
        "risk": ("risk_haircut",),
    },
    schedule=schedule,
    period="month",
    costs=_COSTS,
    related={
        "deflection_cash": ResultOf("deflection", "cash"),
        "deflection_capacity": ResultOf("deflection", "capacity"),
        "deflection_cost": ResultOf("deflection", "investment"),
        "chaser_cash": ResultOf("response-time", "cash"),
        "chaser_capacity": ResultOf("response-time", "capacity"),
        "chaser_cost": ResultOf("response-time", "investment"),
        "handling_time_cash": ResultOf("handling-time", "cash"),
        "handling_time_capacity": ResultOf("handling-time", "capacity"),
        "handling_time_cost": ResultOf("handling-time", "investment"),
        "retention_value": ResultOf("retention", "margin_kept"),
        "retention_cost": ResultOf("retention", "investment"),
        "response_retention_value": ResultOf("response-time", "margin_kept"),
    },
)
