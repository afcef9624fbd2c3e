"""Pictures of an answer as SVG: shapes and labels only, colors come from the style sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from roi_calc.answering.uncertainty import Bin
from roi_calc.showing.html import element

_WIDTH: Final = 360
_HEIGHT: Final = 190
_TOP: Final = 22
_BOTTOM: Final = 30
_WIDEST_BAR: Final = 84
_LINE_HEIGHT: Final = 13
_BAR: Final = 12
# How wide letters are, on the wide side: a text is wrapped or squeezed rather than cut off.
_LETTER: Final = 7
_WIDER_LETTERS: Final = {"roi-bar-figure": 7.6}


@dataclass(frozen=True)
class Step:
    """One amount of a waterfall: the words under it, its number, and how that number is written.

    sign: `+` or `-` for a step up or down from the one before; empty for a bar from the ground.
    is_outcome: whether it is a gain or a loss, and not just an amount.
    """

    label: str
    amount: float
    figure: str
    sign: str = ""
    is_outcome: bool = False


@dataclass(frozen=True)
class Mark:
    """A value on a picture's axis, how it is written, and what it is called."""

    value: float
    figure: str
    name: str


@dataclass(frozen=True)
class Row:
    """One bar of a tornado: its words, and the outcome at either end."""

    label: str
    at_low: float
    at_high: float


def waterfall(steps: Sequence[Step], description: str) -> ET.Element:
    """Return the picture of how one amount becomes another, or of several beside each other.

    Below the ground is a loss. description: the conclusion, for readers who do not see the picture.
    """
    spans = spans_of(steps)
    highest = max(0.0, *(max(span) for span in spans))
    lowest = min(0.0, *(min(span) for span in spans))
    per_unit = (_HEIGHT - _TOP - _BOTTOM) / ((highest - lowest) or 1.0)
    column = _WIDTH / len(steps)
    bar_width = min(_WIDEST_BAR, column * 0.7)

    def y(amount: float) -> float:
        return _TOP + (highest - amount) * per_unit

    labels = [_lines(step.label, column - 4) for step in steps]
    most = max(map(len, labels))
    picture = _sequence(_HEIGHT + _LINE_HEIGHT * max(most - 2, 0), description)
    for index, (step, (start, end)) in enumerate(zip(steps, spans, strict=True)):
        middle = column * (index + 0.5)
        top, bottom = sorted((y(start), y(end)))
        picture.extend(
            [
                element(
                    "rect",
                    class_=bar_style(step),
                    x=_number(middle - bar_width / 2),
                    y=_number(top),
                    width=_number(bar_width),
                    height=_number(max(bottom - top, 1.0)),
                    rx=2,
                ),
                _text("roi-bar-figure", (middle, top - 6), step.figure, width=column - 4),
                *_label(middle, labels[index], column - 4),
            ]
        )
    for index, (_, end) in enumerate(spans[:-1]):
        if not (steps[index].sign or steps[index + 1].sign):
            continue  # two amounts beside each other: neither becomes the other
        start = column * (index + 0.5) + bar_width / 2
        picture.append(
            _line("roi-connector", (start, y(end)), (start + column - bar_width, y(end)))
        )
    picture.append(_line("roi-axis", (0, y(0)), (_WIDTH, y(0))))
    return picture


def histogram(
    bins: Sequence[Bin], marks: Sequence[Mark], description: str, *, is_outcome: bool
) -> ET.Element:
    """Return the picture of how often each value came up, losses in their own color.

    bins: of equal width and in order. marks: percentiles, named on the axis. is_outcome: whether
    the values are gains and losses.
    """
    low, high = bins[0].low, bins[-1].high
    most = max(each.count for each in bins)
    ground = _HEIGHT - _BOTTOM - 16
    picture = _picture(_HEIGHT, description)

    def x(value: float) -> float:
        return 8 + (value - low) / ((high - low) or 1.0) * (_WIDTH - 16)

    style = "roi-bar-gain" if is_outcome else "roi-bar-total"
    for each in bins:
        height = (ground - _TOP) * each.count / most
        picture.append(
            element(
                "rect",
                class_="roi-bar-loss" if is_outcome and each.high <= 0 else style,
                x=_number(x(each.low) + 0.5),
                y=_number(ground - height),
                width=_number(max(x(each.high) - x(each.low) - 1, 0.5)),
                height=_number(height),
            )
        )
    for row, mark in enumerate(marks):
        picture.append(_line("roi-mark", (x(mark.value), _TOP - 8), (x(mark.value), ground)))
        anchor = ("start", "middle", "end")[row] if len(marks) == 3 else "middle"  # noqa: PLR2004
        place = (8.0, _WIDTH / 2, _WIDTH - 8.0)[row]
        picture.append(_text("roi-bar-label", (place, _HEIGHT - 22), mark.name, anchor))
        third = _WIDTH / 3 - 8
        picture.append(_text("roi-bar-figure", (place, _HEIGHT - 6), mark.figure, anchor, third))
    picture.append(_line("roi-axis", (0, ground), (_WIDTH, ground)))
    if low < 0 < high:
        picture.append(_line("roi-zero", (x(0), 6), (x(0), ground + 6)))
        picture.append(_text("roi-bar-label", (x(0), ground + 14), "0"))
    return picture


