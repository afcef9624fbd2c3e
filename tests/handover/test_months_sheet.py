"""Months in a workbook: live, with rows for those to come, and the same in every program."""

import random
from collections.abc import Callable, Mapping
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import formualizer
import pytest

from roi_calc.__main__ import main
from roi_calc.calculators.deflection import DEFLECTION
from roi_calc.handover.workbook import workbook
from roi_calc.language.language import languages
from roi_calc.months.file import written
from roi_calc.months.month import NAMES, Figures
from roi_calc.months.table import Entered, Table
from support.answers import CURRENCIES, answer_of
from support.spreadsheets import (
    by_formualizer,
    by_gnumeric,
    by_libreoffice,
    differing,
    is_same,
    opened,
    told,
)

TODAY: Final = Figures(400, 2200, 0.6, 0.1, 12)
HOSTILE: Final = '=HYPERLINK("https://example.org")'
RIVERBEND: Final = (
    Entered("January", {}, {"requests": 400}),
    Entered("February", {"requests": 430}, {"requests": 418}),
    Entered("March", {"requests": 460}, {"requests": 472}),
)
TABLES: Final[Mapping[str, tuple[Entered, ...]]] = {
    "Riverbend": RIVERBEND,
    "everything otherwise": (
        Entered(
            HOSTILE,
            dict(zip(NAMES, (430, 2000, 0.7, 0.2, 11.5), strict=True)),
            dict(zip(NAMES, (418, 2300, 0.62, 0, 12.25), strict=True)),
        ),
        Entered("", {"requests": 0}, {"requests": 0, "deflection_share": 1}),
        Entered("May", {"requests": 480}),
    ),
    "not over": (Entered("May"),),
    "many": RIVERBEND * 20,
}
# Where the columns are, from 1.
FIRST_ROW: Final = 5
NET_PLAN, NET_ACTUAL, DIFFERENCE, SO_FAR, CAUSE = 12, 13, 14, 15, 16


def _book(*entered: Entered, tag: str = "en", currency: str = "USD") -> bytes:
    table = Table(DEFLECTION, currency, TODAY, entered)
    return workbook(answer_of(DEFLECTION, table.inputs, tag, currency), months=table)


@cache
def _books() -> Mapping[str, bytes]:
    return {name: _book(*entered) for name, entered in TABLES.items()}


@pytest.mark.parametrize(
    ("tag", "currency"), list(zip(cycle(languages()), CURRENCIES, strict=False))
)
def test_every_month_is_live_in_every_language_and_currency(tag: str, currency: str) -> None:
    for name, entered in TABLES.items():
        assert told(by_formualizer(_book(*entered, tag=tag, currency=currency))) == [], name


@pytest.mark.parametrize("program", [by_libreoffice, by_gnumeric])
def test_libreoffice_and_gnumeric_give_every_live_cell(
    program: Callable[[Mapping[str, bytes], Path], dict[str, bytes]], tmp_path: Path
) -> None:
    saved = program(_books(), tmp_path)
    found = {name: differing(book, saved[name]) for name, book in _books().items()}
    assert {name: each for name, each in found.items() if each} == {}


def test_riverbends_months_stand_in_it_with_their_causes() -> None:
    sheet = opened(_books()["Riverbend"], values=True)["Months"]
    february = [cell.value for cell in sheet[FIRST_ROW + 1]]
    assert february[:5] == ["February", 430, 418, 2200, 2200]
    assert february[NET_PLAN - 1 : CAUSE] == pytest.approx([586.4, 508.64, -77.76, 900.64, -77.76])
    assert february[CAUSE : CAUSE + 3] == [0, 0, 0]
    assert february[-1] == "$77.76 below plan, all of it because 12 fewer requests were resolved."
    total = [cell.value for cell in sheet[FIRST_ROW + 12]]
    assert total[NET_PLAN - 1 : DIFFERENCE] == pytest.approx([1759.2, 1759.2, 0])
    assert total[-1] == "All these months together: as planned."


