"""A calculator written as a table of inputs and formulas is one like any other."""

import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from mkdocs_roi_calculator.settings.own_calculators import site_calculators
from mkdocs_roi_calculator.settings.settings import SettingError
from roi_calc.browser import evaluate
from roi_calc.own.python_file import load_calculator
from roi_calc.own.table_calculator import DefinitionError, from_definition
from roi_calc.own.written_table import TableError, written_calculator
from roi_calc.schema import PERIOD
from support.rendered import rendered_reply
from support.sites import ROOT, run_tool, write_site

CLV: Final = ROOT / "docs" / "calculators" / "clv.py"
TABLE: Final = """
title: What a customer is worth
inputs:
  margin: {money: 120, label: Gross margin, unit: "{currency} a year"}
  churn: {share: 20 %, from: 1 %, unit: "% a year"}
  acquisition_cost: {money: 150, label: Cost of winning a customer}
results:
  years: {count: 1 / churn, label: Years a customer stays}
  lifetime_value: {money: margin / churn, show: large}
  net_value: {money: lifetime_value - acquisition_cost, show: outcome}
"""


# Any: YAML's mappings
def _read(text: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - all is text
    return read


def _with(results: Mapping[str, object], inputs: str = "a: {money: 1}") -> dict[str, object]:
    return {"inputs": _read(f"inputs: {{{inputs}}}")["inputs"], "results": results}


def test_a_table_computes_what_the_file_computes() -> None:
    file, table = load_calculator(CLV), written_calculator("worth", _read(TABLE))
    draw = random.Random(1)  # noqa: S311 - no secret
    for _ in range(2000):
        values = {
            "margin": draw.choice((0.0, draw.uniform(0, 1e4))),
            "churn": draw.uniform(0.01, 1),
            "acquisition_cost": draw.choice((0.0, draw.uniform(0, 1e4))),
        }
        by_file = file.compute(file.inputs_type(**values))
        by_table = table.compute(table.inputs_type(**values))
        for name in ("years", "lifetime_value", "net_value"):
            assert getattr(by_table, name) == pytest.approx(getattr(by_file, name), rel=1e-9)
        told = by_table.break_even_churn
        # Beyond 100 % no churn makes a customer lose, which the file leaves to its reader.
        wanted = by_file.break_even_churn
        is_within = wanted is not None and 0.01 <= wanted <= 1
        assert told == (pytest.approx(wanted, rel=1e-9) if is_within else None)


def test_break_evens_and_picture_follow_from_the_outcome() -> None:
    calculator = written_calculator("worth", _read(TABLE))
    computed = calculator.compute(calculator.inputs_type())
    conditions = {
        name: (getattr(computed, name), result.is_ceiling)
        for name, result in calculator.results.items()
        if result.is_condition
    }
    assert conditions == {
        "break_even_margin": (30, False),
        "break_even_churn": (0.8, True),
        "break_even_acquisition_cost": (600, True),
    }
    assert calculator.pictured == ("lifetime_value", "-acquisition_cost", "net_value")


def test_no_more_break_evens_than_a_sentence_holds_and_none_beyond_limits() -> None:
    inputs = ", ".join(f"{name}: {{money: 10}}" for name in "abcde") + ", s: {share: 50 %}"
    results = {"net": {"money": "(a + b + c + d + e) * s - 1", "show": "outcome"}}
    found = written_calculator("many", _with(results, inputs)).results
    assert [name for name, each in found.items() if each.is_condition] == ["break_even_s"]
    results = {"net": {"money": "(a + b + c + d + e) * s - 24", "show": "outcome"}}
    found = written_calculator("many", _with(results, inputs)).results
    assert len([name for name, each in found.items() if each.is_condition]) == 3


@pytest.mark.parametrize(
    ("inputs", "net", "found"),
    [
        # At the lower limit, and at the upper one.
        ("a: {money: 30, from: 20}, b: {money: 20, optional: yes}", "a - b", {"a": 20, "b": 30}),
        ("a: {money: 30, to: 40}, b: {money: 40}", "a - b", {"a": 40, "b": 30}),
        ("a: {money: 30, to: 39}, b: {money: 40}", "a - b", {"b": 30}),
        # A choice before them ends nothing, nor does an input that the outcome does not take.
        ("plan: {one of: [s, l]}, a: {money: 3}, b: {money: 2}", "a - b", {"a": 2, "b": 3}),
        ("x: {money: 1}, a: {money: 3}, b: {money: 2}", "a - b", {"a": 2, "b": 3}),
        ("a: {money: 3}, b: {money: 2}", "sqrt(a) - b", {"b": 3**0.5}),
        # Of one that is nothing there is one, and of one that is left empty there is none.
        ("a: {money: 0}, b: {money: 2}", "a - b", {"a": 2, "b": 0}),
        ("a: {money: '', optional: yes}, b: {money: 2}", "a + b - 3", {"b": 3}),
        # A little less of it, and nothing is defined.
        ("a: {money: 2.01}, b: {money: 1}", "a - b if a > 2 else undefined", {"b": 2.01}),
        # An author's own stands.
        ("a: {money: 3}, b: {money: 2}", "a - b", {"a": 7, "b": 3}),
    ],
)
def test_a_break_even_is_told_within_the_limits(
    inputs: str, net: str, found: Mapping[str, float]
) -> None:
    results = {"net": {"money": net, "show": "outcome"}}
    if found.get("a") == 7:
        results = {"break_even_a": {"money": "7"}, **results}
    calculator = written_calculator("limits", _with(results, inputs))
    computed = calculator.compute(calculator.inputs_type())
    told = {
        name.removeprefix("break_even_"): pytest.approx(getattr(computed, name))
        for name in calculator.results
        if name.startswith("break_even_")
    }
    assert told == found


def test_a_break_even_of_what_the_outcome_hardly_follows_is_a_floor() -> None:
    table = _with({"net": {"money": "s - 0.2", "show": "outcome"}}, "s: {share: 50 %}")
    assert not written_calculator("low", table).results["break_even_s"].is_ceiling


def test_limits_may_be_as_far_apart_as_nothing_and_as_high_as_a_trillion() -> None:
    table = _with({"r": {"money": "a"}}, "a: {money: 2, from: 2, to: 2}, b: {money: 1, to: 1e12}")
    table["inputs"]["b"]["to"] = "1000000000000"  # type: ignore[index] # a mapping
    declared = written_calculator("far", table).quantities
    assert (declared["a"].minimum, declared["a"].maximum) == (2, 2)
    assert declared["b"].maximum == 1e12


def test_a_period_is_asked_as_everywhere() -> None:
    period = "period: {one of: [week, month, quarter, year]}"
    table = _with({"r": {"money": "a"}}, f"a: {{money: 2}}, {period}")
    assert written_calculator("often", table).fields["period"] == PERIOD


def test_texts_may_be_as_long_as_they_are_said_to_be() -> None:
    long = "x" * 300
    table = _with(
        {"r": {"money": "a", "source": long}}, f"a: {{money: 2, symbol: Aaa, label: {long}}}"
    )
    calculator = written_calculator("long", table)
    assert calculator.words[""]["a.label"] == calculator.results["r"].source == long
    assert calculator.quantities["a"].symbol == "Aaa"


def test_a_break_even_of_what_comes_in_whole_numbers_is_one() -> None:
    inputs = "calls: {count: 400, whole: yes}, pay: {money: 2}, most: {count: 9, whole: yes}"
    results = {"net": {"money": "calls * pay / 7 - most", "show": "outcome"}}
    calculator = written_calculator("calls", _with(results, inputs))
    computed = calculator.compute(calculator.inputs_type())
    assert (computed.break_even_calls, computed.break_even_most) == (32, 114)


def _answered(table: Mapping[str, object], values: Mapping[str, str], language: str = "en") -> Any:  # noqa: ANN401 - a reply
    return evaluate(
        {
            "id": 1,
            "calculator": "worth",
            "definition": written_calculator("worth", table).definition,
            "language": language,
            "currency": "USD",
            "values": values,
            "view": "full",
            "comparison": "",
        }
    )


def test_a_page_brings_its_table_along() -> None:
    reply = _answered(_read(TABLE), {"margin": "240"})
    assert reply["ok"]
    assert reply["outputs"]["net_value"] == 1050
    assert "“Churn” is above" not in rendered_reply(reply)
    assert "It pays at any value that “Churn” can have." in rendered_reply(reply)
    refused = _answered(_read(TABLE), {"churn": "0.5 %"})
    assert refused["errors"][0]["field"] == "churn"
    spanish = _answered(_read(TABLE), {}, "es")
    assert "Punto de equilibrio de «Gross margin»" in rendered_reply(spanish)


def test_a_divisor_that_is_nothing_is_named() -> None:
    results = {"each": {"money": "a / b", "show": "large"}, "more": {"money": "each * 2"}}
    table = _with(results, "a: {money: 1}, b: {count: 2, label: Customers}")
    reply = _answered(table, {"b": "0"})
    assert reply["ok"]
    assert rendered_reply(reply).count("Not defined while “Customers” is 0.") == 2


def test_a_divisor_that_is_a_term_and_nothing_leaves_break_evens_undefined() -> None:
    results = {"net": {"money": "a * (1 - s) - c * (1 - s) - 1", "show": "outcome"}}
    table = _with(results, "a: {money: 9}, s: {share: 40 %}, c: {money: 2}")
    reply = _answered(table, {"s": "100 %"})
    assert reply["ok"]
    assert reply["outputs"]["break_even_c"] is None
    assert "Not defined for these values." in rendered_reply(reply)


def test_draws_and_range_ends_without_an_outcome_are_left_out() -> None:
    table = _with(
        {"net": {"money": "sqrt(a - b) - 1", "show": "outcome"}}, "a: {money: 10}, b: {money: 2}"
    )
    reply = _answered(table, {"b": "0..9..20"})
    assert reply["ok"]
    assert "nine times out of ten" in rendered_reply(reply)
    # At its highest there is none, so neither end is shown.
    assert "At its highest" not in rendered_reply(reply)
    assert "nan" not in rendered_reply(reply).lower()


def test_a_formula_of_a_misspelled_name_names_the_nearest() -> None:
    with pytest.raises(TableError, match="did you mean 'margin'"):
        written_calculator("t", _with({"r": {"money": "margn / 2"}}, "margin: {money: 1}"))


def test_totals_parts_choices_and_languages() -> None:
    table = _read(
        """
inputs:
  cost: {money: 100, label: {en: Cost, es: Costo}}
  tool: {money: "", part of: cost, fold: parts}
  hours: {hours: "", part of: cost, fold: parts}
  plan: {one of: [basic, full], options: {basic: The small one}}
  extra: {money: "", optional: yes}
results:
  total:
    money: (cost + tool + hours * 20) * (1 if plan is basic else 2) + extra
    label: {en: Total, es: Total a pagar}
"""
    )
    calculator = written_calculator("cost", table)
    inputs = calculator.inputs_type
    assert calculator.compute(inputs()).total == 100
    assert calculator.compute(inputs(cost=None, tool=10, hours=2, plan="full")).total == 100
    assert calculator.compute(inputs(extra=5)).total == 105
    assert calculator.words["es"]["cost.label"] == "Costo"
    assert calculator.words["es"]["cost.parts"] == "Costo: …"
    assert calculator.words[""]["cost.parts"] == "Cost: …"
    assert calculator.words[""]["plan.basic"] == "The small one"


def test_all_that_a_table_says_is_in_its_definition() -> None:
    table = _read(Path(__file__).with_name("whole_table.yml").read_text("utf-8"))
    definition = written_calculator("coffee", table).definition
    expected = json.loads(Path(__file__).with_name("whole_table.json").read_text("utf-8"))
    # To the letter, in the order in which a form shows it, and readable in a page's source.
    assert definition == json.dumps(expected, ensure_ascii=False)


# Formulas that a table must never run, and that are no formulas of ours.
HOSTILE: Final = (
    "__import__('os').system('id')",
    "a.__class__",
    "a.real",
    "a[0]",
    "(lambda: 1)()",
    "lambda: 1",
    "(b := 1)",
    "9**9**9",
    "f'{a}'",
    "min(a, key=a)",
    "1e999",
    "True",
    "None",
    "print(a)",
    "exec('1')",
    "eval(a)",
    "open('/etc/passwd')",
    "a; import os",
    "a if a else 1",
    "a == 1",
    "a != 1",
    "a and 1",
    "not a",
    "a or 1",
    "~a",
    "a % 2",
    "a // 2",
    "a << 2",
    "a | 1",
    "a & 1",
    "a @ a",
    "[a]",
    "{a: 1}",
    "{1}",
    "(a,)",
    "a,",
    "*a",
    "**a",
    "a b",
    "2 a",
    "a(1)",
    "a()",
    "min()",
    "min(a)",
    "sqrt(a; a)",
    "ceil()",
    "max(a;)",
    "()",
    "",
    " ",
    "+",
    "a +",
    "* a",
    "a + * a",
    "(a",
    "a)",
    "((a)",
    "⌈a",
    "a⌉",
    "a ? 1 : 2",
    "a ≠ 1",
    "a if a > 1",
    "a if a > else 1",
    "if a > 1 else 2",
    "a else 1",
    "a if 1 < a < 2 else 1",
    "a is basic",
    "a if a is else 1",
    "a if is a else 1",
    "a if basic is a else 1",
    "'a'",
    '"a"',
    "`a`",
    "$a",
    "#a",
    "a # comment",
    "a\\nb",
    "a\nb",
    "a\x00",
    "a\u202e",
    "\uff41",
    "а",  # noqa: RUF001 - Cyrillic, on purpose
    "1_000",
    "0x10",
    "1e3",
    ".5",
    "5.",
    "1.2.3",
    "1,000 + a",
    "∞",
    "nan",
    "inf",
    "undefined_name",
    "A",
    "{a",
    "a}",
    "{{a}}",
    "{a.b}",
    "{a!r}",
    "{0}",
    "${a}",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "a&&a",
    "a||a",
    "a=1",
    "a:=1",
    "@a",
    "yield a",
    "await a",
    "return a",
    "del a",
    "a" * 3000,
    "a + " * 500 + "a",
    "(" * 60 + "a" + ")" * 60,
    "a ^ " * 60 + "a",
    "-" * 3000 + "a",
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:24]))
def test_what_is_no_formula_is_refused_with_what_is_understood(text: str) -> None:
    with pytest.raises(TableError) as refused:
        written_calculator("hostile", _with({"r": {"money": text}}))
    assert refused.value.path == ("results", "r", "money")
    assert "expected" in str(refused.value)
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize(
    "definition",
    [
        "",
        "null",
        "[]",
        "[" * 100_000,
        "{}",
        '{"name": 1}',
        '{"name": "deflection", "inputs": {}, "results": {}}',
        '{"name": "../x", "inputs": {}, "results": {}}',
        '{"name": "t", "inputs": [], "results": []}',
        '{"name": "t", "inputs": {"a": 1}, "results": {"r": 1}}',
        '{"name": "t", "inputs": {"a": {"money": [1]}}, "results": {"r": {"money": "a"}}}',
        '{"name": "t", "inputs": {"a": {"money": null}}, "results": {"r": {"money": "a"}}}',
        '{"name": "t", "inputs": {"__class__": {"money": "1"}}, "results": {"r": {"money": "1"}}}',
        '{"name": "t", "inputs": {"if": {"money": "1"}}, "results": {"r": {"money": "1"}}}',
        '{"name": "t", "inputs": {"a": {"money": "1", "label": {"en": 1}}}, "results": {}}',
        '{"name": "t", "inputs": {"a": {"money": "1"}}, "results": {"r": {"money": ["a"]}}}',
    ],
)
def test_a_definition_that_is_none_is_refused(definition: str) -> None:
    """It comes from a page, and from what a tab has kept, in which anything may be written."""
    with pytest.raises(DefinitionError):
        from_definition(definition)


