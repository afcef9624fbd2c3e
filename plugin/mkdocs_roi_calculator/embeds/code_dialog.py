"""What stands below a calculator that others can embed: a button, and a dialog with the codes.

The script fills in the address and copies; the words, and the codes with a place for the address,
are written here. What can be chosen is what an address can ask for.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypedDict
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from mkdocs_roi_calculator.delivery.scripts import browser_file
from mkdocs_roi_calculator.delivery.theme import DARK, LIGHT
from mkdocs_roi_calculator.embeds.embed import HEIGHTS, Embed
from mkdocs_roi_calculator.embeds.host_script import loader
from mkdocs_roi_calculator.embeds.publisher import Publisher
from roi_calc.language.language import Language
from roi_calc.showing.form import has_amounts
from roi_calc.showing.html import anchor, element, markup

# What the script replaces: the page to embed with its wishes, what it is called in its language,
# and the height of its view.
ADDRESS: Final = "{address}"
TITLE: Final = "{title}"
SIZE: Final = "{height}"
# The code that is shown first.
_USUAL: Final = "script"


class _Choice(TypedDict):
    """What can be chosen of a few: the values as they are offered, and the one without a wish."""

    values: list[str]
    default: str


class _Wishes(TypedDict):
    """What an address can ask for; browser/embed/wishes.js reads the same file."""

    choices: dict[str, _Choice]
    largest_radius: int


_WISHES: Final[_Wishes] = json.loads(browser_file("embed/wishes.json"))
_PAPERS: Final = {"auto": LIGHT["paper"], "light": LIGHT["paper"], "dark": DARK["paper"]}
# Nothing in an embed page downloads or opens a dialog of the browser's.
SANDBOX: Final = (
    "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox"
)


@dataclass(frozen=True)
class _Option:
    """One of a choice. more: attributes for the script."""

    value: str
    said: str
    more: dict[str, str]
    is_default: bool = False


def dialog(publisher: Publisher, embed: Embed, page_url: str) -> ET.Element:
    """Return the button and the dialog. page_url: where the calculator stands.

    First comes what a post will show, then one code and its button; what few need is folded away.
    """
    words, name = embed.answer.language.words, f"{anchor(embed.block.key)}-embed"
    numbers = embed.answer.language.numbers
    # Relative, as it is the same seen from the page in every other language.
    frame = relative(f"{publisher.url}{embed.address}", page_url, publisher.url)
    return element(
        "roi-embed",
        element("button", words("embed.open"), type="button", class_="roi-embed-open"),
        element(
            "dialog",
            element("h2", words("embed.open"), id=f"{name}-title", class_="roi-embed-title"),
            element(
                "div",
                element("p", words("embed.preview"), id=f"{name}-preview"),
                element("div", class_="roi-embed-preview", data_title=embed.heading),
                class_="roi-embed-shown",
            ),
            element(
                "div",
                element("label", words("embed.code"), for_=f"{name}-code"),
                element(
                    "textarea",
                    "",
                    id=f"{name}-code",
                    class_="roi-embed-code",
                    readonly=True,
                    rows=4,
                    spellcheck="false",
                    dir="ltr",
                ),
                _actions(embed.answer.language),
                _look(name, publisher, embed),
                _failed(name, publisher, embed),
                class_="roi-embed-taken",
            ),
            aria_labelledby=f"{name}-title",
            aria_describedby=f"{name}-preview",
        ),
        data_block=embed.block.key,
        lang=embed.answer.language.tag,
        dir=embed.answer.language.direction,
        data_frame=frame,
        data_decimal=numbers.decimal,
        data_group=numbers.group,
        data_search_exclude=True,
    )


def _actions(language: Language) -> ET.Element:
    """Return the buttons, with what is said after one of them."""
    words = language.words
    return element(
        "p",
        element("button", words("embed.copy"), type="button", class_="roi-embed-copy"),
        element(
            "span",
            role="status",
            class_="roi-embed-said",
            data_copied=words("embed.copied"),
            data_copied_address=words("embed.copied.address"),
            data_not_copied=words("embed.not_copied"),
            data_changed=words("embed.changed"),
            data_adjusted=words("embed.adjusted", shown="{shown}"),
            data_left_out=words("embed.left_out"),
        ),
        element("button", words("embed.close"), type="button", class_="roi-embed-close"),
        class_="roi-embed-actions",
    )


def _look(name: str, publisher: Publisher, embed: Embed) -> ET.Element:
    """Return the choices of what the calculator looks like, folded away."""
    language = embed.answer.language
    words = language.words
    return _fold(
        words("embed.look"),
        _views(name, embed),
        _languages(name, publisher, embed),
        *_currencies(name, embed),
        _named(name, "theme", language),
        _accent(name, language),
        _checkbox(name, "values", words("embed.values")),
        _named(name, "font", language),
        _named(name, "spacing", language),
        element(
            "p",
            element("label", words("embed.radius"), for_=f"{name}-radius"),
            " ",
            element(
                "input",
                id=f"{name}-radius",
                type="number",
                min=0,
                max=_WISHES["largest_radius"],
                data_option="radius",
            ),
        ),
    )


def _failed(name: str, publisher: Publisher, embed: Embed) -> ET.Element:
    """Return the choice of a code for blogs that do not take the first, folded away."""
    words = embed.answer.language.words
    kinds = element(
        "fieldset",
        element("legend", words("embed.kind")),
        *(
            _kind(name, each, words(f"embed.kind.{each.value}.note"))
            for each in _kinds(publisher, embed)
        ),
        class_="roi-embed-kinds",
    )
    return _fold(words("embed.failed"), kinds, _checkbox(name, "pinned", words("embed.pinned")))


def _kind(name: str, kind: _Option, note: str) -> ET.Element:
    chosen = element(
        "input",
        type="radio",
        name=f"{name}-kind",
        value=kind.value,
        checked=kind.is_default,
        data_option="kind",
        **kind.more,
    )
    return element("label", chosen, element("span", kind.said, element("small", note)))


def _fold(summary: str, *content: ET.Element) -> ET.Element:
    return element("details", element("summary", summary), *content, class_="roi-embed-fold")


def _kinds(publisher: Publisher, embed: Embed) -> Iterator[_Option]:
    """Yield the codes to paste, by kind, with places for what the script knows."""
    words = embed.answer.language.words
    holder = element(
        "div",
        element("a", TITLE, href=ADDRESS),
        data_roi_calculator=embed.id,
        data_title=TITLE,
        data_height=SIZE,
        style=f"min-height:{SIZE}px",
    )
    frame = element(
        "iframe",
        src=ADDRESS,
        title=TITLE,
        width="100%",
        height=SIZE,
        style="border:0",
        loading="lazy",
        referrerpolicy="strict-origin-when-cross-origin",
        sandbox=SANDBOX,
    )
    codes = {
        "address": {"data_code": ADDRESS},
        _USUAL: {
            "data_code": f"{markup(holder)}\n{markup(_script(publisher, loader().address))}",
            "data_pinned": f"{markup(holder)}\n{markup(_pinned_script(publisher))}",
        },
        "frame": {"data_code": markup(frame)},
        "link": {"data_code": markup(element("a", TITLE, href=ADDRESS))},
    }
    for kind, more in codes.items():
        yield _Option(kind, words(f"embed.kind.{kind}"), more, is_default=kind == _USUAL)


def _script(publisher: Publisher, address: str) -> ET.Element:
    script = element("script", src=urljoin(publisher.url, f"{publisher.up}{address}"))
    script.set("async", "async")
    return script


def _pinned_script(publisher: Publisher) -> ET.Element:
    """Return the script that browsers refuse if it is any other than today's."""
    script = _script(publisher, loader().pinned)
    script.set("integrity", loader().integrity)
    script.set("crossorigin", "anonymous")
    return script


