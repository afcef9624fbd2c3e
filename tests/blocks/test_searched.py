"""What the search of a site finds of a calculator: its title and its sentence, once."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from support.sites import run_tool, write_site

CONFIG = """
site_name: Test
theme: {{name: {theme}}}
markdown_extensions: [pymdownx.superfences]
plugins: [{plugins}]
"""
PAGE = """# What it is worth

Words before.

```roi-calculator
title: Ours in November
view: VIEW
values:
  requests: 250
```

## And then

<p data-search-exclude="yes">Not to be found.</p>

```roi-calculator
currency: EUR
values:
  requests: 300
```

Words behind.
"""
SENTENCES = (
    "250 requests resolved on social media avoided $5,000 of cost by phone, email or chat.",
    "300 requests resolved on social media avoided €6,000 of cost by phone, email or chat.",
)
BLOCK = re.compile(r"<roi-calculator\b.*?</roi-calculator>", re.DOTALL)
# Of a field, its help, the working, a button, and what is folded away.
FOLDED = ("Requests resolved", "Shrinkage", "Working, sources", "Try again", "× B", "Hootsuite")
SITES = {
    "MkDocs' own": ("mkdocs", "mkdocs", "search, roi-calculator"),
    "the other way round": ("mkdocs", "mkdocs", "roi-calculator, search"),
    "Material's": ("mkdocs", "material", "search, roi-calculator"),
    "Material's, the other way round": ("mkdocs", "material", "roi-calculator, search"),
    "Material's by its whole name": ("mkdocs", "material", "roi-calculator, material/search"),
    "ProperDocs'": ("properdocs", "material", "roi-calculator, search"),
}


def _built(folder: Path, engine: str, theme: str, plugins: str, view: str = "simple") -> Path:
    pages = {"index.md": PAGE.replace("VIEW", view)}
    write_site(folder, CONFIG.format(theme=theme, plugins=plugins), pages)
    built = run_tool(engine, "build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    return folder / "site"


def _text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", unescape(html)).split())


def _entries(site: Path) -> list[dict[str, str]]:
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    return [{key: _text(str(text)) for key, text in each.items()} for each in index["docs"]]


@pytest.mark.parametrize("view", ["simple", "full"])
@pytest.mark.parametrize("site", SITES)
def test_search_finds_the_answer_and_nothing_folded_away(
    site: str, view: str, tmp_path: Path
) -> None:
    entries = _entries(_built(tmp_path, *SITES[site], view))
    # MkDocs' own has the whole page once more, as the page's own entry.
    texts = [entries[0]["text"]] if site in {"MkDocs' own", "the other way round"} else []
    found = " ".join(texts or [each["text"] for each in entries])
    for said in ("Ours in November", *SENTENCES, "Words before.", "Words behind."):
        assert found.count(said) == 1, (said, found)
    for folded in FOLDED:
        assert folded not in found, folded
    sections = {each["title"]: each["text"] for each in entries}
    assert SENTENCES[1] in sections["And then"], "each stands where its heading is"


def test_the_page_is_whole_whatever_searches_it(tmp_path: Path) -> None:
    plain = _built(tmp_path / "plain", "mkdocs", "material", "roi-calculator") / "index.html"
    searched = _built(tmp_path / "searched", *SITES["Material's"]) / "index.html"
    before, after = (each.read_text("utf-8") for each in (plain, searched))
    blocks = BLOCK.findall(before)
    assert BLOCK.findall(after) == blocks
    assert len(blocks) == 2
    assert 'exclude="yes"' in before
    assert 'exclude="yes"' not in after, "what Material takes out stays out"
