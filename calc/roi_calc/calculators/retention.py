"""What customers who stay are worth, when satisfaction changes: through the site's own churn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from roi_calc import finance, service
from roi_calc.calculators.common import outcome_sentence
from roi_calc.schema import PERIOD, Calculator, Kind, Nature, Quantity, Result, Scenario

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
        maximum=1,
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
    horizon: the most periods that a customer is counted to stay.
    """

    customers: Annotated[float, Quantity(Kind.COUNT, symbol="N", is_lever=False)] = 1000
    churn_before: Annotated[
        float | None, Quantity(Kind.SHARE, maximum=1, symbol="c₀", is_lever=False)
    ] = 0.1
    churn_after: Annotated[float | None, Quantity(Kind.SHARE, maximum=1, symbol="c₁")] = 0.09
    revenue: Annotated[float, Quantity(Kind.MONEY, symbol="U", is_lever=False)] = 200
    margin_share: Annotated[float, Quantity(Kind.SHARE, maximum=1, symbol="m", is_lever=False)] = (
        0.5
    )
    attribution_share: Annotated[
        float, Quantity(Kind.SHARE, maximum=1, symbol="a", is_lever=False)
    ] = 0.5
    investment: Annotated[float, Quantity(Kind.MONEY, maximum=1e12, symbol="C")] = 250
    satisfied_before: Annotated[float | None, _part("satisfied_before")] = None
    satisfied_after: Annotated[float | None, _part("satisfied_after")] = None
    churn_satisfied: Annotated[float | None, _part("churn_satisfied")] = None
    churn_dissatisfied: Annotated[float | None, _part("churn_dissatisfied")] = None
    horizon: Annotated[float, Quantity(Kind.COUNT, maximum=1000, fold="horizon")] = 5
    period: Annotated[str, PERIOD] = "year"


def _is_by_satisfaction(inputs: Inputs) -> bool:
    return inputs.satisfied_before is not None


def _before_formula(inputs: Inputs) -> str:
    if not _is_by_satisfaction(inputs):
        return ""
    return (
        "{satisfied_before} × {churn_satisfied} + (1 − {satisfied_before}) × {churn_dissatisfied}"
    )


def _after_formula(inputs: Inputs) -> str:
    if not _is_by_satisfaction(inputs):
        return ""
    return "{satisfied_after} × {churn_satisfied} + (1 − {satisfied_after}) × {churn_dissatisfied}"


def _most_reduction(inputs: Inputs) -> float:
    """Return how far churn can fall: until nobody leaves."""
    before, _ = churn_rates(inputs)
    return before


def _lifetime_formula(inputs: Inputs) -> str:
    _, after = churn_rates(inputs)
    if after * inputs.horizon <= 1:
        return "{revenue} × {margin_share} × {horizon}"
    return "{revenue} × {margin_share} ÷ {churn_after}"


@dataclass(frozen=True)
class Outputs:
    """The period's result in goodwill: money that is kept if the customers really stay."""

    churn_before: Annotated[float, Result(Kind.SHARE, _before_formula, "churn")]
    churn_after: Annotated[float, Result(Kind.SHARE, _after_formula, "churn")]
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
            "{customers_kept} × {revenue} × {margin_share}",
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
            nature=Nature.GOODWILL,
        ),
    ]
    customer_lifetime_value: Annotated[
        float, Result(Kind.MONEY, _lifetime_formula, "lifetime_value", nature=Nature.GOODWILL)
    ]
    break_even_reduction: Annotated[
        float | None,
        Result(
            Kind.SHARE,
            "{investment} ÷ ({customers} × {revenue} × {margin_share} × {attribution_share})",
            "switching_value",
            is_condition=True,
            attainable=_most_reduction,
        ),
    ]
    break_even_attribution: Annotated[
        float | None,
        Result(
            Kind.SHARE,
            "{investment} ÷ ({customers} × ({churn_before} − {churn_after})"
            " × {revenue} × {margin_share})",
            "switching_value",
            is_condition=True,
            attainable=1,
        ),
    ]
    break_even_customers: Annotated[
        float | None,
        Result(
            Kind.COUNT,
            "⌈{investment} ÷ (({churn_before} − {churn_after})"
            " × {revenue} × {margin_share} × {attribution_share})⌉",
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


def _margin_kept(inputs: Inputs, attribution: float) -> float:
    before, after = churn_rates(inputs)
    margin = inputs.revenue * inputs.margin_share
    return finance.margin_kept(inputs.customers, before, after, margin, attribution)


def retention(inputs: Inputs) -> Outputs:
    """Return what the customers who stayed leave as margin in a period; negative if more left.

    It is goodwill, not cash: it is kept only if the churn is the site's own and its change is due
    to the service.
    """
    before, after = churn_rates(inputs)
    margin = inputs.revenue * inputs.margin_share
    kept = _margin_kept(inputs, inputs.attribution_share)
    net = net_margin(inputs)
    if_all_due = _margin_kept(inputs, 1)
    return Outputs(
        churn_before=before,
        churn_after=after,
        customers_kept=finance.margin_kept(
            inputs.customers, before, after, 1, inputs.attribution_share
        ),
        margin_kept=kept,
        net_margin=net,
        roi=finance.return_on_investment(net, inputs.investment),
        customer_lifetime_value=finance.customer_lifetime_value(margin, after, inputs.horizon),
        break_even_reduction=finance.break_even_share(
            inputs.investment, inputs.customers * margin * inputs.attribution_share
        ),
        break_even_attribution=(
            finance.break_even_share(inputs.investment, if_all_due) if if_all_due > 0 else None
        ),
        break_even_customers=finance.break_even_requests(
            inputs.investment,
            finance.margin_kept(1, before, after, margin, inputs.attribution_share),
        ),
    )


def _sentence(inputs: Inputs, outputs: Outputs) -> str:
    if outputs.margin_kept < 0:
        return "sentence.more_left"
    return outcome_sentence(outputs.net_margin, inputs.investment)


def _assumptions(_: Inputs) -> tuple[str, ...]:
    return ("assumption.own_churn",)


def _scenarios(inputs: Inputs) -> Iterator[Scenario]:
    """Yield the same period if less of the change were due to the service."""
    for share in _CAUTIOUS_SHARES:
        if share < inputs.attribution_share:
            yield Scenario({"attribution_share": share}, key="scenario.attribution")


RETENTION: Final = Calculator(
    name="retention",
    compute=retention,
    sentence=_sentence,
    assumptions=_assumptions,
    pictured=("margin_kept", "-investment", "net_margin"),
    counted="customers",
    outcome_of=net_margin,
    scenarios=_scenarios,
)