def tornado(rows: Sequence[Row], base: float, description: str, *, is_outcome: bool) -> ET.Element:
    """Return one bar an input, from the value at its low end to that at its high end.

    base: the value with every input at its likely one; the bars lie about it. is_outcome: whether
    more of it is better, which the colors then say.
    """
    above, below = ("roi-bar-gain", "roi-bar-loss") if is_outcome else ("roi-bar-total",) * 2
    ends = [base, *(row.at_low for row in rows), *(row.at_high for row in rows)]
    low, high = min(ends), max(ends)
    labels = [_lines(row.label, _WIDTH - 16) for row in rows]
    height = sum(_LINE_HEIGHT * len(lines) + 21 for lines in labels) + 10
    picture = _picture(height, description)

    def x(value: float) -> float:
        return 8 + (value - low) / ((high - low) or 1.0) * (_WIDTH - 16)

    top = 0
    for row, lines in zip(rows, labels, strict=True):
        for line in lines:
            picture.append(_text("roi-bar-label", (8, top + 12), line, "start", _WIDTH - 16))
            top += _LINE_HEIGHT
        for end in (row.at_low, row.at_high):
            left, right = sorted((x(base), x(end)))
            picture.append(
                element(
                    "rect",
                    class_=above if end >= base else below,
                    x=_number(left),
                    y=_number(top + 4),
                    width=_number(max(right - left, 0.5)),
                    height=12,
                )
            )
        # Beside the bar only: a line through all rows would strike their words out.
        picture.append(_line("roi-zero", (x(base), top + 1), (x(base), top + 19)))
        top += 21
    return picture


def course(values: Sequence[float], label: str, last: str, description: str) -> ET.Element:
    """Return the picture of one figure over time, a bar a month, today first."""
    highest, lowest = max(0.0, *values), min(0.0, *values)
    per_unit = (_HEIGHT - _TOP - _BOTTOM) / ((highest - lowest) or 1.0)
    column = _WIDTH / len(values)
    picture = _sequence(_HEIGHT, description)

    def y(amount: float) -> float:
        return _TOP + (highest - amount) * per_unit

    for index, value in enumerate(values):
        top, bottom = sorted((y(0), y(value)))
        picture.append(
            element(
                "rect",
                class_="roi-bar-loss" if value < 0 else "roi-bar-gain",
                x=_number(column * (index + 0.15)),
                y=_number(top),
                width=_number(column * 0.7),
                height=_number(max(bottom - top, 1.0)),
            )
        )
    picture.append(_line("roi-axis", (0, y(0)), (_WIDTH, y(0))))
    half = _WIDTH / 2 - 8
    picture.append(_text("roi-bar-label", (4, _HEIGHT - 8), label, "start", half))
    picture.append(_text("roi-bar-figure", (_WIDTH - 4, _HEIGHT - 8), last, "end", half))
    return picture


def spent(gained: float, spent: float, description: str, *, is_loss: bool) -> ET.Element:
    """Return the bar of what was gained: the part that was spent, and the part that is left.

    Neither amount is below 0. is_loss: whether more was spent than gained; what is short is hatched
    then.
    """
    whole = (spent if is_loss else gained) or 1.0
    picture = _bar(description)
    within = gained if is_loss else spent
    picture.append(_piece("roi-bar-spent", 0, within / whole))
    if not is_loss:
        picture.append(_piece("roi-bar-gain", within / whole, gained / whole))
    else:
        short = _WIDTH * within / whole
        picture.append(_line("roi-bar-short", (short, _BAR / 2), (_WIDTH, _BAR / 2)))
    return picture


