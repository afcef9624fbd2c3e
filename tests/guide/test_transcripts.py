"""What Orca said in the guide's main job, as `make heard` wrote it down in tests/heard."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from roi_calc.language.language import language
from support.guide import LANGUAGES, source
from support.sites import ROOT

TRANSCRIPTS: Final = ROOT / "tests" / "heard"
BROWSERS: Final = ("firefox", "chromium")
EXAMPLE, CHANGED, CORRECTED = 1500, 4500, 4600
NO_NUMBER: Final = "many"


@dataclass(frozen=True)
class Transcript:
    """A transcript; steps: what was said after each key, in order."""

    language: str
    title: str
    steps: list[tuple[str, list[str]]]

    def after(self, keys: str) -> list[str]:
        """Return what was said after keys that were pressed once."""
        (said,) = (each for pressed, each in self.steps if pressed == keys)
        return said

    def amount(self, value: float) -> str:
        """Return an amount as it is written, but for spaces."""
        written = language(self.language).numbers.amount(value, "USD", decimals=0)
        return written.replace("\u00a0", " ")


def _read(file: Path) -> Transcript:
    title, *lines = file.read_text("utf-8").replace("\u00a0", " ").splitlines()
    steps: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("> "):
            steps.append((line.removeprefix("> "), []))
        else:
            steps[-1][1].append(line)
    return Transcript(file.stem.partition("-")[0], title, steps)


@pytest.fixture(params=[f"{tag}-{browser}" for tag in LANGUAGES for browser in BROWSERS])
def transcript(request: pytest.FixtureRequest) -> Transcript:
    """One for each language and browser."""
    return _read(TRANSCRIPTS / f"{request.param}.txt")


def test_the_answer_to_the_example_is_heard_before_any_key_of_a_field(
    transcript: Transcript,
) -> None:
    before = [key for key, said in transcript.steps if transcript.amount(EXAMPLE) in str(said)]
    assert before[0] == "Down"


def test_an_amount_is_heard_with_its_currency(transcript: Transcript) -> None:
    name = language(transcript.language).currency_name("USD")
    values = [said[0] for key, said in transcript.steps if key == "Tab" and said]
    for number in ("20", "500"):
        (field,) = {each for each in values if re.search(rf"\b{number}\b", each)}
        assert name in field


def test_a_changed_number_is_answered_once(transcript: Transcript) -> None:
    (answer,) = (each for each in transcript.after("2 5 0") if "250" in each)
    assert transcript.amount(CHANGED) in answer
    assert str(transcript.steps).count(transcript.amount(CHANGED)) == 1


def test_a_mistake_is_heard_and_leads_from_the_list_to_its_field(transcript: Transcript) -> None:
    words = language(transcript.language).words
    wrong = words("error.not_a_number", found=NO_NUMBER, example="\n").partition("\n")[0]
    assert any(wrong in each for each in transcript.after(" ".join(NO_NUMBER)))
    entered, link, followed = _from(transcript, "Return")[:3]
    assert entered[0].startswith(words("form.error_summary"))
    assert sum(wrong in each for each in entered) == 1
    assert wrong in link[-1]
    assert any(wrong in each for each in followed)
    assert any(transcript.amount(CORRECTED) in each for each in transcript.after("4 0 0"))


def test_the_page_on_accessibility_says_what_was_run(transcript: Transcript) -> None:
    orca, browser = transcript.title.removeprefix("# ").split(", ")[:2]
    page = source(transcript.language, "accessibility.md")
    assert orca in page
    assert browser.partition(".")[0] in page


def _from(transcript: Transcript, key: str) -> list[list[str]]:
    """Return what was said from the first time that a key was pressed."""
    keys = [pressed for pressed, _ in transcript.steps]
    return [said for _, said in transcript.steps[keys.index(key) :]]
