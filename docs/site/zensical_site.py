"""Builds the guide with Zensical, from the same pages: `make site ENGINE=zensical`.

Zensical runs no hooks and none of MkDocs' templates. So each language is staged in a folder of its
own, with the links between languages as addresses, and built with a configuration that is made of
`mkdocs.yml` and `mkdocs.<language>.yml`. What only templates and hooks do (JSON-LD, pictures of
links) and the pages to embed are not there.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from languages import _ACROSS, _site, _translated
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from taken_away import filled_in, templates

_ROOT: Final = Path(__file__).parents[2]
_THEME_ASSETS: Final = _ROOT / "docs" / "site" / "theme" / "assets"
_KEPT: Final = ("site_name", "site_description", "site_author", "copyright", "use_directory_urls")


def build(output: Path, staging: Path) -> None:
    """Build every language: the first at the root of the output, each other one in a folder."""
    for folder in (staging, output):
        shutil.rmtree(folder, ignore_errors=True)
    main = load_config(str(_ROOT / "mkdocs.yml"))
    for language in _site(main).names:
        name = "mkdocs.yml" if language == _site(main).first else f"mkdocs.{language}.yml"
        config = load_config(str(_ROOT / name), site_url=_url(main, language))
        _build_language(config, output, staging / language)


def _url(main: MkDocsConfig, language: str) -> str:
    return f"{main.site_url}{_site(main).folder(language)}"


def _build_language(config: MkDocsConfig, output: Path, staging: Path) -> None:
    site = _site(config)
    shutil.copytree(config.docs_dir, staging / "docs")
    shutil.copytree(_THEME_ASSETS, staging / "docs" / "assets", dirs_exist_ok=True)
    for name, content in templates().items():
        file = staging / "docs" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
    for page in (staging / "docs").glob("*.md"):
        text = filled_in(page.read_text("utf-8"), site.language)
        page.write_text(_ACROSS.sub(lambda found: _address(found, site.root), text), "utf-8")
    nav = config.nav if site.is_first else list(_translated(config.nav or [], site, config.extra))
    settings = {**_settings(config), "nav": nav}
    # YAML takes JSON.
    (staging / "mkdocs.yml").write_text(json.dumps(settings, ensure_ascii=False), "utf-8")
    zensical = str(Path(sys.executable).with_name("zensical"))
    subprocess.run(  # noqa: S603 - the guide's own pages
        [zensical, "build", "--clean", "--strict"], check=True, cwd=staging
    )
    shutil.copytree(staging / "site", output / site.folder(site.language), dirs_exist_ok=True)


def _address(found: re.Match[str], root: str) -> str:
    language, name, anchor = found[1], found[2], found[3] or ""
    folder = "" if language == "en" else f"{language}/"
    return f"]({root}{folder}{'' if name == 'index' else f'{name}/'}{anchor})"


def _settings(config: MkDocsConfig) -> Mapping[str, object]:
    site, plugin = _site(config), config.plugins["roi-calculator"].config
    names = site.names.items()
    options = {**config.mdx_configs, "pymdownx.snippets": {"base_path": [str(_ROOT)]}}
    extensions = [{name: options.get(name, {})} for name in config.markdown_extensions]
    ours = {
        "language": config.theme["language"],
        "pyodide": plugin["pyodide"],
        "calculators": [str(_ROOT / path) for path in plugin["calculators"]],
        "links": dict(plugin["links"]),
    }
    return {
        **{key: config[key] for key in _KEPT},
        "site_url": config.site_url,
        "docs_dir": "docs",
        "site_dir": "site",
        "theme": {
            "variant": "classic",
            "language": config.theme["language"],
            "font": False,
            "features": config.theme["features"],
            "palette": config.theme["palette"],
        },
        "extra": {
            "alternate": [
                {"name": name, "lang": each, "link": f"{site.root}{site.folder(each)}"}
                for each, name in names
            ]
        },
        "extra_css": [str(path) for path in config.extra_css],
        "extra_javascript": [str(path) for path in config.extra_javascript],
        "markdown_extensions": [*extensions, {"roi_calculator": ours}],
    }


if __name__ == "__main__":
    place = Path(sys.argv[1]) if sys.argv[1:] else _ROOT / "build" / "site"
    build(place, _ROOT / "build" / "zensical")
