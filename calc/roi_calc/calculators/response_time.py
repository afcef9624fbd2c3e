"""What faster answers are worth, by the two routes that can be defended, never added together."""

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
    Doubt,
    Kind,
    Nature,
    Quantity,
    Result,
    ResultOf,
    Scenario,
)


@dataclass(frozen=True)
class Inputs:
    """One period: response times before and after, and what changed with them.

    The times themselves enter no formula: none is accepted. chaser_before, chaser_after: the
    fraction of the conversations whose customer asks again because the answer took too long.
    chasers_each: how many further contacts such a customer makes. customers, churn_before,
    churn_after, margin, attribution_share: the second route, through the site's own churn.
    cashable_share and the inputs after it: as in deflection, of a further contact.
    """

    conversations: Annotated[float, Quantity(Kind.COUNT, symbol="N", is_lever=False)] = 1000
    chaser_before: Annotated[float, Quantity(Kind.SHARE, symbol="s₀", is_lever=False)] = 0.1
    chaser_after: Annotated[float, Quantity(Kind.SHARE, symbol="s₁")] = 0.05
    cost_per_chaser: Annotated[float, Quantity(Kind.MONEY, symbol="B", is_lever=False)] = 20
    investment: Annotated[float, Quantity(Kind.MONEY, maximum=1e12, symbol="C")] = 500
    chasers_each: Annotated[
        float, Quantity(Kind.MULTIPLE, symbol="k", fold="chasers_each", is_lever=False)
    ] = 1
    first_response_before: Annotated[
        float, Quantity(Kind.MINUTES, fold="times", is_lever=False)
    ] = 0
    first_response_after: Annotated[float, Quantity(Kind.MINUTES, fold="times")] = 0
    average_response_before: Annotated[
        float, Quantity(Kind.MINUTES, fold="times", is_lever=False)
    ] = 0
    average_response_after: Annotated[float, Quantity(Kind.MINUTES, fold="times")] = 0
    customers: Annotated[float, Quantity(Kind.COUNT, fold="retention", is_lever=False)] = 0
    churn_before: Annotated[float, Quantity(Kind.SHARE, fold="retention", is_lever=False)] = 0
    churn_after: Annotated[float, Quantity(Kind.SHARE, fold="retention")] = 0
    margin: Annotated[float, Quantity(Kind.MONEY, fold="retention", is_lever=False)] = 0
    attribution_share: Annotated[float, Quantity(Kind.SHARE, fold="retention")] = 1
    cashable_share: Annotated[float | None, CASHABLE_SHARE] = None
    minutes_per_contact: Annotated[float, MINUTES_PER_CONTACT] = 6
    hours_per_post: Annotated[float, HOURS_PER_POST] = 160
    shrinkage: Annotated[float, SHRINKAGE] = 0.3
    occupancy: Annotated[float, OCCUPANCY] = 0.85
    loaded_rate: Annotated[float | None, LOADED_RATE] = None
    period: Annotated[str, PERIOD] = "month"


def _has_retention(inputs: Inputs) -> bool:
    return inputs.customers > 0


def _most_reduction(inputs: Inputs) -> float:
    """Return how far the share that asks again can fall: to nobody."""
    return inputs.chaser_before


def _gain(time: str) -> str:
    """Return the formula of the minutes gained; undefined where no times are given."""
    before, after = f"{{{time}_before}}", f"{{{time}_after}}"
    return f"undefined if {before} ≤ 0 and {after} ≤ 0 else {before} − {after}"


