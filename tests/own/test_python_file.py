"""A site's own calculators: a file becomes a block, or stops the build with file and line."""

import json
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from mkdocs_roi_calculator.delivery.own_python import published_files, published_words
from mkdocs_roi_calculator.delivery.zip_archives import words_archive
from mkdocs_roi_calculator.settings.own_calculators import site_calculators
from mkdocs_roi_calculator.settings.settings import SettingError
from roi_calc.__main__ import main
from roi_calc.answering.answer import answer_to
from roi_calc.answering.sentences import sentence
from roi_calc.json_schema import json_schema
from roi_calc.language import catalogs
from roi_calc.language.language import language
from roi_calc.language.number_format import NEUTRAL
from roi_calc.own.python_file import (
    CalculatorFileError,
    load_calculator,
    published_calculator,
)
from roi_calc.reading.inputs import InputErrors, read_inputs
from roi_calc.showing.block import render_block
from roi_calc.showing.reference_tables import render_inputs
from support.sites import ROOT, run_tool, write_site

CLV = ROOT / "docs" / "calculators" / "clv.py"
HEAD = """
from dataclasses import dataclass
from typing import Annotated
from roi_calc.schema import Calculator, Choice, Kind, Quantity, Result
TOTAL = "{amount} × (2 if {doubled} is yes else 1)"
"""
GOOD = (
    HEAD
    + '''
@dataclass(frozen=True)
class Inputs:
    amount: Annotated[float, Quantity(Kind.MONEY)] = 10
    doubled: Annotated[str, Choice(("no", "yes"))] = "no"

@dataclass(frozen=True)
class Outputs:
    total: Annotated[float, Result(Kind.MONEY, TOTAL, is_headline=True)]
    nothing: Annotated[float | None, Result(Kind.SHARE)]

def own(inputs: Inputs) -> Outputs:
    """A sum of my own."""
    total = inputs.amount * (2 if inputs.doubled == "yes" else 1)
    return Outputs(total, float("nan"))
'''
)
OPTIONAL = (
    GOOD.replace("Quantity(Kind.MONEY)] = 10", "Quantity(Kind.MONEY, is_optional=True)] = None")
    .replace("Annotated[float, Q", "Annotated[float | None, Q")
    .replace("inputs.amount *", "(inputs.amount or 0) *")
)
CONFIG = """
site_name: Test
theme: mkdocs
plugins:
  - roi-calculator:
      calculators: [own.py]
"""


def _file(folder: Path, text: str, name: str = "own.py") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def test_a_function_with_typed_dataclasses_is_a_calculator(tmp_path: Path) -> None:
    own = load_calculator(_file(tmp_path, GOOD))
    given = read_inputs(own, {"amount": "7", "doubled": "yes"}, NEUTRAL, "USD")
    html = render_block(answer_to(own, given, language("en"), "USD"), "x")
    assert own.name == "own"
    assert "A sum of my own" in html
    assert "Amount" in html
    assert "$14" in html
    assert "Not defined for these values." in html
    assert "nan" not in html.lower()


def test_its_words_come_from_a_catalog_beside_it(tmp_path: Path) -> None:
    catalog = 'msgid ""\nmsgstr "Language: es"\nmsgid "total.label"\nmsgstr "Importe total"\n'
    _file(tmp_path, catalog, "own.es.po")
    own = load_calculator(_file(tmp_path, GOOD))
    given = read_inputs(own, {}, NEUTRAL, "EUR")
    assert sentence(answer_to(own, given, language("es-ES"), "EUR")).startswith("Importe total: 10")
    assert sentence(answer_to(own, given, language("id"), "EUR")).startswith("Total: ")


def test_a_reader_is_sent_the_catalogs_compiled_also_while_the_calculator_is_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogs, "SENT", str(tmp_path / "sent.{language}.zip"))
    source = _file(tmp_path, GOOD)
    _file(tmp_path, 'msgid "total.label"\nmsgstr "Importe total"\n', "own.es.po")
    words = published_words([str(source)])
    (tmp_path / "own.es.po").unlink()
    own = load_calculator(source)
    assert "es" not in own.words
    (tmp_path / "sent.es.zip").write_bytes(words_archive("es", words["es"]))
    given = read_inputs(own, {}, NEUTRAL, "EUR")
    assert sentence(answer_to(own, given, language("es"), "EUR")).startswith("Importe total: ")
    assert sentence(answer_to(own, given, language("id"), "EUR")).startswith("Total: ")


