"""A formula as it was used: choices made, and without what nobody entered and changes nothing."""

import pytest

from roi_calc.formulas.reading import formula
from roi_calc.formulas.shortening import shortened
from roi_calc.formulas.tree import Values, evaluate
from roi_calc.formulas.writing import written

# By result: in the order in which they are worked out.
FORMULAS = {
    "avoided": "requests × share × (1 − repeats)",
    "gross": "avoided × cost",
    "total": "tools + hours × rate + requests × each if total is empty else total",
    "net": "gross − total",
    "cash": "gross × cashable if cashable is not empty else undefined",
    "capacity": "gross if cashable is empty else gross × (1 − cashable)",
    "yearly": "net × (12 if period is month else 1)",
    "faster": "before − after",
    "time": "months − ramp ÷ 2",
    "rest": "tools + hours × rate ÷ requests",
    "doubled": "cost ÷ (half × 2)",
}
DEFAULTS: Values = {
    "requests": 100,
    "share": 1,
    "repeats": 0,
    "cost": 20,
    "total": 500,
    "tools": None,
    "hours": None,
    "rate": None,
    "each": None,
    "cashable": None,
    "period": "month",
    "before": 0,
    "after": 0,
    "months": 12,
    "ramp": 0,
    "half": 0.5,
}
BY_PARTS: Values = {"total": None, "tools": 80, "hours": 16, "rate": 20}
NOT_TOLD = ""


def _used(changes: Values) -> dict[str, str]:
    """Return the formulas as they are told; NOT_TOLD for those that are not."""
    inputs = {**DEFAULTS, **changes}
    formulas = {name: formula(text) for name, text in FORMULAS.items()}
    results: dict[str, float | str | None] = {}
    for name, node in formulas.items():
        results[name] = evaluate(node, inputs, results)
    untouched = {name for name, value in inputs.items() if value == DEFAULTS[name]}
    used = shortened(formulas, inputs, results, untouched)
    return {name: written(each.node) if each.is_told else NOT_TOLD for name, each in used.items()}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"avoided": NOT_TOLD, "gross": "{requests} × {cost}", "net": "{gross} − {total}"}),
        ({}, {"total": NOT_TOLD, "cash": NOT_TOLD, "capacity": "{gross}", "time": NOT_TOLD}),
        ({}, {"faster": "{before} − {after}", "yearly": "{net} × 12"}),
        ({"period": "year"}, {"yearly": NOT_TOLD}),
        ({"share": 0.5}, {"avoided": "{requests} × {share}", "gross": "{avoided} × {cost}"}),
        ({"repeats": 0.5}, {"avoided": "{requests} × (1 − {repeats})"}),
        ({"cost": 1}, {"gross": "{requests} × {cost}"}),
        ({"requests": 0}, {"gross": "{requests} × {cost}"}),
        (BY_PARTS, {"total": "{tools} + {hours} × {rate}", "net": "{gross} − {total}"}),
        ({**BY_PARTS, "hours": 0}, {"total": "{tools} + {hours} × {rate}"}),
        ({"total": None, "tools": 80}, {"total": "{tools}", "net": "{gross} − {total}"}),
        ({"total": None, "each": 2}, {"total": "{requests} × {each}"}),
        ({"total": None}, {"total": NOT_TOLD}),
        ({"cashable": 0}, {"cash": "{gross} × {cashable}"}),
        ({"cashable": 0}, {"capacity": "{gross} × (1 − {cashable})"}),
        ({"before": 60}, {"faster": "{before} − {after}"}),
        (BY_PARTS, {"rest": "{tools} + {hours} × {rate} ÷ {requests}"}),
        ({"tools": 80}, {"rest": "{tools}"}),
        ({}, {"doubled": "{cost} ÷ ({half} × 2)"}),
        ({"ramp": 3}, {"time": "{months} − {ramp} ÷ 2"}),
    ],
)
def test_a_formula_tells_what_was_entered_and_nothing_idle(
    changes: Values, expected: dict[str, str]
) -> None:
    used = _used(changes)
    assert {name: used[name] for name in expected} == expected
