"""Photographs posts in real blogs for the docs, what a reader takes away, and the form.

    make pictures     docs/<language>/images/embedding-<blog>.webp
                      docs/<language>/images/memo.webp and workbook.webp
                      docs/en/images/calculator.webp, for the README

The pictures are in the repository, because a build has neither a browser nor a WordPress.
"""

import base64
import contextlib
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import riverbend
from playwright.sync_api import FloatRect

from mkdocs_roi_calculator.embeds.host_script import loader
from roi_calc.calculators import CALCULATORS
from roi_calc.handover.link import link_text
from roi_calc.handover.notes import COUNTED
from roi_calc.handover.workbook import workbook
from support import hugo
from support.browsers import AnyBrowser, PlaywrightTab, new_tab, started, wait_until
from support.embeds import ADDRESS, PAGES, build_guide, served_guide
from support.frames import FrameTab
from support.sites import ROOT, run_tool, served, write_site
from support.wordpress import WordPress, missing, wordpress

WIDTH: Final = 760
HEIGHT: Final = 640
QUALITY: Final = 70
# Where the results lie in a printed workbook: the page, and on it in CSS pixels.
SHEET: Final = 3
RESULTS: Final[FloatRect] = {"x": 60, "y": 66, "width": 704, "height": 360}
HUGO_LAYOUT: Final = """<!doctype html><meta charset="utf-8"><title>{{ .Title }}</title>
<style>
body { max-width: 40rem; margin: 2.5rem auto; padding: 0 1rem; line-height: 1.6;
  font-family: "Liberation Serif", Georgia, serif; font-size: 1.15rem; }
</style>
<h1>{{ .Title }}</h1>{{ .Content }}"""


@dataclass(frozen=True)
class Post:
    """A post about a calculator of the guide: its title, and what stands before and behind it.

    id: the calculator's, and the language's.
    """

    id: str
    title: str
    before: str
    behind: str

    def around(self, code: str) -> str:
        """Return the whole text, with what was pasted in its middle."""
        return f"{self.before}\n\n{code}\n\n{self.behind}"


POSTS: Final = (
    Post(
        "en",
        "What answering on social media is worth to us",
        "We counted for one month. Here is the sum, to try with your own numbers:",
        "Next month we count again.",
    ),
    Post(
        "es",
        "Lo que vale para nosotros atender en redes sociales",
        "Llevamos la cuenta durante un mes. Esta es la suma, para probar con sus propios números:",
        "El mes que viene volvemos a contar.",
    ),
    Post(
        "id",
        "Nilai menjawab di media sosial bagi kami",
        "Selama sebulan kami mencatat. Inilah hitungannya; cobalah dengan angka Anda sendiri:",
        "Bulan depan kami mencatat lagi.",
    ),
)
GUIDE: Final = {name: PAGES[name] for name in ("index.md", "rate.md")} | {
    f"{post.id}.md": f"# {post.id}\n\n```roi-calculator\nid: {post.id}\nlanguage: {post.id}\n```\n"
    for post in POSTS
}
# Returns the address of a post in a blog that runs while the context lasts.
Published = Callable[[Post, str], contextlib.AbstractContextManager[str]]


@contextlib.contextmanager
def in_hugo(post: Post, guide: str) -> Iterator[str]:
    """Publish a post with the shortcode."""
    line = f'{{{{< roi-calculator guide="{guide}/" id="{post.id}" title="ROI" height="2000" >}}}}'
    with tempfile.TemporaryDirectory() as folder:
        built = hugo.built(Path(folder), post.around(line), title=post.title, layout=HUGO_LAYOUT)
        with served(built) as blog:
            yield f"{blog.url}/post/"


@contextlib.contextmanager
def in_mkdocs(post: Post, guide: str) -> Iterator[str]:
    """Publish a page with the code with the script."""
    code = (
        f'<div data-roi-calculator="{post.id}" data-title="ROI" data-height="2000">'
        f'<a href="{guide}/embed/{post.id}/">ROI</a></div>\n'
        f'<script async src="{guide}/{loader().address}"></script>'
    )
    config = "site_name: Blog\ntheme: readthedocs\n"
    with tempfile.TemporaryDirectory() as folder:
        page = f"# {post.title}\n\n{post.around(code)}\n"
        write_site(Path(folder), config, {"index.md": page})
        done = run_tool("mkdocs", "build", "--strict", cwd=Path(folder))
        assert done.returncode == 0, done.stderr
        with served(Path(folder, "site")) as blog:
            yield f"{blog.url}/"


@contextlib.contextmanager
def in_wordpress(blog: WordPress, post: Post, guide: str) -> Iterator[str]:
    """Publish a post with the address, as an author."""
    yield blog.post("author", post.around(f"{guide}/embed/{post.id}/"), post.title)


@contextlib.contextmanager
def blogs() -> Iterator[dict[str, Published]]:
    """Yield the blogs that run here, by the name of their pictures."""
    found: dict[str, Published] = {"static": in_mkdocs}
    if hugo.is_here():
        found["hugo"] = in_hugo
    if missing():
        print(f"No WordPress; missing: {missing()}")
        yield found
        return
    with tempfile.TemporaryDirectory() as folder, wordpress(Path(folder)) as running:
        yield {**found, "wordpress": partial(in_wordpress, running)}


