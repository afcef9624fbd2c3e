"""A table of months as the text of a file that its reader owns, and such a text read back.

JSON, with the names and units that `roi-calc … --format json` has: shares are fractions. A file may
come from anybody: whatever is not as expected is refused, and nothing of it is used.

    MonthsFileError (ValueError)    a text that is no file of months, or has something wrong in it
"""

import json
import math
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NoReturn

from roi_calc.language.language import Language
from roi_calc.language.number_format import currencies, plain_number
from roi_calc.months.month import NAMES, Figures
from roi_calc.months.shallow_json import is_deeper
from roi_calc.months.table import (
    ACTUAL,
    LONGEST_NAME,
    MONTH,
    MOST_MONTHS,
    PLAN,
    WITH_MONTHS,
    Entered,
    Table,
)
from roi_calc.schema import AnyCalculator

FORMAT: Final = "roi-calc months"
VERSION: Final = 1
LARGEST_CHARACTERS: Final = 100_000
_DEEPEST: Final = 4
_MOST_QUOTED: Final = 40
_HEAD: Final = ("format", "version", "calculator", "currency", "today", "months")
_TODAY: Final = "today"


class Reason(StrEnum):
    """What is wrong with a text; the catalog has the sentence, `months.file.<reason>`."""

    OTHER = "other"
    TOO_LARGE = "too_large"
    NO_TEXT = "no_text"
    NO_JSON = "no_json"
    VERSION = "version"
    CURRENCY = "currency"
    MISSING = "missing"
    VALUE = "value"


# Anything that JSON can say.
Json = None | bool | float | str | list["Json"] | dict[str, "Json"]


class MonthsFileError(ValueError):
    """A file that is not taken: the reason, where in it, what was found and what was expected.

    expected: the end of a key of the catalog, `months.expected.<expected>`, with its numbers.
    """

    def __init__(
        self,
        reason: str,
        where: str = "",
        found: str = "",
        expected: str = "",
        **values: float | str,
    ) -> None:
        super().__init__(f"{reason}: {where} {found}".strip())
        self.reason = reason
        self.where = where
        self.found = found
        self.expected = expected
        self.values = values

    def said(self, language: Language) -> str:
        """Return the sentence that says where, what, what was expected, and what to do."""
        values = {
            name: each if isinstance(each, str) else language.numbers.number(each)
            for name, each in self.values.items()
        }
        expected = self.expected and language.words(f"months.expected.{self.expected}", **values)
        return language.words(
            f"months.file.{self.reason}",
            where=self.where,
            found=self.found,
            expected=expected,
            **values,
        )


def written(table: Table) -> str:
    """Return a table as the text of a file; equal tables give equal text."""
    today = {name: plain_number(value) for name, value in vars(table.today).items()}
    head = {
        "format": FORMAT,
        "version": VERSION,
        "calculator": table.calculator.name,
        "currency": table.currency,
        _TODAY: today,
    }
    lines = [f'  "{name}": {_json(each)}' for name, each in head.items()]
    months = ",\n".join(f"    {_json(_month(each))}" for each in table.entered)
    lines.append(f'  "months": [\n{months}\n  ]' if months else '  "months": []')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def opened(text: str) -> Table:
    """Return the table that the text of a file holds; raises MonthsFileError for anything else."""
    found = _parsed(text)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise MonthsFileError(Reason.OTHER, found=FORMAT)
    version = found.get("version")
    if version != VERSION or isinstance(version, bool):
        raise MonthsFileError(Reason.VERSION, found=_quoted(version), version=str(VERSION))
    _object(found, _HEAD, "")
    calculator = _calculator(found["calculator"])
    currency = found["currency"]
    if not isinstance(currency, str) or currency not in currencies():
        _refuse("currency", currency, "currency", code="USD")
    today = _numbers(_object(found[_TODAY], NAMES, _TODAY), _TODAY, calculator)
    months = found["months"]
    if not isinstance(months, list) or len(months) > MOST_MONTHS:
        _refuse("months", months, "months", most=MOST_MONTHS)
    entered = [_entered(each, f"months[{place}]", calculator) for place, each in enumerate(months)]
    return Table(calculator, currency, Figures(**today), entered)


