"""`roi-calc months`: a file of months as a table, with what is said of each, and as a workbook."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from roi_calc.language.language import Language, author_language
from roi_calc.language.number_format import plain_number
from roi_calc.months.file import LARGEST_CHARACTERS, MonthsFileError, Reason, opened
from roi_calc.months.month import NAMES, Figures
from roi_calc.months.sentences import Speaker
from roi_calc.months.table import ACTUAL, PLAN, Month, Table

MONTHS: Final = "months"
TITLE: Final = "compare the plan of each month with what came of it"
_JSON: Final = "json"
_GAP: Final = "  "
# What one character may take in UTF-8.
_BYTES_A_CHARACTER: Final = 4


class MonthsCommandError(ValueError):
    """A file of months that cannot be used, in a line: where, what was found, what to do."""


def add_months_options(command: argparse.ArgumentParser) -> None:
    """Add what `roi-calc months` takes, but for the language and the workbook."""
    command.description = f"{TITLE[0].upper()}{TITLE[1:]}, and say why they differ."
    command.add_argument("file", type=Path, metavar="FILE", help="JSON, as a calculator saves it")
    command.add_argument("--format", choices=("table", _JSON), default="table")


def table_in(file: Path) -> Table:
    """Return the months in a file; raises MonthsCommandError."""
    try:
        with file.open("rb") as source:
            content = source.read(_BYTES_A_CHARACTER * LARGEST_CHARACTERS + 1)
        return opened(content.decode("utf-8-sig"))
    except OSError as error:
        message = f"{file}: {error.strerror}. Name a file of months that you may read."
        raise MonthsCommandError(message) from error
    except UnicodeDecodeError as error:
        refused = MonthsFileError(Reason.NO_TEXT)
        message = f"{file}: {refused.said(author_language())}"
        raise MonthsCommandError(message) from error
    except MonthsFileError as refused:
        message = f"{file}: {refused.said(author_language())}"
        raise MonthsCommandError(message) from refused


def months_written(table: Table, language: Language, form: str) -> str:
    """Return months as they are printed: a table with sentences, or JSON."""
    if form == _JSON:
        return json.dumps(_as_json(table, language), indent=2, ensure_ascii=False)
    return "\n".join(_lines(table, Speaker(table, language)))


def _lines(table: Table, speaker: Speaker) -> Iterator[str]:
    """Yield the table, a line a month, then what is said of each."""
    words = speaker.language.words
    figure = {name: words(f"months.figure.{name}") for name in ("requests", "net_saving")}
    heads = [
        words("schedule.month"),
        *(words(f"months.{side}", label=label) for label in figure.values() for side in _SIDES),
        words("months.figure.cumulative"),
    ]
    rows = [heads, *(_row(each, so_far, speaker) for each, so_far in _with_sums(table))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *figures in rows:
        cells = (f"{text:>{width}}" for text, width in zip(figures, widths[1:], strict=True))
        yield _GAP.join((f"{name:<{widths[0]}}", *cells))
    yield ""
    for number, month in enumerate(table.months, 1):
        yield f"{_called(month, number, speaker.language)}: {speaker.sentence(month)}"
    if together := speaker.together():
        yield together


_SIDES: Final = (PLAN, ACTUAL)


def _with_sums(table: Table) -> Iterator[tuple[Month, float | None]]:
    """Yield each month with the actual net saving up to it; None for one that is not over."""
    for month, so_far in zip(table.months, table.cumulative, strict=True):
        yield month, None if month.actual is None else so_far


def _row(month: Month, so_far: float | None, speaker: Speaker) -> list[str]:
    number = speaker.language.numbers.number
    plan, actual = month.plan, month.actual
    return [
        month.name,
        number(plan.requests),
        "" if actual is None else number(actual.requests),
        speaker.amount(plan.net_saving),
        "" if actual is None else speaker.amount(actual.net_saving),
        "" if so_far is None else speaker.amount(so_far),
    ]


def _called(month: Month, number: int, language: Language) -> str:
    return month.name or language.words("months.number", number=f"{number}")


def _as_json(table: Table, language: Language) -> dict[str, object]:
    """Return months with what follows from them; the names are the same in every language."""
    speaker = Speaker(table, language)
    return {
        "calculator": table.calculator.name,
        "currency": table.currency,
        "months": [
            {
                "month": month.name,
                PLAN: _figures(month.plan),
                ACTUAL: month.actual and _figures(month.actual),
                "difference": month.causes and plain_number(month.causes.total),
                "causes": month.causes
                and {name: plain_number(each) for name, each in month.causes._asdict().items()},
                "cumulative": None if so_far is None else plain_number(so_far),
                "said": speaker.sentence(month),
            }
            for month, so_far in _with_sums(table)
        ],
        "said": speaker.together(),
    }


def _figures(figures: Figures) -> dict[str, float]:
    named = {**{name: getattr(figures, name) for name in NAMES}, "net_saving": figures.net_saving}
    return {name: plain_number(each) for name, each in named.items()}
