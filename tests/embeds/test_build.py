"""What a build publishes for other sites to embed, and what stops it."""

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import cast

import pytest

from mkdocs_roi_calculator.delivery.one_script import bundled
from mkdocs_roi_calculator.embeds.host_script import loader
from roi_calc.answering.answer import answer_to
from roi_calc.answering.published_figures import benchmarks
from roi_calc.browser import Answered, Request, evaluate
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import language, languages
from roi_calc.language.number_format import NEUTRAL
from roi_calc.reading.inputs import read_inputs
from roi_calc.showing.block import Presentation, render_block
from roi_calc.showing.views import VIEWS
from support.built_guide import read_page
from support.embeds import ADDRESS, CONFIG, PAGES, build_guide
from support.sites import run_tool, write_site

BLOCKS = {"month": "", "mes": "es/", "eur": "money/", "jpy": "money/"}
# The quick answer's script and data are among them.
MOST_BYTES = 36_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small guide, built."""
    return build_guide(tmp_path_factory.mktemp("guide"))


def _built(folder: Path, config: str, pages: dict[str, str]) -> tuple[int, str]:
    built = run_tool("mkdocs", "build", cwd=write_site(folder, config, pages))
    return built.returncode, built.stderr


def test_every_block_with_an_id_and_every_calculator_has_a_page(site: Path) -> None:
    pages = {file.parent.name for file in site.glob("embed/*/index.html")}
    assert pages == {*BLOCKS, *CALCULATORS}


def test_a_page_is_the_block_and_leads_home(site: Path) -> None:
    page = read_page(site, "embed/mes/index.html")
    assert page.all("html", lang="es")
    (block,) = page.all("roi-calculator")
    assert block.attributes["data-block"].endswith("-mes")
    assert block.attributes["currency"] == "EUR"
    assert block.attributes["boot"] == "intent"
    assert [tag.text for tag in page.all("h1")] == ["Un mes"]
    assert page.content("robots") == "noindex"
    (canonical,) = page.all("link", rel="canonical")
    assert canonical.attributes["href"] == f"{ADDRESS}es/"
    home = f"{ADDRESS}es/#{block.attributes['id']}"
    assert home in {tag.attributes["href"] for tag in page.all("a")}
    assert 'data-output="net_saving" data-value="1500"' in (
        site / "embed" / "mes" / "index.html"
    ).read_text("utf-8")


def test_every_page_stands_in_every_other_language_below_it(site: Path) -> None:
    for file in site.glob("embed/*/index.html"):
        own = "es" if file.parent.name == "mes" else "en"
        others = {each.parent.name for each in file.parent.glob("*/index.html")}
        assert others == (set(languages()) - {own}) | {"full"}


def test_every_page_stands_in_the_other_view_below_it_in_every_language(site: Path) -> None:
    for file in site.glob("embed/*/index.html"):
        own = "es" if file.parent.name == "mes" else "en"
        for tag in languages():
            folder = "" if tag == own else f"{tag}/"
            pages = {"simple": f"{folder}index.html", "full": f"full/{folder}index.html"}
            for view, path in pages.items():
                page = read_page(file.parent, path)
                assert page.all("html", lang=tag)
                (block,) = page.all("roi-calculator")
                assert block.attributes["view"] == view
                (link,) = (each for each in page.all("link") if "data-view" in each.attributes)
                (other,) = {"simple", "full"} - {view}
                assert link.attributes["data-view"] == other
                leads_to = (file.parent / path).parent / link.attributes["href"] / "index.html"
                assert leads_to.resolve() == (file.parent / pages[other]).resolve()
        assert len(list(file.parent.glob("full/**/*.png"))) == 0


def test_a_frame_has_the_height_of_its_view(site: Path) -> None:
    for path, height in (("month", 480), ("month/es", 480), ("month/full", 3400)):
        said = json.loads((site / f"oembed/{path}.json").read_text("utf-8"))
        assert said["height"] == height


def test_a_page_in_another_language_is_the_block_and_leads_home(site: Path) -> None:
    path = "embed/mes/pt/index.html"
    page = read_page(site, path)
    assert page.all("html", lang="pt")
    (block,) = page.all("roi-calculator")
    assert block.attributes["data-block"].endswith("-mes")
    assert block.attributes["currency"] == "EUR"
    # The author's title is in the language of the block.
    title = language("pt").words("deflection.title")
    assert [tag.text for tag in page.all("h1")] == [title]
    home = f"{ADDRESS}es/#{block.attributes['id']}"
    assert home in {tag.attributes["href"] for tag in page.all("a")}
    assert page.content("robots") == "noindex"
    html = (site / path).read_text("utf-8")
    assert 'data-output="net_saving" data-value="1500"' in html
    assert "1.500" in html
    (link,) = page.all("link", rel="alternate", type="application/json+oembed")
    assert link.attributes["href"] == f"{ADDRESS}oembed/mes/pt.json"


def test_a_page_finds_itself_in_every_other_language(site: Path) -> None:
    for file in site.glob("embed/**/index.html"):
        page = read_page(site, file.relative_to(site).as_posix())
        (root,) = page.all("html")
        links = [tag for tag in page.all("link") if "data-language" in tag.attributes]
        tags = [tag.attributes["data-language"] for tag in links]
        assert sorted([*tags, root.attributes["lang"]]) == sorted(languages())
        for tag, link in zip(tags, links, strict=True):
            other = (file.parent / link.attributes["href"] / "index.html").resolve()
            target = read_page(site, other.relative_to(site.resolve()).as_posix())
            assert target.all("html", lang=tag)


@pytest.mark.parametrize("tag", ["en", "es-MX"])
@pytest.mark.parametrize("name", CALCULATORS)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("given", "wanted"), [("USD", "EUR"), ("USD", "XXX"), ("EUR", "USD")])
def test_a_form_in_another_currency_is_what_a_build_in_it_writes(
    given: str, wanted: str, name: str, tag: str, view: str
) -> None:
    calculator, words = CALCULATORS[name], language(tag)
    inputs = read_inputs(calculator, {}, NEUTRAL, given)
    answer = answer_to(calculator, inputs, words, wanted)
    built = render_block(answer, "x", Presentation(view=view))
    asked: Request = {
        "id": 1,
        "calculator": name,
        "language": tag,
        "currency": wanted,
        "values": {},
        "view": view,
        "comparison": "",
        "called": words.currency_name(wanted),
    }
    # cast: nothing is refused of a form's own example
    reply = cast("Answered", evaluate(asked))
    line = re.search(r'<p class="roi-currency"[^>]*>(.*?)</p>', built)
    assert line
    assert reply["form"]["currency"] == line[1]
    figures = "".join(reply["form"]["published"].values())
    assert sorted(re.findall(r"roi-apply.*?</button>", built)) == sorted(
        re.findall(r"roi-apply.*?</button>", figures)
    )
    assert all(each in built for each in reply["form"]["published"].values())
    for place, html in reply["parts"].items():
        assert f'data-part="{place}">{html}</div>' in built
    assert built.count("data-part=") == len(reply["parts"])
    if 'class="roi-before"' in built:
        before, behind = reply["form"]["affixes"]
        assert f'class="roi-before" aria-hidden="true">{before}</span>' in built
        assert f'class="roi-behind" aria-hidden="true">{behind}</span>' in built
        called = reply["form"]["called"]
        assert not called or f'roi-currency-name"> ({called})</span>' in built


def test_every_link_of_a_page_is_a_whole_address(site: Path) -> None:
    sources = {each.link for each in benchmarks()}
    for file in site.glob("embed/**/index.html"):
        for tag in read_page(site, file.relative_to(site).as_posix()).all("a"):
            if tag.attributes["href"] in sources:
                continue
            address, _, anchor = tag.attributes["href"].partition("#")
            assert address.startswith(ADDRESS), (file, address)
            target = site / address.removeprefix(ADDRESS) / "index.html"
            assert not anchor or f'id="{anchor}"' in target.read_text("utf-8"), (file, anchor)


def test_a_calculator_leads_to_where_the_site_has_it(site: Path) -> None:
    page = read_page(site, "embed/loaded-rate/index.html")
    (canonical,) = page.all("link", rel="canonical")
    assert canonical.attributes["href"] == f"{ADDRESS}rate/"


def test_a_page_is_small_and_asks_for_nothing(site: Path) -> None:
    for file in site.glob("embed/**/index.html"):
        assert len(gzip.compress(file.read_bytes(), 9)) < MOST_BYTES
        page = read_page(site, file.relative_to(site).as_posix())
        assert not [tag for tag in page.all("script") if "src" in tag.attributes]
        assert page.all("link", rel="stylesheet") == []
        assert page.all("img") == []


def test_embed_pages_are_in_no_sitemap_and_no_search(site: Path) -> None:
    assert "/embed/" not in (site / "sitemap.xml").read_text("utf-8")


def _head(site: Path, path: str) -> bytes:
    return (site / path).read_bytes().partition(b"</head>")[0]


def test_a_blog_finds_the_description_by_the_pages_head(site: Path) -> None:
    guide_pages = {"index.html": "month", "es/index.html": "mes"}
    embed_pages = {f"embed/{each}/index.html": each for each in (*BLOCKS, *CALCULATORS)}
    for path, name in (guide_pages | embed_pages).items():
        page = read_page(site, path)
        (link,) = page.all("link", type="application/json+oembed")
        assert link.attributes["rel"].split() == ["alternate"]
        assert link.attributes["href"] == f"{ADDRESS}oembed/{name}.json"
        assert link.attributes["title"]
        # As far as WordPress reads.
        assert b"application/json+oembed" in _head(site, path)[:150_000].rpartition(b">")[0]
    assert b"json+oembed" not in (site / "rate" / "index.html").read_bytes()


def test_the_description_is_what_the_specification_asks_of_a_rich_one(site: Path) -> None:
    files = list(site.glob("oembed/**/*.json"))
    assert {file.stem for file in site.glob("oembed/*.json")} == {*BLOCKS, *CALCULATORS}
    for file in files:
        said = json.loads(file.read_text("utf-8"))
        # Its picture has tests of its own.
        described = {name for name in said if not name.startswith("thumbnail_")}
        assert {name: type(said[name]) for name in described} == {
            "version": str,
            "type": str,
            "title": str,
            "provider_name": str,
            "provider_url": str,
            "width": int,
            "height": int,
            "html": str,
        }
        assert (said["version"], said["type"]) == ("1.0", "rich")
        assert all(said.values())
        assert said["provider_url"] == ADDRESS
        found = _Html(said["html"])
        assert found.tags == ["blockquote", "a", "iframe"]
        place = file.relative_to(site / "oembed").with_suffix("").as_posix()
        assert found.frame["src"] == f"{ADDRESS}embed/{place}/"
        assert found.frame["title"] == said["title"]
        assert (found.frame["width"], found.frame["height"]) == (
            str(said["width"]),
            str(said["height"]),
        )
        assert found.link.startswith(ADDRESS)
        assert (site / "embed" / place / "index.html").is_file()


class _Html(HTMLParser):
    """The elements of a description's `html`, where it leads, and what its frame shows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.link = ""
        self.frame: dict[str, str | None] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "a":
            self.link = dict(attrs)["href"] or ""
        if tag == "iframe":
            self.frame = dict(attrs)


