"""Requests counted from a file on a page: the same as on the command line, and what is refused."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from roi_calc.__main__ import main
from roi_calc.answering.answer import Answer, answer_to
from roi_calc.calculators import CALCULATORS
from roi_calc.counting.zones import OffsetZone
from roi_calc.handover.count_door import Counted, CountForm, Dialog, Wanted, Zone, counted
from roi_calc.handover.count_record import record_from
from roi_calc.handover.door import handed_over, spoken
from roi_calc.handover.memo import Typed, memo, with_count
from roi_calc.handover.memo_markdown import memo_markdown
from roi_calc.handover.workbook import workbook
from roi_calc.language.language import language, languages
from roi_calc.language.number_format import NEUTRAL
from roi_calc.reading.inputs import read_inputs

FACTS: Final[Mapping[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "counting" / "exports.toml").read_text("utf-8")
)
# When the clocks of these zones were changed around then, as browsers tell.
MADRID: Final = Zone(
    name="Europe/Madrid", changes=[[0, 3600], [1774746000, 7200], [1792890000, 3600]]
)
ZONES: Final = {
    "UTC": Zone(name="UTC", changes=[[0, 0]]),
    "Europe/Madrid": MADRID,
    "America/Bogota": Zone(name="America/Bogota", changes=[[0, -18000]]),
}
TICKED: Final = {"--channel": "channel", "--tag": "tags", "--resolved": "state"}
TEXTS: Final = {
    "--preset": "tool",
    "--tag-separator": "separator",
    "--reopen-days": "reopen_days",
    "--call-days": "call_days",
}
HOSTILE: Final = '<script>alert("x")</script>'


def _content(text: str, encoding: str = "utf-8") -> bytes:
    return text.lstrip("\n").encode(encoding)


def _form(tag: str = "en", **wanted: Any) -> CountForm:  # noqa: ANN401 - what Wanted has
    usual = Wanted(
        file=b"",
        name="export.csv",
        texts={"month": "2026-11"},
        ticked={},
        zone=ZONES["UTC"],
        today="2026-12-20",
    )
    return CountForm(
        id=7,
        calculator="deflection",
        definition="",
        language=tag,
        currency="USD",
        values={},
        block="roi-1",
        count={**usual, **wanted},  # type: ignore[typeddict-item]
    )


def _counted(form: CountForm) -> Counted:
    made = counted(form, CALCULATORS["deflection"], spoken(form["language"]))
    assert "parts" in made
    return cast("Counted", made)


def _of_case(case: Mapping[str, Any]) -> CountForm:
    """Return what a reader would choose on a page where somebody else types options."""
    texts: dict[str, str] = {"month": "2026-11"}
    ticked: dict[str, list[str]] = {}
    zone = ZONES["UTC"]
    options: Sequence[str] = case.get("options", ())
    at = 0
    while at < len(options):
        option, value = options[at], options[at + 1] if at + 1 < len(options) else ""
        at += 2
        if option in TICKED:
            ticked.setdefault(TICKED[option], []).append(value)
        elif option in TEXTS:
            texts[TEXTS[option]] = value
        elif option == "--zone":
            zone = ZONES[value]
        elif option == "--dates":
            texts["day_first"] = value.partition("-")[0]
        elif option == "--group-messages":
            texts["group_messages"] = "1"
            at -= 1
        elif option.startswith("--calls-"):
            texts[option.removeprefix("--").removesuffix("-column").replace("-", "_")] = f"={value}"
        elif option.endswith("-column"):
            role = option.removeprefix("--").removesuffix("-column").replace("-", "_")
            texts[f"column.{role}"] = f"={value}"
        else:
            raise AssertionError(option)
    calls: dict[str, Any] = {"calls": _content(case["calls"])} if "calls" in case else {}
    content = _content(case["text"], case.get("encoding", "utf-8"))
    return _form(file=content, texts=texts, ticked=ticked, zone=zone, **calls)


class _Read(HTMLParser):
    """What a browser makes of HTML: its elements' names and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, _: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("case", FACTS["case"], ids=lambda case: str(case["name"]))
