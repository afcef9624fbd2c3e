"""The guide's site: three languages in one build, each page found, linked and described."""

import json
import re
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from roi_calc.language.language import languages
from support.built_guide import (
    ADDRESS,
    BuiltPage,
    build_guide,
    mistake_in,
    pages_of,
    read_page,
    small_translations,
    write_guide,
)
from support.readable import (
    Readable,
    foreign_percentages,
    hyphens_for_minus,
    idle_cents,
    read,
)
from support.sites import run_tool

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide as it is published."""
    return build_guide(write_guide(tmp_path_factory.mktemp("guide")))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide with a few pages in Spanish and Indonesian, whatever is translated by now."""
    folder = tmp_path_factory.mktemp("small")
    return build_guide(write_guide(folder, small_translations()))


@pytest.fixture(scope="module")
def readable(guide: Path) -> dict[str, Readable]:
    """What people read of every page of it, those to embed included.

    The page on performance has measurements, whose zeros say how finely was measured.
    """
    return {
        file.relative_to(guide).as_posix(): read(file.read_text("utf-8"))
        for file in guide.rglob("*.html")
        if file.parent.name != "performance"
    }


@pytest.fixture(params=["guide", "small"])
def site(request: pytest.FixtureRequest) -> Path:
    """Both, in turn."""
    folder: Path = request.getfixturevalue(request.param)
    return folder


def _alternates(page: BuiltPage) -> dict[str, str]:
    return {
        tag.attributes["hreflang"]: tag.attributes["href"]
        for tag in page.all("link", rel="alternate")
        if "hreflang" in tag.attributes
    }


def _switch(page: BuiltPage) -> dict[str, str]:
    return {
        tag.attributes["lang"]: urljoin(page.address, tag.attributes["href"])
        for tag in page.all("a", **{"class": "md-select__link"})
    }


def test_every_page_names_its_own_address(site: Path) -> None:
    for page in pages_of(site):
        (canonical,) = page.all("link", rel="canonical")
        assert canonical.attributes["href"] == page.address


def test_no_two_pages_have_the_same_title_or_description(site: Path) -> None:
    pages = list(pages_of(site))
    assert len({page.all("title")[0].text for page in pages}) == len(pages)
    assert len({page.content("description") for page in pages}) == len(pages)


def test_pages_that_are_translations_of_each_other_say_so_in_head_and_sitemap(site: Path) -> None:
    pages = {page.address: page for page in pages_of(site)}
    listed = {}
    for sitemap in site.rglob("sitemap.xml"):
        for url in ET.parse(sitemap).getroot():  # noqa: S314 - our own build's
            listed[url.findtext(f"{SITEMAP}loc")] = {
                each.attrib["hreflang"]: each.attrib["href"] for each in url.iter(LINK)
            }
    assert set(listed) == set(pages)
    for page in pages.values():
        said = _alternates(page)
        assert page.address in said.values()
        assert said.pop("x-default") == said["en"]
        assert listed[page.address] == said
        for language, address in said.items():
            assert pages[address].all("html", lang=language)
            assert _alternates(pages[address]).items() >= said.items()


def test_a_page_in_three_languages_is_switched_and_one_in_english_only_leads_home(
    small: Path,
) -> None:
    home = {"en": ADDRESS, "es": f"{ADDRESS}es/", "id": f"{ADDRESS}id/"}
    for language, address in home.items():
        path = address.removeprefix(ADDRESS)
        assert _switch(read_page(small, f"{path}index.html")) == home
        month = read_page(small, f"{path}month/index.html")
        assert _switch(month) == {each: f"{url}month/" for each, url in home.items()}
        (current,) = month.all("a", **{"aria-current": "true"})
        assert current.attributes["lang"] == language
    only_english = read_page(small, "self-hosting/index.html")
    assert _switch(only_english) == {**home, "en": f"{ADDRESS}self-hosting/"}
    assert set(_alternates(only_english)) == {"en", "x-default"}


def test_what_is_only_in_english_is_linked_as_such(small: Path) -> None:
    page = (small / "es" / "month" / "index.html").read_text("utf-8")
    assert '<a href="../../self-hosting/#nginx" hreflang="en">nginx</a>' in page
    assert "Hosting it yourself (en inglés)" in page
    assert 'href="../../self-hosting/"' in page
    assert "Para desarrolladores" in page
    assert not (small / "es" / "self-hosting").exists()


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    pages = {page.address: page for page in pages_of(site)}
    for page in pages.values():
        for tag in page.all("a"):
            address, _, anchor = urljoin(page.address, tag.attributes.get("href", "")).partition(
                "#"
            )
            if not address.startswith(ADDRESS):
                assert urlsplit(address).scheme == "https", address
                continue
            if address not in pages:
                file = site / address.removeprefix(ADDRESS)
                assert file.is_file() or (file / "index.html").is_file(), (page.path, address)
            elif anchor:
                ids = {each.attributes.get("id") for each in pages[address].tags}
                # roi-share-1.… is read by the calculator: it stands for no place of the page.
                assert unquote(anchor) in ids, (page.path, address, anchor)


