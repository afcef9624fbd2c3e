"""The memo: its parts and limits, the same as Markdown and HTML, and what was typed as text."""

import hashlib
import shlex
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import markdown
import pytest

from roi_calc.__main__ import main
from roi_calc.answering.answer import Answer, answer_to
from roi_calc.calculators import CALCULATORS
from roi_calc.handover.memo import Typed, memo
from roi_calc.handover.memo_html import memo_html
from roi_calc.handover.memo_markdown import memo_markdown
from roi_calc.language.language import language, languages
from roi_calc.language.number_format import NEUTRAL
from roi_calc.reading.inputs import read_inputs

CASES: Final = Path(__file__).parents[1] / "cases"
HOSTILE: Final = '<img src=x onerror="alert(1)">|# *a* _b_ [c](javascript:d) `e` & \\ ~~f~~'


def _answer(name: str = "deflection", tag: str = "en", **texts: str) -> Answer:
    calculator = CALCULATORS[name]
    given = read_inputs(calculator, texts, NEUTRAL, "USD")
    return answer_to(calculator, given, language(tag), "USD")


def _text(value: object) -> str:
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)


def _case_answers() -> list[Any]:
    """Return every case that is computed from inputs alone, each in one of the languages."""
    found = []
    for file in sorted(CASES.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(file.read_text("utf-8"))["case"]):
            if "inputs" in case:
                texts = {name: _text(each) for name, each in case["inputs"].items()}
                tag = languages()[number % len(languages())]
                found.append(pytest.param(file.stem, tag, texts, id=f"{file.stem}-{case['name']}"))
    return found


def test_the_worked_month_names_its_doubt_and_no_saving() -> None:
    made = memo(_answer(), Typed())
    assert made.answer.startswith("100 requests resolved on social media avoided $2,000 of cost")
    assert [(each.value, each.working) for each in made.figures] == [
        ("$2,000", "= 100 × $20"),
        ("$1,500", "= $2,000 − $500"),
        ("300%", "= $1,500 ÷ $500"),
    ]
    assert made.conditions is not None
    assert made.conditions.clauses[0].endswith("called or written (100% today, 25% needed)")
    assert made.caution is not None
    assert made.caution.rows[0] == ("Net saving", "$1,500", "$0", "$301")
    assert "saved" not in memo_markdown(made)


def test_saved_is_said_of_the_share_that_leaves_a_budget() -> None:
    made = memo(_answer(cashable_share="40%"), Typed())
    assert made.cash_or_time.startswith("In cash, $800: saved, because a budget falls by it.")


def test_a_part_with_nothing_to_say_is_absent() -> None:
    written = memo_markdown(memo(_answer("loaded-rate"), Typed()))
    assert "**Result.**" in written
    for heading in (
        "What we ask for",
        "Cash or time",
        "must be true",
        "Not in it",
        "Least certain",
    ):
        assert heading not in written
    assert "…" not in written


def test_parts_stand_in_their_order() -> None:
    typed = Typed(
        title="Social care",
        period="November",
        team="Service",
        ask="Keep two posts until June: $2,200 a month.",
        counted="1,240 rows, 100 resolved",
        left_out="Set-up",
    )
    written = memo_markdown(memo(_answer(requests="80..100..130"), typed))
    assert written.startswith("# Social care: November\n\nService\n\n**What we ask for.** Keep two")
    headings = (
        "What we ask for",
        "Result",
        "Cash or time",
        "What must be true",
        "With caution",
        "Where the numbers come from",
        "How the requests were counted",
        "Not in it",
        "Least certain",
        "Computed with",
    )
    places = [written.index(heading) for heading in headings]
    assert places == sorted(places)


def test_an_untouched_number_is_called_an_example() -> None:
    made = memo(_answer(requests="250"), Typed(sources={"investment": "Invoices"}))
    assert made.sources is not None
    assert [(each.value, each.source, each.grade) for each in made.sources.rows] == [
        ("250 a month", "", "own number"),
        ("$500", "Invoices", "own number"),
        ("$20", "", "example value"),
    ]
    nobodys = memo(_answer(requests="250"), Typed(entered=frozenset()))
    assert nobodys.sources is not None
    assert {each.grade for each in nobodys.sources.rows} == {"example value"}


