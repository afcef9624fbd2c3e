"""Pictures of an answer as SVG: shapes and labels only, colours come from the style sheet."""

from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from roi_calc.html import element

_WIDTH: Final = 360
_HEIGHT: Final = 190
_TOP: Final = 22
_BOTTOM: Final = 30
_BAR_WIDTH: Final = 84
_COLUMN: Final = _WIDTH / 3


@dataclass(frozen=True)
class Bar:
    """One amount of a picture: the words under it, its number, and how that number is written."""

    label: str
    amount: float
    figure: str


def waterfall(total: Bar, deduction: Bar, remainder: Bar, description: str) -> ET.Element:
    """Return the picture of a total, what is taken off it, and what remains (below zero: a loss).

    description: the conclusion, for readers who do not see the picture.
    """
    highest = max(total.amount, 0.0, remainder.amount)
    lowest = min(0.0, remainder.amount)
    per_unit = (_HEIGHT - _TOP - _BOTTOM) / ((highest - lowest) or 1.0)

    def y(amount: float) -> float:
        return _TOP + (highest - amount) * per_unit

    outcome = "roi-bar-loss" if remainder.amount < 0 else "roi-bar-gain"
    spans = (
        (total, total.amount, 0.0, "roi-bar-total"),
        (deduction, total.amount, remainder.amount, "roi-bar-deduction"),
        (remainder, remainder.amount, 0.0, outcome),
    )
    picture = element(
        "svg",
        class_="roi-picture",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_label=description,
    )
    for column, (bar, start, end, style) in enumerate(spans):
        picture.extend(_column(column, bar, (y(start), y(end)), style))
    for column, amount in enumerate((total.amount, remainder.amount)):
        picture.append(_connector(column, y(amount)))
    picture.append(
        element("line", class_="roi-axis", x1=0, x2=_WIDTH, y1=_number(y(0)), y2=_number(y(0)))
    )
    return picture


def _column(column: int, bar: Bar, ends: tuple[float, float], style: str) -> list[ET.Element]:
    """Return one bar with its figure above and its label at the foot of the picture."""
    top, bottom = min(ends), max(ends)
    middle = _number(_COLUMN * (column + 0.5))
    return [
        element(
            "rect",
            class_=style,
            x=_number(_COLUMN * (column + 0.5) - _BAR_WIDTH / 2),
            y=_number(top),
            width=_BAR_WIDTH,
            height=_number(max(bottom - top, 1.0)),
            rx=2,
        ),
        element("text", bar.figure, class_="roi-bar-figure", x=middle, y=_number(top - 6)),
        element("text", bar.label, class_="roi-bar-label", x=middle, y=_HEIGHT - 8),
    ]


def _connector(column: int, y: float) -> ET.Element:
    """Return the thin line from one bar to the next, at the height where the next begins."""
    start = _COLUMN * (column + 0.5) + _BAR_WIDTH / 2
    return element(
        "line",
        class_="roi-connector",
        x1=_number(start),
        x2=_number(start + _COLUMN - _BAR_WIDTH),
        y1=_number(y),
        y2=_number(y),
    )


def _number(value: float) -> str:
    """Return a coordinate with two decimals: the same text on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
