"""Writes down what Orca says in the guide's main job, in each language and two browsers.

    make heard     tests/heard/<language>-<browser>.txt

The guide is the built one, the browsers have windows on a display of their own, and the keys are
pressed on it. The transcripts are in the repository: tests/guide/test_transcripts.py holds what
they must say, and a change of the form shows in them when they are made again.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from heard.session import BROWSERS
from support.browsers import display
from support.guide import LANGUAGES, SOURCE_LANGUAGE
from support.sites import ROOT, run_tool, served

TRANSCRIPTS: Final = ROOT / "tests" / "heard"


def main() -> None:
    """Build the guide and go through it by ear, once for each language and browser."""
    TRANSCRIPTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        guide = Path(folder) / "guide"
        options = ("--strict", "--site-dir", str(guide))
        own_python = {"ROI_CALCULATOR_PYODIDE": "self"}
        built = run_tool("mkdocs", "build", *options, cwd=ROOT, environment=own_python)
        if built.returncode:
            sys.exit(built.stderr)
        with served(guide) as site, display() as screen:
            for language in LANGUAGES:
                path = "/" if language == SOURCE_LANGUAGE else f"/{language}/"
                for browser in BROWSERS:
                    said = _heard(browser, language, f"{site.url}{path}", screen)
                    file = TRANSCRIPTS / f"{language}-{browser}.txt"
                    file.write_text(said.replace(site.url, ""), "utf-8")
                    print(file.relative_to(ROOT))


def _heard(browser: str, language: str, address: str, screen: str) -> str:
    """Go through the job in a session with a bus and a home of its own; return the transcript."""
    with tempfile.TemporaryDirectory() as home:
        transcript = Path(home) / "transcript"
        session = ("dbus-run-session", "--", sys.executable, "-m", "heard.session")
        done = subprocess.run(
            [*session, browser, language, address, str(transcript)],
            env={
                **os.environ,
                "HOME": home,
                "XDG_RUNTIME_DIR": home,
                "DISPLAY": screen,
                # Orca's own words are in the page's language.
                "LANGUAGE": language,
                "GNOME_ACCESSIBILITY": "1",
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        if done.returncode:
            sys.exit(done.stderr)
        return transcript.read_text("utf-8")


if __name__ == "__main__":
    main()
