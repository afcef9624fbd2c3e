"""Several goals together over months: cash, capacity and goodwill beside each other, not added.

The monthly figures come from the other calculators. What may be counted twice is named, and not
added unless the reader says that it is not the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Final

from roi_calc import finance
from roi_calc.schema import (
    Calculator,
    Choice,
    Kind,
    Nature,
    Quantity,
    Result,
    ResultOf,
    Scenario,
    Schedule,
)

MAXIMUM_MONTHS: Final = 36


def _benefit(fold: str = "") -> Quantity:
    """Return a monthly amount, which may be a loss."""
    return Quantity(Kind.MONEY, minimum=-1e9, fold=fold)


@dataclass(frozen=True)
class Inputs:
    """Monthly amounts at full effect, what they cost, and over how long.

    deflection_saving and chaser_saving are cash, handling_time_value is capacity, retention_value
    (satisfaction) and response_retention_value (response times) are goodwill. ramp_months: months
    before the first with the full effect. risk_haircut: the fraction of each gain that may fail to
    come; a loss counts in full. add_capacity, add_goodwill: whether they count as money.
    same_contacts: whether the handling time saved lies on contacts that were also deflected, or its
    hours are already in the cost of a deflected request. same_customers: whether both retention
    values speak of the same customers.
    """

    deflection_saving: Annotated[float, _benefit()] = 2000
    monthly_cost: Annotated[float, Quantity(Kind.MONEY)] = 500
    one_off_cost: Annotated[float, Quantity(Kind.MONEY, maximum=1e12)] = 6000
    months: Annotated[
        float,
        Quantity(Kind.MONTHS, minimum=1, maximum=MAXIMUM_MONTHS, is_whole=True, may_range=False),
    ] = 12
    chaser_saving: Annotated[float, _benefit("benefits")] = 0
    handling_time_value: Annotated[float, _benefit("benefits")] = 0
    retention_value: Annotated[float, _benefit("benefits")] = 0
    response_retention_value: Annotated[float, _benefit("benefits")] = 0
    ramp_months: Annotated[
        float, Quantity(Kind.MONTHS, maximum=MAXIMUM_MONTHS, is_whole=True, fold="timing")
    ] = 0
    # The net benefit, which ranges are about, is before discounting.
    discount_rate: Annotated[
        float, Quantity(Kind.SHARE, maximum=1, fold="timing", may_range=False)
    ] = 0.1
    risk_haircut: Annotated[float, Quantity(Kind.SHARE, maximum=1, fold="timing")] = 0
    add_capacity: Annotated[str, Choice(("no", "yes"), fold="adding")] = "no"
    add_goodwill: Annotated[str, Choice(("no", "yes"), fold="adding")] = "no"
    same_contacts: Annotated[str, Choice(("yes", "no"), fold="adding")] = "yes"
    same_customers: Annotated[str, Choice(("yes", "no"), fold="adding")] = "yes"


def _is_capacity_added(inputs: Inputs) -> bool:
    """Tell whether the hours count as money: asked for, and not on contacts that are gone."""
    is_twice = bool(inputs.deflection_saving) and inputs.same_contacts == "yes"
    return inputs.add_capacity == "yes" and not is_twice


def _is_goodwill_added(inputs: Inputs) -> bool:
    """Tell whether the margin of customers who stay counts as money."""
    return inputs.add_goodwill == "yes"


def _is_goodwill_twice(inputs: Inputs) -> bool:
    """Tell whether satisfaction and response times speak of the same customers' staying."""
    both = bool(inputs.retention_value) and bool(inputs.response_retention_value)
    return both and inputs.same_customers == "yes"


def _goodwill_parts(inputs: Inputs) -> tuple[str, ...]:
    """Return the goodwill that counts: of two that overlap the larger, but a loss before a gain."""
    names = ("retention_value", "response_retention_value")
    if not _is_goodwill_twice(inputs):
        return names
    amounts = {name: getattr(inputs, name) for name in names}
    chosen = min if min(amounts.values()) < 0 else max
    return (chosen(amounts, key=amounts.__getitem__),)


# The inputs behind each of the three columns.
_CASH: Final = ("deflection_saving", "chaser_saving")
_CAPACITY: Final = ("handling_time_value",)


def _amounts(inputs: Inputs, names: tuple[str, ...]) -> list[float]:
    """Return what some inputs bring in a month at full effect, before risk."""
    return [getattr(inputs, name) for name in names]


