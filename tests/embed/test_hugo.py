"""In a real Hugo: the shortcode that the docs print becomes a calculator."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.browsers import AnyBrowser, new_tab, started, wait_until
from support.embeds import check_that_it_answers
from support.sites import ROOT, Served, served

pytestmark = pytest.mark.skipif(not shutil.which("hugo"), reason="missing: hugo")

CONFIG = """
baseURL = "/"
title = "Blog"
disableKinds = ["home", "section", "taxonomy", "term"]
"""
LAYOUT = "<!doctype html><title>{{ .Title }}</title>{{ .Content }}"
DOCS = (ROOT / "docs" / "en" / "embedding.md").read_text("utf-8")


@pytest.fixture(scope="module")
def chromium() -> Iterator[AnyBrowser]:
    """One browser is enough for what Hugo makes."""
    with started("chromium") as running:
        yield running


def _built(folder: Path, content: str) -> Path:
    section = DOCS.partition("### Hugo")[2].partition("\n### ")[0]
    (shortcode,) = re.findall(r"```html\n(.*?)```", section, re.DOTALL)
    files = {
        "hugo.toml": CONFIG,
        "layouts/_default/single.html": LAYOUT,
        "layouts/shortcodes/roi-calculator.html": shortcode,
        "content/post.md": f"---\ntitle: Post\n---\n\n{content}\n",
    }
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    subprocess.run(["hugo", "--quiet"], cwd=folder, check=True, capture_output=True)
    return folder / "public"


def test_the_shortcode_of_the_docs_is_a_calculator(
    guide: Served, chromium: AnyBrowser, tmp_path: Path
) -> None:
    (used,) = re.findall(r"\{\{</\* (roi-calculator .*?) \*/>\}\}", DOCS)
    content = f"{{{{< {used} >}}}}".replace("https://guide.example", guide.url)
    with served(_built(tmp_path, content)) as blog, new_tab(chromium) as tab:
        tab.open(f"{blog.url}/post/")
        wait_until(tab, "document.querySelector('iframe')?.style.height")
        check_that_it_answers(tab)
        holder = tab.evaluate("return document.querySelector('[data-roi-calculator]').outerHTML")
        assert "ZgotmplZ" not in str(holder)


def test_without_it_hugo_takes_the_code_out(guide: Served, tmp_path: Path) -> None:
    site = _built(tmp_path, f'<iframe src="{guide.url}/embed/month/"></iframe>')
    assert "<!-- raw HTML omitted -->" in (site / "post" / "index.html").read_text("utf-8")