def test_words_are_text_whatever_is_in_them() -> None:
    table = _with(
        {"r": {"money": "a", "label": "<b>{__class__}</b> {0}", "show": "large"}},
        "a: {money: 1, label: '<img src=x onerror=alert(1)>', unit: '{currency} {x}'}",
    )
    reply = _answered(table, {})
    assert reply["ok"]
    assert "<img" not in rendered_reply(reply)
    assert "<b>" not in rendered_reply(reply)
    assert "&lt;b&gt;{__class__}&lt;/b&gt; {0}" in rendered_reply(reply)


def test_a_table_in_a_file_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "worth.yml"
    file.write_text(TABLE, "utf-8")
    found = site_calculators([str(file)])["worth"]
    assert found.definition == written_calculator("worth", _read(TABLE)).definition
    done = run_tool(
        "roi-calc", str(file), "--margin", "240", "--format", "json", cwd=ROOT / "tests"
    )
    assert json.loads(done.stdout)["outputs"]["net_value"] == 1050


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "worth.yml: inputs: expected indented lines such as 'margin: {money: 120}'"),
        ("- a\n", "worth.yml:1: expected lines such as 'inputs:'"),
        (TABLE.replace("margin / churn", "margin / chrn"), "worth.yml:9: results: lifetime_value"),
        (TABLE.replace("20 %", "2000 %"), "worth.yml:5: inputs: churn: share: "),
        (TABLE + "inputs: {}\n", "worth.yml:11: 'inputs' is set twice"),
        (f"calculator: deflection{TABLE}", "worth.yml:1: calculator: 'deflection' is one of ours"),
    ],
    ids=["empty", "list", "formula", "share", "twice", "ours"],
)
def test_a_mistake_in_a_file_names_its_line(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "worth.yml"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingError) as refused:
        site_calculators([str(file)])
    assert said in str(refused.value)


def test_a_site_with_tables_is_sent_what_every_other_site_is_sent(tmp_path: Path) -> None:
    block = f"calculator: worth{TABLE}"
    for name, page in (("without", "calculator: deflection\n"), ("with", block)):
        config = "site_name: Test\ntheme: mkdocs\nplugins: [roi-calculator]\n"
        pages = {"index.md": f"# Page\n\n```roi-calculator\n{page}```\n"}
        write_site(tmp_path / name, config, pages)
        built = run_tool("mkdocs", "build", "--strict", cwd=tmp_path / name)
        assert built.returncode == 0, built.stderr
    assets = [
        sorted(
            file.relative_to(tmp_path / name).as_posix()
            for file in (tmp_path / name / "site" / "assets").rglob("*")
        )
        for name in ("without", "with")
    ]
    assert assets[0] == assets[1]