def _monthly(inputs: Inputs, names: tuple[str, ...]) -> float:
    """Return what some inputs come to in a month at full effect, once risk is taken off gains."""
    return finance.risk_adjusted(_amounts(inputs, names), inputs.risk_haircut)


def _gains(inputs: Inputs, names: tuple[str, ...]) -> list[str]:
    """Return the terms of what some inputs bring in a month, once risk is taken off."""
    gains = [f"{{{name}}}" for name in names if getattr(inputs, name) > 0]
    if gains and inputs.risk_haircut:
        return [f"{_bracketed(gains)} × (1 − {{risk_haircut}})"]
    return gains


def _losses(inputs: Inputs, names: tuple[str, ...]) -> list[str]:
    """Return the terms of what some inputs take away in a month, in full."""
    return [f"{{{name}}}" for name in names if getattr(inputs, name) < 0]


def _over_months(inputs: Inputs, terms: list[str]) -> str:
    """Return the formula of monthly amounts over all months; empty where there are none."""
    months = "{full_months}" if inputs.ramp_months else "{months}"
    return f"{_bracketed(terms)} × {months}" if terms else ""


def _bracketed(terms: list[str]) -> str:
    """Return a sum as a factor: in brackets where it has more than one term."""
    return f"({' + '.join(terms)})" if len(terms) > 1 else terms[0]


def _sum_formula(inputs: Inputs, names: tuple[str, ...]) -> str:
    """Return the formula of a column over all months."""
    return _over_months(inputs, [*_gains(inputs, names), *_losses(inputs, names)])


def _realisation_formula(inputs: Inputs) -> str:
    losses = _over_months(inputs, _losses(inputs, _counted(inputs)))
    if not losses:
        return "{total_cost} ÷ {counted_benefit}"
    gains = _over_months(inputs, _gains(inputs, _counted(inputs)))
    return f"({{total_cost}} − {losses}) ÷ ({gains})"


def _counted(inputs: Inputs) -> tuple[str, ...]:
    """Return the inputs that count towards the net benefit, each once."""
    capacity = _CAPACITY if _is_capacity_added(inputs) else ()
    goodwill = _goodwill_parts(inputs) if _is_goodwill_added(inputs) else ()
    return (*_CASH, *capacity, *goodwill)


def _cash_formula(inputs: Inputs) -> str:
    return _sum_formula(inputs, _CASH)


def _capacity_formula(inputs: Inputs) -> str:
    return _sum_formula(inputs, _CAPACITY)


def _goodwill_formula(inputs: Inputs) -> str:
    return _sum_formula(inputs, _goodwill_parts(inputs))


def _counted_formula(inputs: Inputs) -> str:
    terms = ["{cash}"]
    if _is_capacity_added(inputs):
        terms.append("{capacity}")
    if _is_goodwill_added(inputs):
        terms.append("{goodwill}")
    return " + ".join(terms)


def _why_no_rate(inputs: Inputs) -> str:
    """Return why there is no internal rate of return."""
    changes = finance.sign_changes(cash_flows(inputs))
    if changes == 0:
        return "no_turn"
    return "beyond" if changes == 1 else "many_turns"


def _full_months_formula(inputs: Inputs) -> str:
    if not inputs.ramp_months:
        return ""
    months = range(1, round(inputs.months) + 1)
    partial = [month for month in months if month <= inputs.ramp_months]
    terms = [f"{month} ÷ ({{ramp_months}} + 1)" for month in partial]
    whole = len(months) - len(partial)
    return " + ".join([*terms, *([str(whole)] if whole else [])])


