"""What files of different languages must agree on, where it cannot stand in one of them."""

import json
import re
from collections.abc import Mapping, Sequence
from types import NoneType, UnionType
from typing import Final, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from mkdocs_roi_calculator.delivery.scripts import browser_file
from mkdocs_roi_calculator.embeds.code_dialog import SANDBOX
from mkdocs_roi_calculator.embeds.embed import HEIGHTS
from mkdocs_roi_calculator.settings.settings import SHOW_CALCULATOR, SHOW_OPTIONS, SHOWN
from roi_calc import browser
from roi_calc.handover import opening
from roi_calc.showing.reference_tables import REFERENCES
from roi_calc.showing.views import VIEWS

HOST: Final = browser_file("embed/host.v1.js")
WISHES: Final = json.loads(browser_file("embed/wishes.json"))
CHOICES: Final = WISHES["choices"]
THEME: Final = json.loads(browser_file("theme.json"))
STYLES: Final = (
    "calculator/calculator.css",
    "embed/page.css",
    "embed/button.css",
    "embed/code-dialog.css",
)


def test_blogs_can_wish_in_an_attribute_for_what_an_address_can_ask_for() -> None:
    (names,) = re.findall(r"\^data-\(\?:\(([\w|]+)\)", HOST)
    assert set(names.split("|")) == {
        *CHOICES,
        "accent",
        "radius",
        "language",
        "view",
        "currency",
    }


def test_an_address_can_ask_for_every_view_that_there_is_and_each_has_a_height() -> None:
    assert tuple(WISHES["views"]) == VIEWS == tuple(HEIGHTS)


def test_a_block_can_show_every_table_that_there_is_and_no_other() -> None:
    assert set(SHOWN) - {SHOW_CALCULATOR, SHOW_OPTIONS} == {*REFERENCES}


def test_a_style_has_every_choice_that_is_not_the_usual_one_and_no_other() -> None:
    styled = re.findall(r'\[data-(\w+)="(\w+)"\]', browser_file("embed/page.css"))
    choices = {(name, each) for name, choice in CHOICES.items() for each in choice["values"]}
    usual = {(name, choice["default"]) for name, choice in CHOICES.items()}
    # A light page is what a page is that is not made dark.
    assert set(styled) == choices - usual - {("theme", "light")}


def test_the_dialog_writes_every_choice_into_the_address() -> None:
    (names,) = re.findall(r"for \(const name of \[(.*?)\]\)", browser_file("embed/code-dialog.js"))
    assert set(json.loads(f"[{names}]")) == {*CHOICES, "view", "currency"}


def test_both_frames_may_do_the_same() -> None:
    (words,) = re.findall(r'SANDBOX =\s+"([^"]+)";', HOST)
    assert words == SANDBOX


@pytest.mark.parametrize("place", STYLES)
def test_a_style_has_no_color_but_those_that_the_picture_and_the_dialog_have(place: str) -> None:
    found = 0
    for line in browser_file(place).splitlines():
        colors = re.findall(r"#[0-9a-f]+\b", line)
        if not colors or "@supports" in line:
            continue
        (name,) = re.findall(r"--_?(?:roi-)?(ink|paper|accent|gain|loss|error)\b[:,]", line)[:1]
        light, dark = THEME["light"][name], THEME["dark"][name]
        assert colors in ([light], [dark], [light, dark]), line
        found += 1
    assert found


def test_a_style_mixes_the_shades_that_the_picture_has() -> None:
    style = browser_file("calculator/calculator.css")
    for name, share in THEME["shades"].items():
        mixed = re.search(
            rf"(?:\.roi-{name}\b[^{{}}]*{{\s*(?:fill|stroke)|--_{name}): "
            r"color-mix\(in srgb, var\(--_text\) (\d+)%, transparent\)",
            style,
        )
        assert mixed, name
        assert int(mixed[1]) == share, name


_WORDS: Final[Mapping[object, str]] = {
    str: "string",
    bool: "boolean",
    int: "number",
    float: "number",
    NoneType: "undefined",
}
_Members = dict[str, tuple[str, bool]]


def _said_in_python(kind: type) -> _Members:
    hints = get_type_hints(kind)
    optional: frozenset[str] = kind.__optional_keys__  # type: ignore[attr-defined]
    return {name: (_in_javascript(hint), name in optional) for name, hint in hints.items()}


def _in_javascript(hint: object) -> str:
    """Return how JSDoc writes a type of plain data."""
    origin, parts = get_origin(hint), [_in_javascript(each) for each in get_args(hint)]
    if origin is UnionType:
        return " | ".join(parts)
    if origin in {dict, Mapping}:
        return f"Record<{', '.join(parts)}>"
    if origin in {list, Sequence}:
        return f"({parts[0]})[]" if " " in parts[0] else f"{parts[0]}[]"
    if is_typeddict(hint):
        return str(getattr(hint, "__name__", ""))
    return _WORDS[hint]


def _said_in_javascript(name: str) -> _Members:
    """Return a type of protocol.js with what it is made of."""
    for comment in re.findall(r"/\*\*(.*?)\*/", browser_file("python/protocol.js"), re.DOTALL):
        text = " ".join(re.sub(r"^\s*\*", "", comment, flags=re.MULTILINE).split())
        found = re.search(rf"@typedef \{{(.*)\}} {name}\b", text)
        if not found:
            continue
        members: _Members = {}
        for base in re.findall(r"(\w+) &", found[1]):
            members |= _said_in_javascript(base)
        for inner, mark, said in re.findall(r"(\w+)(\??): ((?:[^,{}<]|<[^>]*>)+)", found[1]):
            members[inner] = (said, mark == "?")
        for said, inner, left_out in re.findall(r"@property \{(.*?)\} (?:(\w+)|\[(\w+)\])", text):
            members[inner or left_out] = (said, not inner)
        return {
            each: (re.sub("true|false", "boolean", said), o) for each, (said, o) in members.items()
        }
    raise AssertionError(name)


@pytest.mark.parametrize(
    "kind",
    [
        browser.Form,
        browser.Earlier,
        browser.Request,
        browser.Suggested,
        browser.FieldError,
        browser.FormTexts,
        browser.Answered,
        browser.Refused,
        opening.Linked,
    ],
)
def test_page_and_python_say_the_same_to_each_other(kind: type) -> None:
    assert _said_in_javascript(kind.__name__) == _said_in_python(kind)
