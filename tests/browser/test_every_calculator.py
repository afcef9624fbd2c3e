"""Every calculator in every browser: by keyboard alone, with ranges, figures and scenarios."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from roi_calc.answering.answer import answer_to
from roi_calc.answering.sentences import spread_sentence
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import language
from roi_calc.language.number_format import number_format, plain_number
from roi_calc.reading.inputs import read_inputs
from roi_calc.schema import HIGH, LOW, outputs_of
from support.browsers import Tab, output, paste, wait_for_output, wait_for_state, wait_until
from support.sites import ROOT, Served, served

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# test_accessibility.py has Chromium.
IN_OTHERS = pytest.mark.parametrize("browser", ["firefox", "webkit"], indirect=True)

# What is typed into which field, and the output that must follow.
CHANGES = {
    "deflection": ("cost_per_request", "8.01", "net_saving"),
    "handling-time": ("minutes_after", "4.5", "net_value"),
    "response-time": ("chaser_after", "2.5", "net_saving"),
    "retention": ("churn_after", "8", "net_margin"),
    "programme": ("one_off_cost", "4000", "net_present_value"),
    "options": ("agent_price", "1.5", "saving"),
    "loaded-rate": ("utilisation", "75", "loaded_rate"),
}
# All of them in Chromium; those with the fewest and the most kinds of fields elsewhere too, because
# one form draws them all.
FORMS = pytest.mark.parametrize(
    ("browser", "calculator"),
    [
        *(("chromium", name) for name in CALCULATORS),
        *((name, each) for name in ("firefox", "webkit") for each in ("loaded-rate", "options")),
    ],
    indirect=["browser"],
)
# In WebKitGTK a worker that was ended in a loop goes on looping, and the next start has to do with
# what processors are left.
LOOP_SECONDS = 240


def _tab_to(tab: Tab, condition: str) -> None:
    """Press Tab until the focused element, `at`, is the one that is looked for."""
    for _ in range(80):
        tab.press("Tab")
        if tab.evaluate(f"const at = document.activeElement; return Boolean({condition})"):
            return
    message = f"not reached by Tab: {condition}"
    raise AssertionError(message)


def _focus_first_field(tab: Tab) -> None:
    """Put the focus where a reader's Tab comes to; WebKitGTK's driver has none at first."""
    tab.evaluate("document.querySelector('roi-calculator input[name]').focus()")


def _press_all(tab: Tab, text: str) -> None:
    for character in text:
        tab.press(character)


def _computed(calculator: str, **typed: str) -> str:
    """Return an output as CPython computes it, as the page's data attribute writes it."""
    known = CALCULATORS[calculator]
    given = read_inputs(known, typed, number_format("en"), "USD")
    value = outputs_of(known, known.compute(given.inputs))[CHANGES[calculator][2]]
    assert value is not None
    return str(plain_number(value))


@FORMS
def test_every_calculator_is_used_by_keyboard_alone(
    calculator: str, tab: Tab, site: Served
) -> None:
    field, typed, result = CHANGES[calculator]
    tab.open(f"{site.url}/{calculator}/")
    _focus_first_field(tab)
    _tab_to(tab, f"at.name === {json.dumps(field)}")
    _press_all(tab, typed)
    wait_for_state(tab)
    wait_for_output(tab, result, _computed(calculator, **{field: typed}))
    assert tab.errors == []


@FORMS
def test_tab_reaches_every_control_and_enter_unfolds(
    calculator: str, tab: Tab, site: Served
) -> None:
    known = CALCULATORS[calculator]
    ends = {
        name + end
        for name, quantity in known.quantities.items()
        if quantity.may_range
        for end in (LOW, HIGH)
    }
    tab.open(f"{site.url}/{calculator}/")
    wait_for_state(tab)
    _focus_first_field(tab)
    reached = set(_walk_through_the_form(tab))
    assert {*known.fields, *ends, "roi-reset"} <= reached
    published = tab.evaluate("return document.querySelector('.roi-apply') !== null")
    assert ("roi-apply" in reached) == published
    assert tab.errors == []


def _walk_through_the_form(tab: Tab) -> Iterator[str]:
    """Tab until the focus leaves the form, unfolding what is folded; yield what has the focus."""
    for _ in range(200):
        at = tab.evaluate(
            "const at = document.activeElement;"
            "return at.closest('.roi-form') && (at.name || at.classList[0] || at.localName)"
        )
        if not at:
            return
        yield str(at)
        if tab.evaluate("return document.activeElement.parentElement.open === false"):
            tab.press("Enter")
            wait_until(tab, "document.activeElement.parentElement.open")
        tab.press("Tab")
    message = "Tab never leaves the form"
    raise AssertionError(message)