def test_the_example_of_the_guide_has_ranges_working_and_scenarios() -> None:
    clv = load_calculator(CLV)
    given = read_inputs(clv, {"churn": "0.1..0.2..0.3"}, NEUTRAL, "USD")
    html = render_block(answer_to(clv, given, language("en"), "USD"), "x")
    assert 'class="roi-spread"' in html
    assert 'class="roi-working"' in html
    assert "Every range at its worst end" in html


def test_an_optional_input_may_be_left_empty(tmp_path: Path) -> None:
    own = load_calculator(_file(tmp_path, OPTIONAL))
    assert read_inputs(own, {}, NEUTRAL, "USD").inputs.amount is None
    given = read_inputs(own, {"amount": " "}, NEUTRAL, "USD")
    assert given.inputs.amount is None
    assert read_inputs(own, {"amount": "7"}, NEUTRAL, "USD").inputs.amount == 7
    block = render_block(answer_to(own, given, language("en"), "USD"), "x")
    assert ">Amount (optional)</label>" in block
    assert 'name="amount" type="text" inputmode="decimal" value=""' in block
    with pytest.raises(InputErrors):
        read_inputs(load_calculator(_file(tmp_path, GOOD)), {"amount": " "}, NEUTRAL, "USD")


def test_an_optional_input_is_said_to_be_so_wherever_inputs_are_listed(tmp_path: Path) -> None:
    file = _file(tmp_path, OPTIONAL)
    own = load_calculator(file)
    said = run_tool("roi-calc", str(file), "--help", cwd=tmp_path).stdout
    assert "Amount, currency; optional\n" in said
    properties = json_schema(own, language("en"))["properties"]
    assert properties["amount"]["type"] == ["number", "null"]  # type: ignore[index] # as JSON
    listed = render_inputs(
        answer_to(own, read_inputs(own, {}, NEUTRAL, "USD"), language("en"), "USD")
    )
    assert "<td>optional</td><td><span><code>0</code>" in listed


