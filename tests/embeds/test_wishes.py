"""What an address asks an embed page for, as the page's own scripts read and write it."""

import json
import subprocess
from pathlib import Path
from typing import Final

import pytest

from mkdocs_roi_calculator.delivery.scripts import scripts
from support.sites import NODE

_ASK: Final = """
import { asTyped, neutral } from "./embed/neutral.js";
import { asked, lookOf } from "./embed/wishes.js";
const entries = ({ wishes, look, ignored }) => [Object.fromEntries(wishes ?? look), ignored];
const known = {
  asTyped,
  neutral,
  asked: (...address) => entries(asked(...address)),
  lookOf: (wished) => entries(lookOf((name) => wished[name])),
};
const asks = JSON.parse(process.argv[2]);
console.log(JSON.stringify(asks.map(([name, ...given]) => known[name](...given) ?? null)));
"""
LONG: Final = "a" * 2049
# What is called, with what, and what comes of it.
CASES: Final = (
    ("neutral", ("1,250.5", ".", ","), "1250.5"),
    ("neutral", ("1.250,5", ",", "."), "1250.5"),
    ("neutral", ("8,01", ".", ","), ""),
    ("neutral", ("\N{MINUS SIGN}5", ".", ","), "-5"),
    ("neutral", ("0,5 %", ",", "."), "0.5%"),
    ("neutral", ("80..100..130", ".", ","), "80..100..130"),
    ("neutral", ("80..many..130", ".", ","), ""),
    ("neutral", ("", ".", ","), ""),
    ("asTyped", ("8.01", ","), "8,01"),
    ("asTyped", ("80..100..130", ","), "80..100..130"),
    ("asTyped", ("80..130", ","), None),
    ("asTyped", ("8,01", ","), None),
    ("asTyped", ("1e9", "."), None),
    ("asTyped", ("1234567890123456", "."), None),
    (
        "asked",
        ("#requests=2", "?requests=1&period=week"),
        [{"requests": "2", "period": "week"}, []],
    ),
    ("asked", ("#?secret=abc", ""), [{"secret": "abc"}, []]),
    ("asked", ("", "?a=1&a=2"), [{"a": "1"}, ['a second "a"']]),
    ("asked", (f"#{LONG}", "?a=1"), [{"a": "1"}, ["2049 characters of address"]]),
    ("lookOf", ({"theme": "dark", "spacing": "wide"},), [{"theme": "dark", "spacing": "wide"}, []]),
    ("lookOf", ({"radius": 24},), [{"radius": "24"}, []]),
    ("lookOf", ({"radius": "25"},), [{}, ['radius="25"']]),
    ("lookOf", ({"radius": "07"},), [{}, ['radius="07"']]),
    ("lookOf", ({"accent": "0B57d0"},), [{"accent": "#0B57d0"}, []]),
    ("lookOf", ({"accent": "#0b57d0;x"},), [{}, ['accent="#0b57d0;x"']]),
    ("lookOf", ({"theme": "__proto__"},), [{}, ['theme="__proto__"']]),
    ("lookOf", ({"font": {"a": 1}},), [{}, ['font="object"']]),
)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    """What comes of each case, in order."""
    folder = tmp_path_factory.mktemp("scripts")
    for place, text in {**scripts(), "package.json": '{"type": "module"}', "ask.js": _ASK}.items():
        (folder / place).parent.mkdir(exist_ok=True)
        (folder / place).write_text(text, "utf-8")
    asks = json.dumps([[name, *given] for name, given, _ in CASES])
    done = subprocess.run(
        [NODE, str(Path(folder, "ask.js")), asks], capture_output=True, text=True, check=True
    )
    return list(json.loads(done.stdout))


@pytest.mark.parametrize("index", range(len(CASES)))
def test_an_address_is_understood_and_written_alike(index: int, answers: list[object]) -> None:
    assert answers[index] == CASES[index][2]
