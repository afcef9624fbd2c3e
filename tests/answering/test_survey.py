"""A share by counts: what the answers of some tell about all, and how every place says it."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from roi_calc.answering.answer import Answer, answer_to
from roi_calc.answering.sentences import survey_sentences
from roi_calc.arithmetic.survey import (
    Verdict,
    answers_that_tell,
    bounds_of_silence,
    verdict,
    wilson_interval,
)
from roi_calc.browser import evaluate
from roi_calc.calculators import CALCULATORS
from roi_calc.json_schema import json_schema
from roi_calc.language.language import language
from roi_calc.language.number_format import NEUTRAL
from roi_calc.own.python_file import CalculatorFileError, load_calculator
from roi_calc.reading.inputs import Given, Range, changed, read_inputs
from roi_calc.schema import AnyCalculator
from roi_calc.showing.block import render_block
from roi_calc.showing.form import notes
from support.sites import ROOT, run_tool

DEFLECTION: Final = CALCULATORS["deflection"]
# Riverbend Water's month: it needs 50.9 %.
MONTH: Final = {
    "requests": "400",
    "cost_per_request": "12",
    "repeat_share": "10 %",
    "investment": "2200",
}
COUNTS: Final = {"survey_yes": "54", "survey_answered": "90", "survey_asked": "300"}
# Of some, so many said yes.
answers = st.integers(1, 10**6).flatmap(
    lambda answered: st.tuples(st.integers(0, answered), st.just(answered))
)
untimed = settings(deadline=None)


def _given(texts: Mapping[str, str], calculator: AnyCalculator = DEFLECTION) -> Given:
    return read_inputs(calculator, texts, NEUTRAL, "USD")


def _answer(texts: Mapping[str, str], tag: str = "en") -> Answer:
    return answer_to(DEFLECTION, _given(texts), language(tag), "USD")


# Any: a reply is one of two mappings
def _reply(values: Mapping[str, str], **more: object) -> Any:  # noqa: ANN401
    question = {"id": 1, "calculator": "deflection", "language": "en", "currency": "USD"}
    return evaluate({**question, "view": "full", "comparison": "", "values": values, **more})  # type: ignore[typeddict-item] # made of pieces


# The arithmetic


@pytest.mark.parametrize(
    ("yes", "answered", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)],
)
def test_the_interval_is_the_published_one(
    yes: int, answered: int, low: float, high: float
) -> None:
    # Newcombe, Statistics in Medicine 17 (1998), p. 857-872, table I, method 3.
    assert wilson_interval(yes, answered) == pytest.approx((low, high), abs=5e-5)


@untimed
@given(counts=answers)
def test_the_interval_lies_within_0_and_1_about_the_share(counts: tuple[int, int]) -> None:
    yes, answered = counts
    low, high = wilson_interval(yes, answered)
    assert 0 <= low <= yes / answered <= high <= 1
    assert low < high


@untimed
@given(counts=answers)
def test_each_end_is_as_far_from_the_share_as_its_own_chance_allows(
    counts: tuple[int, int],
) -> None:
    yes, answered = counts
    for end in wilson_interval(yes, answered):
        reach = 1.96 * math.sqrt(end * (1 - end) / answered)
        assert abs(yes / answered - end) == pytest.approx(reach, rel=1e-6, abs=1e-8)


@untimed
@given(counts=answers, times=st.integers(2, 100))
def test_more_answers_of_the_same_kind_bring_the_ends_nearer(
    counts: tuple[int, int], times: int
) -> None:
    yes, answered = counts
    few = wilson_interval(yes, answered)
    many = wilson_interval(yes * times, answered * times)
    assert many.high - many.low < few.high - few.low


@untimed
@given(counts=answers, needed=st.floats(0.01, 0.99))
def test_so_many_answers_tell_and_fewer_do_not(counts: tuple[int, int], needed: float) -> None:
    share = counts[0] / counts[1]
    assume(abs(share - needed) > 0.01)
    enough = answers_that_tell(share, needed)
    assert _verdict_of(share, enough, needed) is not Verdict.UNCLEAR
    if enough > 1:
        assert _verdict_of(share, enough - 1, needed) is Verdict.UNCLEAR


def test_every_share_reaches_none() -> None:
    assert verdict(wilson_interval(0, 10), 0) is Verdict.ABOVE


def _verdict_of(share: float, answered: float, needed: float) -> Verdict:
    return verdict(wilson_interval(share * answered, answered), needed)


@untimed
@given(counts=answers, silent=st.integers(0, 10**6))
def test_whatever_the_silent_would_say_the_share_is_within_their_bounds(
    counts: tuple[int, int], silent: int
) -> None:
    yes, answered = counts
    low, high = bounds_of_silence(yes, answered, answered + silent)
    assert 0 <= low <= yes / answered <= high <= 1
    assert high - low == pytest.approx(silent / (answered + silent))


@untimed
@given(counts=answers, requests=st.integers(1, 10**4), cost=st.integers(1, 10**4))
def test_the_verdict_is_the_sign_of_the_outcome_at_the_ends(
    counts: tuple[int, int], requests: int, cost: int
) -> None:
    yes, answered = map(str, counts)
    texts = {"requests": str(requests), "cost_per_request": str(cost)}
    found = _answer({**texts, "survey_yes": yes, "survey_answered": answered})
    (told,) = found.surveyed
    at_low, at_high = (
        DEFLECTION.outcome_for(changed(DEFLECTION, found.given.inputs, {told.name: end}))
        for end in told.interval
    )
    assert at_low is not None
    assert at_high is not None
    assert at_low <= at_high
    if told.verdict is None:
        assert at_high < 0
        return
    by_outcome = {(True, True): Verdict.ABOVE, (False, False): Verdict.BELOW}
    expected = by_outcome.get((at_low >= 0, at_high >= 0), Verdict.UNCLEAR)
    assert told.verdict is expected


# Reading


def test_counts_fill_in_the_share_and_its_range() -> None:
    given = _given({**MONTH, **COUNTS})
    assert given.inputs.deflection_share == 0.6
    (name, known), *others = given.ranges.items()
    assert (name, others) == ("deflection_share", [])
    assert known == pytest.approx(Range(0.4967011780834921, 0.6, 0.6951114082321717))


def test_counts_replace_a_share_and_a_range_that_were_typed() -> None:
    typed = {"deflection_share": "10 %..20 %..30 %", "deflection_share.high": "40 %"}
    assert _given({**MONTH, **typed, **COUNTS}) == _given({**MONTH, **COUNTS})
    assert _given({**MONTH, "deflection_share": "many", **COUNTS}) == _given({**MONTH, **COUNTS})


def test_in_a_scenario_a_share_replaces_counts_and_counts_a_share() -> None:
    counted = _given({**MONTH, **COUNTS}).inputs
    stated = _given({**MONTH, "deflection_share": "50 %"}).inputs
    assert changed(DEFLECTION, counted, {"deflection_share": 0.5}) == stated
    by_counts = {"survey_yes": 54, "survey_answered": 90, "survey_asked": 300}
    assert changed(DEFLECTION, stated, by_counts) == counted
    assert changed(DEFLECTION, counted, {"survey_yes": 45}).deflection_share == 0.5
    assert changed(DEFLECTION, counted, {"requests": 500}).deflection_share == 0.6


def test_the_range_moves_what_a_typed_range_moves() -> None:
    found = _answer({**MONTH, **COUNTS})
    assert [swing.name for swing in found.swings] == ["deflection_share"]
    assert found.swings[0].at_low == pytest.approx(-54.25, abs=0.005)
    html = render_block(found, "x")
    assert "Every range at its worst end" in html
    assert "surer of the share than the survey is" in html


# Saying


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        (
            "en",
            (
                "54 of 90 said yes: 60%; 95% sure: 49.7% to 69.5%.",
                "54 of 90 cannot tell whether it pays: it needs 51%, and the answers fit 49.7% to "
                "69.5%.",
                "With the same share of yes it would take 117 answers to tell: 27 more.",
                "If those who did not answer differ, the share lies between 18% and 88%.",
            ),
        ),
        (
            "id",
            (
                "54 dari 90 menjawab ya: 60%; dengan keyakinan 95%, antara 49,7% dan 69,5%.",
                "54 dari 90 belum dapat menunjukkan apakah investasi ini menguntungkan: yang "
                "diperlukan 51%, sedangkan jawaban itu cocok dengan 49,7% sampai 69,5%.",
                "Dengan persentase jawaban ya yang sama, diperlukan 117 jawaban untuk "
                "mengetahuinya: 27 lagi.",
                "Jika mereka yang tidak menjawab ternyata berbeda, persentasenya berada di "
                "antara 18% dan 88%.",
            ),
        ),
    ],
)
def test_what_54_of_90_can_and_cannot_tell(tag: str, said: tuple[str, ...]) -> None:
    assert survey_sentences(_answer({**MONTH, **COUNTS}, tag)) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"investment": "500"}, "It needs 11.6% to pay: even the low end is enough."),
        ({"cost_per_request": "8.01"}, "It needs 76.3% to pay: even the high end is not enough."),
        (
            {"cost_per_request": "10", "investment": "2160", "survey_asked": ""},
            "The share of yes is so close to what it needs that no number of answers can tell.",
        ),
    ],
)
def test_a_verdict_is_said_in_one_sentence(changes: Mapping[str, str], said: str) -> None:
    assert said in survey_sentences(_answer({**MONTH, **COUNTS, **changes}))


@pytest.mark.parametrize("changes", [{"investment": "0"}, {"investment": "1e9"}, {"requests": "0"}])
def test_where_no_share_decides_only_the_interval_is_said(changes: Mapping[str, str]) -> None:
    changes = {name: text.replace("1e9", "1000000000") for name, text in changes.items()}
    counted = {**MONTH, **COUNTS, "survey_asked": "90", **changes}
    (said,) = survey_sentences(_answer(counted))
    assert said == "54 of 90 said yes: 60%; 95% sure: 49.7% to 69.5%."


def test_without_counts_nothing_is_said_of_a_survey() -> None:
    assert survey_sentences(_answer(MONTH)) == ()
    assert "roi-survey" not in render_block(_answer(MONTH), "x")


def test_the_form_says_that_the_counts_are_used_and_leaves_the_share_empty() -> None:
    found = _answer({**MONTH, **COUNTS})
    note = "Not used: the survey below gives 60%, with a range of 49.7% to 69.5%."
    assert notes(found) == {"deflection_share": note}
    html = render_block(found, "x")
    assert 'name="deflection_share" type="text" inputmode="decimal" value=""' in html
    assert 'name="deflection_share.low" type="text" inputmode="decimal" value=""' in html
    assert 'name="survey_yes" type="text" inputmode="decimal" value="54"' in html
    assert "Asked (optional)" in html


def test_a_typed_share_beside_counts_is_not_read_back_as_theirs() -> None:
    typed = {"deflection_share": "0.6", "deflection_share.low": "0.5", **COUNTS}
    reply = _reply(typed)
    assert set(reply["notes"]) == {"deflection_share"}
    assert reply["notes"]["deflection_share"].startswith("Not used: the survey below gives 60%")


def test_a_mistake_in_a_count_is_said_beside_it() -> None:
    reply = _reply({"survey_yes": "91", "survey_answered": "90"})
    message = "It can be at most 90, the number in “Answered”."
    assert reply["errors"] == [{"field": "survey_yes", "message": message, "suggestions": []}]


def test_counts_come_along_and_leave_the_share_behind() -> None:
    earlier = {
        "calculator": "deflection",
        "language": "en",
        "currency": "USD",
        "values": {"deflection_share": "30", **COUNTS},
        "changed": ["deflection_share", *COUNTS],
    }
    reply = _reply({"deflection_share": "100"}, earlier=[earlier])
    taken = {name: text for name, text in reply["taken"].items() if text}
    assert taken == {"period": "month", **COUNTS}
    assert reply["outputs"]["avoided_requests"] == 60
    alone = {**earlier, "changed": ["survey_asked"]}
    assert not _reply({"deflection_share": "100"}, earlier=[alone])["taken"].get("survey_asked")


def test_a_share_that_comes_along_empties_the_counts() -> None:
    earlier = {
        "calculator": "deflection",
        "language": "en",
        "currency": "USD",
        "values": {"deflection_share": "30"},
        "changed": ["deflection_share"],
    }
    reply = _reply(COUNTS, earlier=[earlier])
    assert reply["outputs"]["avoided_requests"] == 30
    assert {reply["taken"][name] for name in COUNTS} == {""}


def test_a_live_value_says_what_the_survey_can_tell() -> None:
    reply = _reply({**MONTH, "repeat_share": "10", **COUNTS}, live=["survey", "deflection_share"])
    said, share = reply["live"]
    assert said.startswith("54 of 90 said yes: 60%; ")
    assert share == "60%"
    assert _reply({}, live=["survey"])["live"] == ["No survey has been entered."]


def test_the_command_line_takes_counts() -> None:
    options = [f"--{name.replace('_', '-')}={text}" for name, text in {**MONTH, **COUNTS}.items()]
    data = json.loads(
        run_tool("roi-calc", "deflection", *options, "--format=json", cwd=ROOT).stdout
    )
    assert data["inputs"]["deflection_share"] is None
    assert data["inputs"]["survey_yes"] == 54
    assert data["surveys"]["deflection_share"] == {
        "share": 0.6,
        "range": [0.496701178083492, 0.695111408232172],
        "break_even": 0.509259259259259,
        "verdict": "unclear",
        "answers_that_tell": 117,
        "range_if_silent_differ": [0.18, 0.88],
    }
    check = Draft202012Validator(json_schema(DEFLECTION, language("en")))
    assert list(check.iter_errors(data["inputs"])) == []
    assert list(check.iter_errors({**data["inputs"], "survey_answered": 0}))
    both = run_tool("roi-calc", "deflection", *options, "--deflection-share=50%", cwd=ROOT)
    assert "--deflection-share: Given as a total and by its part" in both.stderr


# A site's own

OWN: Final = '''
from dataclasses import dataclass
from typing import Annotated
from roi_calc.schema import Calculator, Kind, Quantity, Result, Survey

def count(*needs: str) -> Quantity:
    return Quantity(Kind.COUNT, minimum=1, part_of=("share",), needs=needs, is_whole=True)

@dataclass(frozen=True)
class Inputs:
    share: Annotated[float, Quantity(Kind.SHARE, maximum=1)] = 0.5
    yes: Annotated[float | None, count("answered")] = None
    answered: Annotated[float | None, count("yes")] = None
    asked: Annotated[float | None, count("yes", "answered")] = None

@dataclass(frozen=True)
class Outputs:
    won: Annotated[float, Result(Kind.MONEY, "1000 × {share} − 400", is_outcome=True)]
    needed: Annotated[float, Result(Kind.SHARE, "400 ÷ 1000", is_condition=True)]

def own(inputs: Inputs) -> Outputs:
    """Winning by a share."""
    return Outputs(1000 * inputs.share - 400, 0.4)

CALCULATOR = Calculator(
    "own",
    own,
    surveys={"share": Survey("yes", "answered", "asked", "needed")},
    words={"": {"needed.condition": "at least {value} say yes"}},
)
'''


def _own(folder: Path, text: str = OWN) -> AnyCalculator:
    file = folder / "own.py"
    file.write_text(text, "utf-8")
    return load_calculator(file)


def test_a_sites_own_calculator_can_have_a_share_by_counts(tmp_path: Path) -> None:
    own = _own(tmp_path)
    given = _given({"yes": "54", "answered": "90"}, own)
    found = answer_to(own, given, language("en"), "USD")
    assert found.outputs["won"] == pytest.approx(200)
    assert survey_sentences(found)[1] == "It needs 40% to pay: even the low end is enough."


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ('surveys={"share"', 'surveys={"shore"', "no input; expected one of share, yes"),
        ('Survey("yes"', 'Survey("yess"', "no input; expected one of share, yes"),
        ('"asked", "needed")', '"asked", "no_such")', "no output; expected one of won, needed"),
        ("maximum=1)", "maximum=0.9)", "expected a share from 0 to 1, as counts may give any"),
        (
            'part_of=("share",)',
            'part_of=("answered",)',
            "part_of names itself; expected another input",
        ),
        ("is_whole=True", "is_whole=False", "expected is_whole, as people are counted"),
        ("minimum=1", "minimum=0", "expected a minimum of 1: nothing is known of nobody"),
        ("is_condition=True", "is_ceiling=True", "a ceiling; expected what the share must reach"),
    ],
)
def test_a_survey_that_cannot_be_one_stops_the_build(
    tmp_path: Path, written: str, instead: str, said: str
) -> None:
    assert written in OWN
    with pytest.raises(CalculatorFileError, match=r"own\.py") as refused:
        _own(tmp_path, OWN.replace(written, instead))
    assert said in str(refused.value)
