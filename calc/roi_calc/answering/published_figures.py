"""Published figures and prices, each with its link, year and place: help to apply, never a default.

They are in published_figures.json, which the form and the guide both read; what each measures, or
is paid for, is said in the catalogs, under `benchmark.<id>` and `price.<id>`.
"""

import json
import pkgutil
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Final

from roi_calc.language.language import Language
from roi_calc.schema import Kind

# Older figures are history, and never held against a reader's own.
MOST_YEARS: Final = 8


class Standing(Enum):
    """Who stands behind a figure: an office, an independent study, the trade press, a seller."""

    OFFICIAL = "official"
    STUDY = "study"
    PRESS = "press"
    SELLER = "seller"


@dataclass(frozen=True)
class Benchmark:
    """One published figure.

    inputs: those it can be applied to, as `<calculator>.<input>`. low, high: the same for a single
    figure. average: of a range, where the source gives one. standing: whose word it is, or whose
    alone, where a seller passes on what cannot be found. source: who published it. carrier: where
    it was read, if not there. link: to the page where it can be read. currency: of an amount of
    money, and of the place that a figure is from. year: None where the page does not say. is_dated:
    whether the page says the year itself; else it follows from what is said. place: empty where the
    source does not say. sample: how many were asked, where that is said; sample_bound: `>` where it
    is said as no more than that. has_method: whether it is published how the figure is made.
    bound: `>` or `<` where the source says no more than that.
    """

    id: str
    inputs: tuple[str, ...]
    kind: Kind
    low: float
    high: float
    standing: Standing
    source: str
    link: str
    average: float | None = None
    currency: str = ""
    year: int | None = None
    is_dated: bool = True
    place: str = ""
    carrier: str = ""
    sample: int | None = None
    sample_bound: str = ""
    has_method: bool = False
    bound: str = ""

    @property
    def likely(self) -> float:
        """The figure; of a range its average, or its middle."""
        return (self.low + self.high) / 2 if self.average is None else self.average

    @property
    def is_historic(self) -> bool:
        """Whether it was too old when the figures were last looked through."""
        return self.year is not None and _reviewed() - self.year > MOST_YEARS

    @property
    def is_recent(self) -> bool:
        """Whether it is known not to be too old."""
        return self.year is not None and not self.is_historic

    @property
    def grade(self) -> str:
        """How far to trust it: strong, good, fair or weak, as the guide's page on benchmarks says.

        Strong: official, recent, and read at the office itself. Good: a recent study that says how
        many it asked or how it was made. Weak: only a seller's word. Fair: everything else.
        """
        if self.standing is Standing.SELLER:
            return "weak"
        if self.standing is Standing.OFFICIAL and self.is_recent and not self.carrier:
            return "strong"
        if self.standing is Standing.STUDY and self.is_recent and (self.sample or self.has_method):
            return "good"
        return "fair"

    def can_be_held_against(self, currency: str) -> bool:
        """Tell whether a reader's own number, in a currency, may be compared with it.

        It must be one figure, recent, of a place that counts in that currency, and more than a
        seller's word.
        """
        is_one_figure = self.low == self.high and not self.bound
        is_near = self.currency in {"", currency}
        return is_one_figure and is_near and self.is_recent and self.grade != "weak"


@dataclass(frozen=True)
class Price:
    """What a seller of AI agents asks for: a price to be paid, and no figure to compare with.

    amount: in the currency; None where it stands only in a contract. link: to the seller's own
    page. year: that of the page, None where it does not say.
    """

    id: str
    source: str
    link: str
    amount: float | None = None
    currency: str = ""
    year: int | None = None


@cache
def benchmarks() -> tuple[Benchmark, ...]:
    """Return every published figure, in the order of the file."""
    return tuple(
        Benchmark(
            **{
                **entry,
                "inputs": tuple(entry["inputs"]),
                "kind": Kind(entry["kind"]),
                "standing": Standing(entry["standing"]),
            }
        )
        for entry in _file()["figures"]
    )


@cache
def prices() -> tuple[Price, ...]:
    """Return every price, in the order of the file."""
    return tuple(Price(**entry) for entry in _file()["prices"])


@lru_cache(1000)
def benchmarks_for(calculator: str, name: str, currency: str) -> tuple[Benchmark, ...]:
    """Return the figures for an input; amounts only in the currency they were published in."""
    return tuple(
        each
        for each in benchmarks()
        if f"{calculator}.{name}" in each.inputs
        and (each.kind is not Kind.MONEY or each.currency == currency)
    )


def publisher(language: Language, published: Benchmark) -> str:
    """Return who published a figure, and where it was read if elsewhere."""
    if not published.carrier:
        return published.source
    return language.words("benchmarks.carried", source=published.source, carrier=published.carrier)


def circumstances(language: Language, published: Benchmark) -> list[str]:
    """Return how large its sample was, where said, its year and place, and its grade."""
    said = (
        sample_of(language, published),
        year_of(language, published),
        place_of(language, published),
    )
    return [*filter(None, said), language.words(f"grade.{published.grade}")]


def sample_of(language: Language, published: Benchmark) -> str:
    """Return how many a figure comes from; empty where that is not said."""
    if published.sample is None:
        return ""
    size = f"{published.sample_bound} {language.numbers.number(published.sample)}".strip()
    return language.words("benchmarks.sample", size=size)


def year_of(language: Language, published: Benchmark | Price) -> str:
    """Return the year of a figure or a price: about it, too old, or not stated."""
    if published.year is None:
        return language.words("benchmarks.undated")
    year = str(published.year)
    if isinstance(published, Price):
        return year
    if not published.is_dated:
        year = language.words("benchmarks.about", year=year)
    return language.words("benchmarks.historic", year=year) if published.is_historic else year


def place_of(language: Language, published: Benchmark) -> str:
    """Return the place that a figure is from, or that it is not stated."""
    place = published.place
    return language.words(f"place.{place}" if place else "benchmarks.unplaced")


def figure_of(language: Language, value: float, published: Benchmark, currency: str) -> str:
    """Write a value of a published figure's kind, with its unit where the number has none."""
    figure = language.figure(value, published.kind, currency)
    if published.kind is Kind.MINUTES:
        return f"{figure} {language.words('plain.unit.minutes')}"
    return figure


def _reviewed() -> int:
    """Return the year in which the figures were last looked through.

    Ages are counted to it, not to today: the same release says the same wherever it is built.
    """
    reviewed: int = _file()["reviewed"]
    return reviewed


# Any: JSON's objects
@cache
def _file() -> dict[str, Any]:
    file: dict[str, Any] = json.loads(
        pkgutil.get_data("roi_calc.answering", "published_figures.json") or b""
    )
    return file