def photograph(browser: AnyBrowser, address: str, file: Path) -> None:
    """Save the top of a post once the calculator in it has its height."""
    with new_tab(browser) as tab:
        assert isinstance(tab, PlaywrightTab)
        tab.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        tab.open(address)
        wait_until(tab, "document.querySelector('iframe')")
        frame = FrameTab(tab)
        frame.wait_until("document.querySelector('roi-calculator:defined')")
        high = frame.evaluate("return document.querySelector('.roi-frame').scrollHeight")
        height = "document.querySelector('iframe').getBoundingClientRect().height"
        wait_until(tab, f"Math.abs({height} - {high}) < 3")
        tab.page.wait_for_load_state("networkidle")
        _save(tab, file)


def photograph_form(browser: AnyBrowser, address: str, file: Path) -> None:
    """Save the calculator of a page as it stands there."""
    with new_tab(browser) as tab:
        assert isinstance(tab, PlaywrightTab)
        tab.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        tab.open(address)
        wait_until(tab, "document.querySelector('roi-calculator[state=ready]')")
        _save(tab, file, tab.page.locator("roi-calculator").bounding_box())


def photograph_memo(browser: AnyBrowser, address: str, tag: str, file: Path) -> None:
    """Save the page that the dialog makes of the worked company's first month."""
    with new_tab(browser) as tab:
        assert isinstance(tab, PlaywrightTab)
        tab.page.set_viewport_size({"width": WIDTH, "height": 2 * HEIGHT})
        given = riverbend.answer(tag).given
        tab.open(f"{address}#{link_text(CALCULATORS['deflection'], given, 'USD')}")
        tab.page.locator(".roi-big", has_text="392").first.wait_for()
        tab.page.locator(".roi-take-away").first.click()
        dialog = tab.page.locator(".roi-away")
        for name, text in riverbend.TYPED[tag].items():
            dialog.locator(f"[name='{name}']").fill(text)
        for name in riverbend.COUNTED_INPUTS:
            dialog.locator(f"[name='grade.{name}']").select_option(COUNTED)
        last = riverbend.TYPED[tag]["source.repeat_share"]
        tab.page.locator(".roi-away-preview", has_text=last).wait_for()
        tab.page.emulate_media(media="print")
        tab.page.evaluate("document.body.style.padding = '16px'")
        # Where the guide is served for the picture is nobody's address.
        foot = tab.page.locator(".roi-away-sheet .roi-memo-foot :text('http://')").first
        foot.evaluate(f"(at) => {{ at.textContent = {ADDRESS!r}; }}")
        height = tab.page.locator(".roi-away-sheet").evaluate("(sheet) => sheet.scrollHeight")
        _save(tab, file, {"x": 0, "y": 0, "width": WIDTH, "height": height + 32})


def photograph_workbook(browser: AnyBrowser, tag: str, file: Path) -> None:
    """Save the sheet of results of the same month, as a spreadsheet program prints it."""
    with tempfile.TemporaryDirectory() as folder, new_tab(browser) as tab:
        assert isinstance(tab, PlaywrightTab)
        book, drawn = Path(folder, "month.xlsx"), Path(folder, "sheet.png")
        book.write_bytes(workbook(riverbend.answer(tag), riverbend.typed(tag)))
        of_sheet = f"-dFirstPage={SHEET} -dLastPage={SHEET} -dTextAlphaBits=4 -r200".split()
        printed = book.with_suffix(".pdf").name
        for command in (
            ["soffice", "--headless", "--convert-to", "pdf", book.name],
            ["gs", "-q", "-sDEVICE=png16m", *of_sheet, "-o", drawn.name, printed],
        ):
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        picture = base64.b64encode(drawn.read_bytes()).decode()
        tab.page.set_viewport_size({"width": 1100, "height": 850})
        style = "position: fixed; inset: 0; width: 1100px"
        tab.page.set_content(f'<img alt="" style="{style}" src="data:image/png;base64,{picture}">')
        _save(tab, file, RESULTS)


def _save(tab: PlaywrightTab, file: Path, part: FloatRect | None = None) -> None:
    """Save what a tab shows, or a part of it twice as fine."""
    tools = tab.page.context.new_cdp_session(tab.page)
    asked: dict[str, object] = {"format": "webp", "quality": QUALITY}
    if part:
        asked |= {"clip": {**part, "scale": 2}}
    taken = tools.send("Page.captureScreenshot", asked)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(base64.b64decode(taken["data"]))
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1000:.0f} kB")


def main() -> None:
    """Write the pictures of every blog that runs here."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served_guide(build_guide(Path(folder), GUIDE)) as guide,
        started("chromium") as browser,
        blogs() as found,
    ):
        form = ROOT / "docs" / "en" / "images" / "calculator.webp"
        photograph_form(browser, f"{guide.url}/", form)
        for post in POSTS:
            for name, published in found.items():
                with published(post, guide.url) as address:
                    images = ROOT / "docs" / post.id / "images"
                    photograph(browser, address, images / f"embedding-{name}.webp")
        for tag in riverbend.TYPED:
            images = ROOT / "docs" / tag / "images"
            photograph_memo(browser, f"{guide.url}/embed/{tag}/", tag, images / "memo.webp")
            photograph_workbook(browser, tag, images / "workbook.webp")


if __name__ == "__main__":
    main()
