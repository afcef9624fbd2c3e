"""The sheet of a workbook with months: planned and actual, live, with rows for those to come."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from roi_calc.handover.book import HEAD, NOTE, STRONG, TITLE, Book
from roi_calc.handover.inputs_sheet import limits_of
from roi_calc.handover.xlsx import Cell, Sheet, Style, address
from roi_calc.language.words import words_of
from roi_calc.months.month import NAMES
from roi_calc.months.sentences import Speaker
from roi_calc.months.table import ACTUAL, PLAN, SIDES, Entered, Month, Table
from roi_calc.schema import Kind

_FIRST_ROW: Final = 4
_FEWEST: Final = 12
_SPARE: Final = 3
_WIDTHS: Final = (16, *[13] * 10, *[15] * 8, 70)
# The columns behind those of what is entered: B to K, planned and actual by turns.
_ENTERED: Final = {
    (name, side): letter
    for (name, side), letter in zip(
        ((name, side) for name in NAMES for side in SIDES), "BCDEFGHIJK", strict=True
    )
}
_RESULTS: Final = ("investment", "cost_per_request")


@dataclass(frozen=True)
class _Row:
    """A row of the sheet, counted as addresses count; month is None for one to come."""

    number: int
    entered: Entered
    month: Month | None
    so_far: float

    def cell(self, name: str, side: str) -> str:
        """Return the address of a figure."""
        return f"{_ENTERED[name, side]}{self.number}"

    def share(self, side: str) -> str:
        """Return the formula of the share kept away."""
        return f"{self.cell('deflection_share', side)}*(1-{self.cell('repeat_share', side)})"

    def net(self, side: str) -> str:
        """Return the formula of the net saving."""
        requests, cost = self.cell("requests", side), self.cell("cost_per_request", side)
        return f"{requests}*{self.share(side)}*{cost}-{self.cell('investment', side)}"

    @cached_property
    def formulas(self) -> dict[str, str]:
        """What follows from the entered cells, by column; nothing where none are there."""
        (a0, a1), (b0, b1), (c0, c1) = (
            (self.cell(name, PLAN), self.cell(name, ACTUAL))
            for name in ("requests", "cost_per_request", "investment")
        )
        s0, s1 = self.share(PLAN), self.share(ACTUAL)
        row = self.number
        over = {
            "M": self.net(ACTUAL),
            "N": f"M{row}-L{row}",
            "O": f"SUM(M${_FIRST_ROW + 1}:M{row})",
            "P": f"({a1}-{a0})*{s0}*{b0}",
            "Q": f"{a1}*({s1}-{s0})*{b0}",
            "R": f"{a1}*{s1}*({b1}-{b0})",
            "S": f"{c0}-{c1}",
        }
        guarded = {
            column: f'IF(OR({a0}="",{a1}=""),"",{formula})' for column, formula in over.items()
        }
        return {"L": f'IF({a0}="","",{self.net(PLAN)})', **guarded}

    @property
    def values(self) -> dict[str, float | None]:
        """What the formulas give; None for nothing."""
        plan = None if self.month is None else self.month.plan.net_saving
        if self.month is None or self.month.actual is None or self.month.causes is None:
            return {"L": plan, **dict.fromkeys("MNOPQRS")}
        found = self.month.causes
        net = self.month.actual.net_saving
        over = (net, net - self.month.plan.net_saving, self.so_far, *found)
        return {"L": plan, **dict(zip("MNOPQRS", over, strict=True))}


def months_sheet(book: Book) -> Sheet | None:
    """Return the sheet; None where no months were entered."""
    if book.months is None or not book.months.entered:
        return None
    table, words = book.months, book.answer.language.words
    rows = _rows(table)
    limits = {
        address(row.number - 1, column): limits_of(book, name, book.answer.calculator.fields[name])
        for row in rows
        for column, (name, _) in enumerate(_ENTERED, 1)
    }
    return Sheet(
        words("months.sheet"),
        [
            [Cell(words("months.heading"), style=TITLE)],
            [Cell(book.words("months.note"))],
            [],
            _heads(book),
            *(_cells(book, row) for row in rows),
            _total(book, table, rows[-1].number),
        ],
        _WIDTHS,
        _FIRST_ROW,
        1,
        is_landscape=True,
        limits=limits,
        warned=[f"L{_FIRST_ROW + 1}:S{rows[-1].number + 1}"],
    )


def _rows(table: Table) -> list[_Row]:
    entered = [
        _Row(number, *each)
        for number, each in enumerate(
            zip(table.entered, table.months, table.cumulative, strict=True), _FIRST_ROW + 1
        )
    ]
    most = max(_FEWEST, len(entered) + _SPARE)
    spare = range(_FIRST_ROW + 1 + len(entered), _FIRST_ROW + 1 + most)
    return [*entered, *(_Row(number, Entered(), None, 0) for number in spare)]


def _heads(book: Book) -> list[Cell | None]:
    language = book.answer.language
    own, words = words_of(book.answer.calculator, language), language.words
    figure = {
        name: words(f"months.figure.{name}") for name in (*NAMES, "avoided_share", "net_saving")
    }
    texts = [
        words("schedule.month"),
        *(words(f"months.{side}", label=figure[name]) for name, side in _ENTERED),
        *(words(f"months.{side}", label=own.text("net_saving.label")) for side in SIDES),
        words("months.figure.difference"),
        words("months.figure.cumulative"),
        *(
            words("months.because", label=figure[name])
            for name in ("requests", "avoided_share", "cost_per_request", "investment")
        ),
        book.words("months.said"),
    ]
    return [Cell(text, style=HEAD) for text in texts]


def _cells(book: Book, row: _Row) -> list[Cell | None]:
    money = Style(book.format_of(Kind.MONEY))
    said = ""
    if row.month is not None and book.months is not None:
        said = Speaker(book.months, book.answer.language).sentence(row.month)
    looks = book.typed_style(book.answer.calculator.quantities["requests"], None)
    name = Style(ink=looks.ink, paper=looks.paper, wraps=True)
    return [
        Cell(_name(book, row), style=name),
        *(_entered(book, row, name, side) for name, side in _ENTERED),
        *(
            Cell("" if value is None else value, row.formulas[column], money)
            for column, value in row.values.items()
        ),
        Cell(said or None, style=NOTE),
    ]


def _name(book: Book, row: _Row) -> str | None:
    """Return a month's name, which every one that was entered has."""
    if row.month is None:
        return None
    number = f"{row.number - _FIRST_ROW}"
    return row.month.name or book.answer.language.words("months.number", number=number)


