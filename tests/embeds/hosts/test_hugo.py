"""In a real Hugo: the shortcode that the docs print becomes a calculator."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support import hugo
from support.browsers import AnyBrowser, new_tab, started, wait_until
from support.embeds import check_that_it_answers
from support.sites import Served, served

pytestmark = pytest.mark.skipif(not hugo.is_here(), reason="missing: hugo")


@pytest.fixture(scope="module")
def chromium() -> Iterator[AnyBrowser]:
    """One browser is enough for what Hugo makes."""
    with started("chromium") as running:
        yield running


def test_the_shortcode_of_the_docs_is_a_calculator(
    guide: Served, chromium: AnyBrowser, tmp_path: Path
) -> None:
    content = hugo.shortcode_in_use().replace("https://guide.example", guide.url)
    with served(hugo.built(tmp_path, content)) as blog, new_tab(chromium) as tab:
        tab.open(f"{blog.url}/post/")
        wait_until(tab, "document.querySelector('iframe')?.style.height")
        check_that_it_answers(tab)
        holder = tab.evaluate("return document.querySelector('[data-roi-calculator]').outerHTML")
        assert "ZgotmplZ" not in str(holder)


def test_without_it_hugo_takes_the_code_out(guide: Served, tmp_path: Path) -> None:
    site = hugo.built(tmp_path, f'<iframe src="{guide.url}/embed/month/"></iframe>')
    assert "<!-- raw HTML omitted -->" in (site / "post" / "index.html").read_text("utf-8")