def _views(name: str, embed: Embed) -> ET.Element:
    """Return the choice of how much is shown, with the height that each needs."""
    words, own = embed.answer.language.words, embed.block.settings.view
    options = [
        _Option(each, words(f"embed.view.{each}"), {"data_height": f"{height}"}, each == own)
        for each, height in HEIGHTS.items()
    ]
    return _choice(name, "view", words("embed.view"), options)


def _languages(name: str, publisher: Publisher, embed: Embed) -> ET.Element:
    """Return the choice of a language, with the page in each."""
    options = []
    for each in embed.versions:
        language = each.answer.language
        said = language.words("language.name")
        region = "" if language.tag == language.base else f" ({language.tag})"
        more = {"data_address": f"{publisher.url}{each.address}", "data_title": each.heading}
        options.append(_Option(language.tag, f"{said}{region}", {**more, "lang": language.tag}))
    return _choice(name, "language", embed.answer.language.words("embed.language"), options)


def _currencies(name: str, embed: Embed) -> Iterator[ET.Element]:
    """Yield the choice of a currency, to which the script adds the others; none without amounts."""
    if not has_amounts(embed.answer):
        return
    words, currency = embed.answer.language.words, embed.answer.currency
    own = _Option(currency, currency, {}, is_default=True)
    choice = _choice(name, "currency", words("embed.currency"), [own])
    note = f"{name}-currency-note"
    for select in choice.iter("select"):
        select.set("aria-describedby", note)
    choice.append(element("small", words("embed.currency.note"), id=note))
    yield choice


def _named(name: str, what: str, language: Language) -> ET.Element:
    """Return a choice of the wishes, whose values the catalogs name."""
    choice = _WISHES["choices"][what]
    options = [
        _Option(
            each,
            language.words(f"embed.{what}.{each}"),
            # What an accent has to be readable on.
            {"data_paper": _PAPERS[each]} if what == "theme" else {},
            each == choice["default"],
        )
        for each in choice["values"]
    ]
    return _choice(name, what, language.words(f"embed.{what}"), options)


def _choice(name: str, what: str, label: str, options: list[_Option]) -> ET.Element:
    return element(
        "p",
        element("label", label, for_=f"{name}-{what}"),
        " ",
        element(
            "select",
            *(
                element(
                    "option", each.said, value=each.value, selected=each.is_default, **each.more
                )
                for each in options
            ),
            id=f"{name}-{what}",
            data_option=what,
        ),
    )


def _accent(name: str, language: Language) -> ET.Element:
    return element(
        "p",
        _box(f"{name}-own", "own-accent"),
        " ",
        element("label", language.words("embed.accent"), for_=f"{name}-own"),
        " ",
        element(
            "input",
            id=f"{name}-accent",
            type="color",
            value=LIGHT["accent"],
            aria_label=language.words("embed.accent"),
            data_option="accent",
        ),
    )


def _checkbox(name: str, what: str, label: str) -> ET.Element:
    place = f"{name}-{what}"
    return element("p", _box(place, what), " ", element("label", label, for_=place))


def _box(name: str, what: str) -> ET.Element:
    return element("input", id=name, type="checkbox", data_option=what)


def relative(target: str, page_url: str, root: str) -> str:
    """Return an address of the build as seen from a page of it."""
    depth = page_url.partition("#")[0].removeprefix(root).count("/")
    return "../" * depth + target.removeprefix(root)
