"""Publishes the JSON Schemas of a block and of our options in mkdocs.yml, for authors' editors."""

import json

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from mkdocs_roi_calculator.settings.editor_schema import SCHEMAS


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add `assets/schemas/<name>.json`; languages.py leaves assets to the first language."""
    for name, schema in SCHEMAS.items():
        text = json.dumps(schema(), ensure_ascii=False, indent=1)
        files.append(File.generated(config, f"assets/schemas/{name}.json", content=text))
    return files