MISTAKES = {
    "no function": (HEAD, "own.py: no function 'own'; expected 'def own(inputs: Inputs)"),
    "not Python": ("def own(:\n", "own.py:1: not Python: "),
    "an exception on import": ("x = 1\ny = x / 0\n", "own.py:2: ZeroDivisionError: "),
    "no annotation of a field": (
        GOOD.replace("Annotated[float, Quantity(Kind.MONEY)]", "float"),
        "own.py:9: Inputs.amount: expected Annotated[…, Quantity(…) or Choice(…)]",
    ),
    "no annotation of a result": (
        GOOD.replace("Annotated[float | None, Result(Kind.SHARE)]", "float | None"),
        "own.py:15: Outputs.nothing: expected Annotated[…, Result(…)]",
    ),
    "no types": (
        GOOD.replace("(inputs: Inputs) -> Outputs", "(inputs)"),
        "own.py:17: own: expected one dataclass in and one out",
    ),
    "a default outside its limits": (
        GOOD.replace("= 10", "= -10"),
        "own.py:9: amount: the default -10 is outside its limits",
    ),
    "a default that is not whole where it must be": (
        GOOD.replace("Quantity(Kind.MONEY)] = 10", "Quantity(Kind.MONEY, is_whole=True)] = 1.5"),
        "own.py:9: amount: the default 1.5 is not a whole number",
    ),
    "something else than it says it returns": (
        GOOD.replace("return Outputs(total, ", "return dict(total=total, nothing="),
        "own.py:17: with its defaults: AttributeError: ",
    ),
    "no default": (
        GOOD.replace(" = 10", "").replace(' = "no"', ""),
        "own.py:9: amount: expected a number as default",
    ),
    "a default that is no answer": (
        GOOD.replace('= "no"', '= "maybe"'),
        "own.py:10: doubled: expected a default that is one of no, yes",
    ),
    "a formula of an unknown name": (
        GOOD.replace("{amount}", "{amounts}"),
        "own.py:14: total: its formula names 'amounts', which is no input or output",
    ),
    "an exception with the defaults": (
        GOOD.replace("total = ", "total = 1 / 0 * "),
        "own.py:19: with its defaults: ZeroDivisionError: ",
    ),
    "CALCULATOR of another kind": (GOOD + "CALCULATOR = 3\n", "CALCULATOR is int; expected"),
    "a name that exists": (
        GOOD + 'CALCULATOR = Calculator("deflection", own)\n',
        "a calculator named 'deflection' exists already",
    ),
    "words with braces that name nothing": (
        GOOD.replace("Result(Kind.SHARE)", 'Result(Kind.SHARE, label="Cost {of} it")'),
        "own.py:15: nothing: 'Cost {of} it' has braces that name nothing",
    ),
    "a name of the command line's own": (
        GOOD.replace("amount", "language"),
        "own.py:9: language: a name of the command line's own; expected another",
    ),
    "an output that is no number": (
        GOOD.replace('float("nan")', '"none"'),
        "own.py:15: nothing: 'none' is str; expected a float or None",
    ),
    "a default beyond what a share ends at": (
        GOOD.replace("Quantity(Kind.MONEY)] = 10", "Quantity(Kind.SHARE)] = 25"),
        "own.py:9: amount: the default 25 is outside its limits, 0 to 1",
    ),
    "a text for a tuple of inputs": (
        GOOD.replace("Quantity(Kind.MONEY)", 'Quantity(Kind.MONEY, part_of="cost")'),
        "own.py:9: amount: part_of='cost'; expected a tuple of inputs, such as ('cost',)",
    ),
    "a part of what is no input": (
        GOOD.replace("Quantity(Kind.MONEY)", 'Quantity(Kind.MONEY, part_of=("cost",))'),
        "own.py:9: amount: part_of names 'cost', no number of these inputs: ",
    ),
    "a list for a tuple of inputs": (
        GOOD.replace("Quantity(Kind.MONEY)", 'Quantity(Kind.MONEY, needs=["amount"])'),
        "own.py:9: amount: needs=['amount']; expected a tuple of inputs",
    ),
    "a part of itself": (
        GOOD.replace("Quantity(Kind.MONEY)", 'Quantity(Kind.MONEY, part_of=("amount",))'),
        "own.py:9: amount: part_of names itself; expected another input",
    ),
    "a text for a tuple of answers": (
        GOOD.replace('("no", "yes")', '"no"'),
        "own.py:10: doubled: options='no'; expected a tuple of names",
    ),
    "a text for a tuple of outputs": (
        GOOD + 'CALCULATOR = Calculator("own", own, pictured="total")\n',
        "own: pictured='total'; expected a tuple of outputs",
    ),
    "leaving Python": ("raise SystemExit(0)\n", "own.py:1: SystemExit: 0"),
    "a picture of an unknown name": (
        GOOD + 'CALCULATOR = Calculator("own", own, pictured=("totals",))\n',
        "totals: no input or output; expected one of amount, doubled, nothing, total",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_file_is_said_with_its_place(name: str, tmp_path: Path) -> None:
    text, said = MISTAKES[name]
    with pytest.raises(CalculatorFileError) as refused:
        load_calculator(_file(tmp_path, text))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("missing.py", "missing.py: no such file"),
        ("Own-Name.py", "expected a file name of small letters"),
        ("own.txt", "own.txt: neither a Python file nor a wheel nor a .yml table"),
        ("lib-1-cp311-cp311-linux_x86_64.whl", "not a pure-Python wheel"),
        ("lib-1-py3-none-any.whl", "no such file"),
    ],
)
def test_a_path_that_is_no_calculator_is_refused(path: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=said):
        site_calculators([str(tmp_path / path)])


def test_two_calculators_of_one_name_are_refused(tmp_path: Path) -> None:
    first = _file(tmp_path, GOOD)
    (tmp_path / "more").mkdir()
    second = _file(tmp_path / "more", GOOD)
    with pytest.raises(SettingError, match="a second calculator named 'own'"):
        site_calculators([str(first), str(second)])


def test_a_wheel_beside_it_can_be_imported_and_is_published(tmp_path: Path) -> None:
    wheel = tmp_path / "roi_test_rates-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("roi_test_rates.py", "RATE = 3\n")
    text = GOOD.replace("inputs.amount * ", "inputs.amount * RATE * ")
    text = text.replace("{amount} ×", "{amount} × 3 ×")
    own = _file(tmp_path, "from roi_test_rates import RATE\n" + text)
    paths = [str(wheel), str(own)]
    calculator = site_calculators(paths)["own"]
    given = read_inputs(calculator, {}, NEUTRAL, "USD")
    assert calculator.compute(given.inputs).total == 30
    assert set(published_files(paths)) == {
        "roi_test_rates.py",
        "roi_calc_site/own.py",
        "roi_calc_site/__init__.py",
    }


