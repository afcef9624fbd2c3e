"""What a reader takes to the boss: the dialog behind the link, the sheet, and the copies."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Locator, Page

from mkdocs_roi_calculator.delivery.published_files import MEMO_STYLE
from mkdocs_roi_calculator.delivery.scripts import style
from roi_calc.answering.answer import Answer, answer_to
from roi_calc.calculators import CALCULATORS
from roi_calc.handover.memo import Typed, memo
from roi_calc.handover.memo_html import memo_html
from roi_calc.handover.memo_markdown import memo_markdown
from roi_calc.handover.workbook import workbook
from roi_calc.language.language import language, languages
from roi_calc.language.number_format import NEUTRAL
from roi_calc.reading.inputs import read_inputs
from support.sites import Served

LINK: Final = ".roi-take-away"
DIALOG: Final = ".roi-away"
ASK: Final = "Keep two posts until June: $2,200 a month from January."
HOSTILE: Final = "<img src=x onerror=run()><b>&amp;</b>"
# Room for every part: as long as a line may be.
LINE: Final = "as much as there is room for in one line of a page that somebody reads in a minute"
COPIED: Final = """async () => {
  const [item] = await navigator.clipboard.read();
  const text = async (type) => (await item.getType(type)).text();
  return [await text("text/html"), await text("text/plain")];
}"""


def _answer(name: str, tag: str, **texts: str) -> Answer:
    calculator = CALCULATORS[name]
    given = read_inputs(calculator, texts, NEUTRAL, "USD")
    return answer_to(calculator, given, language(tag), "USD")


def _filled(name: str, tag: str) -> Answer:
    """Return an answer with a range for each input that may have one, so with every part."""
    calculator = CALCULATORS[name]
    ranged = [
        each
        for each in calculator.leading
        if calculator.quantities[each].may_range and calculator.defaults[each]
    ]
    texts = {
        each: f"{round(value * 0.9, 2):g}..{value:g}..{round(value * 1.1, 2):g}"
        for each in ranged
        if isinstance(value := calculator.defaults[each], int | float)
    }
    return _answer(name, tag, **texts)


def _sheets(page: Page, paper: str = "A4") -> int:
    return page.pdf(format=paper).count(b"/Type /Page\n")


@pytest.fixture
def page(chromium: Browser, site: Served) -> Iterator[Page]:
    """A page with the worked month, on which answers can be copied and requests are kept."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    opened = context.new_page()
    opened.goto(f"{site.url}/simple-deflection/")
    yield opened
    errors = opened.evaluate("window.caughtErrors ?? []")
    # What a theme's observer is told when a page is printed.
    assert [each for each in errors if not each.startswith("ResizeObserver")] == []
    context.close()


def _begun(page: Page) -> None:
    """Wait until the link opens the dialog; before that it leads to the example's memo."""
    page.wait_for_function("customElements.get('roi-calculator') !== undefined")


def _opened(page: Page) -> Locator:
    _begun(page)
    page.locator(LINK).first.click()
    dialog = page.locator(DIALOG)
    dialog.wait_for(timeout=90_000)
    return dialog


def _said(page: Page, text: str) -> None:
    page.locator(".roi-away-preview", has_text=text).wait_for()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("tag", languages())
def test_a_memo_with_every_part_is_one_sheet(tag: str, paper: str, chromium: Browser) -> None:
    page = chromium.new_page()
    sheets = {}
    for name in CALCULATORS:
        answer = _filled(name, tag)
        typed = Typed(
            title=LINE,
            period="2026-11",
            team="Customer service",
            author="A. Person",
            date="2026-11-29",
            ask=f"{LINE} {LINE}",
            left_out=LINE,
            counted=LINE,
            address=f"https://guide.example/roi/month/#{'x' * 60}",
            sources=dict.fromkeys(list(answer.calculator.quantities)[:8], LINE),
        )
        css = f"{style([MEMO_STYLE])} body {{margin: 0; page: roi-memo}}"
        page.set_content(f"<style>{css}</style>{memo_html(memo(answer, typed))}")
        sheets[name] = _sheets(page, paper)
    page.close()
    assert {name: each for name, each in sheets.items() if each != 1} == {}


def test_the_memo_is_what_the_command_line_writes_and_is_copied_in_two_forms(page: Page) -> None:
    page.locator("input[name=requests]").fill("250")
    dialog = _opened(page)
    typed: dict[str, Any] = {
        "title": "Social care",
        "team": "Riverbend",
        "ask": ASK,
        "left_out": "Set-up.",
    }
    for name, text in typed.items():
        dialog.locator(f"[name={name}]").fill(text)
    dialog.locator("[name='source.requests']").fill("Export of November")
    dialog.locator("[name='grade.requests']").select_option("count")
    _said(page, "own count")
    dialog.locator(".roi-away-copy").click()
    page.locator(".roi-away-said", has_text="Copied").wait_for()
    html, markdown = page.evaluate(COPIED)
    made = memo(
        _answer("deflection", "en", requests="250"),
        Typed(
            **typed,
            date=page.evaluate("new Date().toLocaleDateString('sv')"),
            address=page.url,
            sources={"requests": "Export of November"},
            grades={"requests": "count"},
            entered=frozenset({"requests"}),
        ),
    )
    assert markdown == memo_markdown(made)
    assert ASK in html
    assert "<table" in html
    assert page.locator(".roi-away-preview").inner_html() == memo_html(made)


