"""One build for all languages: the first at the site's root, each other one in a folder of its own.

`mkdocs.yml` is the site in the first language, and `mkdocs.<language>.yml` inherits from it. These
hooks build the others behind the first, tell each page where it stands in the other languages, and
let all share the first one's assets. Why so: docs/decisions/three-languages.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

_ASSETS: Final = "assets/"
_HOME: Final = "index.md"
_Filter = Callable[[Context, str], str]

_AT_THE_ROOT: Final = frozenset({"404.html", "robots.txt"})
# What attr_list takes from the end of a heading, such as an anchor.
_ATTRIBUTES: Final = re.compile(r"\s*\{[^{}]*\}$")
# [our prices](../en/prices.md#phone), the way to another language that editors understand too.
_ACROSS: Final = re.compile(r"\]\(\.\./([a-z]{2})/([\w/-]+)\.md(#[\w-]+)?\)")


@dataclass(frozen=True)
class Site:
    """All languages, seen from the build of one of them.

    language: that of this build. names: each language's name in itself, the first at the root.
    docs: where the languages' folders are. root: the address of the whole site.
    """

    language: str
    names: Mapping[str, str]
    docs: Path
    root: str

    @property
    def first(self) -> str:
        """The language at the root."""
        return next(iter(self.names))

    @property
    def is_first(self) -> bool:
        """Whether this build is that of the language at the root."""
        return self.language == self.first

    def folder(self, language: str) -> str:
        """Return where a language lies below the root."""
        return "" if language == self.first else f"{language}/"

    def has(self, language: str, source: str) -> bool:
        """Tell whether a page, such as `month.md`, is there in a language."""
        return (self.docs / language / source).is_file()


@dataclass(frozen=True)
class Alternate:
    """A page in one language, for the templates.

    address, home: of the page and of the language's first page, relative to this build's root.
    url: the page's address on the web. is_translation: whether it is the page
    itself, and not just that language's home page. is_current: whether it is the page being built.
    """

    language: str
    name: str
    address: str
    home: str
    url: str
    is_translation: bool
    is_current: bool


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let a translation take the first language's navigation, with its own headings."""
    site = _site(config)
    config.extra["root"] = site.root
    if site.is_first:
        return config
    config.theme.static_templates -= _AT_THE_ROOT
    config.mdx_configs["toc"]["permalink_title"] = config.extra["permalink"]
    for option, name in zip(config.theme["palette"], config.extra["palette"], strict=True):
        option["toggle"]["name"] = name
    config.nav = list(_translated(config.nav or [], site, config.extra))
    return config