def test_without_the_option_nothing_is_added(tmp_path: Path) -> None:
    code, said = _built(tmp_path, CONFIG.replace(", embed: true", ""), PAGES)
    assert code == 0, said
    assert not (tmp_path / "site" / "embed").exists()
    assert not (tmp_path / "site" / "oembed").exists()
    assert "oembed" not in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_a_site_without_an_address_is_told_so(tmp_path: Path) -> None:
    code, said = _built(tmp_path, CONFIG.replace(f"site_url: {ADDRESS}\n", ""), PAGES)
    assert code != 0
    assert "mkdocs.yml:6: roi-calculator: embed: the site has no site_url" in said
    assert not (tmp_path / "site" / "index.html").exists()


def test_an_id_that_two_pages_have_stops_the_build_and_names_both(tmp_path: Path) -> None:
    code, said = _built(tmp_path, CONFIG, {**PAGES, "rate.md": PAGES["index.md"]})
    assert code != 0
    assert "rate.md:4: roi-calculator: id: 'month' names the block at index.md:4 too" in said


def test_a_link_of_the_whole_site_to_no_page_stops_the_build(tmp_path: Path) -> None:
    code, said = _built(tmp_path, CONFIG, {"index.md": "# Without a block\n"})
    assert code != 0
    assert re.search(
        r"mkdocs\.yml:\d+: roi-calculator: links: loaded-rate: 'rate\.md' is not", said
    )


