"""A real Hugo, with the shortcode as the docs print it."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from support.sites import ROOT

_DOCS: Final = ROOT / "docs" / "en" / "embedding-hugo.md"
_CONFIG: Final = """
baseURL = "/"
title = "Blog"
disableKinds = ["home", "section", "taxonomy", "term"]
"""
_LAYOUT: Final = "<!doctype html><title>{{ .Title }}</title>{{ .Content }}"


def is_here() -> bool:
    """Tell whether Hugo is installed."""
    return shutil.which("hugo") is not None


def shortcode_in_use() -> str:
    """Return the line that a post has, as the docs print it."""
    (used,) = re.findall(r"\{\{</\* (.*?) \*/>\}\}", _DOCS.read_text("utf-8"))
    return f"{{{{< {used} >}}}}"


def built(folder: Path, content: str, *, title: str = "Post", layout: str = _LAYOUT) -> Path:
    """Build a blog of one post, at `post/`; return where it lies."""
    (shortcode,) = re.findall(r"```html\n(.*?)```", _DOCS.read_text("utf-8"), re.DOTALL)
    files = {
        "hugo.toml": _CONFIG,
        "layouts/_default/single.html": layout,
        "layouts/shortcodes/roi-calculator.html": shortcode,
        "content/post.md": f"---\ntitle: {title}\n---\n\n{content}\n",
    }
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    subprocess.run(["hugo", "--quiet"], cwd=folder, check=True, capture_output=True)
    return folder / "public"
