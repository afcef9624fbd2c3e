"""The guide in a folder of its own, with small translations, and what its built pages say."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from support.sites import ROOT, run_tool

ADDRESS: Final = "https://guide.example/roi/"
_PAGE: Final = "---\ndescription: {name} ({language}).\n---\n\n# {name} ({language})\n\n"
# What mkdocs.yml links calculators to, and a home page.
_TRANSLATED: Final = (
    "index",
    "month",
    "goals",
    "satisfaction",
    "response-time",
    "handling-time",
    "data-points/wage",
)
_BLOCK: Final = "```roi-calculator\n```\n"


def write_guide(folder: Path, translations: Mapping[str, str] | None = None) -> Path:
    """Copy the guide's sources to a folder; return the folder.

    translations: instead of the real ones, texts by their place, such as `es/month.md`.
    """
    for file in (*ROOT.glob("mkdocs*.yml"), ROOT / "CHANGELOG.md"):
        shutil.copy(file, folder)
    translated = shutil.ignore_patterns("es", "id") if translations is not None else None
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=translated)
    for name, text in (translations or {}).items():
        page = folder / "docs" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, "utf-8")
    return folder


def small_translations() -> dict[str, str]:
    """Return a few pages in Spanish and Indonesian, with a calculator and a link to English."""
    texts = {
        f"{language}/{name}.md": _PAGE.format(name=name, language=language)
        for language in ("es", "id")
        for name in _TRANSLATED
    }
    for language in ("es", "id"):
        texts[f"{language}/data-points/wage.md"] += "## Rate { #calculator }\n"
    texts["es/goals.md"] += "| | Number |\n|---|---|\n| A | 1 |\n"
    for language in ("es", "id"):
        texts[f"{language}/month.md"] += "## Steps { #steps }\n\n### One\n\nText.\n\n"
    texts["es/month.md"] += f"{_BLOCK}\n[nginx](../en/self-hosting.md#nginx) (en inglés)\n"
    texts["id/month.md"] += _BLOCK
    return texts


def build_guide(folder: Path, address: str = ADDRESS) -> Path:
    """Build the guide in a folder; return the built site. AssertionError with what went wrong.

    address: where it is published, of which browsers compare the path.
    """
    built = run_tool(
        "mkdocs",
        "build",
        "--strict",
        cwd=folder,
        environment={"SITE_URL": address, "ROI_CALCULATOR_PYODIDE": "self"},
    )
    assert built.returncode == 0, built.stderr
    return folder / "build" / "site"


def mistake_in(folder: Path, language: str) -> str:
    """Build a translation alone, with a mistake in it; return what its build ends with."""
    built = run_tool("mkdocs", "build", "--strict", "-f", f"mkdocs.{language}.yml", cwd=folder)
    assert built.returncode != 0
    return built.stderr


@dataclass
class Tag:
    """An element: its name, its attributes and the text in it."""

    name: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class BuiltPage:
    """A built page. path: where it lies in the site, such as `es/month/index.html`."""

    path: str
    tags: list[Tag] = field(default_factory=list)

    def all(self, tag_name: str, /, **attributes: str) -> list[Tag]:
        """Return the elements of a name whose attributes have these words."""
        return [
            tag
            for tag in self.tags
            if tag.name == tag_name
            and all(
                value in tag.attributes.get(key, "").split() for key, value in attributes.items()
            )
        ]

    def content(self, name: str) -> str:
        """Return what the one `meta` of a name or property says."""
        (tag,) = self.all("meta", name=name) or self.all("meta", property=name)
        return tag.attributes["content"]

    @property
    def address(self) -> str:
        """Return the address at which the page is published."""
        return ADDRESS + self.path.removesuffix("index.html")


def pages_of(site: Path) -> Iterator[BuiltPage]:
    """Yield every page for readers: not what others embed or print, nor what says "not found"."""
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        if path != "404.html" and not {"embed", "memo"} & {*file.relative_to(site).parts}:
            yield read_page(site, path)


def read_page(site: Path, path: str) -> BuiltPage:
    """Return a page of a built site."""
    parser = _Parser(BuiltPage(path))
    parser.feed((site / path).read_text("utf-8"))
    return parser.page


class _Parser(HTMLParser):
    """Notes every element, and its text as far as its first child."""

    def __init__(self, page: BuiltPage) -> None:
        super().__init__()
        self.page = page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.tags.append(Tag(tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.page.tags:
            self.page.tags[-1].text += data