def test_two_pages_may_have_an_id_where_nothing_is_embedded(tmp_path: Path) -> None:
    config = CONFIG.replace(", embed: true", "")
    code, said = _built(tmp_path, config, {**PAGES, "rate.md": PAGES["index.md"]})
    assert code == 0, said


def test_a_block_stands_for_the_calculator_whose_name_it_has(tmp_path: Path) -> None:
    pages = {
        **PAGES,
        "rate.md": PAGES["rate.md"].replace("rate\n```", "rate\nid: loaded-rate\n```"),
    }
    code, said = _built(tmp_path, CONFIG, pages)
    assert code == 0, said
    html = (tmp_path / "site" / "embed" / "loaded-rate" / "index.html").read_text("utf-8")
    home = re.search(rf"{ADDRESS}rate/#(roi-[0-9a-f]{{8}}-loaded-rate)", html)
    assert home
    assert f'id="{home[1]}"' in (tmp_path / "site" / "rate" / "index.html").read_text("utf-8")


def test_modules_are_joined_in_the_order_in_which_they_need_each_other() -> None:
    sources = {
        "room/entry.js": 'import { one } from "../first.js";\nimport "./next.js";\none();\n',
        "first.js": "export const one = 1;\n",
        "room/next.js": 'import { one } from "../first.js";\n'
        'import two from "./two.json" with { type: "json" };\n'
        "import.meta.url + one + two;\nexport {};\n",
        "room/two.json": '{\n  "values": ["a"]\n}\n',
    }
    script = bundled("room/entry.js", sources)
    order = ["$first", "$room_next", "$room_entry"]
    assert re.findall(r"const (\$\w+) = \(\(\) =>", script) == order
    assert 'new URL("room/next.js", $home).href + one' in script
    assert 'const two = {"values": ["a"]};' in script
    assert not re.search(r"\b(import|export)\b", script)


