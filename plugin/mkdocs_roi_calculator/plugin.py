"""The MkDocs plugin: registers the extension, publishes the browser's files, watches the Python.

No logic of its own: what a block becomes is decided by the extension, which works without it.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from mkdocs_roi_calculator.reloading import PACKAGES, forget_changed_python
from mkdocs_roi_calculator.settings.extension_options import (
    EXTENSION,
    ExtensionOptions,
    extension_options,
)

if TYPE_CHECKING:
    from mkdocs_roi_calculator.embeds.build import Embedding
    from mkdocs_roi_calculator.settings.settings import SettingError

# What the extension is not told.
_OURS: Final = ("pyodide", "embed")


class RoiCalculatorConfig(Config):  # type: ignore[no-untyped-call] # MkDocs' metaclass
    """What `mkdocs.yml` can say under the plugin; empty means the product's own default."""

    calculator = config_options.Type(str, default="")
    currency = config_options.Type(str, default="")
    language = config_options.Type(str, default="")
    view = config_options.Type(str, default="")
    boot = config_options.Type(str, default="")
    pyodide = config_options.Type(str, default="cdn")
    calculators = config_options.ListOfItems(config_options.Type(str), default=[])
    links = config_options.DictOfItems(config_options.Type(str), default={})
    embed = config_options.Type(object, default=False)  # read by embeds/build.py

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """Refuse what is no option: MkDocs itself says neither where it is nor what there is."""
        from mkdocs_roi_calculator.settings.config_file import place_of  # noqa: PLC0415
        from roi_calc.reading.for_authors import nearest  # noqa: PLC0415

        failed, warnings = super().validate()
        known = [key for key, _ in self._schema]
        for key in (each for each in self if each not in known):
            message = (
                f"{place_of(self.config_file_path, key)}: roi-calculator: unknown option {key!r}; "
                f"expected one of {', '.join(known)}{nearest(key, known)}"
            )
            failed.append((key, ValidationError(message)))
        return failed, [(key, warning) for key, warning in warnings if key in known]


