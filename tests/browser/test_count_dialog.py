"""Requests are counted from a file on the page: the file stays there, and A comes into the form."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page

from roi_calc.__main__ import main
from support.browsers import Tab, wait_until
from support.sites import ROOT, Served

FACTS: Final[Mapping[str, Any]] = tomllib.loads(
    (ROOT / "tests" / "counting" / "exports.toml").read_text("utf-8")
)
# One of each tool; the engine's own tests have every trap.
PRESETS: Final = {case["tool"]: case for case in reversed(FACTS["case"])}
BUTTON: Final = ".roi-count"
DIALOG: Final = ".roi-counts"
USE: Final = ".roi-count-use"
MARKED: Final = "7356241"
EXPORT: Final = f"""Id,Requester,Tags,Status,Via,Solved at,Reopens
{MARKED},a@x.test,service,Solved,X DM,2026-10-03 10:00,0
2,b@x.test,service vip,Closed,X DM,2026-10-04 10:00,0
3,c@x.test,sales,Solved,Mail,2026-10-05 10:00,0
4,d@x.test,,Open,X DM,,0
5,e@x.test,service,Solved,X DM,2026-10-06 10:00,2
"""
HOSTILE: Final = "<img src=x onerror=run()>"


def _file(text: str, name: str = "october.csv") -> FilePayload:
    return FilePayload(name=name, mimeType="text/csv", buffer=text.lstrip("\n").encode())


@pytest.fixture
def page(chromium: Browser, site: Served) -> Iterator[Page]:
    """A page with the worked month, by the clock of UTC."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, timezone_id="UTC", locale="en-US"
    )
    opened = context.new_page()
    opened.goto(f"{site.url}/simple-deflection/")
    opened.wait_for_function("customElements.get('roi-calculator') !== undefined")
    yield opened
    assert opened.evaluate("window.caughtErrors ?? []") == []
    context.close()


def _opened(page: Page) -> Locator:
    page.locator(".roi-more > summary").first.click()
    page.locator(BUTTON).first.click()
    dialog = page.locator(DIALOG)
    dialog.wait_for(timeout=90_000)
    return dialog


def _choose(dialog: Locator, text: str, name: str = "october.csv") -> None:
    dialog.locator("[name=file]").set_input_files(_file(text, name))
    dialog.locator("[data-part=heading]", has_text=name).wait_for(timeout=90_000)


def _left(dialog: Locator, step: str, number: str) -> None:
    """Wait until so many are left by a rule."""
    place = dialog.locator(f"[data-part='left.{step}'] strong")
    place.filter(has_text=number).wait_for()


def test_a_file_is_counted_and_a_comes_into_the_form(page: Page) -> None:
    dialog = _opened(page)
    assert not dialog.locator(USE).is_visible()
    _choose(dialog, EXPORT)
    _left(dialog, "not_reopened", "3")
    dialog.locator("[data-part='left.tags']").click()
    dialog.locator("[name=tags][value=service]").check()
    _left(dialog, "not_reopened", "2")
    assert dialog.locator("[data-part='taken.tags']").inner_text() == "Left out here: 2"
    dialog.locator("[data-part='left.not_reopened']").click()
    dialog.locator("[name=reopen_days]").fill("0")
    _left(dialog, "not_reopened", "3")
    assert dialog.locator("[name=tags][value=service]").is_checked()
    assert dialog.locator("[name=month]").input_value() == "2026-10"
    dialog.locator(USE).click()
    requests = page.locator("input[name=requests]")
    assert requests.input_value() == "3"
    assert requests.evaluate("(field) => field === document.activeElement")
    page.locator(".roi-big.roi-loss", has_text="$440").wait_for(timeout=90_000)
    assert dialog.count() == 0
    page.locator(".roi-take-away").click()
    line = "5 rows → 5 conversations → 3 resolved in 2026-10, tagged service"
    page.locator(".roi-away-preview .roi-memo-counted", has_text=line).wait_for()
    page.locator(".roi-away-preview td", has_text="october.csv · Zendesk").wait_for()


