"""What Ghost's rules make of our pages; Ghost itself does not run here."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import ghost
from support.browsers import Tab
from support.embeds import blog, build_guide, check_that_it_answers, served_guide
from support.sites import Served


@pytest.mark.parametrize("page", ["embed/month/", ""], ids=["embed page", "guide page"])
def test_an_address_becomes_a_calculator_that_answers(
    page: str, guide: Served, tab: Tab, tmp_path: Path
) -> None:
    card = ghost.card(f"{guide.url}/{page}")
    assert "kg-embed-card" in card
    with blog(tmp_path / "blog", card) as post:
        tab.open(post)
        check_that_it_answers(tab)


def test_a_page_without_a_block_to_embed_becomes_a_bookmark(guide: Served) -> None:
    card = ghost.card(f"{guide.url}/rate/")
    assert "kg-bookmark-card" in card
    assert ">Rate - The guide<" in card


@pytest.fixture(scope="module")
def own_guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Served]]:
    """A guide to spoil, as files and on loopback."""
    site = build_guide(tmp_path_factory.mktemp("guide"))
    with served_guide(site) as serving:
        yield site, serving


@pytest.mark.parametrize("member", ["version", "type", "html", "width"])
def test_each_of_these_is_needed_for_more_than_a_bookmark(
    member: str, own_guide: tuple[Path, Served]
) -> None:
    site, guide = own_guide
    description = site / "oembed" / "month.json"
    whole = description.read_text("utf-8")
    said = json.loads(whole)
    del said[member]
    description.write_text(json.dumps(said), "utf-8")
    try:
        assert "kg-bookmark-card" in ghost.card(f"{guide.url}/embed/month/")
    finally:
        description.write_text(whole, "utf-8")
