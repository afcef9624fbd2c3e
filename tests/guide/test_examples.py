"""What the guide shows an author to type is run: tables, files, Python and the command line."""

import doctest
import re
import shlex
from pathlib import Path
from typing import Final

import pytest

from support.guide import LANGUAGES, SOURCE_LANGUAGE, block_texts, source
from support.sites import ROOT, run_tool

OWN: Final = "own-calculators.md"
PYTHON: Final = "python.md"
EXAMPLE: Final = ROOT / "docs" / "calculators" / "clv.py"


def _fences(kind: str, page: str, language: str = SOURCE_LANGUAGE) -> list[str]:
    return re.findall(
        rf"^```{kind}\n(.*?)^```$", source(language, page), flags=re.DOTALL | re.MULTILINE
    )


COMMANDS: Final = [
    line
    for page in (OWN, PYTHON)
    for fence in _fences("sh", page)
    for line in fence.splitlines()
    if line.startswith("roi-calc ")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site's folder with the files that the page tells its author to write."""
    folder = tmp_path_factory.mktemp("site")
    files = re.findall(
        r'^```yaml title="([^"]+)"\n(.*?)^```$',
        source(SOURCE_LANGUAGE, OWN),
        flags=re.DOTALL | re.MULTILINE,
    )
    for name, text in [*files, (f"calculators/{EXAMPLE.name}", EXAMPLE.read_text("utf-8"))]:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_on_a_page_runs(command: str, folder: Path) -> None:
    done = run_tool(*shlex.split(command), cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_there_are_commands_for_every_kind_of_file() -> None:
    assert {Path(shlex.split(each)[-1]).suffix for each in COMMANDS} >= {".yml", ".py", ""}


def test_python_on_the_page_gives_what_the_page_says() -> None:
    text = "\n".join(_fences("pycon", PYTHON))
    examples = doctest.DocTestParser().get_doctest(text, {}, PYTHON, PYTHON, 0)
    said: list[str] = []
    result = doctest.DocTestRunner().run(examples, out=said.append)
    assert result.attempted > 0
    assert said == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("page", "kinds"), [(OWN, ("sh", "yaml[^\n]*")), (PYTHON, ("sh", "pycon"))]
)
def test_code_on_a_page_is_the_same_in_every_language(
    language: str, page: str, kinds: tuple[str, ...]
) -> None:
    for kind in kinds:
        assert _fences(kind, page, language) == _fences(kind, page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_on_the_page_is_the_one_that_it_shows(language: str) -> None:
    shown = re.findall(
        r"^````\n```roi-calculator\n(.*?)```\n````$",
        source(language, OWN),
        flags=re.DOTALL | re.MULTILINE,
    )
    assert len(shown) > 3
    assert shown == block_texts(language, OWN)
