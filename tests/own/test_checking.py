"""An own calculator cannot print what it does not compute: at build, and at length on demand."""

from pathlib import Path

import pytest

from roi_calc.__main__ import main
from roi_calc.own.checking import faults
from roi_calc.own.loading import load_checked
from roi_calc.own.python_file import CalculatorFileError, load_calculator
from support.sites import ROOT, run_tool, write_site

CLV = (ROOT / "docs" / "calculators" / "clv.py").read_text("utf-8")
LYING = CLV.replace('"{margin} ÷ {churn}"', '"{margin} × {churn}"')
LIE = (
    "clv.py:51: lifetime_value: its formula gives 24, the function 600, with margin = 120, "
    "churn = 0.2, acquisition_cost = 150; expected the same of both: correct one of them"
)
# Each with what is said of it.
FAULTS = {
    "money and a share in one sum": (
        CLV.replace('"{margin} ÷ {acquisition_cost}"', '"{margin} + {churn}"'),
        "break_even_churn: its formula adds or compares money with what is none; expected terms",
    ),
    "money where a share is told": (
        CLV.replace('"1 ÷ {churn}"', '"{margin} ÷ {churn}"'),
        "years: its formula gives money; expected none, as its kind says",
    ),
    "no value where one is computed": (
        CLV.replace("else None", "else 0"),
        "break_even_churn: its formula gives no value, the function 0, with margin = ",
    ),
    "a function that fails at a limit": (
        CLV.replace("years=1 /", "years=inputs.acquisition_cost**40 * 0 + 1 /"),
        "OverflowError: ",
    ),
    "what few inputs show": (
        CLV.replace(
            "years=1 / inputs.churn", "years=1 / inputs.churn + (9990 < inputs.margin < 10000)"
        ),
        "years: its formula gives ",
    ),
}


def _file(folder: Path, text: str) -> Path:
    file = folder / "clv.py"
    file.write_text(text, "utf-8")
    return file


def test_a_file_whose_formula_is_not_what_it_computes_is_refused(tmp_path: Path) -> None:
    assert LYING != CLV
    with pytest.raises(CalculatorFileError) as refused:
        load_checked(_file(tmp_path, LYING))
    assert str(refused.value) == f"{tmp_path}/{LIE}"
    assert load_checked(_file(tmp_path, CLV)).name == "clv"


def test_the_build_stops_at_it(tmp_path: Path) -> None:
    plugins = "plugins:\n  - roi-calculator:\n      calculators: [clv.py]\n"
    write_site(tmp_path, f"site_name: Test\ntheme: mkdocs\n{plugins}", {"index.md": "# Page\n"})
    _file(tmp_path, LYING)
    built = run_tool("mkdocs", "build", cwd=tmp_path)
    assert built.returncode == 1
    assert LIE in built.stderr


def test_what_shows_on_few_inputs_only_is_found_by_checking(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _file(tmp_path, FAULTS["what few inputs show"][0])
    assert load_checked(file).name == "clv"
    assert main(["check", str(file)]) == 2
    assert "margin = 999" in capsys.readouterr().err


@pytest.mark.parametrize("fault", FAULTS)
def test_checking_tells_each_fault_with_its_place(fault: str, tmp_path: Path) -> None:
    text, said = FAULTS[fault]
    assert text != CLV
    found = [str(each) for each in faults(load_calculator(_file(tmp_path, text)))]
    assert [each for each in found if said in each]


def test_checking_says_what_was_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    file = str(ROOT / "docs" / "calculators" / "clv.py")
    assert main(["check", file]) == 0
    assert capsys.readouterr().out == (
        f"{file}: 4 formulas give what is computed, on 10,000 input sets and with each input at "
        "its limits; their units agree\n"
    )