class RoiCalculatorPlugin(BasePlugin[RoiCalculatorConfig]):  # type: ignore[no-untyped-call] # as above
    """The hooks, in the order in which a build calls them."""

    def __init__(self) -> None:
        self._staging: tempfile.TemporaryDirectory[str] | None = None
        self._files: dict[str, bytes] = {}
        self._sources = ""
        self._embedding: Embedding | None = None
        self._assets = ""
        self._addresses: set[str] = set()
        self._live_pages: set[str] = set()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the extension, which pages have script and style from; twice changes nothing."""
        self._sources = forget_changed_python(self._sources)
        # Imported here, and not above, so that a rebuild after a change runs the changed code.
        from mkdocs_roi_calculator.delivery import own_python  # noqa: PLC0415
        from mkdocs_roi_calculator.delivery import published_files as assets  # noqa: PLC0415
        from mkdocs_roi_calculator.embeds import build as embedding  # noqa: PLC0415
        from mkdocs_roi_calculator.settings import own_calculators, settings  # noqa: PLC0415

        try:
            options = self._extension_options(config)
            own = options.calculators
            calculators = own_calculators.site_calculators(own)
            site_wide = {key: value for key, value in options.items() if key in settings.SITE_KEYS}
            settings.resolve(settings.layer_from(site_wide), calculators=calculators)
            extras = own_python.published_files(own), own_python.published_words(own)
            pyodide = str(options.get("pyodide") or self.config.pyodide)
            site = assets.site_assets(pyodide, *extras)
            self._assets = site.folder
            self._embedding = None
            wishes = embedding.read_options(self.config.embed)
            if wishes is not None:
                self._embedding = embedding.Embedding(config, site, site_wide, calculators, wishes)
        except settings.SettingError as error:
            raise _refused(config, error) from error
        if EXTENSION not in config.markdown_extensions:
            config.markdown_extensions.append(EXTENSION)
        config.mdx_configs[EXTENSION] = self._extension_options(config)
        self._files = {**site.files, **(self._embedding.loader if self._embedding else {})}
        return config

    @event_priority(-200)  # behind those that leave files out, or change what is in them
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Publish the browser's files, as files of the disk: other plugins expect no other kind."""
        self._publish(self._files, files, config)
        return files

    def on_pre_page(self, page: Page, /, *, config: MkDocsConfig, files: Files) -> Page:  # noqa: ARG002 - MkDocs passes all by name
        """Let the page's blocks speak its language: sites of several change it between pages."""
        options = self._extension_options(config, str(getattr(page.file, "locale", "")))
        config.mdx_configs[EXTENSION] = options
        return page

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002 - as above
        """Refuse live values in titles of `nav`: they have no page to ask."""
        from mkdocs_roi_calculator.blocks import finding as prose  # noqa: PLC0415
        from mkdocs_roi_calculator.settings import config_file  # noqa: PLC0415

        for title in filter(prose.has_live, _titles(config.nav)):
            message = (
                f"{config_file.place_of_text(config.config_file_path, title)}: roi-calculator: "
                f"nav: {title!r}; a title here can have no live value, so expected none: without "
                "one the page's own heading stands there, with its values"
            )
            raise PluginError(message)
        return nav

    def on_page_content(
        self,
        html: str,
        /,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002 - as above
        files: Files,  # noqa: ARG002
    ) -> str:
        """Keep in mind which pages bring their script: a later plugin may hide what they have."""
        from mkdocs_roi_calculator.delivery import page_assets  # noqa: PLC0415

        if page_assets.brings_script(html, self._assets):
            self._live_pages.add(page.file.src_uri)
        return html

    @event_priority(-100)  # behind those that move addresses
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Publish the pages that others embed: by now every block is known, and every plugin."""
        from mkdocs_roi_calculator.blocks.searched import show_search_words  # noqa: PLC0415
        from mkdocs_roi_calculator.settings import settings  # noqa: PLC0415

        show_search_words(config.plugins)

        if self._embedding is not None:
            try:
                made = self._embedding.files(config, files)
            except settings.SettingError as error:
                raise _refused(config, error) from error
            self._publish(made, files, config)
        self._addresses = {file.dest_uri for file in files}
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002 - MkDocs passes it by name
        """Have pages bring their style first, and say that others can embed what is on them."""
        from mkdocs_roi_calculator.delivery import page_assets  # noqa: PLC0415

        if page.file.src_uri in self._live_pages:
            up = get_relative_url(self._assets, page.url)
            output = page_assets.with_script(output, self._assets, up)
        styled = page_assets.with_style_first(output, self._assets)
        return styled if self._embedding is None else self._embedding.announced(styled, page)

    @event_priority(-100)  # behind those that write pages by themselves
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Have pages that are put together of others' content find what that content brings."""
        from mkdocs_roi_calculator.delivery import page_assets  # noqa: PLC0415

        site = Path(config.site_dir)
        for file in site.rglob("*.html"):
            address = file.relative_to(site).as_posix()
            if address in self._addresses or self._assets.encode() not in file.read_bytes():
                continue
            html = file.read_text("utf-8")
            moved = page_assets.from_here(html, self._assets, "../" * address.count("/"))
            file.write_text(moved, "utf-8")

    def on_serve(
        self,
        server: LiveReloadServer,
        /,
        *,
        config: MkDocsConfig,
        builder: Callable[..., object],  # noqa: ARG002 - MkDocs passes both by name
    ) -> LiveReloadServer:
        """Rebuild when the calculators or the browser's files change."""
        for package in PACKAGES:
            server.watch(str(resources.files(package)))
        for path in self._extension_options(config).calculators:
            # The folder, because a catalog may come to stand there.
            server.watch(str(Path(path).parent), recursive=False)
        return server

    def on_shutdown(self) -> None:
        """Remove the staged files."""
        if self._staging is not None:
            self._staging.cleanup()

    def _publish(self, made: Mapping[str, bytes], files: Files, config: MkDocsConfig) -> None:
        """Add files by address, unless the site has one there."""
        from mkdocs_roi_calculator.delivery import published_files as assets  # noqa: PLC0415

        if self._staging is None:
            self._staging = tempfile.TemporaryDirectory(prefix="roi-calculator-")
        assets.write(made, Path(self._staging.name))
        for address in made:
            if files.get_file_from_path(address) is None:
                files.append(
                    File(
                        address,
                        self._staging.name,
                        config.site_dir,
                        use_directory_urls=config.use_directory_urls,
                        # Whatever `exclude_docs` says, which is about the docs folder.
                        inclusion=InclusionLevel.INCLUDED,
                    )
                )

    def _extension_options(self, config: MkDocsConfig, locale: str = "") -> ExtensionOptions:
        """Return what the extension is told; locale: the language of the page's file, if known."""
        from mkdocs_roi_calculator.blocks.site import ASSETS, NAMED_BLOCKS  # noqa: PLC0415

        made: dict[str, object] = {}
        if self._assets:
            made[ASSETS] = self._assets
        if self._embedding is not None:
            made[NAMED_BLOCKS] = self._embedding.named_blocks
        told = {key: value for key, value in self.config.items() if key not in _OURS}
        return extension_options(config, self, told | made, locale)


def _refused(config: MkDocsConfig, error: "SettingError") -> PluginError:
    """Return what stops the build for a setting in the site's configuration."""
    from mkdocs_roi_calculator.settings.config_file import place_of  # noqa: PLC0415

    place = place_of(config.config_file_path, *error.key)
    return PluginError(f"{place}: roi-calculator: {error}")


def _titles(nav: object) -> Iterator[str]:
    """Yield the titles in a site's `nav`, at any depth."""
    for item in nav if isinstance(nav, list) else []:
        for title, below in item.items() if isinstance(item, dict) else ():
            yield str(title)
            yield from _titles(below)
