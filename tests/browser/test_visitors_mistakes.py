"""What a visitor may type: read in the page's way, or refused beside the field, and never lost."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.browsers import (
    AnyBrowser,
    Tab,
    new_tab,
    output,
    paste,
    wait_for_output,
    wait_for_state,
    wait_until,
)
from support.sites import Served, served

FIELD = "roi-calculator input[name=requests]"
ERROR = "document.querySelector('[data-field=requests] .roi-error').textContent"
SHARE = "roi-calculator input[name=deflection_share]"
SUGGESTIONS = "[...document.querySelectorAll('.roi-suggestion')]"
NOTE = "document.querySelector('[data-field=requests] .roi-note').textContent"


def _value(tab: Tab) -> object:
    return tab.evaluate(f"return document.querySelector('{FIELD}').value")


@pytest.fixture(scope="module")
def english(browser: AnyBrowser, site_folder: Path) -> Iterator[Tab]:
    """An English page in dollars; one for all tests here, because a boot costs seconds."""
    with served(site_folder) as site, new_tab(browser) as tab:
        tab.open(f"{site.url}/two/")
        wait_for_state(tab)
        yield tab


@pytest.fixture
def page(english: Tab) -> Tab:
    """The page, back at its example but for 250 requests."""
    english.evaluate("document.querySelector('.roi-reset').click()")
    wait_for_output(english, "net_saving", "1500")
    english.replace(FIELD, "250")
    wait_for_output(english, "net_saving", "4500")
    return english


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter a number, such as 1,234.5."),
        ("many", "“many” is not a number. Write it like 1,234.5."),
        ("1e999", "Write “1e999” out in digits, without an exponent."),
        ("nan", "“nan” is not a number. Write it like 1,234.5."),
        ("-1", "-1 is below the minimum of 0."),
        ("9" * 400, "This number is too long. Use at most 15 digits and 9 decimals."),
        ("<b>1</b>", "“<b>1</b>” is not a number. Write it like 1,234.5."),
    ],
)
def test_what_cannot_be_used_is_said_beside_the_field(typed: str, said: str, page: Tab) -> None:
    paste(page, FIELD, typed)
    wait_until(page, ERROR)
    assert page.evaluate(f"return {ERROR}") == said
    assert _value(page) == typed
    assert output(page, "net_saving") == "4500", "the last good answer stays"
    assert page.evaluate("return document.querySelector('roi-calculator').hasAttribute('stale')")
    status = page.evaluate("return document.querySelector('.roi-status').textContent")
    assert status == "This is still the answer to the last values that could be used."
    assert (
        page.evaluate(f"return document.querySelector('{FIELD}').getAttribute('aria-invalid')")
        == "true"
    )
    page.replace(FIELD, "100")
    wait_for_output(page, "net_saving", "1500")
    assert page.evaluate(f"return {ERROR}") == ""
    assert not page.evaluate(
        "return document.querySelector('roi-calculator').hasAttribute('stale')"
    )


@pytest.mark.parametrize(
    ("name", "typed", "saving", "note"),
    [
        ("requests", "１２", "-260", "Read as 12"),
        ("requests", "1,200", "23500", "Read as 1,200: “,” separates thousands here."),
        ("requests", "1.234,5", "24190", "Read as 1,234.5"),
        ("requests", " 300 ", "5500", ""),
        ("cost_per_request", "$ 12.50", "2625", "Read as 12.5"),
        # A telephone set to a comma region has no point on its keypad.
        ("cost_per_request", "8,01", "1502.5", "Read as 8.01"),
    ],
)
def test_what_can_be_read_is_read_and_echoed_where_in_doubt(
    name: str, typed: str, saving: str, note: str, page: Tab
) -> None:
    field = f"roi-calculator input[name={name}]"
    page.replace(field, typed)
    wait_for_output(page, "net_saving", saving)
    said = f"document.querySelector('[data-field={name}] .roi-note').textContent"
    assert page.evaluate(f"return {said}") == note
    assert page.evaluate(f"return document.querySelector('{field}').value") == typed


@pytest.mark.parametrize(
    ("how", "entered", "saving"), [("tap", "60%", "2500"), ("keyboard", "0.6%", "-470")]
)
def test_what_could_be_meant_is_entered_by_a_tap_or_by_keyboard(
    how: str, entered: str, saving: str, page: Tab
) -> None:
    page.evaluate(f"document.querySelector('{SHARE}').closest('details').open = true")
    page.replace(SHARE, "0.6")
    wait_until(page, f"{SUGGESTIONS}.length === 2")
    assert page.evaluate(f"return {SUGGESTIONS}.map((each) => each.firstChild.textContent)") == [
        "Use 0.6%",
        "Use 60%",
    ]
    heights = page.evaluate(f"return {SUGGESTIONS}.map((each) => each.offsetHeight)")
    assert isinstance(heights, list)
    assert min(heights) >= 44
    if how == "tap":
        page.click(".roi-suggestion:last-child")
    else:
        page.press("Tab")
        page.press("Enter")
    wait_for_output(page, "net_saving", saving)
    assert page.evaluate(f"return document.querySelector('{SHARE}').value") == entered
    assert page.evaluate("return document.activeElement.name") == "deflection_share"
    assert page.evaluate(f"return {SUGGESTIONS}.length") == 0


def test_nobody_is_corrected_in_the_middle_of_a_number(page: Tab) -> None:
    page.replace(FIELD, "1.234,")
    wait_until(page, "document.querySelector('roi-calculator').hasAttribute('stale')")
    assert page.evaluate(f"return {ERROR}") == ""
    wait_until(page, ERROR)


def test_enter_leads_to_a_summary_of_all_mistakes(page: Tab) -> None:
    page.replace(FIELD, "many")
    page.replace("roi-calculator input[name=investment]", "-5")
    page.press("Enter")
    wait_until(page, "document.activeElement.classList.contains('roi-error-summary')")
    links = page.evaluate(
        "return [...document.activeElement.querySelectorAll('a')].map((each) => each.textContent)"
    )
    assert links == [
        "A Requests resolved on social media: “many” is not a number. Write it like 1,234.5.",
        "C Investment in social media service: -5 is below the minimum of $0.",
    ]
    page.click(".roi-error-summary li:last-child a")
    wait_until(page, "document.activeElement.name === 'investment'")


def test_enter_before_python_is_ready_is_answered_when_it_is(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/two/")
    # In one go, so that Python cannot be there before.
    state = tab.evaluate(
        "return customElements.whenDefined('roi-calculator').then(() => {"
        f"const field = document.querySelector('{FIELD}'); field.value = 'many'; field.focus();"
        "field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}));"
        "return field.closest('roi-calculator').getAttribute('state'); })"
    )
    assert state == "loading"
    wait_until(tab, "document.activeElement.classList.contains('roi-error-summary')")
    assert "“many” is not a number" in str(
        tab.evaluate("return document.activeElement.textContent")
    )


@pytest.mark.parametrize(
    ("address", "net", "note"),
    [
        ("es", "€\u00a024.180", "1234: aquí «.» separa los miles."),
        ("spain", "24.180\u00a0€", "1234: aquí «.» separa los miles."),
        ("mexico", "\u2212$475", "1.234: aquí «.» separa los decimales."),
        ("pt", "R$\u00a024.180", "1.234: aqui “.” separa os milhares."),
    ],
)
def test_the_same_text_means_what_the_page_says_it_means(
    address: str, net: str, note: str, tab: Tab, site: Served
) -> None:
    tab.open(f"{site.url}/{address}/")
    wait_for_state(tab)
    tab.replace(FIELD, "1.234")
    shown = "document.querySelector('[data-output=net_saving]').textContent"
    wait_until(tab, f"{shown} === {json.dumps(net)}")
    assert str(tab.evaluate(f"return {NOTE}")).endswith(note)


def test_counts_of_a_survey_take_the_place_of_the_share(page: Tab) -> None:
    page.click("roi-calculator details:has([name=survey_yes]) summary")
    page.replace("roi-calculator input[name=survey_yes]", "54")
    page.replace("roi-calculator input[name=survey_answered]", "90")
    wait_for_output(page, "net_saving", "2500")
    note = "document.querySelector('[data-field=deflection_share] .roi-note').textContent"
    assert str(page.evaluate(f"return {note}")).startswith("Not used: the survey below gives 60%")
    said = page.evaluate("return document.querySelector('.roi-survey').textContent")
    assert "It needs 10% to pay: even the low end is enough." in str(said)
    page.replace("roi-calculator input[name=survey_yes]", "91")
    error = "document.querySelector('[data-field=survey_yes] .roi-error').textContent"
    wait_until(page, error)
    assert page.evaluate(f"return {error}") == "It can be at most 90, the number in “Answered”."


def test_a_half_given_pair_of_parts_opens_the_field_that_is_missing(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/two/")
    wait_for_state(tab)
    tab.click("roi-calculator details:has([name=staff_hours]) summary")
    tab.replace("roi-calculator input[name=staff_hours]", "10")
    tab.press("Enter")
    wait_until(tab, "document.querySelector('[data-field=hourly_rate] .roi-error').textContent")
    assert output(tab, "net_saving") == "1500"
    tab.replace("roi-calculator input[name=hourly_rate]", "20")
    wait_for_output(tab, "investment", "200")
