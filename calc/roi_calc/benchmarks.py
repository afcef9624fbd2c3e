"""Published figures, each with year, place, source and grade: help to apply, never a default.

The figures are in benchmarks.json, which the form and the guide both read; what each measures is
said in the catalogs, under `benchmark.<id>`.
"""

import json
import pkgutil
from dataclasses import dataclass
from functools import cache

from roi_calc.schema import Kind


@dataclass(frozen=True)
class Benchmark:
    """One published figure.

    inputs: those it can be applied to, as `<calculator>.<input>`. low, high: the same for a single
    figure. currency: of an amount of money, else empty. year, place: empty where the source does
    not say. carrier: where a source's figure was read, if not at the source itself. origin: a
    source that has no name of its own, in words under `origin.<origin>`; source is then empty.
    bound: `>` or `<` where the source says no more than that. grade: strong, good, fair, weak, or
    disputed where sources disagree.
    """

    id: str
    inputs: tuple[str, ...]
    kind: Kind
    low: float
    high: float
    source: str
    grade: str
    currency: str = ""
    year: str = ""
    place: str = ""
    carrier: str = ""
    origin: str = ""
    bound: str = ""

    @property
    def middle(self) -> float:
        """The figure, or the middle of its range."""
        return (self.low + self.high) / 2


@cache
def benchmarks() -> tuple[Benchmark, ...]:
    """Return every published figure, in the order of the file."""
    entries = json.loads(pkgutil.get_data("roi_calc", "benchmarks.json") or b"")
    return tuple(
        Benchmark(**{**entry, "inputs": tuple(entry["inputs"]), "kind": Kind(entry["kind"])})
        for entry in entries
    )


def benchmarks_for(calculator: str, name: str, currency: str) -> tuple[Benchmark, ...]:
    """Return the figures for an input; amounts only in the currency they were published in."""
    return tuple(
        each
        for each in benchmarks()
        if f"{calculator}.{name}" in each.inputs and each.currency in {"", currency}
    )
