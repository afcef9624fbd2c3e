"""Exports become the number of requests: each tool, each trap, and what must hold of any file."""

import contextlib
import doctest
import json
import random
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, date
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

from roi_calc.__main__ import main
from roi_calc.counting import conversations, moments, table
from roi_calc.counting import count as counting
from roi_calc.counting.count import checked, count
from roi_calc.counting.moments import Month, month
from roi_calc.counting.refusals import CountError, Reason
from roi_calc.counting.settings import Settings
from roi_calc.counting.tools import OTHER, Role
from roi_calc.counting.trail import Trail
from roi_calc.language.language import language, languages

FACTS: Final[Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("exports.toml").read_text("utf-8")
)
NOVEMBER: Final = Month(2026, 11)
SETTINGS: Final = Settings(month=NOVEMBER, zone=UTC, zone_name="UTC")
TODAY: Final = date(2026, 12, 20)


def _named(case: Mapping[str, Any]) -> str:
    return str(case["name"])


def _arguments(case: Mapping[str, Any], folder: Path, *more: str) -> list[str]:
    """Write the files of a case and return what counts them."""
    export = folder / "export.csv"
    export.write_bytes(case["text"].lstrip("\n").encode(case.get("encoding", "utf-8")))
    options = [
        "count",
        str(export),
        "--month",
        "2026-11",
        "--zone",
        "UTC",
        *case.get("options", ()),
    ]
    if "calls" in case:
        calls = folder / "calls.csv"
        calls.write_text(case["calls"].lstrip("\n"), "utf-8")
        options += ["--calls", str(calls)]
    return [*options, *more]


