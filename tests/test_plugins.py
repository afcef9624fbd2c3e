"""Beside other plugins, as sites have them: what they do to a page before us and after us."""

import re
from html import unescape
from pathlib import Path

import pytest

from support.sites import run_tool, write_site

CONFIG = """
site_name: Test
site_url: https://test.example/
theme: {{name: {theme}}}
markdown_extensions:
  - pymdownx.superfences
  - pymdownx.snippets: {{base_path: [parts]}}
plugins: [{plugins}]
extra: {{requests: 250}}
"""
PRINTED = """# Page

```python exec="on"
print("~~~roi-calculator\\nid: printed\\nvalues:\\n  requests: 250\\n~~~")
print("\\n## Printed {roi}`printed.net_saving`\\n")
```

```roi-calculator
id: month
```

{roi}`month.net_saving` {roi}`printed.net_saving`
"""
PART = "```roi-calculator\nvalues:\n  requests: 250\n```\n\n{roi}`net_saving`\n"


def _built(folder: Path, plugins: str, pages: dict[str, str], theme: str = "mkdocs") -> Path:
    write_site(folder, CONFIG.format(plugins=plugins, theme=theme), pages)
    built = run_tool("mkdocs", "build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    return folder / "site"


def _refused(folder: Path, plugins: str, pages: dict[str, str]) -> str:
    write_site(folder, CONFIG.format(plugins=plugins, theme="mkdocs"), pages)
    built = run_tool("mkdocs", "build", cwd=folder)
    assert built.returncode != 0
    assert "Traceback" not in built.stderr
    return built.stderr


def _texts(html: str) -> list[str]:
    return [unescape(each) for each in re.findall(r"<roi-value [^>]*>([^<]*)</roi-value>", html)]


@pytest.mark.parametrize(
    "plugins", ["markdown-exec, roi-calculator", "roi-calculator, markdown-exec"]
)
def test_what_a_fence_prints_is_on_the_page_like_anything_else(
    plugins: str, tmp_path: Path
) -> None:
    html = (_built(tmp_path, plugins, {"index.md": PRINTED}) / "index.html").read_text("utf-8")
    assert html.count("<roi-calculator ") == 2
    assert _texts(html) == ["$4,500", "$1,500", "$4,500"]
    assert html.count("Printed $4,500") == 1, "the table of contents"


def test_a_mistake_in_what_a_fence_prints_is_said_to_be_there(tmp_path: Path) -> None:
    page = PRINTED.replace("requests:", "request:")
    said = _refused(tmp_path, "markdown-exec, roi-calculator", {"index.md": page})
    assert (
        "docs/index.md: roi-calculator: line 3 of a block that another file or a plugin has "
        "written: unknown input 'request'; expected one of requests, "
    ) in said


@pytest.mark.parametrize(
    ("plugins", "page"),
    [
        ("roi-calculator", '--8<-- "part.md"\n'),
        ("include-markdown, roi-calculator", '{% include-markdown "../parts/part.md" %}\n'),
        ("macros, roi-calculator", PART.replace("250", "{{ requests }}")),
    ],
    ids=["snippets", "include-markdown", "macros"],
)
def test_a_block_may_come_from_elsewhere(plugins: str, page: str, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    part = tmp_path / "parts" / "part.md"
    part.write_text(PART, "utf-8")
    html = (_built(tmp_path, plugins, {"index.md": page}) / "index.html").read_text("utf-8")
    assert _texts(html) == ["$4,500"]
    part.write_text(PART.replace("requests", "request"), "utf-8")
    said = _refused(tmp_path, plugins, {"index.md": page.replace(" requests:", " request:")})
    assert "docs/index.md: roi-calculator: line 2 of a block that another file or a" in said


META = {
    "index.md": "# Home\n",
    "g/.meta.yml": "roi_calculator:\n  currency: EUR\n  values:\n    requests: 0250\n",
    "g/a.md": "# A\n\n```roi-calculator\n```\n",
    "g/b.md": "---\nroi_calculator:\n  language: es\n---\n# B\n\n```roi-calculator\n```\n",
    "g/c.md": "---\nroi_calculator:\n  values: {requests: 3}\n---\n# C\n\n```roi-calculator\n```\n",
}


def test_the_defaults_of_a_folder_count_beside_what_a_page_says(tmp_path: Path) -> None:
    theme = "material, font: false"
    site = _built(tmp_path, "material/meta, roi-calculator", META, theme)
    pages = {name: (site / "g" / name / "index.html").read_text("utf-8") for name in "abc"}
    assert all(' currency="EUR"' in html for html in pages.values())
    assert ' language="es"' in pages["b"]
    # As it is written: YAML 1.1 would read 0250 as 168.
    for name, saving in {"a": "5000", "b": "5000", "c": "60"}.items():
        assert f'data-output="gross_saving" data-value="{saving}"' in pages[name]


def test_without_a_plugin_that_merges_them_defaults_do_not_count(tmp_path: Path) -> None:
    site = _built(tmp_path, "roi-calculator", META)
    assert ' currency="USD"' in (site / "g" / "b" / "index.html").read_text("utf-8")


def test_a_mistake_in_the_defaults_of_a_folder_is_found_on_its_line(tmp_path: Path) -> None:
    for key, said in {
        "curency: E": "g/.meta.yml:2: roi-calculator: front matter: unknown key 'curency'",
        "currency: E": "g/.meta.yml:2: roi-calculator: unknown currency 'E'",
    }.items():
        pages = {**META, "g/.meta.yml": f"roi_calculator:\n  {key}\n"}
        config = CONFIG.format(plugins="material/meta, roi-calculator", theme="material")
        write_site(tmp_path, config, pages)
        built = run_tool("mkdocs", "build", cwd=tmp_path)
        assert f"ERROR   -  docs/{said}" in built.stderr