def test_what_only_people_read_is_left_out() -> None:
    source = 'const a =\n  /** @type {Map<string, "x">} */ (b);\n  // Said.\n    a();\n'
    script = bundled("entry.js", {"entry.js": source})
    assert "const a =\n(b);\na();\n" in script


def test_a_text_over_several_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="a text over several lines"):
        bundled("entry.js", {"entry.js": "const a = `one\n  two`;\n"})


@pytest.mark.parametrize(
    "statement",
    ['import all from "./a.js";', "export default 1;", 'import { a } from "elsewhere";'],
)
def test_a_statement_that_cannot_be_joined_is_refused(statement: str) -> None:
    with pytest.raises(ValueError, match="cannot be put into one file"):
        bundled("entry.js", {"entry.js": f"{statement}\n"})


def test_text_that_would_end_the_script_is_refused() -> None:
    with pytest.raises(ValueError, match="would end a script"):
        bundled("entry.js", {"entry.js": 'const a = "</script>";\n'})


def test_the_loader_is_small_and_is_at_both_its_addresses(site: Path) -> None:
    script = loader()
    assert len(gzip.compress(script.content, 9)) <= 2000
    for address in (script.address, script.pinned):
        assert (site / address).read_bytes() == script.content


def test_the_dialog_stands_behind_every_block_that_can_be_embedded(site: Path) -> None:
    page = read_page(site, "index.html")
    (dialog,) = page.all("roi-embed")
    (block,) = page.all("roi-calculator")
    assert dialog.attributes["data-block"] == block.attributes["data-block"]
    assert dialog.attributes["data-frame"] == "embed/month/"
    pages = {
        tag.attributes["value"]: tag.attributes["data-address"]
        for tag in page.all("option")
        if "data-address" in tag.attributes
    }
    below = {tag: f"{ADDRESS}embed/month/{tag}/" for tag in languages() if tag != "en"}
    assert pages == {"en": f"{ADDRESS}embed/month/"} | below
    (spanish,) = read_page(site, "es/index.html").all("roi-embed")
    assert spanish.attributes["data-frame"] == "../embed/mes/"
    assert spanish.attributes["lang"] == "es"
    assert "roi-embed" not in (site / "rate" / "index.html").read_text("utf-8").replace(
        "roi-embed-", ""
    )
    assert "roi-embed" not in (site / "search" / "search_index.json").read_text("utf-8")