@pytest.mark.parametrize("tool", PRESETS)
def test_each_tools_trail_is_the_command_lines(
    tool: str, page: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = PRESETS[tool]
    dialog = _opened(page)
    dialog.locator("[name=file]").set_input_files(_file(case["text"], "export.csv"))
    dialog.locator("[data-part=columns] select").first.wait_for(state="attached", timeout=90_000)
    options = [*case.get("options", ())]
    if tool == "CSV":
        dialog.locator("[data-error=reading]", has_text="not those of a tool").wait_for()
        chosen = {"id": "Caso", "state": "Estado final", "resolved_at": "Fecha"}
        for role, header in chosen.items():
            dialog.locator(f"[name='column.{role}']").select_option(f"={header}")
        dialog.locator("[data-part=heading]", has_text="export.csv").wait_for()
        dialog.locator("[data-part='left.resolved']").click()
        dialog.locator("[name=state][value=Listo]").check()
        _left(dialog, "resolved", "4")
        options = [
            *("--id-column", "Caso", "--state-column", "Estado final"),
            *("--resolved-at-column", "Fecha", "--resolved", "Listo"),
        ]
    else:
        options = [each for each in options if each == "--group-messages"]
    if options == ["--group-messages"]:
        dialog.locator("[data-error=reading]", has_text="a row for each message").wait_for()
        dialog.locator("[name=group_messages]").check()
    dialog.locator("[data-part=heading]", has_text="export.csv").wait_for()
    export = tmp_path / "export.csv"
    export.write_text(case["text"].lstrip("\n"), "utf-8")
    month = dialog.locator("[name=month]").input_value()
    command = ["count", str(export), "--month", month, "--zone", "UTC", "--format", "json"]
    assert main([*command, *options]) == 0
    trail = json.loads(capsys.readouterr().out)
    shown = dialog.locator(".roi-count-trail summary > span").evaluate_all(
        "(all) => all.map(({children: [number, said]}) => [number, said].map((it) => it.innerText))"
    )
    assert shown == [[f"{step['left']}", step["said"]] for step in trail["steps"]]


def test_nothing_is_fetched_before_it_is_used_and_nothing_of_a_file_is_sent_or_kept(
    page: Page,
) -> None:
    page.locator("roi-calculator").first.scroll_into_view_if_needed()
    page.locator("input[name=requests]").focus()
    page.locator("roi-calculator[state=ready]").first.wait_for(timeout=90_000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data or ''}"))
    fetched = page.evaluate(
        "performance.getEntriesByType('resource').map(({name}) => name.split('/').at(-1))"
    )
    assert not {"count-dialog.js", "count.css", "handover.en.zip"} & set(fetched)
    dialog = _opened(page)
    _choose(dialog, EXPORT)
    # The files of another worker, and no more, whatever is counted from now on.
    before = len(asked)
    dialog.locator("[data-part='left.not_reopened']").click()
    dialog.locator("[name=reopen_days]").fill("1")
    dialog.locator("[data-part='left.not_reopened']", has_text="within 1 days").wait_for()
    dialog.locator(USE).click()
    page.wait_for_function("document.querySelector('input[name=requests]').value === '3'")
    assert asked[before:] == []
    assert not [each for each in asked if "x.test" in each or MARKED in each or "october" in each]
    kept = page.evaluate(
        "JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie])"
    )
    assert "x.test" not in kept
    assert MARKED not in kept


def test_what_is_in_a_file_and_its_name_stays_text(page: Page) -> None:
    dialog = _opened(page)
    text = f"Id,Status,Solved at,Via,{HOSTILE}\n1,Solved,2026-10-03,{HOSTILE},=cmd()\n"
    _choose(dialog, text, f"{HOSTILE}.csv".replace("/", ""))
    dialog.locator(".roi-count-reading > summary").click()
    assert dialog.locator("img").count() == 0
    assert dialog.locator("option", has_text=HOSTILE).count() >= 2
    dialog.locator("[data-part='left.channels']").click()
    dialog.locator("[name=channel]").check()
    dialog.locator("[data-part='left.channels']", has_text=f"on {HOSTILE}").wait_for()
    assert dialog.locator("img").count() == 0


def test_it_says_beside_it_what_is_wrong_and_counts_when_that_is_put_right(page: Page) -> None:
    dialog = _opened(page)
    either = "Id,Status,Solved at\n1,Solved,03/11/2026\n2,Solved,04/11/2026\n"
    dialog.locator("[name=file]").set_input_files(_file(either))
    wrong = dialog.locator("[data-error=day_first]")
    wrong.filter(has_text="may have the day or the month first").wait_for(timeout=90_000)
    assert wrong.is_visible()
    assert not dialog.locator(USE).is_visible()
    dialog.locator("[name=day_first]").select_option("month")
    dialog.locator("[data-part=result] strong", has_text="1").wait_for()
    assert wrong.inner_text() == ""
    dialog.locator("[data-part='left.not_reopened']").click()
    dialog.locator("[name=reopen_days]").fill("many")
    dialog.locator("[data-error=reopen_days]", has_text="from 0 to 366").wait_for()
    assert not dialog.locator(USE).is_visible()
    dialog.locator("[name=reopen_days]").fill("7")
    dialog.locator(USE).wait_for()
    dialog.locator("[name=file]").set_input_files(_file("PK\x03\x04", "book.xlsx"))
    dialog.locator("[data-error=file]", has_text="This is a workbook").wait_for()
    assert not dialog.locator(".roi-count-steps").is_visible()


def test_a_file_of_more_than_100_mb_is_refused_unread(page: Page, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(100_000_001)
    dialog = _opened(page)
    dialog.locator("[name=file]").set_input_files(large)
    dialog.locator("[data-error=file]", has_text="larger than 100 MB").wait_for(timeout=90_000)
    assert not dialog.locator(".roi-count-counted").is_visible()
    _choose(dialog, EXPORT)
    assert dialog.locator("[data-error=file]").inner_text() == ""


def test_a_count_is_given_up_and_the_form_answers_meanwhile(page: Page, tmp_path: Path) -> None:
    long = tmp_path / "long.csv"
    row = "{},a@x.test,service,Solved,X DM,2026-10-03 10:00,0\n"
    long.write_text(EXPORT + "".join(row.format(number) for number in range(400_000)), "utf-8")
    dialog = _opened(page)
    dialog.locator("[name=file]").set_input_files(long)
    stop = dialog.locator(".roi-count-stop")
    stop.wait_for()
    page.evaluate(
        """() => {
          const field = document.querySelector("input[name=requests]");
          field.value = "250";
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    page.locator(".roi-big", has_text="$4,500").first.wait_for(timeout=90_000)
    assert stop.is_visible()
    stop.click()
    dialog.locator(".roi-away-said", has_text="Stopped").wait_for()
    assert not stop.is_visible()
    _choose(dialog, EXPORT)
    _left(dialog, "not_reopened", "3")


def test_the_dialog_is_used_by_keyboard(page: Page) -> None:
    page.locator(".roi-more > summary").first.click()
    page.locator(BUTTON).first.focus()
    page.keyboard.press("Enter")
    dialog = page.locator(DIALOG)
    dialog.wait_for(timeout=90_000)
    assert page.evaluate("document.activeElement.name") == "file"
    _choose(dialog, EXPORT)
    dialog.locator(".roi-count-trail summary").last.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "reopen_days"
    page.keyboard.type("0")
    _left(dialog, "not_reopened", "4")
    assert page.evaluate("document.activeElement.name") == "reopen_days"
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.matches('.roi-count')")
    dialog.wait_for(state="detached")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialog_fits_a_telephone(scheme: str, chromium: Browser, site: Served) -> None:
    context = chromium.new_context(
        viewport={"width": 320, "height": 640},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(f"{site.url}/es/")
    page.locator(BUTTON).first.click()
    dialog = page.locator(DIALOG)
    dialog.wait_for(timeout=90_000)
    _choose(dialog, EXPORT, f"{'octubre-' * 8}.csv")
    dialog.evaluate("(it) => it.querySelectorAll('details').forEach((each) => (each.open = true))")
    wider = dialog.evaluate("(each) => each.scrollWidth - each.clientWidth")
    low = dialog.locator("button, input:not([type=checkbox]), select, summary").evaluate_all(
        "(all) => all.filter((each) => each.checkVisibility()"
        " && each.getBoundingClientRect().height < 44).map((each) => each.outerHTML)"
    )
    context.close()
    assert wider <= 0
    assert low == []


def test_every_browser_counts_a_file(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/parts/")
    wait_until(tab, "customElements.get('roi-calculator') !== undefined")
    tab.click(BUTTON)
    wait_until(tab, f"document.querySelector('{DIALOG}') !== null", 90)
    tab.evaluate(
        f"""
        const chosen = new DataTransfer();
        chosen.items.add(new File([{json.dumps(EXPORT)}], "october.csv"));
        const field = document.querySelector("{DIALOG} [name=file]");
        field.files = chosen.files;
        field.dispatchEvent(new Event("change", {{ bubbles: true }}));
        """
    )
    wait_until(tab, f"!document.querySelector('{USE}').hidden", 90)
    tab.click(USE)
    wait_until(tab, "document.querySelector('input[name=requests]').value === '3'")


CALLS: Final = """who,when
A@x.test,2026-10-05 08:00
nobody@x.test,2026-10-05 09:00
b@x.test,2026-10-30 09:00
"""


def test_calls_give_r_and_some_opened_by_hand_a_range(page: Page) -> None:
    dialog = _opened(page)
    _choose(dialog, EXPORT)
    dialog.locator(".roi-count-calls > summary").click()
    dialog.locator("[name=calls]").set_input_files(_file(CALLS, "calls.csv"))
    dialog.locator("[data-error=calls]", has_text="Name it: Who called").wait_for()
    assert not dialog.locator(USE).is_visible()
    dialog.locator("[name=calls_customer]").select_option("=who")
    dialog.locator("[data-error=calls]", has_text="Name it: When they called").wait_for()
    dialog.locator("[name=calls_time]").select_option("=when")
    dialog.locator("[data-part=repeat]", has_text="within 7 days: r = 33.3% of 3").wait_for()
    dialog.locator("[name=call_days]").fill("30")
    dialog.locator("[data-part=repeat]", has_text="r = 66.7% of 3").wait_for()
    dialog.locator(".roi-count-sample > summary").click()
    assert sorted(dialog.locator("[data-part=sample] li").all_inner_texts()) == ["2", "3", MARKED]
    dialog.locator("[name=wrong]").fill("1")
    dialog.locator("[data-part=result]", has_text="2= A").wait_for()
    assert "1 of 3 were wrong: A is 2" in dialog.locator("[data-part=by_hand]").inner_text()
    dialog.locator(USE).click()
    form = page.locator("roi-calculator").first
    fields = {
        name: form.locator(f"[name='{name}']").input_value()
        for name in ("requests", "requests.low", "requests.high", "repeat_share", "period")
    }
    assert fields == {
        "requests": "2",
        "requests.low": "1",
        "requests.high": "3",
        "repeat_share": "66.7",
        "period": "month",
    }
    page.locator(".roi-hinges", has_text="of 10,000").or_(
        page.locator(".roi-loss")
    ).first.wait_for()
