"""`roi-calc`, as a shell runs it."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from roi_calc.__main__ import main
from roi_calc.calculators import CALCULATORS
from roi_calc.formulas.reading import formula
from roi_calc.formulas.writing import as_json
from support.sites import ROOT, TOOLS, run_tool
from support.spreadsheets import opened


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return run_tool("roi-calc", *arguments, cwd=ROOT / "tests")


def test_the_worked_month_as_a_table() -> None:
    done = _run(
        "deflection", "--requests", "100", "--cost-per-request", "20", "--investment", "500"
    )
    assert done.returncode == 0
    for shown in ("$2,000", "$1,500", "300%"):
        assert shown in done.stdout


def test_the_worked_month_as_json() -> None:
    done = _run("deflection", "--format", "json")
    data = json.loads(done.stdout)
    assert data["inputs"]["requests"] == 100
    assert (
        data["outputs"] | {"gross_saving": 2000, "net_saving": 1500, "roi": 3.0} == data["outputs"]
    )
    assert '"gross_saving": 2000,' in done.stdout
    assert '"roi": 3.0,' in done.stdout


def test_a_link_is_what_stands_behind_the_sharp_of_an_address() -> None:
    done = _run(
        *("deflection", "--requests", "250", "--deflection-share", "40%..60%..75%"),
        *("--currency", "EUR", "--format", "link"),
    )
    assert done.stdout == ("deflection&requests=250&deflection_share=40..60..75&currency=EUR&v=1\n")


def test_an_undefined_output_is_null() -> None:
    assert (
        json.loads(_run("deflection", "--investment", "0", "--format", "json").stdout)["outputs"][
            "roi"
        ]
        is None
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["deflection", "--requests", "-1"], "roi-calc: --requests: -1 is below the minimum of 0."),
        (["deflection", "--requests", "many"], "roi-calc: --requests: “many” is not a number."),
        (["deflection", "--requests", "1e999"], "roi-calc: --requests: Write “1e999” out"),
        (["deflection", "--investment", "5", "--tool-cost", "5"], "roi-calc: --investment: Given"),
        (["deflection", "--staff-hours", "5"], "roi-calc: --hourly-rate: Enter this too"),
        (["deflection", "--currency", "EURO"], "'EURO' is not an ISO 4217 currency code"),
        (["deflection", "--language", "fr"], "'fr' is not one of en, es, id"),
        (["deflection", "--wages", "5"], "unrecognized arguments"),
        (["deflecton"], "invalid choice: 'deflecton'"),
        ([], "the following arguments are required"),
    ],
)
def test_a_bad_value_exits_2_with_one_line(arguments: list[str], said: str) -> None:
    done = _run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("option", "text", "said"),
    [
        ("--requests", "1,000", "“1,000” is not how numbers are written here. Did you mean 1000?"),
        ("--requests", "1.000", "“1.000” can be read in two ways. Did you mean 1 or 1000?"),
        ("--requests", "1,250", "“1,250” can be read in two ways. Did you mean 1250 or 1.25?"),
        ("--deflection-share", "60", "“60” has no % sign. Write 60% or 0.6."),
    ],
)
def test_what_has_two_readings_comes_back_with_both(
    option: str, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["deflection", option, text]) == 2
    assert capsys.readouterr() == ("", f"roi-calc: {option}: {said}\n")


@pytest.mark.parametrize(
    ("option", "text", "value", "said"),
    [
        ("--deflection-share", "0.6", 0.6, "Read as 60%"),
        ("--deflection-share", "60 %", 0.6, ""),
        ("--requests", "1.000,5", 1000.5, "Read as 1000.5"),
        ("--requests", "1000", 1000, ""),
        ("--cost-per-request", "8,01", 8.01, "Read as 8.01"),
        ("--cost-per-request", "US$20", 20, "Read as 20"),
        ("--deflection-share", "0.3..0.6..1", 0.6, "Read as 30% to 100%, most likely 60%."),
    ],
)
def test_how_a_text_was_read_is_said_beside_the_answer(
    option: str, text: str, value: float, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["deflection", option, text, "--format", "json"]) == 0
    answer, readings = capsys.readouterr()
    assert json.loads(answer)["inputs"][option.removeprefix("--").replace("-", "_")] == value
    assert readings == (f"roi-calc: {option}: {said}\n" if said else "")


def test_the_table_speaks_the_language_and_currency_that_are_asked_for() -> None:
    done = _run("deflection", "--language", "es", "--currency", "EUR")
    assert "€\u00a01500" in done.stdout
    assert "Ahorro neto" in done.stdout


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_the_formulas_are_printed_as_text_and_as_trees_that_are_alike(
    calculator: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["formulas", calculator]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == set(CALCULATORS[calculator].formulas)
    for each in printed.values():
        assert as_json(formula(each["text"])) == each["tree"]


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_the_schema_is_json_schema_and_takes_the_inputs_that_are_printed(calculator: str) -> None:
    schema = json.loads(_run("schema", calculator).stdout)
    Draft202012Validator.check_schema(schema)
    printed = json.loads(_run(calculator, "--format", "json").stdout)["inputs"]
    check = Draft202012Validator(schema)
    assert list(check.iter_errors(printed)) == []
    first = next(iter(printed))
    assert list(check.iter_errors({**printed, first: -1e12}))
    assert list(check.iter_errors({**printed, "wages": 3}))


def test_a_range_adds_the_spread() -> None:
    done = _run("deflection", "--requests", "80..100..130", "--format", "json")
    assert json.loads(done.stdout)["spread"]["swings"] == {"requests": [1100, 2100]}
    assert "nine times out of ten" in _run("deflection", "--requests", "80..100..130").stdout


def test_what_ranges_give_has_no_digits_that_are_chance_nor_other_cents_than_the_answer() -> None:
    ranges = ("--requests", "10..22.2875..130", "--cost-per-request", "15..20..25")
    said = _run("deflection", *ranges).stdout
    assert "Your likely values lose $54.25." in said
    assert "- Cost of one request by phone, email or chat: −$166 … $57.19" in said
    assert "between −$70 and $69 nine" in _run("deflection", "--requests", "20..25..30").stdout


def test_help_names_every_input_with_its_unit_and_default() -> None:
    done = _run("deflection", "--help")
    assert "--cost-per-request" in done.stdout
    assert "default 20" in done.stdout
    assert "a fraction or 60%; default 100%" in " ".join(done.stdout.split())


def test_a_range_of_what_neither_pays_nor_loses_is_about_the_headline() -> None:
    done = _run("loaded-rate", "--wage", "15..20..30")
    assert "Loaded hourly rate lies between $30 and $49 nine times out of ten" in done.stdout
    assert "pays" not in done.stdout
    assert "at the end that makes it lowest: Loaded hourly rate $26.79" in done.stdout
    assert "At a utilization of 70%: Loaded hourly rate $40.82" in done.stdout
    spread = json.loads(_run("loaded-rate", "--wage", "15..20..30", "--format", "json").stdout)[
        "spread"
    ]
    assert "chance_to_pay" not in spread


def test_a_published_figure_is_said_with_its_year() -> None:
    said = "Gartner, in destinationCRM, 2019, place not stated, fair source) instead of your $20:"
    assert said in _run("deflection").stdout


def test_who_stops_reading_gets_no_traceback() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [TOOLS / "roi-calc", "deflection"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert done.stderr == b""


def test_a_workbook_is_written_beside_the_answer(tmp_path: Path) -> None:
    book = tmp_path / "month.xlsx"
    done = _run("deflection", "--requests", "120", "--language", "es", "--xlsx", str(book))
    assert (done.returncode, done.stderr) == (0, "")
    assert "1900" in done.stdout
    values = opened(book.read_bytes(), values=True)
    assert values.sheetnames[:3] == ["Memorando", "Datos", "Resultado"]
    assert 1900 in [row[1].value for row in values["Resultado"].iter_rows(min_row=5)]


def test_the_same_command_writes_the_same_workbook(tmp_path: Path) -> None:
    books = [tmp_path / name for name in ("one.xlsx", "other.xlsx")]
    for book in books:
        _run("retention", "--customers", "1..2..3", "--format", "json", "--xlsx", str(book))
    assert books[0].read_bytes() == books[1].read_bytes()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("month.xls", "'month.xls' is no name of a workbook; expected one that ends in .xlsx"),
        ("missing/month.xlsx", "cannot be written: No such file or directory; expected"),
        (".xlsx", "'.xlsx' is no name of a workbook"),
    ],
)
def test_a_workbook_that_cannot_be_written_is_said_in_one_line(
    name: str, said: str, tmp_path: Path
) -> None:
    done = run_tool("roi-calc", "deflection", "--xlsx", name, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_place_for_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    done = run_tool("roi-calc", "deflection", "--xlsx", "a.xlsx", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "'a.xlsx' cannot be written: Is a directory" in done.stderr