@dataclass(frozen=True)
class Outputs:
    """The whole programme: sums over its months, and what they are worth today."""

    full_months: Annotated[float, Result(Kind.MONTHS, _full_months_formula, "ramp")]
    cash: Annotated[
        float,
        Result(Kind.MONEY, _cash_formula, "hootsuite", is_headline=True),
    ]
    capacity: Annotated[
        float,
        Result(
            Kind.MONEY,
            _capacity_formula,
            "handling_time",
            is_headline=True,
            nature=Nature.CAPACITY,
        ),
    ]
    goodwill: Annotated[
        float,
        Result(
            Kind.MONEY, _goodwill_formula, "retention", is_headline=True, nature=Nature.GOODWILL
        ),
    ]
    counted_benefit: Annotated[float, Result(Kind.MONEY, _counted_formula, "hootsuite")]
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
        ),
    ]
    roi: Annotated[
        float | None,
        Result(Kind.SHARE, "{net_benefit} ÷ {total_cost}", "petouhoff", is_headline=True),
    ]
    net_present_value: Annotated[float, Result(Kind.MONEY, "", "tei", is_headline=True)]
    present_value_of_costs: Annotated[float, Result(Kind.MONEY, "", "tei")]
    roi_at_present_value: Annotated[
        float | None,
        Result(
            Kind.SHARE, "{net_present_value} ÷ {present_value_of_costs}", "tei", is_headline=True
        ),
    ]
    payback_month: Annotated[float | None, Result(Kind.MONTHS, "", "tei", is_headline=True)]
    irr: Annotated[float | None, Result(Kind.SHARE, "", "tei", reason=_why_no_rate, shown_up_to=1)]
    break_even_realisation: Annotated[
        float | None,
        Result(
            Kind.SHARE,
            _realisation_formula,
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
        _column(inputs, _CASH),
        _column(inputs, _CAPACITY),
        _column(inputs, _goodwill_parts(inputs)),
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
    benefit = _counted_monthly(inputs)
    months = range(1, round(inputs.months) + 1)
    return [
        -inputs.one_off_cost + 0.0,
        *(
            finance.net_saving(
                benefit * finance.ramp(month, inputs.ramp_months), inputs.monthly_cost
            )
            for month in months
        ),
    ]


def _costs(inputs: Inputs) -> list[float]:
    """Return what goes out: today first, then one figure a month."""
    return [inputs.one_off_cost, *[inputs.monthly_cost] * round(inputs.months)]


def total_cost(inputs: Inputs) -> float:
    """Return what the whole programme costs."""
    return inputs.one_off_cost + inputs.monthly_cost * inputs.months


def net_benefit(inputs: Inputs) -> float:
    """Return what counts of the benefits, less all costs, undiscounted."""
    effect = _months_of_effect(inputs.months, inputs.ramp_months)
    return finance.net_saving(_counted_monthly(inputs) * effect, total_cost(inputs))


def programme(inputs: Inputs) -> Outputs:
    """Return what several goals earn together over 1 to 36 months.

    Cash, capacity and goodwill are three sums. Only cash counts towards the net benefit unless the
    reader says otherwise, and what would be counted twice does not even then.
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
    """Return the programme month by month, today being month 0."""
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


# What is said beside the answer, and when: first what is not added, then what might be twice.
_SAID_WHEN: Final[tuple[tuple[str, Callable[[Inputs], bool]], ...]] = (
    (
        "assumption.cash_only",
        lambda inputs: inputs.add_capacity == "no" and inputs.add_goodwill == "no",
    ),
    (
        "assumption.same_contacts",
        lambda inputs: (
            bool(inputs.deflection_saving)
            and bool(inputs.handling_time_value)
            and inputs.same_contacts == "yes"
        ),
    ),
    ("assumption.same_customers", _is_goodwill_twice),
    (
        "assumption.capacity_added",
        lambda inputs: _is_capacity_added(inputs) and bool(inputs.handling_time_value),
    ),
    ("assumption.goodwill_added", _is_goodwill_added),
    ("assumption.marginal_cost", lambda inputs: bool(inputs.deflection_saving)),
)


def _assumptions(inputs: Inputs) -> tuple[str, ...]:
    return tuple(key for key, applies in _SAID_WHEN if applies(inputs))


def _scenarios(inputs: Inputs) -> Iterator[Scenario]:
    """Yield the same programme if a quarter or half of the benefits fails to come."""
    for haircut in (0.25, 0.5):
        is_gain = any(amount > 0 for amount in _amounts(inputs, _counted(inputs)))
        if haircut > inputs.risk_haircut and is_gain:
            yield Scenario({"risk_haircut": haircut}, key="scenario.haircut")


PROGRAMME: Final = Calculator(
    name="programme",
    compute=programme,
    sentence=_sentence,
    assumptions=_assumptions,
    counted="months",
    outcome_of=net_benefit,
    scenarios=_scenarios,
    schedule=schedule,
    period="month",
    related={
        "deflection_saving": ResultOf("deflection", "gross_saving"),
        "monthly_cost": ResultOf("deflection", "investment"),
        "chaser_saving": ResultOf("response-time", "gross_saving"),
        "handling_time_value": ResultOf("handling-time", "value"),
        "retention_value": ResultOf("retention", "margin_kept"),
        "response_retention_value": ResultOf("response-time", "margin_kept"),
    },
)