def test_an_embedded_calculator_that_moved_leads_on_with_its_numbers(guide: Path) -> None:
    for old, new in (
        ("embed/average/", "embed/deflection/#cost_per_request=8.01"),
        ("es/embed/average/en/", "es/embed/deflection/en/#cost_per_request=8.01"),
        ("embed/fewer/", "embed/deflection/#cost_per_request=8.01&deflection_share=60"),
    ):
        page = read_page(guide, f"{old}index.html")
        (link,) = page.all("a")
        assert urljoin(page.address, link.attributes["href"]) == ADDRESS + new
        (refresh,) = page.all("meta", **{"http-equiv": "refresh"})
        assert refresh.attributes["content"] == f"0; url={link.attributes['href']}"
        assert (guide / new.partition("#")[0] / "index.html").is_file()


def test_a_page_speaks_its_language_also_in_its_calculators(small: Path) -> None:
    for path, language in (("", "en"), ("es/", "es"), ("id/", "id")):
        page = read_page(small, f"{path}month/index.html")
        assert page.all("html", lang=language)
        assert {tag.attributes["language"] for tag in page.all("roi-calculator")} == {language}


def test_the_empty_corner_of_a_table_is_no_heading(small: Path) -> None:
    page = (small / "es" / "goals" / "index.html").read_text("utf-8")
    assert '<td role="cell"></td>\n<th role="columnheader" class="figure">Number</th>' in page


def test_each_language_has_a_search_of_its_own(small: Path) -> None:
    found = {
        language: json.loads((small / folder / "search" / "search_index.json").read_text("utf-8"))
        for language, folder in (("en", ""), ("es", "es"), ("id", "id"))
    }
    assert "month (es)" in str(found["es"]["docs"])
    assert "month (es)" not in str(found["en"]["docs"])
    assert found["es"]["config"]["lang"] == ["es"]
    for index in found.values():
        assert all(not doc["location"].startswith("../") for doc in index["docs"])


def test_all_languages_share_the_assets(small: Path) -> None:
    assert [each.name for each in (small / "es").iterdir() if each.is_dir()].count("assets") == 0
    for page in pages_of(small):
        for tag in (*page.all("script"), *page.all("link", rel="stylesheet")):
            address = tag.attributes.get("src") or tag.attributes.get("href")
            if address:
                file = urljoin(page.address, address).removeprefix(ADDRESS)
                assert (small / file).is_file(), (page.path, address)


def test_the_page_for_what_is_not_found_leads_to_every_language(small: Path) -> None:
    page = read_page(small, "404.html")
    links = {urljoin(ADDRESS, tag.attributes["href"]) for tag in page.all("a")}
    assert {ADDRESS, f"{ADDRESS}es/", f"{ADDRESS}id/"} <= {
        each.replace("/./", "/") for each in links
    }


def test_robots_are_told_of_each_sitemap(small: Path) -> None:
    robots = (small / "robots.txt").read_text("utf-8")
    for sitemap in small.rglob("sitemap.xml"):
        assert f"Sitemap: {ADDRESS}{sitemap.relative_to(small)}\n" in f"{robots}\n"
    assert not (small / "es" / "robots.txt").exists()


def test_a_link_to_a_page_that_no_language_has_stops_the_build(tmp_path: Path) -> None:
    texts = small_translations()
    texts["es/month.md"] += "\n[nowhere](../en/nowhere.md)\n"
    said = mistake_in(write_guide(tmp_path, texts), "es")
    assert "month.md: '../en/nowhere.md' is no page of the site" in said


def test_a_drawing_that_there_is_not_stops_the_build(tmp_path: Path) -> None:
    texts = small_translations()
    texts["es/month.md"] += "\n![a drawing](drawn:nothing)\n"
    said = mistake_in(write_guide(tmp_path, texts), "es")
    assert "month.md: drawn:nothing is no drawing; expected one of high, frame" in said


def test_a_drawing_says_what_it_shows_and_the_calculator_s_name(guide: Path) -> None:
    for folder, name in (("", "What answering"), ("es/", "Lo que"), ("id/", "Nilai layanan")):
        page = read_page(guide, f"{folder}embedding-webflow/index.html")
        (drawing,) = page.all("svg", **{"class": "drawn-post"})
        assert drawing.attributes["role"] == "img"
        assert drawing.attributes["aria-label"]
        assert [text for text in page.all("text") if text.text.startswith(name)]


def test_no_page_has_idle_cents_or_a_hyphen_for_a_minus_sign(
    readable: dict[str, Readable],
) -> None:
    found = {path: [*idle_cents(page), *hyphens_for_minus(page)] for path, page in readable.items()}
    assert {path: texts for path, texts in found.items() if texts} == {}