def test_a_page_counts_what_the_command_line_counts(
    case: Mapping[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = tmp_path / "export.csv"
    export.write_bytes(_content(case["text"], case.get("encoding", "utf-8")))
    options = ["count", str(export), "--month", "2026-11", "--zone", "UTC"]
    options += case.get("options", ())
    if "calls" in case:
        (tmp_path / "calls.csv").write_bytes(_content(case["calls"]))
        options += ["--calls", str(tmp_path / "calls.csv")]
    assert main([*options, "--format", "json"]) == 0
    trail = json.loads(capsys.readouterr().out)
    made = _counted(_of_case(case))
    assert (made["ok"], made["message"]) == (True, "")
    for step in trail["steps"]:
        assert _Read(made["parts"][f"left.{step['step']}"]).text == f"{step['left']}{step['said']}"
    assert made["fill"]["requests"] == f"{trail['requests']}"
    assert (made["fill"]["requests.low"], made["fill"]["period"]) == ("", "month")
    share = (trail["repeat"] or {}).get("share")
    assert ("repeat_share" in made["fill"]) is (share is not None)


@pytest.mark.parametrize("case", FACTS["refused"], ids=lambda case: str(case["name"]))
def test_a_file_that_cannot_be_counted_is_refused_beside_what_it_is_about(
    case: Mapping[str, Any],
) -> None:
    made = _counted(_of_case(case))
    assert not made["ok"]
    assert made["fill"] == {}
    assert made["about"] in {"file", "reading", "calls", "day_first"}
    assert "--" not in made["message"]
    assert case["said"].partition("--")[0].rstrip() in made["message"]


@pytest.mark.parametrize("tag", languages())
def test_every_language_has_the_dialog_and_says_the_trail(tag: str) -> None:
    form = _form(tag)
    form["count"] = None
    made = handed_over(form, lambda name, _: CALCULATORS[name])
    assert "{" not in cast("Dialog", made)["dialog"]
    found = _counted({**_of_case(FACTS["case"][0]), "language": tag})
    assert found["fill"]["requests"] == "2"
    assert "{" not in "".join(found["parts"].values())


def test_without_a_choice_the_last_whole_month_is_counted() -> None:
    rows = b"Id,Status,Solved at\n1,Solved,2026-10-03\n2,Solved,2026-11-03\n3,Solved,2026-12-03\n"
    for today, chosen in (
        ("2026-12-20", "2026-11"),
        ("2026-11-02", "2026-10"),
        ("2027-03-01", "2026-12"),
    ):
        made = _counted(_form(file=rows, texts={}, today=today))
        assert f'<option value="{chosen}" selected' in made["parts"]["months"]
        assert made["fill"]["requests"] == "1"
    undated = b"Conversation ID,Medium,Contact Profile ID\nc1,X,p\n"
    months = _counted(_form(file=undated, texts={}, today="2026-01-05"))["parts"]["months"]
    assert months.count("<option") == 24
    assert '<option value="2025-12" selected' in months


def test_a_number_that_is_none_is_refused_beside_its_field() -> None:
    for name, text in (("reopen_days", "a week"), ("call_days", "367"), ("wrong", "-1")):
        texts = {"month": "2026-11", "opened": "2", name: text}
        form = _of_case(FACTS["case"][0])
        assert form["count"] is not None
        form["count"]["texts"] = texts
        made = _counted(form)
        assert (made["ok"], made["about"], made["fill"]) == (False, name, {})
        assert made["message"].startswith("A whole number from 0 to ")


def test_a_column_can_be_said_not_to_be_there() -> None:
    form = _of_case(FACTS["case"][0])
    assert form["count"] is not None
    form["count"]["texts"] = {"month": "2026-11", "column.reopens": "-"}
    made = _counted(form)
    assert made["fill"]["requests"] == "3"
    assert "no column says so" in made["parts"]["left.not_reopened"]


def test_what_is_in_a_file_stays_text() -> None:
    header = f'Id,Status,Solved at,Via,"{HOSTILE.replace(chr(34), chr(34) * 2)}"'
    row = f'1,Solved,2026-11-03,"{HOSTILE.replace(chr(34), chr(34) * 2)}",=cmd()'
    made = _counted(_form(file=f"{header}\n{row}\n".encode(), name=HOSTILE))
    read = _Read("".join(made["parts"].values()))
    assert made["fill"]["requests"] == "1"
    assert "script" not in read.tags
    assert read.text.count(HOSTILE) >= 4
    assert "=cmd()" in read.text


def test_a_zone_by_its_offsets_has_the_clock_of_the_same_zone() -> None:
    madrid, known = (
        OffsetZone((begin, offset) for begin, offset in MADRID["changes"]),
        ZoneInfo("Europe/Madrid"),
    )
    for month, day, hour in (
        (3, 29, 0),
        (3, 29, 1),
        (7, 1, 0),
        (10, 25, 0),
        (10, 25, 1),
        (12, 31, 23),
    ):
        moment = datetime(2026, month, day, hour, 59, tzinfo=UTC)
        clock = moment.astimezone(madrid).replace(tzinfo=None)
        assert clock == moment.astimezone(known).replace(tzinfo=None)


def _answer_with(record: str, **texts: str) -> tuple[Answer, Typed]:
    calculator = CALCULATORS["deflection"]
    given = read_inputs(calculator, texts, NEUTRAL, "USD")
    answer = answer_to(calculator, given, language("en"), "USD")
    typed = Typed(count=record_from(record), entered=frozenset())
    return answer, with_count(answer, typed)


def test_a_memo_and_a_workbook_say_how_a_was_counted(tmp_path: Path) -> None:
    case = next(each for each in FACTS["case"] if "repeat_share" in each)
    answer, typed = _answer_with(_counted(_of_case(case))["record"], requests="5")
    made = memo(answer, typed)
    assert made.counted == (
        "5 rows → 5 conversations → 5 resolved in 2026-11; 1 called within 7 days"
    )
    assert made.sources is not None
    source = made.sources.rows[0]
    assert (source.source, source.grade) == ("export.csv · Zendesk", "own count")
    assert made.counted in memo_markdown(made)
    book = tmp_path / "book.xlsx"
    book.write_bytes(workbook(answer, typed))
    opened = load_workbook(book, data_only=True)
    sheet = opened["Count"]
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=4, max_row=6)] == [
        ["Left", "Rule", "Left out"],
        [5, "rows in the file", 0],
        [5, "distinct conversations", 0],
    ]
    ((place, cell),) = opened.defined_names["requests_counted"].destinations
    assert opened[place][cell].value == 5
    texts = [f"{row[0].value} {row[1].value}" for row in sheet.iter_rows(min_row=15)]
    assert "5 2026-11" in texts
    assert any("the customer called within 7 days" in each for each in texts)


