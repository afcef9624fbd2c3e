"""What somebody who counts may say: the month, what counts, and which column says what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from roi_calc.counting.dates import tzinfo
from roi_calc.counting.moments import Month
from roi_calc.counting.tools import Role

REOPEN_DAYS: Final = 7
CALL_DAYS: Final = 7
CALLS_CUSTOMER: Final = "customer"
CALLS_TIME: Final = "time"


@dataclass(frozen=True)
class Settings:
    """How a file is counted.

    zone: where the month begins and ends; None is this machine's. tool: a name in TOOLS or OTHER;
    None takes the one that the columns tell. channels, tags: a conversation on one, with one; empty
    takes all. reopen_days: how long it has to stay resolved, 0 leaves this out. call_days: how soon
    a call is of the same request. columns, resolved, separator: instead of the tool's; a column
    without a name is taken not to be there. day_first: how 5/11 is read where the column does not
    tell. sampled: how many ids are given out to be opened by hand.
    """

    month: Month
    zone: tzinfo | None
    zone_name: str
    tool: str | None = None
    channels: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    reopen_days: int = REOPEN_DAYS
    call_days: int = CALL_DAYS
    columns: Mapping[Role, str] = field(default_factory=dict)
    resolved: tuple[str, ...] = ()
    separator: str | None = None
    day_first: bool | None = None
    group_messages: bool = False
    calls_customer: str = CALLS_CUSTOMER
    calls_time: str = CALLS_TIME
    sampled: int = 0
