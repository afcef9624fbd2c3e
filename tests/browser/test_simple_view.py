"""The view that a calculator has by default: the answer on the first screen, the form below it."""

from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import languages
from support.sites import Served

GUIDE_LANGUAGES: Final = {"en": "", "es": "es/", "id": "id/"}
# As high as what is left of a telephone's page while its keyboard is up.
WITH_KEYBOARD: Final = (360, 360)
NARROW: Final = (320, 360, 480, 559)
WIDE: Final = (560, 600, 720)
LOWEST_TARGET: Final = 44

RECT = "(element) => element.getBoundingClientRect().toJSON()"
# What stands before the line that opens the rest, and can be reached by key.
CONTROLS = """(block) => {
  const all = [...block.querySelectorAll("input, select, button, a, summary")];
  const more = all.findIndex((each) => each.matches(".roi-more > summary"));
  return all.slice(0, more + 1).filter((each) => each.checkVisibility()).map((each) => {
    const target = each.matches("input") ? each.closest(".roi-control") : each;
    return [each.name || each.className || each.localName, target.getBoundingClientRect().height];
  });
}"""


def _sheets(page: Page) -> int:
    return page.pdf(format="A4").count(b"/Type /Page\n")


def _opened(browser: Browser, url: str, width: int, height: int, *, script: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=script
    )
    page = context.new_page()
    page.goto(url)
    return page


@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("tag", GUIDE_LANGUAGES)
def test_the_answer_and_three_fields_are_on_the_first_screen_of_a_telephone(
    tag: str, chromium: Browser, guide: Served, *, has_script: bool
) -> None:
    url = f"{guide.url}/{GUIDE_LANGUAGES[tag]}"
    page = _opened(chromium, url, 360, 640, script=has_script)
    block = page.locator("roi-calculator").first
    figure = block.locator(".roi-big").bounding_box()
    fields = [each.bounding_box() for each in block.locator(".roi-row:not([hidden]) input").all()]
    page.context.close()
    assert len(fields) == 3
    assert figure
    for box in (figure, *fields):
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 640


@pytest.mark.parametrize("tag", GUIDE_LANGUAGES)
def test_the_answer_stays_in_sight_while_one_types_and_covers_no_field(
    tag: str, chromium: Browser, guide: Served
) -> None:
    page = _opened(chromium, f"{guide.url}/{GUIDE_LANGUAGES[tag]}", *WITH_KEYBOARD)
    block = page.locator("roi-calculator").first
    for field in block.locator(".roi-row:not([hidden]) input").all():
        field.focus()
        before = block.locator(".roi-big").inner_text()
        field.fill("321")
        page.wait_for_function(
            "([block, before]) => block.querySelector('.roi-big').innerText !== before",
            arg=[block.element_handle(), before],
            timeout=90_000,
        )
        figure, typed = block.locator(".roi-big").bounding_box(), field.bounding_box()
        head = block.locator(".roi-head").bounding_box()
        assert figure
        assert typed
        assert head
        assert figure["y"] >= 0
        assert figure["y"] + figure["height"] <= WITH_KEYBOARD[1]
        assert typed["y"] >= head["y"] + head["height"]
        assert typed["y"] + typed["height"] <= WITH_KEYBOARD[1]
    page.context.close()


# The line that opens the rest, and the one with what takes the answer away and the site's name.
OVERPRINTED = """
() => {
  const text = document.createRange();
  text.selectNodeContents(document.querySelector(".roi-form > .roi-more > summary"));
  const one = text.getBoundingClientRect();
  const other = document.querySelector(".roi-home").getBoundingClientRect();
  return one.right > other.left && one.left < other.right
    && one.bottom > other.top && one.top < other.bottom;
}
"""


@pytest.mark.parametrize("name", [*CALCULATORS, "clv"])
def test_a_frame_is_as_low_as_an_article_has_room_for(
    name: str, chromium: Browser, guide: Served
) -> None:
    page = _opened(chromium, f"{guide.url}/", 360, 400)
    heights = {}
    for tag in languages():
        page.goto(f"{guide.url}/embed/{name}/{'' if tag == 'en' else f'{tag}/'}")
        for width in (*NARROW, *WIDE):
            page.set_viewport_size({"width": width, "height": 400})
            rect = page.locator(".roi-frame").evaluate(RECT)
            heights[tag, width] = rect["height"]
            wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wider <= 0, (tag, width)
            assert page.evaluate(OVERPRINTED) is False, (tag, width)
    page.context.close()
    assert {at: each for at, each in heights.items() if each > (480 if at[1] < 560 else 340)} == {}


@pytest.mark.parametrize("name", [*CALCULATORS, "clv"])
def test_four_controls_at_most_stand_before_the_line_that_opens_the_rest(
    name: str, chromium: Browser, guide: Served
) -> None:
    page = _opened(chromium, f"{guide.url}/embed/{name}/", 360, 600)
    page.wait_for_function("customElements.get('roi-calculator') !== undefined")
    controls = page.locator("roi-calculator").evaluate(CONTROLS)
    page.context.close()
    assert len(controls) <= 5, controls
    assert [each for each in controls if each[1] < LOWEST_TARGET] == []


def test_who_doubts_is_led_to_the_field_that_decides(chromium: Browser, guide: Served) -> None:
    page = _opened(chromium, f"{guide.url}/", 360, 780)
    block = page.locator("roi-calculator").first
    share = block.locator("input[name=deflection_share]")
    assert not share.is_visible()
    block.locator(".roi-open").click()
    assert share.is_visible()
    assert share.evaluate("(field) => field === document.activeElement")
    assert not block.locator(".roi-open").is_visible()
    share.fill("20")
    block.locator(".roi-loss").first.wait_for(timeout=90_000)
    said = block.locator(".roi-doubt").inner_text()
    page.context.close()
    assert said.startswith("Not yet. It pays if at least 25 of these 100 customers")
    assert said.endswith("you say 20.")


@pytest.mark.parametrize("name", CALCULATORS)
def test_an_answer_is_printed_on_one_sheet_with_its_working_and_its_doubts(
    name: str, chromium: Browser, site: Served
) -> None:
    page = _opened(chromium, f"{site.url}/", 720, 900)
    # The theme adds an empty sheet to every page.
    without = _sheets(page)
    page.goto(f"{site.url}/simple-{name}/")
    sheets = _sheets(page)
    page.emulate_media(media="print")
    for shown in (".roi-big", ".roi-detail", ".roi-working ol", ".roi-working .roi-sentence"):
        assert page.locator(shown).first.is_visible(), shown
    for away in (".roi-more > summary", ".roi-reset", ".roi-unsure"):
        assert not page.locator(away).first.is_visible(), away
    page.context.close()
    assert sheets == without