def test_a_wheel_cannot_stand_in_for_the_product(tmp_path: Path) -> None:
    for name in ("roi_calc/arithmetic/finance.py", "../evil.py", "/abs.py"):
        wheel = tmp_path / "bad-1-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(name, "")
        with pytest.raises(SettingError, match="which a wheel for calculators must not"):
            site_calculators([str(wheel)])
        wheel.unlink()


def test_one_bad_file_is_no_concern_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "roi_calc_site"
    package.mkdir()
    _file(package, "", "__init__.py")
    _file(package, GOOD)
    _file(package, "import nothing_like_it\n", "bad.py")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert published_calculator("own").name == "own"
    with pytest.raises(KeyError):
        published_calculator("other")


def test_the_build_stops_at_a_mistake_with_file_and_line(tmp_path: Path) -> None:
    write_site(
        tmp_path, CONFIG, {"index.md": "# Page\n\n```roi-calculator\ncalculator: own\n```\n"}
    )
    _file(tmp_path, GOOD.replace("= 10", "= -10"))
    built = run_tool("mkdocs", "build", cwd=tmp_path)
    assert built.returncode == 1
    place = f"mkdocs.yml:6: roi-calculator: calculators: {tmp_path / 'own.py'}:9"
    assert f"{place}: amount: the default -10" in built.stderr
    _file(tmp_path, GOOD)
    assert run_tool("mkdocs", "build", cwd=tmp_path).returncode == 0
    assert "A sum of my own" in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_an_exception_for_the_values_of_a_block_names_both_places(tmp_path: Path) -> None:
    block = "```roi-calculator\ncalculator: own\nvalues:\n  amount: 13\n```\n"
    write_site(tmp_path, CONFIG, {"index.md": f"# Page\n\n{block}"})
    _file(tmp_path, GOOD.replace("total = ", "1 / (inputs.amount - 13); total = "))
    built = run_tool("mkdocs", "build", cwd=tmp_path)
    assert built.returncode == 1
    assert (
        "docs/index.md:3: roi-calculator: calculator 'own' fails on these values, "
        "at own.py:19: ZeroDivisionError: " in built.stderr
    )


def test_a_share_ends_at_all_of_it_unless_its_author_says_otherwise(tmp_path: Path) -> None:
    share = GOOD.replace("Quantity(Kind.MONEY)] = 10", "Quantity(Kind.SHARE)] = 0.1")
    own = load_calculator(_file(tmp_path, share))
    with pytest.raises(InputErrors) as refused:
        read_inputs(own, {"amount": "101 %"}, NEUTRAL, "USD")
    assert refused.value.errors[0].reason == "above_maximum"
    growing = share.replace("Kind.SHARE)] = 0.1", "Kind.SHARE, maximum=3)] = 0.1")
    own = load_calculator(_file(tmp_path, growing))
    assert read_inputs(own, {"amount": "250 %"}, NEUTRAL, "USD").inputs.amount == 2.5


FAILING = GOOD.replace("total = ", "1 / (inputs.amount - 13); total = ")
ENDLESS = GOOD.replace("    total = ", "    while inputs.amount == 14: pass\n    total = ")


