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
from mkdocs_roi_calculator.embeds.embed import Embed
from mkdocs_roi_calculator.embeds.host_script import loader
from mkdocs_roi_calculator.embeds.oembed import HEIGHT
from mkdocs_roi_calculator.embeds.publisher import Publisher
from roi_calc.language.language import Language
from roi_calc.showing.form import has_amounts
from roi_calc.showing.html import anchor, element, markup

# What the script replaces: the page to embed with its wishes, what it is called in its language,
# and the height it has now.
ADDRESS: Final = "{address}"
TITLE: Final = "{title}"
SIZE: Final = "{height}"


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
    """Return the button and the dialog. page_url: where the calculator stands."""
    words, name = embed.answer.language.words, f"{anchor(embed.block.key)}-embed"
    numbers = embed.answer.language.numbers
    # Relative, as it is the same seen from the page in every other language.
    frame = _relative(f"{publisher.url}{embed.address}", page_url, publisher.url)
    return element(
        "roi-embed",
        element("button", words("embed.open"), type="button", class_="roi-embed-open"),
        element(
            "dialog",
            element("h2", words("embed.open"), id=f"{name}-title", class_="roi-embed-title"),
            element(
                "div",
                _choice(name, "kind", words("embed.kind"), list(_kinds(publisher, embed))),
                _checkbox(name, "pinned", words("embed.pinned")),
                _languages(name, publisher, embed),
                *_currencies(name, embed),
                _named(name, "theme", embed.answer.language),
                _checkbox(name, "values", words("embed.values")),
                _look(name, embed.answer.language),
                class_="roi-embed-options",
            ),
            element("label", words("embed.code"), for_=f"{name}-code"),
            element(
                "textarea",
                "",
                id=f"{name}-code",
                class_="roi-embed-code",
                readonly=True,
                rows=7,
                spellcheck="false",
                dir="ltr",
            ),
            element(
                "p",
                element("button", words("embed.copy"), type="button", class_="roi-embed-copy"),
                " ",
                element("button", words("embed.close"), type="button", class_="roi-embed-close"),
                " ",
                element(
                    "span",
                    role="status",
                    class_="roi-embed-said",
                    data_copied=words("embed.copied"),
                    data_not_copied=words("embed.not_copied"),
                    data_adjusted=words("embed.adjusted", shown="{shown}"),
                    data_left_out=words("embed.left_out"),
                ),
            ),
            element("p", words("embed.preview"), id=f"{name}-preview", class_="roi-embed-caption"),
            element("div", class_="roi-embed-preview", data_title=embed.heading),
            aria_labelledby=f"{name}-title",
        ),
        data_block=embed.block.key,
        lang=embed.answer.language.tag,
        dir=embed.answer.language.direction,
        data_frame=frame,
        data_height=HEIGHT,
        data_decimal=numbers.decimal,
        data_group=numbers.group,
        data_search_exclude=True,
    )


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
        "script": {
            "data_code": f"{markup(holder)}\n{markup(_script(publisher, loader().address))}",
            "data_pinned": f"{markup(holder)}\n{markup(_pinned_script(publisher))}",
        },
        "frame": {"data_code": markup(frame)},
        "address": {"data_code": ADDRESS},
        "link": {"data_code": markup(element("a", TITLE, href=ADDRESS))},
    }
    for kind, more in codes.items():
        yield _Option(kind, words(f"embed.kind.{kind}"), more)


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


def _look(name: str, language: Language) -> ET.Element:
    """Return the choices that few need, folded away."""
    words = language.words
    return element(
        "details",
        element("summary", words("embed.look")),
        _accent(name, language),
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
        class_="roi-embed-look",
    )


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


def _relative(target: str, page_url: str, root: str) -> str:
    """Return an address of the build as seen from a page of it."""
    depth = page_url.partition("#")[0].removeprefix(root).count("/")
    return "../" * depth + target.removeprefix(root)