def opened_in(currency: str, text: str) -> Table:
    """Return the same for a form in a currency: in another one its amounts are another claim."""
    table = opened(text)
    if table.currency != currency:
        raise MonthsFileError(Reason.CURRENCY, found=table.currency, currency=currency)
    return table


def _parsed(text: str) -> Json:
    """Return what a text of JSON says; its numbers are floats."""
    if len(text) > LARGEST_CHARACTERS:
        raise MonthsFileError(Reason.TOO_LARGE, most=LARGEST_CHARACTERS)
    text = text.removeprefix("\ufeff")
    if is_deeper(text, _DEEPEST):
        raise MonthsFileError(Reason.OTHER, found=FORMAT)
    try:
        found: Json = json.loads(
            text,
            parse_int=float,
            parse_constant=_refuse_constant,
            object_pairs_hook=_once,
        )
    except json.JSONDecodeError as error:
        raise MonthsFileError(Reason.NO_JSON, where=f"{error.lineno}") from error
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise MonthsFileError(Reason.VALUE, where=name, found=name, expected="finite")


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise MonthsFileError(
            Reason.VALUE, where=_excerpt(twice), found=_excerpt(twice), expected="once"
        )
    return found


def _object(
    found: Json, names: tuple[str, ...], where: str, *, is_all: bool = True
) -> dict[str, Json]:
    """Return an object of these names; refuse anything else. is_all: each of them must be there."""
    listed = ", ".join(names)
    if not isinstance(found, dict):
        _refuse(where, found, "object", names=listed)
    unknown = next((name for name in found if name not in names), None)
    if unknown is not None:
        _refuse(_within(where, _excerpt(unknown)), unknown, "names", names=listed)
    missing = next((name for name in names if name not in found), None)
    if is_all and missing is not None:
        raise MonthsFileError(Reason.MISSING, where=_within(where, missing))
    return found


def _calculator(name: Json) -> AnyCalculator:
    for each in WITH_MONTHS:
        if each.name == name:
            return each
    return _refuse("calculator", name, "names", names=", ".join(each.name for each in WITH_MONTHS))


def _entered(found: Json, where: str, calculator: AnyCalculator) -> Entered:
    given = _object(found, (MONTH, PLAN, ACTUAL), where, is_all=False)
    name = given.get(MONTH, "")
    if not isinstance(name, str) or len(name) > LONGEST_NAME or not name.isprintable():
        _refuse(f"{where}.{MONTH}", name, "name", most=LONGEST_NAME)
    plan, actual = (
        _numbers(
            _object(given.get(side, {}), NAMES, f"{where}.{side}", is_all=False),
            f"{where}.{side}",
            calculator,
        )
        for side in (PLAN, ACTUAL)
    )
    return Entered(name, plan, actual)


def _numbers(found: Mapping[str, Json], where: str, calculator: AnyCalculator) -> dict[str, float]:
    numbers = {}
    for name, value in found.items():
        quantity = calculator.quantities[name]
        if not isinstance(value, float) or not quantity.minimum <= value <= quantity.maximum:
            _refuse(
                f"{where}.{name}",
                value,
                "number",
                minimum=quantity.minimum,
                maximum=quantity.maximum,
            )
        numbers[name] = value + 0.0  # -0.0 becomes 0.0
    return numbers


def _refuse(where: str, found: Json, expected: str, **values: float | str) -> NoReturn:
    raise MonthsFileError(Reason.VALUE, where, _quoted(found), expected, **values)


def _quoted(found: Json) -> str:
    """Return what stands in a file, as a sentence may quote it."""
    if isinstance(found, float) and math.isfinite(found):
        return _excerpt(f"{plain_number(found)}")
    return _excerpt(found) if isinstance(found, str) else _excerpt(json.dumps(found))


def _excerpt(text: str) -> str:
    printed = "".join(each if each.isprintable() else " " for each in text[: 2 * _MOST_QUOTED])
    line = " ".join(printed.split())
    return line if len(line) <= _MOST_QUOTED else f"{line[: _MOST_QUOTED - 1]}…"


def _within(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _month(entered: Entered) -> dict[str, object]:
    sides = {PLAN: entered.plan, ACTUAL: entered.actual}
    numbers = {
        side: {name: plain_number(given[name]) for name in NAMES if name in given}
        for side, given in sides.items()
    }
    return {MONTH: entered.name, **{side: each for side, each in numbers.items() if each}}


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False)
