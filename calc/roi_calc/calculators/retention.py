"""What customers who stay are worth, when satisfaction changes: through the site's own churn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from roi_calc.arithmetic import finance, service
from roi_calc.calculators.common import outcome_headline, outcome_sentence
from roi_calc.schema import (
    PERIOD,
    Calculator,
    Choice,
    Doubt,
    Kind,
    Nature,
    Quantity,
    Result,
    Scenario,
)

_CAUTIOUS_SHARES: Final = (0.25, 0.1)
_SATISFACTION: Final = (
    "satisfied_before",
    "satisfied_after",
    "churn_satisfied",
    "churn_dissatisfied",
)


def _part(name: str) -> Quantity:
    """Return one of the four figures that stand for the two churn rates, and need each other."""
    return Quantity(
        Kind.SHARE,
        part_of=("churn_before", "churn_after"),
        needs=tuple(each for each in _SATISFACTION if each != name),
        is_lever=name == "satisfied_after",
    )


@dataclass(frozen=True)
class Inputs:
    """One period: the customers touched, how many leave, what each is worth.

    churn_before, churn_after: the fraction of the customers that leaves in the period; given
    directly, or through the share that is satisfied (CSAT) or promotes (NPS) and the churn of
    these and of the others, and then None. revenue: of one customer in the period. margin_share:
    the gross margin in it. attribution_share: the fraction of the change put down to the service.
    first_period: whether a customer kept counts with the margin of the whole period, or of half of
    it, since on average they would have left in its middle. horizon: the most periods that a
    customer is counted to stay. discount_rate: by how much a margin is worth less a period later;
    it touches what lies beyond the first.
    """

    customers: Annotated[float, Quantity(Kind.COUNT, symbol="N", is_lever=False)] = 1000
    churn_before: Annotated[float | None, Quantity(Kind.SHARE, symbol="c₀", is_lever=False)] = 0.1
    churn_after: Annotated[float | None, Quantity(Kind.SHARE, symbol="c₁")] = 0.09
    revenue: Annotated[float, Quantity(Kind.MONEY, symbol="U", is_lever=False)] = 200
    margin_share: Annotated[float, Quantity(Kind.SHARE, symbol="m", is_lever=False)] = 0.5
    attribution_share: Annotated[float, Quantity(Kind.SHARE, symbol="a", is_lever=False)] = 0.5
    investment: Annotated[float, Quantity(Kind.MONEY, maximum=1e12, symbol="C")] = 250
    satisfied_before: Annotated[float | None, _part("satisfied_before")] = None
    satisfied_after: Annotated[float | None, _part("satisfied_after")] = None
    churn_satisfied: Annotated[float | None, _part("churn_satisfied")] = None
    churn_dissatisfied: Annotated[float | None, _part("churn_dissatisfied")] = None
    first_period: Annotated[str, Choice(("whole", "half"), fold="horizon")] = "whole"
    horizon: Annotated[
        float, Quantity(Kind.COUNT, maximum=1000, symbol="h", fold="horizon", is_lever=False)
    ] = 5
    # The margin kept, which ranges are about, is of the first period.
    discount_rate: Annotated[
        float,
        Quantity(Kind.SHARE, symbol="r", fold="horizon", may_range=False, is_lever=False),
    ] = 0
    period: Annotated[str, PERIOD] = "year"


def _is_by_satisfaction(inputs: Inputs) -> bool:
    return inputs.satisfied_before is not None


def _most_reduction(inputs: Inputs) -> float:
    """Return how far churn can fall: until nobody leaves."""
    before, _ = churn_rates(inputs)
    return before


def _is_half_counted(inputs: Inputs) -> bool:
    """Tell whether a customer kept counts from the middle of the period on."""
    return inputs.first_period == "half"


def _churn(time: str) -> str:
    """Return the formula of the churn before or after: as given, or through satisfaction."""
    satisfied, churn = f"{{satisfied_{time}}}", f"{{churn_{time}}}"
    mixed = f"{satisfied} × {{churn_satisfied}} + (1 − {satisfied}) × {{churn_dissatisfied}}"
    return f"{churn} if {satisfied} is empty else {mixed}"


# What a customer leaves in a period, and one who was kept in this one.
_MARGIN: Final = "{revenue} × {margin_share}"
_FIRST_MARGIN: Final = f"{_MARGIN} ÷ (2 if {{first_period}} is half else 1)"
_FALL: Final = "({churn_before} − {churn_after})"


def _series(periods: str) -> str:
    """Return the formula of the margin at the start of so many periods, as customers leave.

    Where next to nothing is lost from one to the next, it is the series' first three terms: 1 − q
    would keep too few digits.
    """
    lost = "({churn_after} + {discount_rate})"
    left = "(1 − {churn_after}) ÷ (1 + {discount_rate})"
    return (
        f"{_MARGIN} × {periods} if {lost} ≤ 0 else {_MARGIN} × {periods}"
        f" × (1 − {lost} × ({periods} − 1) ÷ 2 + ({lost} × {{horizon}})^2 ÷ 6)"
        f" if {lost} ≤ 0.0000005"
        f" else {_MARGIN} × (1 − (1 − {{churn_after}})^{periods}) ÷ {{churn_after}}"
        " if {discount_rate} ≤ 0"
        f" else {_MARGIN} × (1 − ({left})^{periods}) ÷ (1 − {left})"
    )


_LATER: Final = (
    f"0 if {{horizon}} ≤ 1 else {{customers_kept}} × ({_series('({horizon} − 1)')})"
    " ÷ (1 + {discount_rate})"
)


@dataclass(frozen=True)
class Outputs:
    """The period's result in goodwill: money that is kept if the customers really stay."""

    churn_before: Annotated[float, Result(Kind.SHARE, _churn("before"), "churn")]
    churn_after: Annotated[float, Result(Kind.SHARE, _churn("after"), "churn")]
    customers_kept: Annotated[
        float,
        Result(
            Kind.COUNT,
            "{customers} × ({churn_before} − {churn_after}) × {attribution_share}",
            "retention",
        ),
    ]
    margin_kept: Annotated[
        float,
        Result(
            Kind.MONEY,
            f"{{customers_kept}} × {_FIRST_MARGIN}",
            "retention",
            is_headline=True,
            nature=Nature.GOODWILL,
        ),
    ]
    net_margin: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{margin_kept} − {investment}",
            "retention",
            is_headline=True,
            nature=Nature.GOODWILL,
            is_outcome=True,
        ),
    ]
    roi: Annotated[
        float | None,
        Result(
            Kind.SHARE,
            "{net_margin} ÷ {investment}",
            "petouhoff",
            is_headline=True,
            is_return=True,
            nature=Nature.GOODWILL,
        ),
    ]
    later_margin: Annotated[
        float, Result(Kind.MONEY, _LATER, "lifetime_value", nature=Nature.GOODWILL)
    ]
    customer_lifetime_value: Annotated[
        float,
        Result(
            Kind.MONEY,
            _series("{horizon}"),
            "lifetime_value",
            is_rate=True,
            nature=Nature.GOODWILL,
        ),
    ]
    break_even_reduction: Annotated[
        float | None,
        Result(
            Kind.POINTS,
            f"{{investment}} ÷ ({{customers}} × {_FIRST_MARGIN} × {{attribution_share}})",
            "switching_value",
            is_condition=True,
            attainable=_most_reduction,
        ),
    ]
    break_even_attribution: Annotated[
        float | None,
        Result(
            Kind.SHARE,
            f"{{investment}} ÷ ({{customers}} × {_FALL} × {_FIRST_MARGIN})"
            " if {churn_before} > {churn_after} else undefined",
            "switching_value",
            is_condition=True,
            attainable=1,
        ),
    ]
    break_even_customers: Annotated[
        float | None,
        Result(
            Kind.COUNT,
            f"⌈{{investment}} ÷ ({_FALL} × {_FIRST_MARGIN} × {{attribution_share}})⌉"
            " if {churn_before} > {churn_after} else undefined",
            "cost_volume_profit",
            is_condition=True,
        ),
    ]