@event_priority(-300)  # behind the plugins that add files
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave the assets to the first language, where pages find them."""
    if not _site(config).is_first:
        for file in list(files):
            if file.dest_uri in _AT_THE_ROOT:
                files.remove(file)
            elif file.src_dir != config.docs_dir and file.dest_uri.startswith(_ASSETS):
                file.url = f"../{file.url}"
                file.inclusion = InclusionLevel.EXCLUDED
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG001 - MkDocs passes it by name
    """Name the home page, and let links to the first language follow the site wherever it is.

    MkDocs looks for the home page beside the sections only, and ours is the first page of one.
    """
    nav.homepage = next((page for page in nav.pages if page.file.src_uri == _HOME), None)
    root = _site(config).root
    for item in _items(nav.items):
        if isinstance(item, Link) and item.url.startswith(root):
            item.url = f"../{item.url.removeprefix(root)}"
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - as above
    """Let links to `../en/page.md` lead to the page of that language, and say its language."""
    site = _site(config)

    def link(found: re.Match[str]) -> str:
        language, name, anchor = found[1], found[2], found[3] or ""
        if language not in site.names or not site.has(language, f"{name}.md"):
            message = f"{page.file.src_uri}: {found[0][2:-1]!r} is no page of the site"
            raise PluginError(message)
        url = "" if name == "index" else f"{name}/"
        here = f"{site.folder(site.language)}{page.url}"
        address = get_relative_url(f"{site.folder(language)}{url}" or "./", here)
        return f"]({address}{anchor}){{ hreflang={language} }}"

    return _ACROSS.sub(link, markdown)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG001 - as above
    """Let templates ask where a page is in each language, and find assets in the first one."""
    site = _site(config)
    env.globals["alternates"] = lambda file: _alternates(site, file)
    if not site.is_first:
        env.filters["url"] = _from_the_root(site.folder(site.language), env.filters["url"])
        config.extra_css = [_up(path) for path in config.extra_css]
        for script in config.extra_javascript:
            if isinstance(script, ExtraScriptValue):
                script.path = _up(script.path)
    return env


def on_post_build(config: MkDocsConfig) -> None:
    """Build the other languages behind the first."""
    site = _site(config)
    if not site.is_first:
        return
    main = Path(config.config_file_path)
    for language in list(site.names)[1:]:
        translation = load_config(
            str(main.with_name(f"{main.stem}.{language}.yml")),
            site_dir=str(Path(config.site_dir, language)),
            site_url=f"{site.root}{language}/",
            strict=config.strict,
        )
        try:
            build(translation)
        finally:
            translation.plugins.on_shutdown()


def _site(config: MkDocsConfig) -> Site:
    folder = Path(config.docs_dir)
    names = {
        language: name
        for language, name in config.extra["languages"].items()
        # A language is there from the day its home page is.
        if (folder.parent / language / _HOME).is_file()
    }
    url = str(config.site_url)
    is_first = folder.name == next(iter(names))
    root = url if is_first else url.removesuffix(f"{folder.name}/")
    return Site(folder.name, names, folder.parent, root)


def _alternates(site: Site, file: File | None) -> list[Alternate]:
    """Return where a page is in each language; the home pages for what is no page, as 404.html."""
    alternates = []
    for language, name in site.names.items():
        is_translation = file is not None and site.has(language, file.src_uri)
        page = file.url.removeprefix("./") if file and is_translation else ""
        url = f"{site.folder(language)}{page}"
        up = "" if site.is_first else "../"
        alternates.append(
            Alternate(
                language=language,
                name=name,
                address=f"{up}{url}" or "./",
                home=f"{up}{site.folder(language)}" or "./",
                url=f"{site.root}{url}",
                is_translation=is_translation,
                is_current=language == site.language,
            )
        )
    return alternates


def _translated(
    nav: list[object], site: Site, words: Mapping[str, Mapping[str, str]]
) -> Iterator[object]:
    """Yield the first language's navigation in this one: pages under their own headings."""
    for item in nav:
        (title, target), *_ = cast("Mapping[str, object]", item).items()
        if isinstance(target, list):
            yield {words["sections"][title]: list(_translated(target, site, words))}
        elif site.has(site.language, str(target)):
            yield {_heading(site.docs / site.language / str(target)): target}
        else:
            url = str(target).removesuffix(".md").removesuffix("index")
            label = f"{title} ({words['in_first_language']})"
            yield {label: f"{site.root}{url}{'/' if url else ''}"}


def _heading(page: Path) -> str:
    """Return what a page's front matter says for the menu, or its first heading.

    Both are shorter than the title for search engines.
    """
    text = page.read_text("utf-8")
    found = re.search("^menu: (.+)$|^# (.+)$", text, flags=re.MULTILINE)
    if not found:
        message = f"{page} has no heading to stand in the navigation"
        raise PluginError(message)
    return found[1] or _ATTRIBUTES.sub("", found[2])


def _items(items: Iterable[StructureItem]) -> Iterator[StructureItem]:
    """Yield everything in a navigation, at every depth."""
    for item in items:
        yield item
        if isinstance(item, Section):
            yield from _items(item.children)


def _up(address: str) -> str:
    return f"../{address}" if address.startswith(_ASSETS) else address


def _from_the_root(folder: str, original: _Filter) -> _Filter:
    """Return the filter for addresses of a language in a folder, right for what is outside of it.

    MkDocs takes `../month/` on the page `month/` for that page itself.
    """

    @pass_context
    def url(context: Context, value: str) -> str:
        address = _up(value)
        if not address.startswith("../"):
            return original(context, value)
        target = address.removeprefix("../") or "./"
        return get_relative_url(target, f"{folder}{context['page'].url}")

    return url
