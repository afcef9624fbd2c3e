"""A site that lets others embed, and the blogs around it, on origins of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from support.sites import Served, run_tool, served, write_site

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
}
# What hosts without settings of their own send, GitHub Pages among them.
OPEN: Final = {"Access-Control-Allow-Origin": "*"}
BLOG: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A blog</title>
<link rel="icon" href="data:,">
<script>
window.caughtErrors = [];
window.said = [];
addEventListener("error", (event) => window.caughtErrors.push(event.message));
addEventListener("message", (event) => window.said.push([event.origin, event.data]));
</script></head><body>{body}</body></html>
"""


def build_guide(folder: Path) -> Path:
    """Build a small guide with embed pages; return the built site."""
    write_site(folder, CONFIG, PAGES)
    built = run_tool("mkdocs", "build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    return folder / "site"


@contextmanager
def served_guide(site: Path) -> Iterator[Served]:
    """Serve a guide as if it had been built for the address that it is served from."""
    with served(site, OPEN) as serving:
        for file in (*site.rglob("*.html"), *site.rglob("*.json")):
            text = file.read_text("utf-8")
            file.write_text(text.replace(ADDRESS, f"{serving.url}/"), "utf-8")
        yield serving


@contextmanager
def blog(folder: Path, body: str) -> Iterator[str]:
    """Serve a blog's page with this body; yield its address, of another origin than the guide's."""
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(BLOG.replace("{body}", body), "utf-8")
    with served(folder) as serving:
        yield f"{serving.url}/"