def churn_rates(inputs: Inputs) -> tuple[float, float]:
    """Return the churn before and after: as given, or through satisfaction."""
    if not _is_by_satisfaction(inputs):
        return inputs.churn_before or 0, inputs.churn_after or 0
    satisfied, dissatisfied = inputs.churn_satisfied or 0, inputs.churn_dissatisfied or 0
    return (
        service.churn(inputs.satisfied_before or 0, satisfied, dissatisfied),
        service.churn(inputs.satisfied_after or 0, satisfied, dissatisfied),
    )


def net_margin(inputs: Inputs) -> float:
    """Return the margin of the customers who stayed, less what was invested to keep them."""
    return finance.net_saving(_margin_kept(inputs, inputs.attribution_share), inputs.investment)


def _margin(inputs: Inputs) -> float:
    """Return what a customer kept leaves in the period."""
    margin = inputs.revenue * inputs.margin_share
    return margin / 2 if _is_half_counted(inputs) else margin


def _margin_kept(inputs: Inputs, attribution: float) -> float:
    customers = _customers_kept(inputs, attribution)
    return customers * inputs.revenue * inputs.margin_share / (2 if _is_half_counted(inputs) else 1)


def _customers_kept(inputs: Inputs, attribution: float) -> float:
    before, after = churn_rates(inputs)
    return finance.margin_kept(inputs.customers, before, after, 1, attribution)


