"""The calculator in sites as others set them up: plugins, addresses, several versions."""

import os
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from support.browsers import Tab, output, wait_for_output, wait_for_state, wait_until
from support.sites import TOOLS, run_tool, served, write_site

FIELD = "roi-calculator input[name=requests]"
IN_CHROMIUM = pytest.mark.parametrize("browser", ["chromium"], indirect=True)
CONFIG = """
site_name: Test
site_url: https://test.example/
theme: {name: material, font: false, features: [navigation.instant]}
"""
PLUGINS = "plugins: [search, PLUGIN, roi-calculator: {pyodide: self}]\n"
PAGES = {
    "index.md": "# Home\n\n[ROI](roi.md)\n",
    "roi.md": "# ROI\n\n```roi-calculator\n```\n",
}
# Material's own script names a library that it loads from elsewhere on pages with diagrams.
PRIVACY = "privacy: {assets_exclude: ['unpkg.com/*']}"
MINIFY = """
plugins:
  - search
  - roi-calculator: {pyodide: self}
  - minify: {minify_html: true, minify_js: true, js_files: [own.js], cache_safe: true}
extra_javascript: [own.js]
"""
OWN = {"own.js": "/* a comment */ window.isOwn = true;\n"}


def _built(folder: Path, config: str, pages: dict[str, str] | None = None) -> Path:
    write_site(folder, CONFIG + config, {**PAGES, **(pages or {})})
    built = run_tool("mkdocs", "build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    return folder / "site"


def _answers(tab: Tab, address: str) -> None:
    tab.open(address)
    tab.replace(FIELD, "250")
    wait_for_output(tab, "net_saving", "4500")
    # The offline plugin's search names a script of another site.
    assert [error for error in tab.errors if "ERR_NAME_NOT_RESOLVED" not in error] == []


@IN_CHROMIUM
@pytest.mark.parametrize(
    ("config", "page"),
    [
        (PLUGINS.replace("PLUGIN", PRIVACY), "roi/"),
        (PLUGINS.replace("PLUGIN", "offline"), "roi.html"),
        (MINIFY, "roi/"),
        (PLUGINS.replace("PLUGIN, ", "") + "use_directory_urls: false\n", "roi.html"),
    ],
    ids=["privacy", "offline", "minify", "use_directory_urls"],
)
def test_it_works_beside_other_plugins_and_addresses(
    config: str, page: str, tab: Tab, tmp_path: Path
) -> None:
    with served(_built(tmp_path, config, OWN)) as site:
        _answers(tab, f"{site.url}/{page}")


@IN_CHROMIUM
def test_it_works_below_a_path(tab: Tab, tmp_path: Path) -> None:
    config = PLUGINS.replace("PLUGIN, ", "")
    site_folder = _built(tmp_path, config)
    below = tmp_path / "server" / "guides" / "service"
    below.parent.mkdir(parents=True)
    site_folder.rename(below)
    with served(tmp_path / "server") as site:
        _answers(tab, f"{site.url}/guides/service/roi/")
        tab.open(f"{site.url}/guides/service/")
        tab.click("article a[href*='roi/']")
        wait_until(tab, "document.querySelector('roi-calculator')")
        wait_for_state(tab)


@IN_CHROMIUM
def test_from_a_folder_without_a_server_the_example_stands_and_the_page_says_so(
    tab: Tab, tmp_path: Path
) -> None:
    site = _built(tmp_path, PLUGINS.replace("PLUGIN", "offline"))
    tab.open((site / "roi.html").as_uri())
    assert output(tab, "net_saving") == "1500"
    tab.evaluate("document.getAnimations().forEach((each) => each.finish())")
    said = tab.evaluate(
        "const said = getComputedStyle(document.querySelector('.roi-status'), '::after');"
        "return said.visibility === 'visible' && said.content"
    )
    assert "Live calculation has not started." in str(said)


def _run(*command: str, cwd: Path) -> bytes:
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True).stdout


@IN_CHROMIUM
def test_every_version_of_a_site_has_its_own(tab: Tab, tmp_path: Path) -> None:
    folder = write_site(tmp_path, CONFIG + PLUGINS.replace("PLUGIN", "mike"), PAGES)
    _run("git", "init", "--quiet", cwd=folder)
    (folder / ".gitignore").write_text("/published/\n", "utf-8")
    for key, value in (("user.name", "Test"), ("user.email", "test@test.example")):
        _run("git", "config", key, value, cwd=folder)
    _run("git", "commit", "--quiet", "--allow-empty", "--message", "Begin", cwd=folder)
    for version in ("1.0", "2.0"):
        # It finds the builder by its name alone.
        found = {"PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"}
        deployed = run_tool("mike", "deploy", version, cwd=folder, environment=found)
        assert deployed.returncode == 0, deployed.stderr
    published = tmp_path / "published"
    with tarfile.open(fileobj=BytesIO(_run("git", "archive", "gh-pages", cwd=folder))) as archive:
        archive.extractall(published, filter="data")
    with served(published) as site:
        for version in ("1.0", "2.0"):
            tab.open(f"{site.url}/{version}/roi/")
            tab.replace(FIELD, "250")
            wait_for_output(tab, "net_saving", "4500")


