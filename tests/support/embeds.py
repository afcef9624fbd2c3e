"""A site that lets others embed, and the blogs around it, on origins of their own."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from support.browsers import Tab
from support.frames import FrameTab
from support.sites import ROOT, Served, run_tool, served, write_site

ADDRESS: Final = "https://guide.example/"
CONFIG: Final = f"""
site_name: The guide
site_url: {ADDRESS}
theme: {{name: material, font: false}}
plugins:
  - search
  - roi-calculator: {{pyodide: self, embed: true, links: {{loaded-rate: rate.md}}}}
"""
PAGES: Final = {
    "index.md": "# Home\n\n```roi-calculator\nid: month\n```\n",
    "rate.md": "# Rate\n\n```roi-calculator\ncalculator: loaded-rate\n```\n",
    "es.md": "# Spanish\n\n```roi-calculator\nid: mes\nlanguage: es\ncurrency: EUR\ntitle: Un mes"
    "\n```\n",
    "money.md": "# Money\n\n```roi-calculator\nid: eur\ncurrency: EUR\n```\n\n"
    "```roi-calculator\nid: jpy\ncurrency: JPY\n```\n",
}
# What hosts without settings of their own send, GitHub Pages among them.
OPEN: Final = {"Access-Control-Allow-Origin": "*"}
FIELD: Final = "input[name=requests]"
BLOG: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A blog</title>
<link rel="icon" href="data:,">
<script>
window.caughtErrors = [];
window.said = [];
addEventListener("error", (event) => window.caughtErrors.push(event.message));
addEventListener("message", (event) => window.said.push([event.origin, event.data]));
</script></head><body>{body}</body></html>
"""
_DOCS: Final = ROOT / "docs" / "en" / "embedding-server.md"


@dataclass(frozen=True)
class Codes:
    """What others paste into their sites."""

    script: str
    frame: str
    address: str
    link: str


def codes(guide: Served) -> Codes:
    """Return the codes as the docs print them, for a guide that is being served."""
    section = _DOCS.read_text("utf-8").partition("{ #codes }")[2].partition("\n## ")[0]
    printed = section.replace(ADDRESS, f"{guide.url}/")
    script, frame = re.findall(r"```html\n(.*?)```", printed, re.DOTALL)
    link = f'<a href="{guide.url}/embed/month/">ROI calculator</a>'
    return Codes(script, frame, f"{guide.url}/embed/month/", link)


def build_guide(folder: Path, pages: Mapping[str, str] = PAGES) -> Path:
    """Build a small guide with embed pages; return the built site."""
    write_site(folder, CONFIG, pages)
    built = run_tool("mkdocs", "build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    return folder / "site"


@contextmanager
def served_guide(site: Path) -> Iterator[Served]:
    """Serve a guide as if it had been built for the address that it is served from."""
    with served(site, OPEN) as serving:
        move_guide(site, serving.url)
        yield serving


def move_guide(site: Path, url: str) -> None:
    """Rewrite a built guide as if it had been built for another address, without its slash."""
    for file in (*site.rglob("*.html"), *site.rglob("*.json")):
        text = file.read_text("utf-8")
        file.write_text(text.replace(ADDRESS, f"{url}/"), "utf-8")


@contextmanager
def blog(folder: Path, body: str) -> Iterator[str]:
    """Serve a blog's page with this body; yield its address, of another origin than the guide's."""
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(BLOG.replace("{body}", body), "utf-8")
    with served(folder) as serving:
        yield f"{serving.url}/"


def check_that_it_answers(tab: Tab, index: int = 0) -> None:
    """Type a number into the n-th frame of a page and wait for what comes of it."""
    frame = FrameTab(tab, index)
    frame.wait_until("document.querySelector('roi-calculator:defined')")
    frame.replace(FIELD, "250")
    frame.wait_for_output("net_saving", "4500")
