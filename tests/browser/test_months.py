"""Months in the dialog: planned and actual, typed, saved, opened again, and kept in the tab."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, Page

from roi_calc.calculators.deflection import DEFLECTION
from roi_calc.months.file import opened, written
from roi_calc.months.month import Figures
from roi_calc.months.table import Entered, Table
from support.browsers import Tab, wait_until
from support.sites import ROOT, Served
from support.spreadsheets import opened as opened_workbook

RIVERBEND: Final = {
    "requests": "400",
    "cost_per_request": "12",
    "investment": "2200",
    "deflection_share": "60",
    "repeat_share": "10",
}
TODAY: Final = Figures(400, 2200, 0.6, 0.1, 12)
FEBRUARY: Final = Entered("February", {"requests": 430}, {"requests": 418})
MARCH: Final = Entered("March", {"requests": 460}, {"requests": 472})
SAID: Final = "$77.76 below plan, all of it because 12 fewer requests were resolved."
AXE: Final = ROOT / "node_modules" / "axe-core" / "axe.min.js"
HOSTILE: Final = "<img src=x onerror=run()>"


@pytest.fixture
def page(chromium: Browser, site: Served) -> Iterator[Page]:
    """A page with the numbers of Riverbend."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    opened_page = context.new_page()
    opened_page.goto(f"{site.url}/deflection/")
    opened_page.wait_for_function("customElements.get('roi-calculator') !== undefined")
    opened_page.locator(".roi-fold, details").evaluate_all(
        "(all) => all.forEach((each) => { each.open = true; })"
    )
    for name, text in RIVERBEND.items():
        opened_page.locator(f"roi-calculator input[name={name}]").first.fill(text)
    yield opened_page
    assert opened_page.evaluate("window.caughtErrors ?? []") == []
    context.close()


def _opened(page: Page) -> Locator:
    """Return the part of the dialog, opened."""
    # Before the script is there, the link leads to the memo of the example.
    page.wait_for_function("customElements.get('roi-calculator') !== undefined")
    page.locator(".roi-take-away").first.click()
    section = page.locator(".roi-months")
    section.wait_for(timeout=90_000)
    if section.get_attribute("open") is None:
        section.locator("> summary").click()
    return section


def _month(section: Locator, number: int) -> Locator:
    return section.locator("tbody").nth(number)


def _type(section: Locator, number: int, **texts: str) -> None:
    month = _month(section, number)
    month.wait_for()
    for name, text in texts.items():
        month.locator(f"[name='{name.replace('_of_', '.')}']").fill(text)


def _say(section: Locator, number: int, text: str) -> None:
    _month(section, number).locator(".roi-month-said", has_text=text).wait_for()


def _saved(page: Page, section: Locator) -> Table:
    with page.expect_download() as saving:
        section.locator(".roi-months-save").click()
    assert saving.value.suggested_filename == "months.json"
    return opened(Path(saving.value.path()).read_text("utf-8"))


def _choose(section: Locator, content: str | bytes) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    section.locator(".roi-months-file").set_input_files(
        {"name": "months.json", "mimeType": "application/json", "buffer": data}
    )


def test_each_month_is_answered_at_once_and_kept_in_the_tab(page: Page) -> None:
    section = _opened(page)
    _type(section, 0, month="February", plan_of_requests="430", actual_of_requests="418")
    _say(section, 0, SAID)
    shown = _month(section, 0).locator(".roi-months-figure")
    assert shown.all_inner_texts() == ["$586", "$509", "$509"]
    section.locator(".roi-months-add").click()
    _type(section, 1, month="March", plan_of_requests="460", actual_of_requests="472")
    _say(section, 1, "$77.76 above plan")
    together = section.locator(".roi-months-together")
    assert together.inner_text() == "All these months together: as planned."
    # What stands for an empty field is seen in it.
    field = _month(section, 1).locator("[name='actual.investment']")
    assert field.get_attribute("placeholder") == "2200"
    page.keyboard.press("Escape")
    page.reload()
    again = _opened(page)
    assert _month(again, 0).locator("[name=month]").input_value() == "February"
    assert _month(again, 1).locator("[name='actual.requests']").input_value() == "472"