def _entered(book: Book, row: _Row, name: str, side: str) -> Cell:
    """Return a figure: as it was entered, or live as what stands for it."""
    quantity = book.answer.calculator.quantities[name]
    given = {PLAN: row.entered.plan, ACTUAL: row.entered.actual}[side]
    if name in given or (name, side) == ("requests", ACTUAL):
        value = given.get(name)
        return Cell(value, style=book.typed_style(quantity, value))
    style = replace(book.typed_style(quantity, None), ink="", paper="")
    figures = row.month and (
        row.month.actual or row.month.plan if side == ACTUAL else row.month.plan
    )
    value = None if figures is None else getattr(figures, name)
    if side == ACTUAL:
        formula = row.cell(name, PLAN)
        return Cell("" if value is None else value, f'IF({formula}="","",{formula})', style)
    today = (book.result_names if name in _RESULTS else book.input_names)[name]
    # A month begins with its name; what was planned of it follows.
    driver = f"A{row.number}" if name == "requests" else row.cell("requests", PLAN)
    return Cell("" if value is None else value, f'IF({driver}="","",{today})', style)


def _total(book: Book, table: Table, last: int) -> list[Cell | None]:
    """Return the sums of the months that are over."""
    words = book.answer.language.words
    nets = [
        sum(net)
        for net in zip(
            *((each.plan.net_saving, each.actual.net_saving) for each in table.over if each.actual),
            strict=True,
        )
    ] or [0.0, 0.0]
    plan, actual = nets
    row = last + 1
    values = {
        "L": (plan, f"M{row}-N{row}"),
        "M": (actual, _sum("M", last)),
        "N": (actual - plan, _sum("N", last)),
        "O": None,
        **{
            column: (value, _sum(column, last))
            for column, value in zip("PQRS", table.causes, strict=True)
        },
    }
    style = Style(book.format_of(Kind.MONEY), is_bold=True)
    return [
        Cell(words("months.total"), style=STRONG),
        *[None] * len(_ENTERED),
        *(each and Cell(each[0], each[1], style) for each in values.values()),
        Cell(Speaker(table, book.answer.language).together() or None, style=NOTE),
    ]


def _sum(column: str, last: int) -> str:
    return f"SUM({column}{_FIRST_ROW + 1}:{column}{last})"
