"""Input sets of the calculator `options` at its edges, which draws by chance do not reach."""

from collections.abc import Mapping
from typing import Final

_EACH: Final[tuple[Mapping[str, float], ...]] = (
    # Nobody asks, or nothing is billed.
    {"requests": 0},
    {"billed_share": 0, "handoff_share": 0},
    {"today_request_cost": 0},
    # As good as nothing is spared.
    {"requests": 7e-10},
    {"requests": 1e-9},
    {"requests": 1e-4, "billed_share": 1, "kept_share": 1e-6, "extra_work": 0},
    # As good as no growth.
    *({"growth": growth, "waiting_months": 60} for growth in (0, 5e-7, -5e-7)),
    # As good as the same cost of one, with an agent that costs its price alone.
    *(
        {
            "billed_share": 1,
            "handoff_share": 0,
            "kept_share": 1,
            "agent_price": agent,
            "today_request_cost": now,
            "hire_request_cost": hire,
            "tool_request_cost": tool,
        }
        for now, hire, tool, agent in (
            (5, 5, 5, 5),
            (5, 5 + 1e-10, 5 + 2e-10, 5 + 3e-10),
            (5 + 3e-10, 5 + 2e-10, 5 + 1e-10, 5),
            (0, 1e-9, 0, 1e-9),
            (1e-9, 0, 1e-9, 0),
            (0, 0, 1e-9, 1e-9),
            (1e-9, 1e-9, 0, 0),
        )
    ),
    # The same with an agent of whose conversations some come back, which costs 6.
    *(
        {
            "billed_share": 0.5,
            "handoff_share": 0.25,
            "kept_share": 0.5,
            "agent_price": 2,
            "extra_work": 0.5,
            "today_request_cost": 4,
            "hire_request_cost": hire,
        }
        for hire in (6, 6 + 1e-10, 6 - 1e-10)
    ),
)
OPTION_EDGES: Final[tuple[Mapping[str, float | str], ...]] = tuple(
    {"proposed": proposed, **fixed, **each}
    for proposed in ("agent", "hire", "tool")
    for fixed in (
        {"today_fixed": 300, "hire_fixed": 200, "tool_fixed": 100, "agent_fixed": 0},
        {"today_fixed": 0, "hire_fixed": 100, "tool_fixed": 200, "agent_fixed": 300},
    )
    for each in _EACH
)