@dataclass(frozen=True)
class Outputs:
    """The period's result: chasers avoided, retention in goodwill, minutes in no money at all."""

    first_response_gain: Annotated[
        float | None, Result(Kind.MINUTES, _gain("first_response"), "no_formula")
    ]
    average_response_gain: Annotated[
        float | None, Result(Kind.MINUTES, _gain("average_response"), "no_formula")
    ]
    chasers_avoided: Annotated[
        float,
        Result(
            Kind.COUNT,
            "{conversations} × ({chaser_before} − {chaser_after}) × {chasers_each}",
            "repeat_contacts",
        ),
    ]
    gross_saving: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{chasers_avoided} × {cost_per_chaser}",
            "repeat_contacts",
            is_headline=True,
            nature=nature,
        ),
    ]
    net_saving: Annotated[
        float,
        Result(
            Kind.MONEY,
            "{gross_saving} − {investment}",
            "repeat_contacts",
            is_headline=True,
            nature=nature,
            is_outcome=True,
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
        float,
        Result(Kind.HOURS, "{chasers_avoided} × {minutes_per_contact} ÷ 60", "workload"),
    ]
    posts_freed: Annotated[float, POSTS_FREED]
    saving_per_hour: Annotated[float | None, SAVING_PER_HOUR]
    margin_kept: Annotated[
        float | None,
        Result(
            Kind.MONEY,
            "undefined if {customers} ≤ 0 else {customers} × ({churn_before} − {churn_after})"
            " × {margin} × {attribution_share}",
            "retention",
            nature=Nature.GOODWILL,
        ),
    ]
    net_saving_per_year: Annotated[
        float, Result(Kind.MONEY, per_year("net_saving"), "hootsuite", nature=nature)
    ]
    break_even_reduction: Annotated[
        float | None,
        Result(
            Kind.POINTS,
            "{investment} ÷ ({conversations} × {chasers_each} × {cost_per_chaser})",
            "switching_value",
            is_condition=True,
            attainable=_most_reduction,
        ),
    ]
    break_even_cost_per_chaser: Annotated[
        float | None,
        Result(
            Kind.MONEY,
            "{investment} ÷ {chasers_avoided} if {chasers_avoided} > 0 else undefined",
            "switching_value",
            is_condition=True,
        ),
    ]
    break_even_conversations: Annotated[
        float | None,
        Result(
            Kind.COUNT,
            "⌈{investment} ÷ (({chaser_before} − {chaser_after})"
            " × {chasers_each} × {cost_per_chaser})⌉"
            " if {chaser_before} > {chaser_after} else undefined",
            "cost_volume_profit",
            is_condition=True,
        ),
    ]


def _avoided(inputs: Inputs, conversations: float) -> float:
    return service.contacts_avoided(
        conversations, inputs.chaser_before, inputs.chaser_after, inputs.chasers_each
    )


def net_saving(inputs: Inputs) -> float:
    """Return the cost that fewer chasers avoid, less what was invested in faster answers."""
    gross = finance.gross_saving(_avoided(inputs, inputs.conversations), inputs.cost_per_chaser)
    return finance.net_saving(gross, inputs.investment)


def response_time(inputs: Inputs) -> Outputs:
    """Return what faster answers are worth in a period.

    Two routes: fewer customers who ask again, which avoids a cost, and customers who stay, which is
    goodwill. They are never added: a customer who stays also asks less.
    """
    avoided = _avoided(inputs, inputs.conversations)
    gross = finance.gross_saving(avoided, inputs.cost_per_chaser)
    net = net_saving(inputs)
    hours = service.hours(avoided, inputs.minutes_per_contact)
    most = inputs.conversations * inputs.chasers_each * inputs.cost_per_chaser
    return Outputs(
        first_response_gain=(
            inputs.first_response_before - inputs.first_response_after
            if inputs.first_response_before or inputs.first_response_after
            else None
        ),
        average_response_gain=(
            inputs.average_response_before - inputs.average_response_after
            if inputs.average_response_before or inputs.average_response_after
            else None
        ),
        chasers_avoided=avoided,
        gross_saving=gross,
        net_saving=net,
        roi=finance.return_on_investment(net, inputs.investment),
        cash=finance.cash(gross, inputs.cashable_share),
        capacity=finance.capacity(gross, inputs.cashable_share),
        hours_freed=hours,
        posts_freed=posts_freed(inputs, hours),
        saving_per_hour=saving_per_hour(gross, hours),
        margin_kept=(
            finance.margin_kept(
                inputs.customers,
                inputs.churn_before,
                inputs.churn_after,
                inputs.margin,
                inputs.attribution_share,
            )
            if _has_retention(inputs)
            else None
        ),
        net_saving_per_year=net * finance.PERIODS_PER_YEAR[inputs.period],
        break_even_reduction=finance.break_even_share(inputs.investment, most),
        break_even_cost_per_chaser=(
            finance.break_even_cost_per_request(inputs.investment, avoided) if avoided > 0 else None
        ),
        break_even_conversations=finance.break_even_requests(
            inputs.investment, _avoided(inputs, 1) * inputs.cost_per_chaser
        ),
    )


def _sentence(inputs: Inputs, outputs: Outputs) -> str:
    if outputs.chasers_avoided < 0:
        return "sentence.more_chasers"
    return outcome_sentence(outputs.net_saving, inputs.investment)


def _worth(inputs: Inputs, outputs: Outputs) -> tuple[str, ...]:
    return worth_in_posts(inputs, outputs.gross_saving)


def _warnings(inputs: Inputs, outputs: Outputs) -> tuple[str, ...]:
    return warnings(inputs, outputs.saving_per_hour)


def _headline(_: Inputs, outputs: Outputs) -> str:
    return outcome_headline(outputs.roi)


def _assumptions(inputs: Inputs) -> tuple[str, ...]:
    no_formula = "assumption.no_formula"
    if _has_retention(inputs):
        return (no_formula, "assumption.not_added")
    return (no_formula,)


def _scenarios(inputs: Inputs) -> Iterator[Scenario]:
    """Yield the same period if only half as many fewer customers had to ask again."""
    if inputs.chaser_after < inputs.chaser_before:
        halfway = (inputs.chaser_before + inputs.chaser_after) / 2
        yield Scenario({"chaser_after": halfway}, key="scenario.half")


RESPONSE_TIME: Final = Calculator(
    name="response-time",
    compute=response_time,
    sentence=_sentence,
    headline=_headline,
    assumptions=_assumptions,
    worth=_worth,
    warnings=_warnings,
    pictured=("gross_saving", "-investment", "net_saving"),
    counted="conversations",
    outcome_of=net_saving,
    scenarios=_scenarios,
    leads_with=("conversations", "chaser_before", "chaser_after"),
    doubt=Doubt("break_even_cost_per_chaser", opens="cost_per_chaser", is_its_value=True),
    objections={
        "cost": ("cost_per_chaser",),
        "cash": ("cashable_share",),
        "attribution": ("attribution_share",),
    },
    related={"loaded_rate": ResultOf("loaded-rate", "loaded_rate")},
)
