"""What the plugin tells the extension: the theme's language, the plugin's options, the author's.

The last one wins. This is settings of two places put together, for one that knows neither.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast

from mkdocs.config.defaults import MkDocsConfig

EXTENSION: Final = "roi_calculator"
_OWN_CALCULATORS: Final = "calculators"


class ExtensionOptions(dict[str, object]):
    """The extension's options with the plugin's filled in; the author's are kept beside them.

    owner: the plugin that filled them in; a site may list it twice, and on_config may run twice.
    """

    def __init__(self, author: dict[str, object], ours: dict[str, object], owner: object) -> None:
        super().__init__(ours | author)
        self.author = author
        self.owner = owner

    @property
    def calculators(self) -> list[str]:
        """The paths of the site's own calculators."""
        return list(map(str, cast("list[object]", self.get(_OWN_CALCULATORS) or [])))


def extension_options(
    config: MkDocsConfig, owner: object, options: Mapping[str, object], locale: str = ""
) -> ExtensionOptions:
    """Return the extension's options for a site.

    options: the plugin's, with what it made for the extension; empty ones say nothing. locale: the
    language of the page's file where a plugin, such as static-i18n, knows it.
    """
    given = config.mdx_configs.get(EXTENSION) or {}
    author, earlier = given, {}
    if isinstance(given, ExtensionOptions):
        author = given.author
        earlier = {} if given.owner is owner else given
    own = {key: value for key, value in options.items() if value}
    if paths := own.get(_OWN_CALCULATORS):
        beside = Path(config.config_file_path or ".").parent.resolve()
        own[_OWN_CALCULATORS] = [str(beside / str(path)) for path in cast("list[object]", paths)]
    theme = str(config.theme.get("language") or config.theme.get("locale") or "")
    known = _known_language(locale) or _known_language(theme)
    return ExtensionOptions(author, ({"language": known} if known else {}) | earlier | own, owner)


def _known_language(tag: str) -> str:
    """Return a language if there are words for it; empty otherwise."""
    # Imported here, and not above, so that a rebuild after a change runs the changed code.
    from roi_calc.language.language import UnknownLanguageError, language  # noqa: PLC0415

    try:
        return language(tag).tag
    except UnknownLanguageError:
        return ""
