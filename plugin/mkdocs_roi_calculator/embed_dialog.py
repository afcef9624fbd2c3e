"""What stands below a calculator that others can embed: a button, and a dialog with the codes.

The script fills in the address and copies; the words, and the codes with a place for the address,
are written here.
"""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from mkdocs_roi_calculator.embed import HEIGHT, Embed, Publisher
from mkdocs_roi_calculator.loader import loader
from roi_calc.html import element, markup
from roi_calc.text import Language

# What the script replaces: the page to embed with its wishes, and the height it has now.
ADDRESS: Final = "{address}"
SIZE: Final = "{height}"
THEMES: Final = ("auto", "light", "dark")


def dialog(publisher: Publisher, embed: Embed, page_url: str) -> ET.Element:
    """Return the button and the dialog. page_url: where the calculator stands."""
    words, name = embed.answer.language.words, f"{embed.html_id}-embed"
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
                _choice(
                    f"{name}-kind",
                    words("embed.kind"),
                    [(kind, words(f"embed.kind.{kind}"), code) for kind, code in _codes(embed)],
                    "kind",
                ),
                _choice(
                    f"{name}-theme",
                    words("embed.theme"),
                    [(theme, words(f"embed.theme.{theme}"), "") for theme in THEMES],
                    "theme",
                ),
                _languages(f"{name}-language", embed.answer.language),
                _accent(f"{name}-accent", embed.answer.language),
                _checkbox(f"{name}-values", words("embed.values"), "values"),
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
        for_=embed.html_id,
        lang=embed.answer.language.tag,
        dir=embed.answer.language.direction,
        data_frame=frame,
        data_address=f"{publisher.url}{embed.address}",
        data_loader=urljoin(publisher.url, f"{publisher.up}{loader().address}"),
        data_height=HEIGHT,
        data_decimal=numbers.decimal,
        data_group=numbers.group,
        data_search_exclude=True,
    )


def _codes(embed: Embed) -> Iterator[tuple[str, str]]:
    """Yield the codes to paste, by kind, with places for what the script knows."""
    link = element("a", embed.heading, href=ADDRESS)
    holder = element(
        "div",
        link,
        data_roi_calculator=embed.id,
        data_title=embed.heading,
        data_height=SIZE,
        style=f"min-height:{SIZE}px",
    )
    script = element("script", src="{loader}")
    script.set("async", "async")
    yield "script", f"{markup(holder)}\n{markup(script)}"
    frame = element(
        "iframe",
        src=ADDRESS,
        title=embed.heading,
        width="100%",
        height=SIZE,
        style="border:0",
        loading="lazy",
        referrerpolicy="strict-origin-when-cross-origin",
        sandbox="allow-scripts allow-same-origin allow-forms allow-popups "
        "allow-popups-to-escape-sandbox",
    )
    yield "frame", markup(frame)
    yield "address", ADDRESS
    yield "link", markup(element("a", embed.heading, href=embed.home))


def _choice(name: str, label: str, options: list[tuple[str, str, str]], what: str) -> ET.Element:
    return element(
        "p",
        element("label", label, for_=name),
        " ",
        element(
            "select",
            *(element("option", said, value=each, data_code=code) for each, said, code in options),
            id=name,
            data_option=what,
        ),
    )


def _languages(name: str, language: Language) -> ET.Element:
    """Return the choice of a language, hidden until there is another one."""
    words = language.words
    choice = _choice(name, words("embed.language"), [(language.tag, language.tag, "")], "language")
    choice.set("hidden", "hidden")
    return choice


def _accent(name: str, language: Language) -> ET.Element:
    return element(
        "p",
        _box(f"{name}-own", "own-accent"),
        " ",
        element("label", language.words("embed.accent"), for_=f"{name}-own"),
        " ",
        element(
            "input",
            id=name,
            type="color",
            value="#0b57d0",
            aria_label=language.words("embed.accent"),
            data_option="accent",
        ),
    )


def _checkbox(name: str, label: str, what: str) -> ET.Element:
    return element("p", _box(name, what), " ", element("label", label, for_=name))


def _box(name: str, what: str) -> ET.Element:
    return element("input", id=name, type="checkbox", data_option=what)


def _relative(target: str, page_url: str, root: str) -> str:
    """Return an address of the build as seen from a page of it."""
    depth = page_url.partition("#")[0].removeprefix(root).count("/")
    return "../" * depth + target.removeprefix(root)