def test_only_the_memo_is_printed_and_the_file_has_its_name(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.locator("h1", has_text="deflection").first.is_visible()
    page.emulate_media(media="null")
    title = page.title()
    dialog = _opened(page)
    dialog.locator("[name=title]").fill("Social care")
    dialog.locator("[name=period]").fill("November")
    _said(page, "Social care: November")
    assert page.title() == "Social care: November"
    assert _sheets(page) == 1
    page.emulate_media(media="print")
    shown = page.locator("body > *").evaluate_all(
        "(all) => all.filter((each) => each.checkVisibility()).map((each) => each.className)"
    )
    page.emulate_media(media="null")
    page.keyboard.press("Escape")
    assert shown == ["roi-away-sheet"]
    page.wait_for_function("(title) => document.title === title", arg=title)
    assert page.locator(".roi-away-sheet").count() == 0


def test_a_memo_that_is_made_after_its_dialog_was_left_names_no_page(page: Page) -> None:
    title = page.title()
    dialog = _opened(page)
    dialog.locator("[name=title]").fill("Too late")
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    # Python answers in turn: this comes after the memo.
    page.locator("input[name=requests]").fill("250")
    page.locator(".roi-big", has_text="$4,500").first.wait_for(timeout=90_000)
    assert page.title() == title


def test_the_dialog_is_used_by_keyboard_and_loses_nothing(page: Page) -> None:
    _begun(page)
    page.locator(LINK).focus()
    page.keyboard.press("Enter")
    dialog = page.locator(DIALOG)
    dialog.wait_for(timeout=90_000)
    assert page.locator(".roi-away-print").evaluate("(it) => it === document.activeElement")
    for _ in range(6):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "title"
    page.keyboard.type("By key")
    _said(page, "By key")
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert page.locator(LINK).evaluate("(link) => link === document.activeElement")
    again = _opened(page)
    assert again.locator("[name=title]").input_value() == "By key"
    _said(page, "By key")


def test_nothing_is_fetched_before_the_link_is_used_and_nothing_typed_is_sent(page: Page) -> None:
    page.locator("input[name=requests]").fill("98765")
    page.locator("roi-calculator[state=ready]").first.wait_for(timeout=90_000)
    page.locator(".roi-big", has_text="$1,974,800").first.wait_for()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data or ''}"))
    assert (
        page.evaluate(
            "performance.getEntriesByType('resource')"
            ".filter(({name}) => /handover/.test(name)).length"
        )
        == 0
    )
    dialog = _opened(page)
    first = len(asked)
    dialog.locator("[name=title]").fill("Kept to myself")
    _said(page, "Kept to myself")
    dialog.locator(".roi-away-copy").click()
    page.locator(".roi-away-said", has_text="Copied").wait_for()
    assert asked[first:] == []
    names = sorted(each.partition(" ")[0].rpartition("/")[2] for each in asked)
    assert names == [
        "blocks.js",
        "clipboard.js",
        "dialog.css",
        "dialog.js",
        "fetching.js",
        "fields.js",
        "handover.en.zip",
        "months.js",
        "one-at-a-time.js",
        "packs.js",
        "saving.js",
        "typed.js",
    ]
    assert not [each for each in asked if "98765" in each]


def test_what_is_typed_stays_text(page: Page) -> None:
    dialog = _opened(page)
    for name in ("title", "ask", "left_out"):
        dialog.locator(f"[name={name}]").fill(HOSTILE)
    dialog.locator("[name='source.requests']").fill(HOSTILE)
    page.locator(".roi-away-preview td", has_text=HOSTILE).wait_for()
    assert page.locator(".roi-away-preview :is(img, b)").count() == 0
    assert page.title() == HOSTILE
    page.keyboard.press("Escape")


def test_it_says_beside_the_link_what_did_not_come_and_what_is_wrong(page: Page) -> None:
    page.route("**/handover.en.zip", lambda route: route.abort())
    _begun(page)
    page.locator(LINK).click()
    page.locator(".roi-away-failed", has_text="could not be loaded").wait_for(timeout=90_000)
    page.unroute("**/handover.en.zip")
    page.locator("input[name=requests]").fill("many")
    page.locator(LINK).click()
    page.locator(".roi-away-failed", has_text="“many” is not a number").wait_for()
    page.locator("input[name=requests]").fill("100")
    assert _opened(page).is_visible()
    page.evaluate("window.caughtErrors.length = 0")  # the browser tells of what was aborted


