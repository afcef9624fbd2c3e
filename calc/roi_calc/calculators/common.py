"""What several calculators say alike: a year, whether it paid, its worth in cash and in time.

Their words stand once in the catalogs, under `common.`.
"""

from typing import Final, Protocol

from roi_calc.arithmetic import finance, service
from roi_calc.schema import Kind, Nature, Quantity, Result

_FOLD: Final = "cash_or_time"
# How many times its cost an hour may bring before that is doubted.
_DOUBTFUL: Final = 2
_HOURS_OF_A_MONTH: Final = 744

CASHABLE_SHARE: Final = Quantity(
    Kind.SHARE,
    symbol="κ",
    fold=_FOLD,
    is_optional=True,
    may_range=False,
    is_lever=False,
)
MINUTES_PER_CONTACT: Final = Quantity(
    Kind.MINUTES, minimum=0.1, symbol="T", fold=_FOLD, may_range=False, is_lever=False
)
HOURS_PER_POST: Final = Quantity(
    Kind.HOURS,
    minimum=1,
    maximum=_HOURS_OF_A_MONTH,
    fold=_FOLD,
    may_range=False,
    is_lever=False,
    is_shared=True,
)
SHRINKAGE: Final = Quantity(
    Kind.SHARE, maximum=0.99, fold=_FOLD, may_range=False, is_lever=False, is_shared=True
)
OCCUPANCY: Final = Quantity(
    Kind.SHARE,
    minimum=0.01,
    fold=_FOLD,
    may_range=False,
    is_lever=False,
    is_shared=True,
)
LOADED_RATE: Final = Quantity(
    Kind.MONEY, fold=_FOLD, is_optional=True, may_range=False, is_lever=False, is_shared=True
)


class Cashable(Protocol):
    """Inputs that may say how much of a cost leaves a budget."""

    @property
    def cashable_share(self) -> float | None:
        """The fraction; None where it is not known."""


class Timed(Cashable, Protocol):
    """Inputs that say how long a contact takes, and how many hours a post has in a month."""

    @property
    def minutes_per_contact(self) -> float:
        """Of an agent's work, on the other channel."""

    @property
    def hours_per_post(self) -> float:
        """Paid hours a month of one full-time post."""

    @property
    def shrinkage(self) -> float:
        """The fraction of the paid time that is not on duty."""

    @property
    def occupancy(self) -> float:
        """The fraction of the time on duty that is spent on contacts."""

    @property
    def loaded_rate(self) -> float | None:
        """What an hour of work costs there; None where it is not known."""

    @property
    def period(self) -> str:
        """The period of the amounts."""


def per_year(name: str) -> str:
    """Return the formula of an amount for a year, from one period that the reader chose."""
    *periods, last = finance.PERIODS_PER_YEAR.items()
    chosen = "".join(f"{number:g} if {{period}} is {period} else " for period, number in periods)
    return f"{{{name}}} × ({chosen}{last[1]:g})"


def outcome_sentence(net: float, investment: float) -> str:
    """Return the key of the sentence for nothing invested, a gain, a loss, or neither."""
    if investment == 0:
        return "sentence.free"
    if net == 0:
        return "sentence.even"
    return "sentence.gain" if net > 0 else "sentence.loss"


def outcome_headline(roi: float | None) -> str:
    """Return the key of the line on what the outcome is made of, with its return if it has one."""
    return "headline.free" if roi is None else "headline"


def nature(inputs: Cashable) -> Nature | None:
    """Return what a saving is worth: capacity until a budget falls; None for a mixture."""
    if not inputs.cashable_share:
        return Nature.CAPACITY
    return Nature.CASH if inputs.cashable_share == 1 else None


def cash_of(saving: str) -> Result:
    """Return the part of a saving that leaves a budget."""
    formula = f"undefined if {{cashable_share}} is empty else {{{saving}}} × {{cashable_share}}"
    return Result(Kind.MONEY, formula, "cashable", nature=Nature.CASH)


def capacity_of(saving: str) -> Result:
    """Return the part of a saving that frees time; all of it until a budget falls."""
    rest = f"{{{saving}}} × (1 − {{cashable_share}})"
    formula = f"{{{saving}}} if {{cashable_share}} is empty else {rest}"
    return Result(Kind.MONEY, formula, "cashable", nature=Nature.CAPACITY)


def _hours_of_a_post() -> str:
    """Return the formula of the paid hours of one full-time post in the period."""
    # A month is the last: whoever reads the formula of a month need not read of the others.
    chosen = "".join(
        f"{finance.MONTHS_PER_YEAR} ÷ {number:g} if {{period}} is {period} else "
        for period, number in finance.PERIODS_PER_YEAR.items()
        if period != "month"
    )
    return f"{{hours_per_post}} × ({chosen}1)"


POSTS_FREED: Final = Result(
    Kind.POSTS,
    f"{{hours_freed}} ÷ ({_hours_of_a_post()} × (1 − {{shrinkage}}) × {{occupancy}})",
    "workload",
)
SAVING_PER_HOUR: Final = Result(
    Kind.MONEY,
    "{gross_saving} ÷ {hours_freed} if {hours_freed} > 0 else undefined",
    "workload",
    is_rate=True,
)


def posts_freed(inputs: Timed, hours_freed: float) -> float:
    """Return the full-time posts behind the hours that a period frees."""
    periods = finance.PERIODS_PER_YEAR[inputs.period]
    of_the_period = inputs.hours_per_post * finance.MONTHS_PER_YEAR / periods
    return service.posts(hours_freed, of_the_period, inputs.occupancy, inputs.shrinkage)


def saving_per_hour(saving: float, hours_freed: float) -> float | None:
    """Return what each hour freed is said to bring; None where none is."""
    return saving / hours_freed if hours_freed > 0 else None


def worth(inputs: Cashable, saving: float) -> tuple[str, ...]:
    """Return the keys for a saving in cash and time; none where nothing is saved."""
    if saving <= 0:
        return ()
    if not inputs.cashable_share:
        return ("worth.capacity",)
    return ("worth.cash", "worth.rest") if inputs.cashable_share < 1 else ("worth.cash",)


def worth_in_posts(inputs: Timed, saving: float) -> tuple[str, ...]:
    """Return the same, and the key for the part of a post that it is."""
    lines = worth(inputs, saving)
    if not lines:
        return ()
    return (*lines, "worth.hours" if inputs.cashable_share else "worth.post")


def warnings(inputs: Timed, per_hour: float | None) -> tuple[str, ...]:
    """Return the key for an hour that is said to bring far more than it costs.

    per_hour: as of saving_per_hour(). What an hour costs is the loaded rate, or else that of the
    people who answer on social media; unknown, nothing is doubted.
    """
    for name in ("loaded_rate", "hourly_rate"):
        rate = vars(inputs).get(name)
        if rate:
            is_doubtful = per_hour is not None and per_hour > _DOUBTFUL * rate
            return (f"warning.{name}",) if is_doubtful else ()
    return ()
