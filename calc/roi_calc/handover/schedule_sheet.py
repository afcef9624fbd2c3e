"""The sheet of a workbook with a program month by month: live, and what follows from its months."""

from collections.abc import Mapping
from typing import Final

from roi_calc.arithmetic import finance
from roi_calc.calculators.programme import MAXIMUM_MONTHS, PROGRAMME, cash_flows
from roi_calc.handover.book import HEAD, LABEL, NOTE, TITLE, Book
from roi_calc.handover.xlsx import Cell, Sheet, Style, address_on, number_in_formula, quoted
from roi_calc.schema import Kind, Schedule

# The results that stand above the months, in their rows from 0.
_ABOVE: Final = {"net_present_value": 2, "payback_month": 3, "irr": 5}
_RATE_ROW: Final = 4
_HEAD_ROW: Final = 7
_FIRST: Final = _HEAD_ROW + 2  # as addresses count
_LAST: Final = _FIRST + MAXIMUM_MONTHS
_COLUMNS: Final = "ABCDEFGHIJKL"
# As in formulas/tree.py: what differs by less is the noise of binary fractions.
_NOISE: Final = "1E-12"
_GUESS: Final = 0.1
_LOWEST_RATE: Final = "-0.999999"
_HIGHEST_RATE: Final = "10"


def schedule_cells(book: Book) -> Mapping[str, str]:
    """Return the addresses of the results that the months give, by result; none of other sheets."""
    if book.answer.calculator is not PROGRAMME:
        return {}
    return {name: address_on(_name(book), row, 1) for name, row in _ABOVE.items()}


def schedule_sheet(book: Book) -> Sheet | None:
    """Return the sheet; None for a calculator without months."""
    answer = book.answer
    if answer.calculator.schedule is None:
        return None
    schedule = answer.calculator.schedule(answer.given.inputs)
    if answer.calculator is PROGRAMME:
        return _program(book, schedule)
    money = Style(book.format_of(Kind.MONEY))
    rows: list[list[Cell | None]] = [
        [Cell(answer.words("title"), style=TITLE)],
        [Cell(book.words("result.not_live"), style=NOTE)],
        [],
        _heads(book, schedule),
    ]
    for month, figures in enumerate(schedule.rows):
        rows.append([Cell(month), *(Cell(figure, style=money) for figure in figures)])
    return Sheet(_name(book), rows, (12, *[18] * len(schedule.columns)), 4, 1, is_landscape=True)


def _name(book: Book) -> str:
    return book.answer.language.words("schedule.heading")


def _heads(book: Book, schedule: Schedule) -> list[Cell | None]:
    answer = book.answer
    labels = (answer.words(f"{name}.label") for name in schedule.columns)
    return [Cell(text, style=HEAD) for text in (answer.language.words("schedule.month"), *labels)]


def _program(book: Book, schedule: Schedule) -> Sheet:
    answer, words = book.answer, book.words
    ramp, factor, below, sign = (
        Cell(words(f"head.{key}"), style=HEAD) for key in ("ramp", "factor", "below", "sign")
    )
    month, cash, capacity, goodwill, cost, net, cumulative, worth = _heads(book, schedule)
    rows: list[list[Cell | None]] = [
        [Cell(answer.words("title"), style=TITLE)],
        [Cell(words("schedule.note"))],
        *_above(book),
        [],
        [
            month,
            ramp,
            cash,
            capacity,
            goodwill,
            cost,
            net,
            cumulative,
            factor,
            worth,
            below,
            sign,
        ],
        *_months(book, schedule),
    ]
    widths = (44, *[18] * (len(_COLUMNS) - 1))
    return Sheet(_name(book), rows, widths, _HEAD_ROW + 1, 1, is_landscape=True)