def test_what_is_saved_is_opened_again_and_stands_in_the_workbook(page: Page) -> None:
    section = _opened(page)
    _type(section, 0, month="February", plan_of_requests="430", actual_of_requests="418")
    _say(section, 0, SAID)
    assert _saved(page, section) == Table(DEFLECTION, "USD", TODAY, [FEBRUARY])
    assert section.locator(".roi-months-said").inner_text().startswith("Saved")
    _choose(section, written(Table(DEFLECTION, "USD", TODAY, [MARCH, FEBRUARY])))
    _say(section, 1, SAID)
    assert section.locator(".roi-months-said").inner_text() == "Opened: 2 months."
    with page.expect_download() as saving:
        page.locator(".roi-away-workbook").click()
    sheet = opened_workbook(Path(saving.value.path()).read_bytes(), values=True)["Months"]
    assert [sheet.cell(row, 1).value for row in (5, 6)] == ["March", "February"]
    assert sheet.cell(6, 16).value == pytest.approx(-77.76)
    # What stood here before is one step away.
    section.locator(".roi-months-undo").click()
    page.wait_for_function("document.querySelectorAll('.roi-months tbody').length === 1")
    assert _month(section, 0).locator("[name=month]").input_value() == "February"


def test_a_file_of_other_numbers_keeps_its_plan(page: Page) -> None:
    section = _opened(page)
    other = Figures(400, 2000, 0.6, 0.1, 12)
    _choose(section, written(Table(DEFLECTION, "USD", other, [FEBRUARY])))
    _say(section, 0, SAID)
    assert _month(section, 0).locator("[name='plan.investment']").input_value() == "2000"
    assert "so what its plan left empty was filled in" in section.inner_text()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "This file is no text in UTF-8."),
        (b"", "Line 1 of the file is not JSON."),
        (b"[" * 1000, "This is no file of months"),
        (b"x" * 600_000, "This file is longer than the 100,000 characters"),
        (
            written(Table(DEFLECTION, "EUR", TODAY, [FEBRUARY])).encode(),
            "The file is in EUR, and the form in USD. Choose EUR in the form",
        ),
        (
            written(Table(DEFLECTION, "USD", TODAY, [FEBRUARY])).replace("418", '"a"').encode(),
            "“months[0].actual.requests” in the file is “a”; expected is a number",
        ),
    ],
)
def test_a_file_that_is_none_is_refused_and_nothing_typed_is_lost(
    content: bytes, said: str, page: Page
) -> None:
    section = _opened(page)
    _type(section, 0, month="Mine", actual_of_requests="410")
    _choose(section, content)
    section.locator(".roi-months-said", has_text=said).wait_for()
    assert _month(section, 0).locator("[name=month]").input_value() == "Mine"
    assert section.locator("tbody").count() == 1