def test_how_a_number_is_known_is_seen_or_said() -> None:
    answer = _answer(
        requests="250..300..400", survey_yes="54", survey_answered="90", cost_per_request="8.01"
    )
    made = memo(answer, Typed(grades={"investment": "count"}, sources={"investment": "Bills"}))
    assert made.sources is not None
    assert [each.grade for each in made.sources.rows] == [
        "guess",
        "published: Gartner, in destinationCRM, 2019, fair source",
        "own count",
        "survey: 54 of 90",
    ]
    assert "The range of “Requests resolved on social media” moves it most" in made.least_certain


def test_more_inputs_than_fit_go_overleaf() -> None:
    own = (
        "requests cost_per_request tool_cost staff_hours hourly_rate advertising request_cost "
        "minutes_per_contact hours_per_post loaded_rate"
    )
    texts = dict.fromkeys(own.split(), "7")
    made = memo(_answer(**texts), Typed(sources=dict.fromkeys(texts, "Finance")))
    assert made.sources is not None
    assert len(made.sources.rows) == 8
    assert len(made.sources.overleaf) == 2
    assert "Finance" in memo_html(made).partition("roi-memo-overleaf")[2]


def test_a_number_that_a_working_needs_and_no_figure_shows_is_worked_out_too() -> None:
    given = {"requests": "400", "deflection_share": "60%", "repeat_share": "10%"}
    made = memo(_answer(**given), Typed())
    assert made.figures[0].working == "= 216 × $20; 216 = 400 × 60% × (1 − 10%)"


def test_a_figure_is_kept_together_as_its_language_writes_it() -> None:
    text = memo_markdown(memo(_answer(tag="es"), Typed(title="a\n b\u00a0c")))
    assert "300\u202f%" in text
    assert "US$\u00a02000" in text
    assert "# a b\u00a0c" in text


def test_large_amounts_are_said_without_decimals() -> None:
    made = memo(_answer(cost_per_request="8.01", requests="250"), Typed())
    assert "avoided $2,003 of cost" in made.answer
    assert made.figures[0].value == "$2,002.50"


def test_what_is_typed_stays_text_and_in_its_place() -> None:
    typed = Typed(
        title=HOSTILE,
        ask=f"# {HOSTILE}\n\n<script>",
        left_out=f"- {HOSTILE}",
        sources={"requests": HOSTILE},
    )
    made = memo(_answer(requests="250"), typed)
    for html in (
        memo_html(made),
        markdown.markdown(memo_markdown(made), extensions=["tables", "pymdownx.tilde"]),
    ):
        root = ET.fromstring(f"<div>{html.replace('<br>', '')}</div>")  # noqa: S314 - our own
        assert HOSTILE in ("".join(root.itertext()))
        assert not {each.tag for each in root.iter()} & {"img", "a", "em", "s", "script", "h3"}
        assert len([each for each in root.iter() if each.tag == "h1"]) == 1


def test_the_foot_tells_inputs_from_others_in_every_language() -> None:
    feet = {memo(_answer(tag=tag), Typed()).foot.version[-8:] for tag in languages()}
    text = "deflection&currency=USD&v=1"
    assert feet == {hashlib.sha256(text.encode()).hexdigest()[:8]}
    assert memo(_answer(requests="250"), Typed()).foot.version[-8:] not in feet


def test_a_long_text_keeps_to_its_room() -> None:
    made = memo(_answer(), Typed(ask="word " * 200, title="t" * 500))
    assert len(made.ask) <= 160
    assert made.ask.endswith("…")
    assert len(made.title) == 60


@pytest.mark.parametrize(("name", "tag", "texts"), _case_answers())
def test_the_command_of_a_memo_prints_the_memo(
    name: str, tag: str, texts: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    made = memo(_answer(name, tag, **texts), Typed())
    assert main([*shlex.split(made.foot.command)[1:], "--format", "markdown"]) == 0
    assert capsys.readouterr().out == memo_markdown(made)


def test_the_command_of_a_memo_says_what_was_left_empty(
    capsys: pytest.CaptureFixture[str],
) -> None:
    texts = {"agent_price": "", "proposed": "hire", "hire_fixed": "4000"}
    made = memo(_answer("options", **texts), Typed())
    assert "--agent-price ''" in made.foot.command
    assert main([*shlex.split(made.foot.command)[1:], "--format", "markdown"]) == 0
    assert capsys.readouterr().out == memo_markdown(made)