def _counted(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main([*arguments, "--format", "json"]) == 0
    trail: dict[str, Any] = json.loads(capsys.readouterr().out)
    return trail


@pytest.mark.parametrize("case", FACTS["case"], ids=_named)
def test_an_export_is_counted_as_by_hand(
    case: Mapping[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trail = _counted(_arguments(case, tmp_path), capsys)
    assert [step["left"] for step in trail["steps"]] == case["left"]
    assert trail["requests"] == case["left"][-1]
    assert trail["tool"] == case["tool"]
    assert trail["months"] == case["months"]
    for name in ("repeated", "without_id", "without_date"):
        said = {"repeated": "repeated_ids"}.get(name, name)
        assert trail[said] == case.get(name, 0)
    assert trail["encoding"] == case.get("read_as", trail["encoding"])
    if "first_response" in case:
        assert list(trail["times"]["first_response"].values())[:3] == case["first_response"]
    if "repeat" in case:
        assert list(trail["repeat"].values())[:4] == case["repeat"]
        assert trail["repeat"]["share"] == case.get("repeat_share")


@pytest.mark.parametrize("case", FACTS["case"], ids=_named)
def test_each_line_of_the_trail_has_what_the_next_one_left_and_took(
    case: Mapping[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = _counted(_arguments(case, tmp_path), capsys)["steps"]
    for before, after in pairwise(steps):
        assert before["left"] == after["left"] + after["taken"]
        assert after["applied"] or not after["taken"]


@pytest.mark.parametrize("case", FACTS["refused"], ids=_named)
def test_a_file_that_cannot_be_counted_is_refused_in_one_line(
    case: Mapping[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(_arguments(case, tmp_path)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert case["said"] in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--month", "2026-13"], "'2026-13' is not a month such as 2026-11"),
        (["--zone", "Mars/Base"], "'Mars/Base' is not a time zone such as Europe/Madrid"),
        (["--sample", "many"], "'many' is not a whole number from 0 to 1000"),
        (["--sample", "1", "--wrong", "2"], "--wrong: 2 of 1 opened cannot be"),
        (["--wrong", "0"], "--wrong: 0 of 0 opened cannot be"),
        (["--calls", "nowhere.csv"], "nowhere.csv: No such file or directory"),
    ],
)
def test_an_option_that_cannot_be_used_exits_2_with_one_line(
    options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code: object
    try:
        code = main([*_arguments(FACTS["case"][0], tmp_path), *options])
    except SystemExit as left:
        code = left.code
    assert code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_the_trail_is_read_line_by_line_with_the_command_that_computes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = next(each for each in FACTS["case"] if "repeat_share" in each)
    assert main(_arguments(case, tmp_path)) == 0
    _, *lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "5  distinct conversations"
    assert lines[2] == "5  on any channel"
    assert "5  = A" in lines
    assert lines[10].startswith("1  of these, the customer called within 7 days: r = 25% of 4")
    assert lines[-1].endswith("roi-calc deflection --requests 5 --repeat-share 25%")
    assert main(lines[-1].partition("roi-calc ")[2].split()) == 0


def test_nothing_left_names_the_rule_that_took_the_last_and_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = next(each for each in FACTS["case"] if not each["left"][-1])
    assert main(_arguments(case, tmp_path)) == 0
    said = capsys.readouterr().out
    assert "0  on Twitter DM (found: X DM 2)" in said
    assert "A is 0. The rule that left none: “on Twitter DM” (2 left out)." in said


def test_what_no_column_says_is_said_to_be_taken_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = next(each for each in FACTS["case"] if each["tool"] == "Hootsuite")
    said = [step["said"] for step in _counted(_arguments(case, tmp_path), capsys)["steps"][-4:]]
    assert said == [
        "taken to be resolved, every one (no column says so: none left out)",
        "taken to be resolved from 2026-11-01 to 2026-11-30 (no column says so: none left out)",
        "answered or not (no column says so: none left out)",
        "reopened or not (no column says so: none left out)",
    ]


@pytest.mark.parametrize("tag", languages())
def test_every_language_says_the_whole_trail_and_every_refusal(
    tag: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = ("--sample", "2", "--language", tag)
    for case in FACTS["case"]:
        assert main(_arguments(case, tmp_path, *sample)) == 0
        said = capsys.readouterr().out
        assert "{" not in said
    for reason in Reason:
        texts: dict[str, str | int] = dict.fromkeys(("column", "columns", "option", "found"), "…")
        numbers: dict[str, str | int] = dict.fromkeys(("line", "limit", "expected"), 5)
        assert CountError(reason, **texts, **numbers).said(language(tag))


@pytest.mark.parametrize("module", [conversations, counting, moments, table], ids=str)
def test_examples_in_the_modules_are_right(module: ModuleType) -> None:
    tested = doctest.testmod(module)
    assert tested.attempted >= 1
    assert tested.failed == 0


def test_some_opened_by_hand_make_a_range_of_the_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # 3 wrong of 20: 15 %, and by Wilson's formula 5.24 to 36.04 %.
    assert checked(1000, 3, 20) == (640, 850, 948)
    rows = "".join(f"{number},Solved,2026-11-03\n" for number in range(1000))
    case = {"text": f"Id,Status,Solved at\n{rows}"}
    trail = _counted(_arguments(case, tmp_path, "--sample", "20", "--wrong", "3"), capsys)
    assert trail["range"] == [640, 850, 948]
    assert trail["arguments"] == ["deflection", "--requests", "640..850..948"]
    assert len(set(trail["sample"])) == 20
    again = _counted(_arguments(case, tmp_path, "--sample", "20"), capsys)
    assert again["sample"] == trail["sample"]


def test_a_month_is_provisional_until_nothing_in_it_can_be_reopened_in_time() -> None:
    export = b"Id,Status,Solved at,Reopens\n1,Solved,2026-11-30 10:00,0\n"
    for counted_on, provisional in ((date(2026, 12, 7), True), (date(2026, 12, 8), False)):
        found = count(export, "export.csv", SETTINGS, counted_on)
        assert found.is_provisional(NOVEMBER) is provisional


def test_more_rows_or_bytes_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    export = b"Id,Status,Solved at\n" + b"1,Open,\n" * 4
    monkeypatch.setattr(table, "MOST_ROWS", 3)
    with pytest.raises(CountError, match="too_many_rows"):
        count(export, "export.csv", SETTINGS, TODAY)
    monkeypatch.setattr(table, "LARGEST_BYTES", 30)
    with pytest.raises(CountError, match="too_large"):
        count(export, "export.csv", SETTINGS, TODAY)


FILTERS: Final[Mapping[str, Any]] = {
    "channels": ("X",),
    "tags": ("care",),
    "reopen_days": 7,
    "resolved": ("solved",),
}


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("added", FILTERS)
def test_one_more_filter_never_counts_more(seed: int, added: str) -> None:
    rng = random.Random(seed)  # noqa: S311 - made-up rows
    rows = "".join(
        f"{rng.randrange(60)},{rng.choice(('solved', 'closed', 'open'))},{rng.choice('XYZ')},"
        f"{rng.choice(('care', 'vip care', ''))},2026-1{rng.randrange(3)}-03,{rng.randrange(2)}\n"
        for _ in range(100)
    )
    export = f"Id,Status,Via,Tags,Solved at,Reopens\n{rows}".encode()
    others = {
        name: value for name, value in FILTERS.items() if name != added and rng.random() < 0.5
    }
    loose = {"reopen_days": 0, **others}
    strict = {**loose, added: FILTERS[added]}
    before, after = (
        count(export, "", Settings(NOVEMBER, UTC, "UTC", **chosen), TODAY)
        for chosen in (loose, strict)
    )
    assert after.requests <= before.requests


# What hostile files are put together from.
PIECES: Final = (
    b"Id,Status,Solved at,Tags\n",
    b"Message ID,",
    b"Conversation ID,",
    b"Ticket ID;",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x00",
    b'"',
    b'""',
    b",",
    b";",
    b"\t",
    b"\r",
    b"\n",
    b"\r\n",
    b"=cmd()",
    b"+1",
    b"-1",
    b"@x",
    b"1,Solved,2026-11-03,care\n",
    b"1,solved,9999-12-31T23:59:59Z,\n",
    b"2,Solved,0001-01-01T00:00:00+1400,\n",
    b"3,Solved,99/99/9999 99:99 PM,\n",
    b"4,Closed,9999999999999,\n",
    b"5,Solved,2026-02-30,\n",
    b"\xed\xa0\x80",
    b"\x1b[2J",
    b"\xe2\x80\xae",
    b"{0}{x}%s",
    b"<script>",
    b"x" * 2000,
    b"Solved at",
    b"\xd9\xa1",
    b"PK\x03\x04",
)


def test_ten_thousand_hostile_files_are_counted_or_refused_and_nothing_else() -> None:
    rng = random.Random(1)  # noqa: S311 - made-up files
    columns = {Role.ID: "Id", Role.STATE: "Status", Role.RESOLVED_AT: "Solved at"}
    counted = 0
    for _ in range(10_000):
        start = PIECES[0] if rng.random() < 0.7 else b""
        content = start + b"".join(rng.choices(PIECES, k=rng.randrange(12)))
        chosen = Settings(
            month=month("9999-12") if rng.random() < 0.1 else NOVEMBER,
            zone=UTC,
            zone_name="UTC",
            tool=rng.choice((None, OTHER)),
            columns=columns if rng.random() < 0.5 else {},
            day_first=rng.choice((None, True)),
            group_messages=rng.random() < 0.2,
            sampled=3,
        )
        with contextlib.suppress(CountError):
            found = count(content, "x.csv", chosen, TODAY, rng.choice((None, content)))
            assert 0 <= found.requests <= found.lines[0].left
            assert list(Trail(found, None, language("en")).lines())
            counted += 1
    assert counted > 1000