def test_the_link_has_the_months_that_were_typed_last(page: Page, site: Served) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    section = _opened(page)
    page.locator(".roi-away [name=in_link]").check()
    _type(section, 0, month="February", plan_of_requests="430", actual_of_requests="418")
    page.locator(".roi-away-link").click()
    page.locator(".roi-away-said", has_text="Copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    page.evaluate("sessionStorage.clear()")
    page.goto("about:blank")
    page.goto(link)
    page.locator(".roi-link-notice").first.wait_for(timeout=90_000)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    theirs = _opened(page)
    _say(theirs, 0, SAID)
    assert _month(theirs, 0).locator("[name=month]").input_value() == "February"


def test_what_cannot_be_used_is_said_at_its_field_and_saved_nowhere(page: Page) -> None:
    section = _opened(page)
    _type(section, 0, month="February", plan_of_requests="many")
    field = _month(section, 0).locator("[name='plan.requests']")
    _month(section, 0).locator(".roi-months-error", has_text="“many” is not a number").wait_for()
    assert field.get_attribute("aria-invalid") == "true"
    section.locator(".roi-months-save").click()
    wrong = "February, Requests, plan: “many” is not a number."
    section.locator(".roi-months-said", has_text=wrong).wait_for()
    page.locator(".roi-away-workbook").click()
    page.locator(".roi-away-said", has_text=wrong).wait_for()
    assert field.input_value() == "many"
    field.fill("430")
    _say(section, 0, "Not over yet")
    assert field.get_attribute("aria-invalid") is None


def test_names_stay_text(page: Page) -> None:
    section = _opened(page)
    _type(section, 0, month=HOSTILE, actual_of_requests="418")
    _say(section, 0, "above plan")
    section.locator(".roi-months-add").click()
    _month(section, 1).wait_for()
    assert section.locator("img").count() == 0
    assert _month(section, 0).locator("[name=month]").input_value() == HOSTILE
    key = page.evaluate("Object.keys(sessionStorage).find((key) => /months/.test(key))")
    page.evaluate(
        "([key, text]) => sessionStorage.setItem(key, text)",
        [key, json.dumps([{"month": HOSTILE, "x": HOSTILE}, 3, {"month": {}}])],
    )
    page.keyboard.press("Escape")
    page.reload()
    again = _opened(page)
    assert again.locator("tbody").count() == 1
    assert again.locator("img").count() == 0


def test_a_month_is_added_and_removed_by_keyboard_and_fields_say_whose_they_are(page: Page) -> None:
    section = _opened(page)
    _type(section, 0, month="February")
    section.locator(".roi-months-add").focus()
    page.keyboard.press("Enter")
    _month(section, 1).wait_for()
    page.wait_for_function("document.activeElement.id.endsWith('month-1-month')")
    page.keyboard.type("March")
    page.keyboard.press("Tab")
    page.keyboard.type("460")
    section.get_by_role("textbox", name="Requests, plan March").wait_for()
    section.get_by_role("button", name="Remove February").press("Enter")
    section.get_by_role("textbox", name="Requests, plan March").wait_for()
    page.wait_for_function("document.querySelectorAll('.roi-months tbody').length === 1")
    assert page.locator(".roi-months-undo").evaluate("(it) => it === document.activeElement")
    page.keyboard.press("Enter")
    section.get_by_role("textbox", name="Requests, plan February").wait_for()


def test_only_months_are_compared_and_only_where_they_are_declared(
    page: Page, site: Served
) -> None:
    page.locator("roi-calculator select[name=period]").first.select_option("week")
    section = _opened(page)
    assert "choose “month” in the form" in section.inner_text()
    assert section.locator("input").count() == 0
    page.keyboard.press("Escape")
    page.goto(f"{site.url}/simple-retention/")
    page.wait_for_function("customElements.get('roi-calculator') !== undefined")
    page.locator(".roi-take-away").first.click()
    page.locator(".roi-away").wait_for(timeout=90_000)
    assert page.locator(".roi-months").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "dark")])
def test_axe_finds_nothing_wrong_with_months(
    width: int, scheme: str, chromium: Browser, site: Served
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 640},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(f"{site.url}/simple-deflection/")
    section = _opened(page)
    _type(section, 0, month="February", plan_of_requests="many")
    _month(section, 0).locator(".roi-months-error", has_text="is not a number").wait_for()
    _month(section, 0).locator("details > summary").click()
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "() => axe.run('.roi-months').then(({ violations }) => violations.flatMap("
        "({ id, nodes }) => nodes.map(({ html, failureSummary }) =>"
        " `${id}: ${html}: ${failureSummary}`)))"
    )
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 360])
def test_months_are_blocks_on_a_telephone(width: int, chromium: Browser, site: Served) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 640})
    page = context.new_page()
    page.goto(f"{site.url}/simple-deflection/")
    section = _opened(page)
    _type(section, 0, month="February", actual_of_requests="418")
    _say(section, 0, "above plan")
    wider = page.locator(".roi-away").evaluate("(each) => each.scrollWidth - each.clientWidth")
    low = section.locator("button:visible, input:visible").evaluate_all(
        "(all) => all.filter((each) => each.getBoundingClientRect().height < 44).length"
    )
    unseen = section.locator("tr:first-child .roi-months-label").evaluate_all(
        "(all) => all.filter((each) => each.getBoundingClientRect().width < 20).length"
    )
    context.close()
    assert (wider, low, unseen) == (0, 0, 0)


def test_months_are_compared_in_every_browser(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/simple-deflection/")
    wait_until(tab, "customElements.get('roi-calculator')")
    tab.click(".roi-take-away")
    wait_until(tab, "document.querySelector('.roi-away[open] .roi-months')")
    tab.click(".roi-months > summary")
    tab.replace(".roi-months [name=month]", "February")
    tab.replace(".roi-months [name='plan.requests']", "100")
    tab.replace(".roi-months [name='actual.requests']", "88")
    wait_until(
        tab,
        "document.querySelector('.roi-month-said').textContent === "
        "'$240 below plan, all of it because 12 fewer requests were resolved.'",
    )
    tab.click(".roi-months-add")
    wait_until(tab, "document.activeElement.id.endsWith('month-1-month')")
    assert tab.errors == []