@pytest.fixture
def short_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of a second instead of ten."""
    monkeypatch.setattr("roi_calc.own.time_limit.LIMIT_SECONDS", 0.1)


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        (
            FAILING,
            ["--amount", "13"],
            ":19: ZeroDivisionError: float division by zero, with amount = 13, doubled = no",
        ),
        # Of what is drawn, and not what was given.
        (
            FAILING.replace("inputs.amount - 13", "inputs.amount < 20"),
            ["--amount", "1..15..30"],
            ":19: ZeroDivisionError: division by zero, with amount = 2",
        ),
        (
            ENDLESS,
            ["--amount", "14", "--doubled", "yes"],
            ":19: OverrunError: did not come to an end within 0.1 seconds, with amount = 14, "
            "doubled = yes",
        ),
        (GOOD + "while True: pass\n", [], ":21: OverrunError: did not come to an end"),
    ],
)
@pytest.mark.usefixtures("short_limit")
def test_a_calculator_that_fails_or_never_ends_is_one_line_on_the_command_line(
    text: str,
    arguments: list[str],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = _file(tmp_path, text)
    assert main([str(file), *arguments]) == 2
    answered, told = capsys.readouterr()
    assert answered == ""
    assert told.startswith(f"roi-calc: {file}{said}")
    assert told.count("\n") == 1


@pytest.mark.usefixtures("short_limit")
def test_the_build_stops_at_a_calculator_that_never_ends_and_names_both_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    block = "```roi-calculator\ncalculator: own\nvalues:\n  amount: 14\n```\n"
    write_site(tmp_path, CONFIG, {"index.md": f"# Page\n\n{block}"})
    _file(tmp_path, ENDLESS)
    monkeypatch.chdir(tmp_path)
    before = (signal.getsignal(signal.SIGALRM), threading.active_count())
    with pytest.raises(Abort):
        build(load_config())
    assert caplog.messages[-1] == (
        "docs/index.md:3: roi-calculator: calculator 'own' fails on these values, at own.py:19: "
        "OverrunError: did not come to an end within 0.1 seconds, with amount = 14, doubled = no"
    )
    assert (signal.getsignal(signal.SIGALRM), threading.active_count()) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@pytest.mark.parametrize("thread", ["main", "another"])
def test_what_no_signal_reaches_ends_the_process_and_says_where(
    thread: str, tmp_path: Path
) -> None:
    # One long step of the interpreter, which no signal interrupts, and a thread that gets none.
    long_step = "and not sum(range(10**15))" if thread == "main" else ""
    file = _file(tmp_path, ENDLESS.replace("== 14:", f"== 14 {long_step}:"))
    script = f"""
import threading
import roi_calc.own.time_limit
from roi_calc.__main__ import main
roi_calc.own.time_limit.LIMIT_SECONDS = 0.2
run = threading.Thread(target=main, args=[[{str(file)!r}, "--amount", "14"]])
run.run() if {thread!r} == "main" else run.start()
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert f'File "{file}", line ' in done.stderr


def test_a_rule_of_its_own_that_raises_is_told_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rule = "def rule(inputs):\n    return [] if inputs.amount != 13 else inputs.nothing\n"
    file = _file(tmp_path, f'{GOOD}{rule}CALCULATOR = Calculator("own", own, rules=rule)\n')
    assert main([str(file), "--amount", "13"]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"roi-calc: {file}:22: AttributeError: 'Inputs' object has no attribute")
    assert told.endswith(", with amount = 13, doubled = no\n")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("totl.label", "'totl.label' is no word of own.py; did you mean 'total.label'?"),
        ("amount.helps", "'amount.helps' is no word of own.py; did you mean 'amount.help'?"),
        ("doubled.maybe", "'doubled.maybe' is no word of own.py"),
        ("amount.condition", "'amount.condition' is no word of own.py"),
    ],
)
def test_a_misspelt_key_of_a_catalog_is_named(key: str, said: str, tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr "Language: es"\n\nmsgid "title"\nmsgstr "Suma"\n\n'
    catalog = _file(tmp_path, f'{head}msgid "{key}"\nmsgstr "x"\n', "own.es.po")
    with pytest.raises(SettingError) as refused:
        site_calculators([str(_file(tmp_path, GOOD))])
    assert str(refused.value).startswith(f"calculators: {catalog}:7: {said}")


@pytest.mark.parametrize(
    "key",
    [
        "title",
        "amount.label",
        "amount.short",
        "amount.unit",
        "doubled.yes",
        "total.ceiling",
        "mine",
    ],
)
def test_every_word_that_is_asked_for_can_be_translated(key: str, tmp_path: Path) -> None:
    _file(tmp_path, f'msgid ""\nmsgstr "Language: es"\nmsgid "{key}"\nmsgstr "x"\n', "own.es.po")
    words = 'CALCULATOR = Calculator("own", own, words={"": {"mine": "of my own"}})\n'
    assert "own" in site_calculators([str(_file(tmp_path, GOOD + words))])


def test_the_command_line_runs_a_file() -> None:
    done = run_tool("roi-calc", str(CLV), "--churn", "25 %", "--format", "json", cwd=ROOT / "tests")
    assert json.loads(done.stdout)["outputs"]["lifetime_value"] == 480


def test_a_mistake_in_a_file_is_one_line_on_the_command_line(tmp_path: Path) -> None:
    file = _file(tmp_path, HEAD)
    done = run_tool("roi-calc", str(file), cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"roi-calc: {file}: no function 'own'")
    assert done.stderr.count("\n") == 1