def test_what_was_found_by_hand_is_in_the_line_and_its_range_in_the_form() -> None:
    rows = "".join(f"{number},Solved,2026-11-03\n" for number in range(1000))
    texts = {"month": "2026-11", "wrong": "3"}
    made = _counted(_form(file=f"Id,Status,Solved at\n{rows}".encode(), texts=texts))
    names = ("requests.low", "requests", "requests.high")
    assert [made["fill"][name] for name in names] == ["640", "850", "948"]
    _, typed = _answer_with(made["record"], requests="640..850..948")
    assert typed.counted == (
        "1,000 rows → 1,000 conversations → 1,000 resolved in 2026-11;"
        " 3 of 20 opened by hand were wrong"
    )


def test_a_report_that_counts_cases_twice_is_warned_of() -> None:
    case = next(each for each in FACTS["case"] if each["tool"] == "Sprout Social")
    assert "a case that was reassigned counts again" in _counted(_of_case(case))["parts"]["rest"]


def test_another_number_in_the_form_is_not_said_to_be_counted() -> None:
    record = _counted(_of_case(FACTS["case"][0]))["record"]
    answer, typed = _answer_with(record, requests="3")
    assert typed.count is None
    assert memo(answer, typed).counted == ""
    assert b"requests_counted" not in workbook(answer, typed)


def test_what_the_reader_wrote_of_the_source_stays() -> None:
    answer, typed = _answer_with(_counted(_of_case(FACTS["case"][0]))["record"], requests="2")
    own = replace(typed, sources={"requests": "Our own"}, counted="By hand")
    written = with_count(answer, own)
    assert (written.sources["requests"], written.counted) == ("Our own", "By hand")


@pytest.mark.parametrize(
    "changed",
    [
        "",
        "[]",
        "null",
        "[" * 100_000,
        {"requests": "5"},
        {"requests": True},
        {"requests": -1},
        {"steps": [[1, 2]]},
        {"steps": [[1, "x", 1]] * 2_000},
        {"behind": [5]},
        {"line": "x" * 3_000},
        {"months": [["2026-11", 1.5]]},
    ],
)
def test_what_another_script_left_in_the_tab_is_passed_over(changed: str | dict[str, Any]) -> None:
    whole = json.loads(_counted(_of_case(FACTS["case"][0]))["record"])
    text = changed if isinstance(changed, str) else json.dumps({**whole, **changed})
    assert record_from(text) is None
    assert record_from(json.dumps(whole)) is not None
