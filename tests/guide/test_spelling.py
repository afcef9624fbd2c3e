"""What `make check` finds of misspellings, in each language and kind of file."""

import re
import subprocess
from pathlib import Path
from typing import Final

import pytest

from support.guide import DOCS
from support.sites import NODE, ROOT

CSPELL: Final = ROOT / "node_modules" / "cspell" / "bin.mjs"
WORD_LISTS: Final = sorted((DOCS / "words").glob("*.txt"))
# Where a list's words may stand, and what for.
WRITTEN: Final = (
    "*.md",
    "docs/**/*.md",
    "docs/calculators/*.po",
    "calc/roi_calc/language/locales/*.po",
)


def _misspelled(path: str, text: str, *options: str) -> list[str]:
    """Return what is reported of a text as if it stood in that file: `<line>: (<word>)`."""
    done = subprocess.run(
        [NODE, str(CSPELL), "--no-progress", "--no-summary", *options, f"stdin://{path}"],
        cwd=ROOT,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    report = re.compile(rf"^{re.escape(path)}:(\d+):\d+ - \w+ word (\(.*?\))", re.MULTILINE)
    return [f"{line}: {word}" for line, word in report.findall(done.stdout)]


@pytest.mark.parametrize(
    ("path", "text", "reports"),
    [
        ("README.md", "A calculator\nof the savnig.\n", ["2: (savnig)"]),
        (
            "docs/es/month.md",
            "El ahorro de las solictudes, en qué pagina.\n{roi}`month.requests | # solicitd`.\n",
            ["1: (solictudes)", "1: (pagina)", "2: (solicitd)"],
        ),
        (
            "docs/id/month.md",
            "Penghemtan, desimallnya, bertanya.\n\n```roi-calculator\ntitle: Bulan layanna\n```\n",
            ["1: (Penghemtan)", "1: (desimall)", "4: (layanna)"],
        ),
        (
            "docs/calculators/clv.es.po",
            'msgid "no.wrod"\nmsgstr "{currncy} de un clinte"\n',
            ["2: (clinte)"],
        ),
        ("calc/roi_calc/language/locales/pt.po", 'msgstr "Econmia bruta"', ["1: (Econmia)"]),
        ("mkdocs.id.yml", "site_name: Hasil laynan pelanggan", ["1: (laynan)"]),
    ],
)
def test_a_misspelled_word_is_reported_with_its_file_and_line(
    path: str, text: str, reports: list[str]
) -> None:
    assert _misspelled(path, text) == reports


@pytest.mark.parametrize(
    ("path", "text", "better"),
    [
        ("README.md", "The goodwill of a dear programme.", ["loyalty", "expensive", "program"]),
        ("docs/en/month.md", "The colour of the centre.", ["color", "center"]),
        (
            "docs/es/month.md",
            "El coste fiable del ordenador.",
            ["costo", "confiable", "computadora"],
        ),
        ("docs/id/month.md", "Porsi dan mutu.", ["Persentase", "keandalan"]),
        ("calc/roi_calc/language/locales/pt.po", 'msgstr "A fidelização"', ["lealdade"]),
    ],
)
def test_a_word_of_another_market_is_reported_with_the_better_one(
    path: str, text: str, better: list[str]
) -> None:
    done = subprocess.run(
        [NODE, str(CSPELL), "--no-progress", "--no-summary", f"stdin://{path}"],
        cwd=ROOT,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert re.findall(r"fix: \((.*?)\)", done.stdout) == better


def test_code_is_searched_for_common_misspellings_alone() -> None:
    text = "# What getpid gives, seperate for each brwoser.\n"
    reports = _misspelled("calc/roi_calc/language/language.py", text, "--report", "typos")
    assert reports == ["1: (seperate)", "1: (brwoser)"]


def test_code_in_a_page_is_no_word() -> None:
    page = """\
Vea `show: benchmarks`, [el mes](the/same/month.md#break-even) y <span class=foo>.

```yaml
plugins: nothing else
```

## El mes { #break-even }

```roi-calculator
calculator: handling-time
values:
  requests: 80
```

{roi}`month.break_even_share | # mes`
"""
    assert _misspelled("docs/es/month.md", page) == []


@pytest.mark.parametrize("path", WORD_LISTS, ids=lambda path: path.stem)
def test_a_word_list_is_sorted_and_has_nothing_that_nobody_writes(path: Path) -> None:
    words = path.read_text("utf-8").splitlines()
    assert words == sorted(set(words))
    written = "\n".join(
        file.read_text("utf-8") for pattern in WRITTEN for file in ROOT.glob(pattern)
    ).casefold()
    assert [word for word in words if word.casefold() not in written] == []
