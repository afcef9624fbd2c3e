"""Leaves a page that leads on where a calculator could be embedded before.

`extra: moved` in mkdocs.yml has the old address and the new one, whose fragment may bring numbers
along. What other sites keep is a promise: docs/decisions/published-addresses.md.
"""

from html import escape
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.utils import get_relative_url

# In a frame no script is needed, and the one that sees the address is the browser.
_PAGE: Final = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={address}">
<title>{title}</title>
<a href="{address}">{title}</a>
</html>
"""


@event_priority(-100)  # behind the plugin that writes the pages to embed
def on_post_build(config: MkDocsConfig) -> None:
    """Write a page for each old address, and for each language below it."""
    site = Path(config.site_dir)
    for old, new in config.extra["moved"].items():
        target, _, wishes = new.partition("#")
        pages = sorted((site / target).glob("**/index.html"))
        if not pages:
            message = f"extra: moved: {old}: {target!r} is no page of the site; expected one"
            raise PluginError(message)
        for page in pages:
            below = page.parent.relative_to(site / target).as_posix()
            _write(config, f"{old}{below}/", f"{target}{below}/", wishes)


def _write(config: MkDocsConfig, old: str, new: str, wishes: str) -> None:
    page = Path(config.site_dir, old, "index.html")
    page.parent.mkdir(parents=True, exist_ok=True)
    address = f"{get_relative_url(new, old)}#{wishes}"
    html = _PAGE.format(
        language=config.theme["language"], address=escape(address), title=escape(config.site_name)
    )
    page.write_text(html, "utf-8")