def test_an_answer_is_chosen_from_a_list_by_its_first_letter(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/handling-time/")
    _focus_first_field(tab)
    _tab_to(tab, "at.nextElementSibling?.querySelector('[name=period]')")
    tab.press("Enter")
    _tab_to(tab, "at.name === 'period'")
    tab.press("Y")
    wait_for_output(tab, "net_value_per_year", "233.333333333333")
    assert tab.errors == []


@IN_OTHERS
@pytest.mark.parametrize("address", ["deflection", "options", "ranges"])
def test_axe_finds_nothing_in_other_browsers(address: str, tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/{address}/")
    assert _violations(tab) == []
    wait_for_state(tab)
    tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert _violations(tab) == []
    tab.replace("roi-calculator input[name]", "many")
    tab.press("Enter")
    wait_until(tab, "document.activeElement.classList.contains('roi-error-summary')")
    assert _violations(tab) == []


@IN_OTHERS
def test_axe_finds_nothing_in_other_browsers_when_python_does_not_come(
    tab: Tab, cdn_site_folder: Path
) -> None:
    with served(cdn_site_folder, {"Content-Security-Policy": "connect-src 'self'"}) as site:
        tab.open(f"{site.url}/deflection/")
        wait_for_state(tab, "failed")
        assert _violations(tab) == []


@IN_OTHERS
def test_axe_finds_nothing_in_other_browsers_when_a_calculator_raises(
    tab: Tab, site: Served
) -> None:
    tab.open(f"{site.url}/faulty/")
    wait_for_state(tab)
    tab.replace("input[name=amount]", "13")
    wait_until(tab, "document.querySelector('.roi-status').textContent")
    assert _violations(tab) == []


def _violations(tab: Tab) -> object:
    tab.evaluate(AXE.read_text("utf-8"))
    tab.evaluate(
        "window.violations = undefined; axe.run('roi-calculator').then((found) => {"
        " window.violations = found.violations.flatMap(({ id, nodes }) =>"
        " nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`)); })"
    )
    wait_until(tab, "window.violations")
    return tab.evaluate("return window.violations")


def test_a_range_is_opened_and_filled_by_keyboard(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/deflection/")
    _focus_first_field(tab)
    _tab_to(tab, "at.closest('.roi-range') && at.closest('[data-field=requests]')")
    tab.press("Enter")
    _tab_to(tab, "at.name === 'requests.low'")
    _press_all(tab, "80")
    _tab_to(tab, "at.name === 'requests.high'")
    _press_all(tab, "130")
    wait_for_state(tab)
    wait_until(tab, "document.querySelector('.roi-spread')")
    texts = {"requests": "100", "requests.low": "80", "requests.high": "130"}
    known = CALCULATORS["deflection"]
    english = language("en")
    given = read_inputs(known, texts, english.numbers, "USD")
    wanted = spread_sentence(answer_to(known, given, english, "USD"))
    said = "document.querySelector('.roi-spread').textContent.includes"
    wait_until(tab, f"{said}({json.dumps(wanted)})")
    assert tab.errors == []


def test_a_published_figure_is_entered_by_its_button(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/deflection/")
    wait_for_state(tab)
    figures = "[data-field=cost_per_request] .roi-benchmarks"
    tab.click(f"{figures} summary")
    tab.click(f"{figures} .roi-apply")
    wait_for_output(tab, "net_saving", "301")
    assert tab.evaluate("return document.activeElement.name") == "cost_per_request"


def test_a_published_range_fills_the_range(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/handling-time/")
    wait_for_state(tab)
    tab.evaluate("document.querySelector('[data-field=shrinkage]').closest('details').open = true")
    figures = "[data-field=shrinkage] .roi-benchmarks"
    tab.click(f"{figures} summary")
    tab.click(f"{figures} .roi-apply")
    wait_until(tab, "document.querySelector('.roi-spread')")
    values = tab.evaluate(
        "return ['', '.low', '.high'].map((end) =>"
        " document.querySelector(`input[name='shrinkage${end}']`).value)"
    )
    assert values == ["27", "13.3", "39.4"]


def test_another_period_changes_the_words_and_the_year(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/deflection/")
    wait_for_state(tab)
    tab.evaluate(
        "const list = document.querySelector('select[name=period]');"
        "list.closest('details').open = true; list.value = 'quarter';"
        "list.dispatchEvent(new Event('change', { bubbles: true }));"
    )
    wait_for_output(tab, "net_saving_per_year", "6000")
    unit = "document.querySelector('[data-field=requests] .roi-unit').textContent"
    wait_until(tab, f"{unit} === 'a quarter · example'")


def test_mistakes_in_a_range_are_said_at_its_end(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/ranges/")
    wait_for_state(tab)
    tab.replace("input[name='requests.low']", "200")
    error = "document.querySelector(\"[data-field='requests.low'] .roi-error\").textContent"
    wait_until(tab, error)
    assert tab.evaluate(f"return {error}") == (
        "The likely value is 100: the lowest must not be above it, nor the highest below."
    )
    assert tab.errors == []


def test_the_authors_targets_and_scenarios_follow_what_is_typed(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/ranges/")
    wait_for_state(tab)
    tab.replace("input[name=cost_per_request]", "20")
    wait_for_output(tab, "net_saving", "700")
    shown = str(tab.evaluate("return document.querySelector('.roi-answer').textContent"))
    assert "Net saving: $700, which is $1,300 below the target of $2,000." in shown
    cautious = tab.evaluate(
        "return [...document.querySelectorAll('.roi-scenarios tr')].find((row) =>"
        " row.textContent.startsWith('Cautious')).textContent"
    )
    assert "$300" in str(cautious)


def test_a_sites_own_calculator_answers_like_ours(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/own/")
    assert output(tab, "net_value") == "450"
    tab.replace("input[name=churn]", "25")
    wait_for_state(tab)
    wait_for_output(tab, "net_value", "330")
    assert tab.errors == []


@pytest.mark.parametrize(("amount", "status"), [("13", "stale"), ("99", "overrun")])
def test_a_calculator_that_raises_or_loops_leaves_the_page_alive(
    amount: str, status: str, tab: Tab, site: Served
) -> None:
    tab.open(f"{site.url}/faulty/")
    wait_for_state(tab)
    paste(tab, "input[name=amount]", amount)
    line = "document.querySelector('.roi-status')"
    is_said = f"{line}.textContent && {line}.textContent === {line}.dataset.{status}"
    wait_until(tab, is_said, LOOP_SECONDS)
    assert output(tab, "doubled") == "2"
    tab.replace("input[name=amount]", "5")
    wait_for_output(tab, "doubled", "10", seconds=LOOP_SECONDS)
    tab.replace("input[name=requests]", "250")
    wait_for_output(tab, "net_saving", "4500", block=1)