LOCKED = """
plugins: [search, roi-calculator: {pyodide: self, embed: true}, encryptcontent: {webcrypto: true}]
markdown_extensions: [pymdownx.superfences]
"""


@IN_CHROMIUM
def test_it_works_on_a_page_that_a_reader_unlocks(tab: Tab, tmp_path: Path) -> None:
    page = (
        "---\npassword: correct horse battery staple 2026!\n---\n# Locked\n\n"
        "Kept: {roi}`net_saving`\n\n```roi-calculator\nid: locked\n```\n"
    )
    folder = _built(tmp_path, LOCKED, {"locked.md": page})
    assert "roi-calculator>" not in (folder / "locked" / "index.html").read_text("utf-8")
    assert not (folder / "embed" / "locked").exists(), "others would have it without the password"
    with served(folder) as site:
        tab.open(f"{site.url}/locked/")
        tab.replace("#mkdocs-content-password", "correct horse battery staple 2026!")
        tab.press("Enter")
        wait_until(tab, "document.querySelector('roi-calculator')")
        tab.replace(FIELD, "250")
        wait_for_output(tab, "net_saving", "4500")
        assert tab.evaluate("return document.querySelector('roi-value').textContent") == "$4,500"


TOGETHER = """
markdown_extensions: [pymdownx.superfences]
plugins: [blog, roi-calculator: {pyodide: self}, print-site]
"""
DOCUMENT = """# NAME

{roi}`month.example`

```roi-calculator
id: month
values: {requests: COUNT}
```

Kept by NAME: {roi}`month.net_saving`.

```roi-calculator
calculator: handling-time
```
"""
POSTS = {
    f"blog/posts/{name}.md": f"---\ndate: 2026-01-0{day}\n---\n"
    + DOCUMENT.replace("NAME", name).replace("COUNT", f"{day}00")
    + "\n<!-- more -->\n"
    for day, name in enumerate(("Beta", "Alpha"), start=1)
}


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that shows several documents on one page, all with a block of the same id."""
    pages = {
        "index.md": DOCUMENT.replace("NAME", "Alpha").replace("COUNT", "200"),
        "b.md": DOCUMENT.replace("NAME", "Beta").replace("COUNT", "100"),
        "blog/index.md": "# Blog\n",
        **POSTS,
    }
    folder = tmp_path_factory.mktemp("together")
    return _built(folder, TOGETHER + "nav: [index.md, b.md, blog/index.md]\n", pages)


LOST_REFERENCES = """
const lost = [];
for (const name of ["for", "aria-labelledby", "aria-describedby"]) {
  for (const each of document.querySelectorAll(`roi-calculator [${name}]`)) {
    const [ids, block] = [each.getAttribute(name).split(" "), each.closest("roi-calculator")];
    lost.push(...ids.filter((id) => !block.querySelector(`#${CSS.escape(id)}`)));
  }
}
return lost;
"""
REPEATED_IDS = """
const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
return ids.filter((id, index) => ids.indexOf(id) !== index);
"""
SECOND = "[...document.querySelectorAll('roi-calculator[data-block$=month]')][1]"
TEXTS = "[...document.querySelectorAll('roi-value')].map((each) => each.textContent).join()"


@pytest.mark.parametrize("browser", ["chromium", "firefox"], indirect=True)
@pytest.mark.parametrize("page", ["blog/", "print_page/"])
def test_every_form_of_a_page_of_several_documents_works_alone(
    page: str, tab: Tab, together: Path
) -> None:
    with served(together) as site:
        tab.open(f"{site.url}/{page}")
        assert tab.evaluate(f"return {TEXTS}") == "$3,500,$1,500"
        wait_until(tab, f"{SECOND}.querySelector('select').labels.length === 1")
        assert tab.evaluate(REPEATED_IDS) == []
        assert tab.evaluate(LOST_REFERENCES) == []
        tab.evaluate(f"{SECOND}.querySelector('label').click()")
        assert tab.evaluate(f"return {SECOND}.contains(document.activeElement)")
        second = tab.evaluate(f"return {SECOND}.id")
        tab.replace(f"#{second} [data-field=requests] input", "1000")
        wait_until(tab, f"{TEXTS} === '$3,500,$19,500'")
        tab.evaluate("document.querySelectorAll('roi-origin')[1].querySelector('button').click()")
        wait_until(tab, f"{TEXTS} === '$3,500,$1,500'")
        tab.evaluate("document.querySelectorAll('roi-origin')[1].querySelector('a').click()")
        wait_until(tab, f"Math.abs({SECOND}.getBoundingClientRect().top) < 200")
        assert tab.errors == []
