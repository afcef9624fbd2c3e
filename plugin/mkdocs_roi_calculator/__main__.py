"""The command line: for sites that are built without the MkDocs plugin, and for editors."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from mkdocs_roi_calculator.delivery.own_python import published_files, published_words
from mkdocs_roi_calculator.delivery.published_files import FOLDER, install, site_assets
from mkdocs_roi_calculator.delivery.pyodide_release import CDN
from mkdocs_roi_calculator.settings.editor_schema import SCHEMAS
from mkdocs_roi_calculator.settings.own_calculators import site_calculators
from mkdocs_roi_calculator.settings.settings import SettingError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, or 2 for something that cannot be used."""
    parser = argparse.ArgumentParser(
        prog="mkdocs-roi-calculator",
        description="Publish the browser's files for Zensical or plain Python-Markdown; print what "
        "editors complete and check by.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("install", help="write the browser's files below a folder")
    command.add_argument("directory", type=Path, help="the folder with the site's static files")
    command.add_argument(
        "--pyodide",
        default=CDN,
        help="where readers get Python: 'cdn' (default), 'self' to publish it, or an address",
    )
    command.add_argument(
        "--calculator",
        action="append",
        default=[],
        metavar="FILE",
        help="a calculator of the site's own, or a wheel it imports; may be given several times",
    )
    printed = commands.add_parser("schema", help="print a JSON Schema for editors")
    printed.add_argument("of", choices=SCHEMAS, help="of a block, or of the site's mkdocs.yml")
    chosen = parser.parse_args(arguments)
    if chosen.command == "schema":
        print(json.dumps(SCHEMAS[chosen.of](), ensure_ascii=False, indent=1))
        return 0
    try:
        own = chosen.calculator
        site_calculators(own)
        made = site_assets(chosen.pyodide, published_files(own), published_words(own))
        install(made, chosen.directory)
    except (SettingError, OSError) as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 2
    print(
        f"Pages with a block bring their script and style from {FOLDER}/ themselves; in plain "
        f"Python-Markdown once the extension is told 'assets: /{FOLDER}/'."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