@pytest.mark.parametrize(("place", "tag"), [("", "en"), ("es/", "es"), ("id/", "id")])
def test_without_script_the_link_leads_to_the_memo_of_the_example_on_one_sheet(
    place: str, tag: str, chromium: Browser, guide: Served
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{guide.url}/{place}month/")
    page.locator(LINK).first.click()
    page.wait_for_url("**/memo/**")
    assert page.locator("html").get_attribute("lang") == tag
    figures = page.locator(".roi-memo-figures").inner_text()
    sheets = _sheets(page)
    assert page.locator("script").count() == 0
    context.close()
    assert "300" in figures
    assert sheets == 1


@pytest.mark.parametrize("tag", languages())
def test_the_memo_of_every_calculator_is_published_in_every_language_on_one_sheet(
    tag: str, chromium: Browser, guide: Served
) -> None:
    page = chromium.new_page()
    sheets = {}
    for name in CALCULATORS:
        page.goto(f"{guide.url}/memo/{name}/{'' if tag == 'en' else f'{tag}/'}")
        assert page.locator("html").get_attribute("lang") == tag
        sheets[name] = _sheets(page)
    page.close()
    assert set(sheets.values()) == {1}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialog_fits_a_telephone(scheme: str, chromium: Browser, site: Served) -> None:
    context = chromium.new_context(
        viewport={"width": 360, "height": 640},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(f"{site.url}/simple-programme/")
    dialog = _opened(page)
    wider = dialog.evaluate("(each) => each.scrollWidth - each.clientWidth")
    low = dialog.locator(
        "button, :is(input, select, textarea):not([type=checkbox]), label:has(input)"
    ).evaluate_all("(all) => all.filter((each) => each.getBoundingClientRect().height < 44).length")
    context.close()
    assert wider <= 0
    assert low == 0


def test_a_reader_saves_the_workbook_and_copies_a_link_that_opens_the_same(page: Page) -> None:
    page.locator("input[name=requests]").fill("250")
    dialog = _opened(page)
    dialog.locator("[name=team]").fill("Riverbend")
    _said(page, "Riverbend")
    with page.expect_download() as saving:
        dialog.locator(".roi-away-workbook").click()
    assert saving.value.suggested_filename == "What-answering-on-social-media-is-worth.xlsx"
    address = page.url
    typed = Typed(
        team="Riverbend",
        date=page.evaluate("new Date().toLocaleDateString('sv')"),
        address=address,
        entered=frozenset({"requests"}),
    )
    saved = Path(saving.value.path()).read_bytes()
    assert saved == workbook(_answer("deflection", "en", requests="250"), typed)
    page.locator(".roi-away-said", has_text="Saved").wait_for()
    dialog.locator(".roi-away-link").click()
    page.locator(".roi-away-said", has_text="Copied").wait_for()
    _, link = page.evaluate(COPIED)
    assert link == f"{address}#deflection&requests=250&currency=USD&v=1"
    page.goto("about:blank")
    page.goto(link)
    page.locator(".roi-big", has_text="$4,500").first.wait_for(timeout=90_000)
    assert page.locator("input[name=requests]").input_value() == "250"


def test_what_was_written_is_in_the_link_only_if_its_reader_wants_that(
    page: Page, chromium: Browser
) -> None:
    page.locator("input[name=requests]").fill("250")
    dialog = _opened(page)
    dialog.locator("[name=ask]").fill(HOSTILE)
    dialog.locator(".roi-away-link").click()
    page.locator(".roi-away-said", has_text="Copied").wait_for()
    assert "notes=" not in page.evaluate(COPIED)[1]
    dialog.locator(".roi-months > summary").click()
    dialog.locator("[name='plan.requests']").fill("430")
    dialog.locator("[name='actual.requests']").fill("418")
    dialog.get_by_label("Put what I wrote into the link too").check()
    page.wait_for_function("!document.querySelector('.roi-away-said').textContent")
    dialog.locator(".roi-away-link").click()
    page.locator(".roi-away-said", has_text="Copied").wait_for()
    _, link = page.evaluate(COPIED)
    assert "&notes=" in link
    other = chromium.new_context()
    theirs = other.new_page()
    theirs.goto(link)
    theirs.locator(".roi-link-said", has_text="What they wrote").wait_for(timeout=90_000)
    assert _opened(theirs).locator("[name=ask]").input_value() == HOSTILE
    assert not theirs.locator("[name=in_link]").is_checked()
    assert theirs.locator("[name='actual.requests']").input_value() == "418"
    theirs.keyboard.press("Escape")
    theirs.locator(".roi-link-back").click()
    again = _opened(theirs)
    assert again.locator("[name=ask]").input_value() == ""
    assert again.locator("[name='actual.requests']").input_value() == ""
    other.close()
