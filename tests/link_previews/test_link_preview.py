"""What other sites show of a link to a calculator: title, answer, picture."""

import io
import json
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from mkdocs_roi_calculator.link_previews.picture_content import Bar, Card, Figure, card_of
from mkdocs_roi_calculator.link_previews.picture_png import MissingLettersError, covers, picture_of
from roi_calc.answering.answer import answer_to
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import language, languages
from roi_calc.language.locales import locale_file
from roi_calc.language.number_format import NEUTRAL
from roi_calc.language.po_catalog import messages
from roi_calc.reading.inputs import read_inputs
from support.built_guide import BuiltPage, read_page
from support.embeds import ADDRESS, CONFIG, PAGES, build_guide
from support.sites import run_tool, write_site

SIZE: Final = (1200, 630)
HOSTILE: Final = "\"><script>alert(1)</script> & 'co' \U0001f4b0"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small guide, built."""
    return build_guide(tmp_path_factory.mktemp("guide"))


def _built(folder: Path, embed: str = "true", pages: dict[str, str] | None = None) -> str:
    """Build the small guide with another `embed`, or other pages; return what the build said."""
    config = CONFIG.replace("embed: true", f"embed: {embed}")
    write_site(folder, config, {**PAGES, **(pages or {})})
    built = run_tool("mkdocs", "build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    return built.stderr


def _month(title: str = "", values: str = "") -> dict[str, str]:
    """Return the home page with another title and other values in its block."""
    settings = {"id": "month", "values": {"requests": values or "100"}, "title": title}
    block = json.dumps(settings, ensure_ascii=False)
    return {"index.md": f"# Home\n\n```roi-calculator\n{block}\n```\n"}


def _page(site: Path, name: str) -> BuiltPage:
    return read_page(site, f"embed/{name}/index.html")


def _picture(site: Path, name: str) -> Path:
    """Return the picture that a page names, as a file; no other one may be meant."""
    address, _, version = _page(site, name).content("og:image").partition("?")
    assert version
    return site / address.removeprefix(ADDRESS)


def test_a_link_shows_title_answer_and_site(site: Path) -> None:
    page = _page(site, "mes")
    said = (
        "Resolver 100 solicitudes en redes sociales evitó un costo de €\u00a02000 por teléfono, "
        "correo o chat. Descontada la inversión de €\u00a0500, queda un ahorro neto de "
        "€\u00a01500: un retorno de 300\u202f%."
    )
    assert page.content("og:title") == "Un mes"
    assert page.content("og:description") == said
    assert page.content("description") == said
    assert page.content("og:site_name") == "The guide"
    assert page.content("og:type") == "website"
    assert page.content("og:locale") == "es_419"
    assert page.content("og:url") == f"{ADDRESS}embed/mes/"
    assert page.content("twitter:card") == "summary_large_image"
    assert page.content("og:image:alt") == (
        "Un mes: Ahorro neto €\u00a01500; Retorno de la inversión (ROI) 300\u202f%"
    )


def test_every_page_has_a_picture_of_its_own_that_both_its_views_show(site: Path) -> None:
    files = list(site.glob("embed/**/index.html"))
    assert files
    for file in files:
        name = file.parent.relative_to(site / "embed").as_posix()
        picture = _picture(site, name)
        assert picture == site / "embed" / name.replace("/full", "") / "social.png"
        with Image.open(picture) as image:
            assert (image.format, image.size) == ("PNG", SIZE)
        page = _page(site, name)
        said = (page.content("og:image:width"), page.content("og:image:height"))
        assert tuple(map(int, said)) == SIZE


def test_the_description_has_the_pages_picture(site: Path) -> None:
    for file in site.glob("oembed/**/*.json"):
        said = json.loads(file.read_text("utf-8"))
        name = file.relative_to(site / "oembed").with_suffix("").as_posix()
        assert said["thumbnail_url"] == _page(site, name).content("og:image")
        assert (said["thumbnail_width"], said["thumbnail_height"]) == SIZE


def test_a_picture_and_its_address_change_with_the_answer_alone(site: Path, tmp_path: Path) -> None:
    _built(tmp_path, pages=_month(values="250"))
    other = tmp_path / "site"
    for name in ("mes", "programme"):
        assert _picture(other, name).read_bytes() == _picture(site, name).read_bytes()
        assert _page(other, name).content("og:image") == _page(site, name).content("og:image")
    assert _picture(other, "month").read_bytes() != _picture(site, "month").read_bytes()
    assert _page(other, "month").content("og:image") != _page(site, "month").content("og:image")


def test_a_hostile_title_stays_text_and_emoji_are_left_out_of_the_picture(tmp_path: Path) -> None:
    said = _built(tmp_path, pages=_month(title=HOSTILE))
    page = _page(tmp_path / "site", "month")
    assert page.content("og:title") == HOSTILE
    assert len(page.all("script")) == 1
    assert _picture(tmp_path / "site", "month").is_file()
    assert "no picture" not in said


def test_a_title_in_letters_that_cannot_be_drawn_has_no_picture(tmp_path: Path) -> None:
    said = _built(tmp_path, pages=_month(title="計算機"))
    page = _page(tmp_path / "site", "month")
    assert f"{ADDRESS}embed/month/ has no picture: no letters for '計算機'" in said
    assert said.count("has no picture") == 1
    assert page.content("og:title") == "計算機"
    assert page.content("twitter:card") == "summary"
    assert page.all("meta", property="og:image") == []
    assert not (tmp_path / "site" / "embed" / "month" / "social.png").exists()
    assert _picture(tmp_path / "site", "mes").is_file()


def test_without_pillow_a_build_says_once_how_to_get_pictures(tmp_path: Path) -> None:
    absent = tmp_path / "absent" / "PIL"
    absent.mkdir(parents=True)
    (absent / "__init__.py").write_text("raise ModuleNotFoundError(name='PIL')\n", "utf-8")
    write_site(tmp_path, CONFIG, PAGES)
    environment = {"PYTHONPATH": str(absent.parent)}
    built = run_tool("mkdocs", "build", "--strict", cwd=tmp_path, environment=environment)
    assert built.returncode == 0, built.stderr
    assert built.stderr.count("mkdocs-roi-calculator[social]") == 1
    page = _page(tmp_path / "site", "month")
    assert page.content("og:title") == "What answering on social media is worth"
    assert page.all("meta", property="og:image") == []
    assert not list((tmp_path / "site").glob("embed/**/social.png"))
    described = json.loads((tmp_path / "site" / "oembed" / "month.json").read_text("utf-8"))
    assert not [key for key in described if key.startswith("thumbnail")]


@pytest.mark.parametrize(("name", "kind"), [("our own.png", "PNG"), ("photo.jpg", "JPEG")])
def test_an_author_can_give_one_picture_for_all_pages(name: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / "docs" / "assets").mkdir(parents=True)
    Image.new("RGB", (800, 418), "green").save(tmp_path / "docs" / "assets" / name, kind)
    _built(tmp_path, embed=f"{{image: 'assets/{name}'}}")
    for page_name in ("month", "programme"):
        page = _page(tmp_path / "site", page_name)
        address = f"{ADDRESS}assets/{name.replace(' ', '%20')}?"
        assert page.content("og:image").startswith(address)
        assert page.content("og:image:width") == "800"
        assert page.content("og:image:height") == "418"
        assert page.all("meta", property="og:image:alt") == []
    assert not list((tmp_path / "site").glob("embed/**/social.png"))


def test_a_photograph_may_have_bytes_that_fill_between_its_segments(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir(parents=True)
    photograph = io.BytesIO()
    Image.new("RGB", (1200, 630), "green").save(photograph, "JPEG")
    filled = photograph.getvalue().replace(b"\xff\xc0", b"\xff\xff\xff\xc0", 1)
    (tmp_path / "docs" / "photo.jpg").write_bytes(filled)
    _built(tmp_path, embed="{image: photo.jpg}")
    assert _page(tmp_path / "site", "month").content("og:image:width") == "1200"


@pytest.mark.parametrize(
    ("embed", "message"),
    [
        ("please", "embed: 'please' is neither true nor false; expected one of these, or options"),
        ("{imge: a.png}", "embed: unknown key 'imge'; expected image; did you mean 'image'?"),
        ("{image: ''}", "embed: image: '' is not a text; expected such as 'assets/social.png'"),
        ("{image: 5}", "embed: image: 5 is not a text"),
        ("{image: lost.png}", "embed: image: 'lost.png' is not a file of the docs folder; "),
        ("{image: ../a.png}", "embed: image: '../a.png' is not a file of the docs folder"),
        ("{image: index.md}", "embed: image: 'index.md' is neither a PNG nor a JPEG"),
        ("{image: cut.jpg}", "embed: image: 'cut.jpg' is neither a PNG nor a JPEG"),
    ],
)
def test_a_mistake_in_the_options_stops_the_build(embed: str, message: str, tmp_path: Path) -> None:
    write_site(tmp_path, CONFIG.replace("embed: true", f"embed: {embed}"), PAGES)
    (tmp_path / "docs" / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    built = run_tool("mkdocs", "build", cwd=tmp_path)
    assert built.returncode != 0
    assert f"mkdocs.yml:7: roi-calculator: {message}" in built.stderr
    assert not (tmp_path / "site" / "index.html").exists()


def test_options_alone_turn_it_on(tmp_path: Path) -> None:
    _built(tmp_path, embed="{}")
    assert _picture(tmp_path / "site", "month").is_file()


@pytest.mark.parametrize("tag", languages())
def test_every_word_of_a_language_can_be_drawn(tag: str) -> None:
    texts = [text for key, text in messages(locale_file(f"{tag}.po")) if key]
    assert [text for text in texts if not covers(text.replace("\0", ""))] == []


@pytest.mark.parametrize(
    ("tag", "currency", "value"),
    [
        ("en", "INR", "₹1,500"),
        ("es-CR", "CRC", "₡1\u00a0500"),
        ("pt", "BRL", "R$\u00a01.500"),
        ("id", "IDR", "Rp\u00a01.500"),
        ("en-GE", "GEL", "1\u202f500\u00a0GEL"),  # Lato lacks ₾
    ],
)
def test_a_currency_without_a_sign_to_draw_is_shown_by_its_code(
    tag: str, currency: str, value: str
) -> None:
    calculator = CALCULATORS["deflection"]
    given = read_inputs(calculator, {}, NEUTRAL, currency)
    card = card_of("Site", "Title", answer_to(calculator, given, language(tag), currency), covers)
    assert card.figures[0].value == value
    assert picture_of(card)


@pytest.mark.parametrize(("tag", "territory"), [("es", "419"), ("es-MX", "MX"), ("pt", "BR")])
def test_a_language_has_a_territory(tag: str, territory: str) -> None:
    assert language(tag).territory == territory


def test_letters_that_cannot_be_drawn_are_named_each_once() -> None:
    with pytest.raises(MissingLettersError) as refused:
        picture_of(Card("Site", "ROI 計計算", (Figure("Label", "1"),)))
    assert refused.value.letters == "計算"


def test_accents_that_stand_behind_their_letters_are_joined_with_them() -> None:
    apart = Card("Site", "Co\u0301mo", ())
    assert picture_of(apart) == picture_of(Card("Site", "Cómo", ()))


@pytest.mark.parametrize(("count", "label"), [(60, ""), (400, ""), (25, "A month of answers")])
def test_there_may_be_more_bars_than_letters_fit_under(count: int, label: str) -> None:
    bar = Bar(label, "1,500" if label else "", 0, 1500, "roi-bar-gain")
    with Image.open(io.BytesIO(picture_of(Card("Site", "ROI", (), (bar,) * count)))) as image:
        assert image.size == SIZE


def test_the_largest_amounts_can_be_drawn() -> None:
    bars = (Bar("", "", 0, 1.7e308, "roi-bar-gain"), Bar("", "", 0, -1.7e308, "roi-bar-loss"))
    with Image.open(io.BytesIO(picture_of(Card("Site", "ROI", (), bars)))) as image:
        drawn = {color: count for count, color in image.convert("RGB").getcolors(1 << 20) or ()}
    gain, loss = (drawn[color] for color in ((0x14, 0x80, 0x4A), (0xB3, 0x26, 0x1E)))
    assert gain > 10_000
    assert gain == pytest.approx(loss, rel=0.02)


def test_the_longest_title_leaves_room_for_the_figures() -> None:
    with Image.open(io.BytesIO(picture_of(Card("", "word " * 40, ())))) as image:
        letters = image.convert("L").crop((76, 0, *SIZE)).point(lambda level: level < 128)
    _, _, _, bottom = letters.getbbox() or (0, 0, 0, 0)
    assert 0 < bottom < 300
