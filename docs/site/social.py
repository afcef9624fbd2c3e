"""Makes the picture that other sites show beside a link to the guide, one for each language.

    make social     docs/site/theme/assets/site/social-<language>.png

The pictures are in the repository, because a build has no browser and what text looks like depends
on the machine. Their chart is the calculator's own.
"""

import re
from pathlib import Path
from typing import Final

import markdown
from markupsafe import escape
from mkdocs.config import load_config
from playwright.sync_api import sync_playwright

import mkdocs_roi_calculator

_SITE: Final = Path(__file__).parent
_ROOT: Final = _SITE.parents[1]
_STYLE: Final = Path(mkdocs_roi_calculator.__path__[0]) / "browser/calculator/calculator.css"
_WIDTH, _HEIGHT = 1200, 630
_PAGE: Final = """<!doctype html>
<style>{calculator}</style>
<style>
  body {{ margin: 0; width: 1200px; height: 630px; box-sizing: border-box; padding: 64px 72px;
    display: grid; grid-template-columns: 1fr 470px; gap: 56px; align-items: center;
    background: #fff; color: #1b1b1f; font-family: "Liberation Sans", Arial, sans-serif;
    border-left: 24px solid #4051b5; }}
  h1 {{ font-size: 62px; line-height: 1.12; margin: 0; text-wrap: balance; }}
  p {{ font-size: 28px; line-height: 1.35; margin: 32px 0 0; color: #44464f; }}
  svg {{ width: 470px; height: auto; }}
</style>
<main><h1>{title}</h1><p>{description}</p></main>
<roi-calculator class="roi-calculator">{picture}</roi-calculator>
"""


def _page(config_file: Path) -> tuple[str, str]:
    """Return a configuration's language and the page that its picture is taken of."""
    config = load_config(str(config_file))
    language = str(config.theme["language"])
    block = f"```roi-calculator\nlanguage: {language}\n```"
    html = markdown.markdown(block, extensions=["roi_calculator"])
    (picture,) = re.findall(r"<svg class=\"roi-picture\b.*?</svg>", html, re.DOTALL)
    return language, _PAGE.format(
        calculator=_STYLE.read_text("utf-8"),
        title=escape(config.site_name),
        description=escape(config.site_description),
        picture=picture,
    )


def main() -> None:
    """Write the pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT})
        for config_file in sorted(_ROOT.glob("mkdocs*.yml")):
            language, html = _page(config_file)
            page.set_content(html)
            page.screenshot(path=_SITE / "theme" / "assets" / "site" / f"social-{language}.png")
        browser.close()


if __name__ == "__main__":
    main()