def _later_margin(inputs: Inputs, kept: float) -> float:
    """Return what customers kept leave in the periods after this one, as they leave in turn."""
    _, after = churn_rates(inputs)
    margin, rate = inputs.revenue * inputs.margin_share, inputs.discount_rate
    periods = max(inputs.horizon - 1, 0.0)
    each = finance.customer_lifetime_value(margin, after, periods, rate) / (1 + rate)
    return kept * each + 0.0


def retention(inputs: Inputs) -> Outputs:
    """Return what the customers who stayed leave as margin in a period; negative if more left.

    It is goodwill, not cash: it is kept only if the churn is the site's own and its change is due
    to the service.
    """
    before, after = churn_rates(inputs)
    share = inputs.attribution_share
    customers = _customers_kept(inputs, share)
    kept = _margin_kept(inputs, share)
    net = net_margin(inputs)
    if_all_due = _margin_kept(inputs, 1)
    return Outputs(
        churn_before=before,
        churn_after=after,
        customers_kept=customers,
        margin_kept=kept,
        net_margin=net,
        roi=finance.return_on_investment(net, inputs.investment),
        later_margin=_later_margin(inputs, customers),
        customer_lifetime_value=finance.customer_lifetime_value(
            inputs.revenue * inputs.margin_share, after, inputs.horizon, inputs.discount_rate
        ),
        break_even_reduction=finance.break_even_share(
            inputs.investment, inputs.customers * _margin(inputs) * share
        ),
        break_even_attribution=(
            finance.break_even_share(inputs.investment, if_all_due) if if_all_due > 0 else None
        ),
        break_even_customers=finance.break_even_requests(
            inputs.investment,
            finance.margin_kept(1, before, after, _margin(inputs), share),
        ),
    )


def _sentence(inputs: Inputs, outputs: Outputs) -> str:
    if outputs.margin_kept < 0:
        return "sentence.more_left"
    return outcome_sentence(outputs.net_margin, inputs.investment)


def _headline(_: Inputs, outputs: Outputs) -> str:
    return outcome_headline(outputs.roi)


def _assumptions(inputs: Inputs) -> tuple[str, ...]:
    said = ("assumption.own_churn", f"assumption.first_period.{inputs.first_period}")
    return (*said, "assumption.later") if inputs.horizon > 1 else said


def _scenarios(inputs: Inputs) -> Iterator[Scenario]:
    """Yield the same period if less of the change were due to the service."""
    for share in _CAUTIOUS_SHARES:
        if share < inputs.attribution_share:
            yield Scenario({"attribution_share": share}, key="scenario.attribution")


RETENTION: Final = Calculator(
    name="retention",
    compute=retention,
    sentence=_sentence,
    headline=_headline,
    assumptions=_assumptions,
    pictured=("margin_kept", "-investment", "net_margin"),
    counted="customers",
    outcome_of=net_margin,
    scenarios=_scenarios,
    leads_with=("customers", "churn_before", "churn_after"),
    doubt=Doubt("break_even_attribution", opens="attribution_share", is_its_value=True),
    objections={"attribution": ("attribution_share",)},
)
