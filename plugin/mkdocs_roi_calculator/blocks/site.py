"""What the whole site says: the options of the extension."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from mkdocs_roi_calculator.blocks.named_blocks import NamedBlocks
from mkdocs_roi_calculator.blocks.source_page import PageContext
from mkdocs_roi_calculator.delivery.own_python import publish
from mkdocs_roi_calculator.delivery.pyodide_release import CDN
from mkdocs_roi_calculator.settings.own_calculators import OPTION, site_calculators
from mkdocs_roi_calculator.settings.settings import SITE_KEYS, Layer, layer_from
from roi_calc.schema import AnyCalculator

ASSETS: Final = "assets"
PYODIDE: Final = "pyodide"
# The plugin's own: where it has blocks with an id noted.
NAMED_BLOCKS: Final = "named_blocks"


@dataclass(frozen=True)
class Site:
    """The options. A list is Python-Markdown's way to say that nothing is given."""

    options: Mapping[str, object]

    def layer(self) -> Layer:
        """Return the settings of all blocks."""
        given = {key: value for key, value in self.options.items() if value and key in SITE_KEYS}
        return layer_from(given, SITE_KEYS)

    def calculators(self) -> Mapping[str, AnyCalculator]:
        """Return every calculator that a block can name: ours and the site's own."""
        return site_calculators(self._own_paths())

    def _own_paths(self) -> tuple[str, ...]:
        # cast: Python-Markdown's options have no types
        paths = cast("str | list[object]", self.options[OPTION] or [])
        return (paths,) if isinstance(paths, str) else tuple(map(str, paths))

    @property
    def named_blocks(self) -> NamedBlocks | None:
        """Where blocks with an id are noted; None where nothing is to be embedded."""
        return cast("NamedBlocks | None", self.options[NAMED_BLOCKS] or None)  # cast: as above

    def assets_of(self, context: PageContext) -> str:
        """Return the address of the folder with script and style; empty for where installed.

        Where nothing but the extension can add files to the site, they are published now.
        """
        folder = str(self.options[ASSETS] or "")
        if not folder and context.site_folder is not None:
            pyodide = str(self.options[PYODIDE] or CDN)
            return publish(context.site_folder, pyodide, self._own_paths())
        return folder and f"{folder.removesuffix('/')}/"
