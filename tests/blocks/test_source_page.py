"""The page that is being rendered: where its file is read, and how often."""

from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from support.sites import write_site

CONFIG = """
site_name: Test
site_url: https://guide.example/
theme: mkdocs
plugins: [roi-calculator: {embed: true}]
"""
BLOCKS = "\n".join(f"```roi-calculator\nid: block-{number}\n```\n" for number in range(10))
PAGE = f"---\nroi_calculator: {{currency: EUR}}\n---\n# {{roi}}`block-3.net_saving`\n\n{BLOCKS}"


def test_a_page_is_read_once_for_all_its_blocks_and_live_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_site(tmp_path, CONFIG, {"index.md": PAGE})
    monkeypatch.chdir(folder)
    read: list[str] = []
    read_text = Path.read_text

    def counted(self: Path, encoding: str | None = None, errors: str | None = None) -> str:
        read.append(self.name)
        return read_text(self, encoding, errors)

    monkeypatch.setattr(Path, "read_text", counted)
    config = load_config()
    build(config)
    config.plugins.on_shutdown()
    html = (folder / "site" / "index.html").read_bytes().decode()
    assert html.count("<roi-calculator ") == 10
    assert read.count("index.md") == 1