def test_a_page_sets_the_per_cent_sign_off_as_its_language_does(
    readable: dict[str, Readable],
) -> None:
    found = {
        path: list(foreign_percentages(page))
        for path, page in readable.items()
        if not {"embed", "memo"}
        & {*path.split("/")}  # which keep an author's words in every language
    }
    assert {path: texts for path, texts in found.items() if texts} == {}


def test_a_figure_of_a_block_has_one_value_wherever_a_page_says_it(
    readable: dict[str, Readable],
) -> None:
    for path, page in readable.items():
        said: dict[tuple[str, str], set[str]] = {}
        for block, what, text in page.named:
            # `roi` names a figure; `roi.working` and `requests | # request` say more.
            name = what.rpartition(".")[2]
            if name != "working" and "|" not in name:
                said.setdefault((block, name), set()).add(text)
        assert {name: texts for name, texts in said.items() if len(texts) > 1} == {}, path


@pytest.mark.parametrize("folder", ["", "es", "id"])
@pytest.mark.parametrize("tag", languages())
def test_the_worked_month_can_be_taken_as_a_workbook(tag: str, folder: str, guide: Path) -> None:
    page = (guide / folder / "presenting" / "index.html").read_text("utf-8")
    address = f"workbooks/roi-workbook.{tag}.xlsx"
    assert f'href="../{address}"' in page
    book = openpyxl.load_workbook(guide / folder / address, data_only=True)
    said = {cell.value for sheet in book for row in sheet for cell in row}
    assert {2000, 1500, 3} <= said


@pytest.mark.parametrize(
    ("folder", "working"),
    [
        ("", "= 216 × $12; 216 = 400 × 60% × (1 − 10%)"),
        ("es", "= 216 × US$\u00a012; 216 = 400 × 60\u202f% × (1 − 10\u202f%)"),
        ("id", "= 216 × US$12; 216 = 400 × 60% × (1 − 10%)"),
    ],
)
def test_the_page_of_the_worked_company_is_the_one_that_is_made(
    folder: str, working: str, guide: Path
) -> None:
    page = unescape((guide / folder / "filled-in" / "index.html").read_text("utf-8"))
    assert working in page
    assert "<!-- filled in -->" not in page


# The codes to paste are for the pages to embed, which Zensical does not build, nor memos.
_DIALOG = re.compile(r"<dialog\b.*?</dialog>", flags=re.DOTALL)
# Where the link to a memo leads without a script.
_TO_MEMO = re.compile(r'(?<=<a )href="[^"]*" (?=class="roi-take-away")')
_HELD = re.compile(r"<(roi-calculator|roi-value|h[1-3])\b[^>]*>.*?</\1>", flags=re.DOTALL)
# Zensical's search takes it away when it has read it.
_FOR_SEARCH = ' data-search-exclude="data-search-exclude"'
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>')


def _held(site: Path) -> dict[str, list[str]]:
    """Return the calculators, live values and headings of every page, by address."""
    held = {}
    for page in site.rglob("index.html"):
        address = page.parent.relative_to(site)
        if not {"embed", "memo"} & {*address.parts}:
            html = _TO_MEMO.sub("", _DIALOG.sub("", page.read_text("utf-8")))
            html = html.replace(_FOR_SEARCH, "")
            found = (_PERMALINK.sub("", each[0]).strip() for each in _HELD.finditer(html))
            held[address.as_posix()] = list(found)
    return held


@pytest.mark.parametrize(
    "command",
    [
        ("properdocs", "build", "--strict", "-f", "mkdocs.yml", "--site-dir"),
        (sys.executable, "docs/site/zensical_site.py"),
    ],
    ids=["properdocs", "zensical"],
)
def test_every_page_holds_the_same_in_other_engines(
    command: tuple[str, ...], guide: Path, tmp_path: Path
) -> None:
    environment = {"SITE_URL": ADDRESS, "ROI_CALCULATOR_PYODIDE": "self"}
    source = guide.parents[1]
    built = run_tool(*command, str(tmp_path / "site"), cwd=source, environment=environment)
    assert built.returncode == 0, built.stdout + built.stderr
    expected, found = _held(guide), _held(tmp_path / "site")
    assert found.keys() == expected.keys()
    for page, held in found.items():
        assert held == expected[page], page
    for template in guide.glob("**/workbooks/*.xlsx"):
        also = tmp_path / "site" / template.relative_to(guide)
        assert also.read_bytes() == template.read_bytes()
    month = (tmp_path / "site" / "month" / "index.html").read_text("utf-8")
    loaded = re.findall(r'(?:src|href)="([^"]*assets/roi-calculator/[^"]*)"', month)
    assert loaded
    assert all((tmp_path / "site" / "month" / address).is_file() for address in loaded)