def stacked(amounts: Sequence[float], description: str) -> ET.Element:
    """Return the bar of a sum: its parts side by side, in two shades by turns."""
    whole, start = sum(amounts) or 1.0, 0.0
    picture = _bar(description)
    for index, amount in enumerate(amounts):
        style = "roi-bar-addition" if index % 2 else "roi-bar-total"
        picture.append(_piece(style, start / whole, (start + amount) / whole))
        start += amount
    return picture


def spans_of(steps: Sequence[Step]) -> list[tuple[float, float]]:
    """Return where each bar starts and ends: on the ground, or where the one before ended."""
    spans: list[tuple[float, float]] = []
    level = 0.0
    for step in steps:
        start = level if step.sign else 0.0
        level = start + (-step.amount if step.sign == "-" else step.amount)
        spans.append((start, level))
    return spans


def bar_style(step: Step) -> str:
    """Return the class of a bar."""
    if step.sign == "-":
        return "roi-bar-deduction"
    if step.sign == "+":
        return "roi-bar-addition"
    if not step.is_outcome:
        return "roi-bar-total"
    return "roi-bar-loss" if step.amount < 0 else "roi-bar-gain"


def _lines(text: str, width: float) -> list[str]:
    """Return a text in as many lines as its width needs, of even length where two will do."""
    words = text.split()
    if len(text) * _LETTER <= width or len(words) < 2:  # noqa: PLR2004 - one word is one line
        return [text]
    half = min(
        range(1, len(words)),
        key=lambda cut: abs(len(" ".join(words[:cut])) - len(" ".join(words[cut:]))),
    )
    halves = [" ".join(words[:half]), " ".join(words[half:])]
    if all(len(each) * _LETTER <= width for each in halves):
        return halves
    lines = [words[0]]
    for word in words[1:]:
        if len(f"{lines[-1]} {word}") * _LETTER <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _label(middle: float, lines: Sequence[str], width: float) -> Iterator[ET.Element]:
    """Yield a label at the foot of a picture; lines after the second make it higher."""
    top = _HEIGHT - (8 if len(lines) == 1 else 16)
    for index, line in enumerate(lines):
        yield _text("roi-bar-label", (middle, top + index * _LINE_HEIGHT), line, width=width)


def _sequence(height: float, description: str) -> ET.Element:
    """Return the frame of a picture that is read as words are, and so is mirrored with them."""
    return _picture(height, description, "roi-picture roi-sequence")


def _picture(height: float, description: str, style: str = "roi-picture") -> ET.Element:
    return element(
        "svg",
        class_=style,
        viewBox=f"0 0 {_WIDTH} {_number(height)}",
        role="img",
        aria_label=description,
    )


def _bar(description: str) -> ET.Element:
    """Return the frame of a picture that is as wide as its place, and no higher than a bar."""
    picture = element(
        "svg",
        class_="roi-bar roi-sequence",
        viewBox=f"0 0 {_WIDTH} {_BAR}",
        preserveAspectRatio="none",
        role="img",
        aria_label=description,
    )
    picture.append(_piece("roi-bar-track", 0, 1))
    return picture


def _piece(style: str, start: float, end: float) -> ET.Element:
    """Return a piece of a bar, between two fractions of its length."""
    return element(
        "rect",
        class_=style,
        x=_number(_WIDTH * start),
        width=_number(_WIDTH * (end - start)),
        height=_BAR,
    )


def _text(
    style: str, at: tuple[float, float], text: str, anchor: str = "middle", width: float = _WIDTH
) -> ET.Element:
    """Return a text; one that is wider than its place is squeezed into it."""
    squeezed = len(text) * _WIDER_LETTERS.get(style, _LETTER) > width
    return element(
        "text",
        text,
        class_=style,
        x=_number(at[0]),
        y=_number(at[1]),
        text_anchor=anchor,
        textLength=_number(width) if squeezed else None,
        lengthAdjust="spacingAndGlyphs" if squeezed else None,
    )


def _line(style: str, start: tuple[float, float], end: tuple[float, float]) -> ET.Element:
    return element(
        "line",
        class_=style,
        x1=_number(start[0]),
        y1=_number(start[1]),
        x2=_number(end[0]),
        y2=_number(end[1]),
    )


def _number(value: float) -> str:
    """Return a coordinate with two decimals: the same text on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