def test_what_is_typed_into_a_row_gives_what_is_computed_from_it() -> None:
    engine = formualizer.load_workbook_bytes(_books()["Riverbend"])
    chance = random.Random(1)  # noqa: S311 - not for secrets
    for _ in range(300):
        numbers: list[Any] = [
            chance.choice([0, chance.uniform(0, end)])
            for end in (1000, 1000, 5000, 5000, 1, 1, 1, 1, 50, 50)
        ]
        row = FIRST_ROW + 3  # the first that is free
        engine.set_value("Months", row, 1, "April")
        for column, number in enumerate(numbers, 2):
            engine.set_value("Months", row, column, number)
        sides = [dict(zip(NAMES, numbers[side::2], strict=True)) for side in (0, 1)]
        (april,) = Table(DEFLECTION, "USD", TODAY, [Entered("April", *sides)]).months
        assert april.actual is not None
        assert april.causes is not None
        net = april.actual.net_saving
        expected = [
            april.plan.net_saving,
            net,
            net - april.plan.net_saving,
            392 + 508.64 + 858.56 + net - 0.0,
            *april.causes,
        ]
        found = engine.evaluate_cells([("Months", row, each) for each in range(NET_PLAN, 20)])
        for value, each in zip(found, expected, strict=True):
            assert is_same(value, each, 1e-9)


def test_a_month_to_come_needs_its_name_and_its_requests_alone() -> None:
    engine = formualizer.load_workbook_bytes(_books()["Riverbend"])
    row = FIRST_ROW + 3
    assert engine.evaluate_cell("Months", row, NET_PLAN) == ""
    engine.set_value("Months", row, 1, "April")
    assert engine.evaluate_cell("Months", row, NET_PLAN) == pytest.approx(392)
    assert engine.evaluate_cell("Months", row, DIFFERENCE) == ""
    engine.set_value("Months", row, 3, 410)
    assert engine.evaluate_cell("Months", row, CAUSE) == pytest.approx(64.8)
    assert engine.evaluate_cell("Months", FIRST_ROW + 12, DIFFERENCE) == pytest.approx(64.8)
    # As in the sheet of inputs, unless it has its own.
    engine.set_value("Inputs", FIRST_ROW + 1, 2, 20)  # what one costs
    assert engine.evaluate_cell("Months", row, CAUSE) == pytest.approx(108)


def test_a_months_name_is_never_a_formula() -> None:
    sheet = opened(_books()["everything otherwise"])["Months"]
    assert sheet.cell(FIRST_ROW, 1).value == HOSTILE
    assert sheet.cell(FIRST_ROW, 1).data_type == "s"
    assert sheet.cell(FIRST_ROW + 1, 1).value == "month 2"


def test_a_workbook_without_months_has_no_sheet_of_them() -> None:
    assert "Months" not in opened(workbook(answer_of(DEFLECTION))).sheetnames
    assert "Months" not in opened(_book()).sheetnames


def test_the_command_writes_the_workbook_of_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = Table(DEFLECTION, "EUR", TODAY, RIVERBEND)
    (tmp_path / "months.json").write_text(written(table), "utf-8")
    book = tmp_path / "months.xlsx"
    assert main(["months", f"{tmp_path / 'months.json'}", "--xlsx", f"{book}"]) == 0
    assert "€77.76 below plan" in capsys.readouterr().out
    sheets = opened(book.read_bytes(), values=True)
    assert sheets["Months"].cell(FIRST_ROW + 1, 3).value == 418
    assert sheets["Inputs"].cell(FIRST_ROW, 2).value == 400
    assert main(["months", f"{tmp_path / 'months.json'}", "--xlsx", f"{tmp_path}/no/a.xlsx"]) == 2
    assert "expected a place for a file" in capsys.readouterr().err