def _above(book: Book) -> list[list[Cell | None]]:
    """Return what follows from the months: present value, payback and rates of return."""
    answer, undefined = book.answer, quoted(book.undefined)
    flows = cash_flows(answer.given.inputs)
    rate = finance.internal_rate_of_return(flows)
    below, months = f"MAX(K{_FIRST}:K{_LAST})", book.input_names["months"]
    turns = f"SUMPRODUCT((L{_FIRST}:L{_LAST - 1}*L{_FIRST + 1}:L{_LAST}<0)*1)"
    guess = number_in_formula(_GUESS if rate is None else rate)
    found = f"IRR(G{_FIRST}:G{_LAST},{guess})"
    monthly = f"B{_RATE_ROW + 1}"
    beyond = f"{found}>{_HIGHEST_RATE},{found}<{_LOWEST_RATE}"
    within = f"IF(OR({beyond}),{undefined},{found})"
    formulas = {
        "net_present_value": f"SUM(J{_FIRST}:J{_LAST})",
        "payback_month": f"IF({below}>{months},{undefined},{below})",
        "rate": f"IF({turns}<>1,{undefined},IFERROR({within},{undefined}))",
        "irr": f"IF(ISTEXT({monthly}),{undefined},(1+{monthly})^12-1)",
    }
    values = {**answer.outputs, "rate": rate}
    labels = {name: answer.words(f"{name}.label") for name in _ABOVE}
    labels["rate"] = book.words("schedule.rate")
    formats = {name: book.result_format(name) for name in _ABOVE} | {"rate": "0.0000%"}
    return [
        [
            Cell(labels[name], style=LABEL),
            Cell(
                book.undefined if values[name] is None else values[name],
                formula,
                Style(formats[name], is_to_the_right=values[name] is None),
            ),
        ]
        for name, formula in formulas.items()
    ]


def _months(book: Book, schedule: Schedule) -> list[list[Cell | None]]:
    """Return a row for every month that there can be; those after the last bring nothing."""
    return [_month(book, schedule, month) for month in range(MAXIMUM_MONTHS + 1)]


def _month(book: Book, schedule: Schedule, month: int) -> list[Cell | None]:
    inputs, results = book.input_names, book.result_names
    row, months, is_today = _FIRST + month, inputs["months"], month == 0
    counted, full = results["counted_benefit"], results["full_months"]
    values = _values(book, schedule, month)
    benefit = f"{counted}/{full}*B{row}"
    running = f"SUM(G${_FIRST}:G{row})"
    flows = f"G${_FIRST}:G${_LAST}"
    size = f'(SUMIF({flows},">0")-SUMIF({flows},"<0"))'
    formulas = {
        "B": "" if is_today else f"IF(A{row}>{months},0,MIN(1,A{row}/({inputs['ramp_months']}+1)))",
        **{
            column: f"{results[name]}/{full}*B{row}"
            for column, name in (("C", "cash"), ("D", "capacity"), ("E", "goodwill"))
        },
        "F": inputs["one_off_cost"]
        if is_today
        else f"IF(A{row}>{months},0,{results['monthly_cost']})",
        "G": f"IF(ABS({benefit}-F{row})<={_NOISE}*ABS(F{row}),0,{benefit}-F{row})",
        "H": f"IF(ABS({running})<={_NOISE}*{size},0,{running})",
        "I": f"(1+{inputs['discount_rate']})^(-A{row}/12)",
        "J": f"G{row}*I{row}",
        "K": f"IF(AND(A{row}<={months},H{row}<0),A{row}+1,0)",
        "L": f"SIGN(G{row})" if is_today else f"IF(G{row}=0,L{row - 1},SIGN(G{row}))",
    }
    formats = dict.fromkeys("CDEFGHJ", book.format_of(Kind.MONEY))
    formats |= {"B": "0.0%", "I": "0.0000"}
    cells = [
        Cell(values[column], formula, Style(formats.get(column, "0")))
        for column, formula in formulas.items()
    ]
    return [Cell(float(month)), *cells]


def _values(book: Book, schedule: Schedule, month: int) -> Mapping[str, float]:
    """Return what the formulas of a month give."""
    given, flows = book.answer.given.inputs, cash_flows(book.answer.given.inputs)
    last = len(schedule.rows) - 1
    is_beyond = month > last
    figures = dict(zip(schedule.columns, schedule.rows[min(month, last)], strict=True))
    if is_beyond:
        figures |= dict.fromkeys(("cash", "capacity", "goodwill", "cost", "net"), 0.0)
        figures["present_value"] = 0.0
    ramped = finance.ramp(month, given.ramp_months) if 0 < month <= last else 0.0
    turned = [flow for flow in flows[: month + 1] if flow]
    return {
        "B": ramped,
        "C": figures["cash"],
        "D": figures["capacity"],
        "E": figures["goodwill"],
        "F": figures["cost"],
        "G": figures["net"],
        "H": figures["cumulative"],
        "I": (1 + given.discount_rate) ** (-month / finance.MONTHS_PER_YEAR),
        "J": figures["present_value"],
        "K": float(month + 1) if not is_beyond and figures["cumulative"] < 0 else 0.0,
        "L": 0.0 if not turned else 1.0 if turned[-1] > 0 else -1.0,
    }
