"""The file of months that a reader owns: saved, opened again, and refused where it is not one."""

import json
import random
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import pytest

from roi_calc.__main__ import main
from roi_calc.calculators.deflection import DEFLECTION
from roi_calc.language.language import language, languages
from roi_calc.months.file import LARGEST_CHARACTERS, MonthsFileError, opened, written
from roi_calc.months.month import NAMES, Figures
from roi_calc.months.table import MOST_MONTHS, Entered, Table

TABLE: Final = Table(
    DEFLECTION,
    "USD",
    Figures(400, 2200, 0.6, 0.1, 12),
    (
        Entered("January", {}, {"requests": 400}),
        Entered("Febrero «2»", {"requests": 430}, {"requests": 418}),
        Entered("March", {"requests": 460}, {"requests": 472, "cost_per_request": 11.5}),
        Entered("April", {"requests": 480}),
    ),
)
DEEP: Final = 100_000


def test_a_table_is_written_as_people_read_it_and_opened_as_it_was() -> None:
    text = written(TABLE)
    assert opened(text) == Table(DEFLECTION, "USD", TABLE.today, list(TABLE.entered))
    assert written(opened(text)) == text
    assert text.splitlines()[:8] == [
        "{",
        '  "format": "roi-calc months",',
        '  "version": 1,',
        '  "calculator": "deflection",',
        '  "currency": "USD",',
        '  "today": {"requests": 400, "investment": 2200, "deflection_share": 0.6,'
        ' "repeat_share": 0.1, "cost_per_request": 12},',
        '  "months": [',
        '    {"month": "January", "actual": {"requests": 400}},',
    ]
    none = Table(DEFLECTION, "USD", TABLE.today, [])
    assert opened(written(none)) == none
    assert opened("\ufeff" + text).entered == list(TABLE.entered)


def _changed(*path: str | int, to: object) -> str:
    data = json.loads(written(TABLE))
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Line 1 of the file is not JSON. Correct it there, or open the file as it was saved."),
        ('{"format": "roi-calc months",\n"version": }', "Line 2 of the file is not JSON. Correct"),
        ("[]", "This is no file of months: its “format” is not “roi-calc months”. Open one that"),
        ("[" * DEEP, "This is no file of months"),
        ('{"format":' * 5, "This is no file of months"),
        ("1" * 50_000, "This is no file of months"),
        ("x" * (LARGEST_CHARACTERS + 1), "This file is longer than the 100,000 characters"),
        (_changed("version", to=2), "This file is of version 2, and only version 1 can be opened"),
        (_changed("version", to=True), "This file is of version true, and only version 1"),
        (
            _changed("calculator", to="retention"),
            "“calculator” in the file is “retention”;"
            " expected is one of deflection. Correct it there, or open the file as it was saved.",
        ),
        (
            _changed("currency", to="EURO"),
            "“currency” in the file is “EURO”; expected is a currency code such as USD.",
        ),
        (_changed("currency", to=["EUR"]), '“currency” in the file is “["EUR"]”'),
        (
            _changed("months", to={}),
            "“months” in the file is “{}”; expected is a list of 60 months",
        ),
        (
            _changed("months", to=[{}] * (MOST_MONTHS + 1)),
            "expected is a list of 60 months at most",
        ),
        (
            _changed("months", 1, "actual", "requests", to="418"),
            "“months[1].actual.requests” in the"
            " file is “418”; expected is a number from 0 to 1,000,000,000.",
        ),
        (
            _changed("months", 1, "actual", "requests", to=-1),
            "“months[1].actual.requests” in the file is “-1”",
        ),
        (_changed("months", 1, "actual", "requests", to=True), "is “true”; expected is a number"),
        (
            _changed("months", 1, "plan", "deflection_share", to=60),
            "“months[1].plan.deflection_share”"
            " in the file is “60”; expected is a number from 0 to 1.",
        ),
        (
            _changed("months", 1, "plan", to=None),
            "“months[1].plan” in the file is “null”; expected"
            " is an object with requests, investment",
        ),
        (
            _changed("months", 1, "net", to=1),
            "“months[1].net” in the file is “net”; expected is one of month, plan, actual.",
        ),
        (_changed("months", 1, to=3), "“months[1]” in the file is “3”; expected is an object with"),
        (_changed("months", 1, "month", to="=" * 41), "expected is a name of 40 characters"),
        (_changed("months", 1, "month", to="a\nb"), "“months[1].month” in the file is “a b”"),
        (_changed("months", 1, "month", to="\ud800"), "“months[1].month” in the file is “”"),
        (
            _changed("today", to={"requests": 1}),
            "“today.investment” is missing in the file. Add it",
        ),
        (_changed("today", "requests", to=float("nan")), "“NaN” in the file is “NaN”; expected is"),
        (
            '{"format": "a", "format": "roi-calc months"}',
            "“format” in the file is “format”; expected is every name only once.",
        ),
        (written(TABLE).replace("418", "1e999"), "“months[1].actual.requests” in the file is"),
        (written(TABLE).replace("418", "9" * 5000), "“months[1].actual.requests” in the file is"),
    ],
)
def test_what_is_no_file_of_months_is_refused_with_where_what_and_what_to_do(
    text: str, said: str
) -> None:
    with pytest.raises(MonthsFileError) as refused:
        opened(text)
    assert said in refused.value.said(language("en"))
    for tag in languages():
        assert refused.value.said(language(tag))


HOSTILE: Final[list[object]] = [
    *(None, True, False, 0, -0.0, 1e308, -1, 1e-320, float("inf"), float("nan"), 10**400),
    *("", "=cmd()", "<img src=x onerror=run()>", "\ud800", "\u202e", "\x00", "1" * 1000, "NaN"),
    *([], {}, [[[[]]]], {"": {"": {}}}, {"__proto__": 1}, ["requests"] * 100),
]


def _made_up(chance: random.Random) -> str:
    """Return a file that is hostile in one of several ways, and maybe in more."""
    data: Any = json.loads(written(TABLE))
    for _ in range(chance.randint(1, 4)):
        place = data
        while isinstance(place, dict | list) and place:
            key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
            if chance.random() < 0.3 or not isinstance(place[key], dict | list):
                place[key] = deepcopy(chance.choice(HOSTILE))
                break
            place = place[key]
        if isinstance(place, dict) and chance.random() < 0.3:
            place[chance.choice(["", "requests", "x" * 300, *NAMES])] = deepcopy(
                chance.choice(HOSTILE)
            )
    text = json.dumps(data, ensure_ascii=chance.random() < 0.5)
    for _ in range(chance.choice([0, 0, 1, 5])):
        start = chance.randint(0, len(text))
        end = start + chance.choice([0, 1, 20, 400])
        put = chance.choice(["", "{", "}", "[" * 50, '"', "\\", ",", ":", "9" * 400, "\x00", "é"])
        text = text[:start] + put * chance.choice([1, 1, 1, 30]) + text[end:]
    return text


def test_ten_thousand_hostile_files_are_opened_or_refused_in_a_sentence() -> None:
    chance, words = random.Random(1), language("en")  # noqa: S311 - not for secrets
    refused = []
    for _ in range(10_000):
        text = _made_up(chance)
        try:
            table = opened(text)
        except MonthsFileError as error:
            refused.append(error.said(words))
        else:
            assert all(each.plan.net_saving is not None for each in table.months)
            opened(written(table))
    assert len(refused) > 8000
    assert [each for each in refused if len(each) > 600 or not each.isprintable()] == []


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "months.json"
    path.write_text(written(TABLE), "utf-8")
    return path


def test_the_command_prints_the_months_with_their_sentences(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["months", f"{file}"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("  ")[0] == "Month"
    assert lines[2].split() == ["Febrero", "«2»", "430", "418", "$586.40", "$508.64", "$900.64"]
    assert "Febrero «2»: $77.76 below plan, all of it because 12 fewer requests were" in lines[7]
    assert lines[9] == "April: Not over yet: the requests resolved are missing."


def test_the_command_prints_json_with_what_follows(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["months", f"{file}", "--format", "json", "--language", "es"]) == 0
    february = json.loads(capsys.readouterr().out)["months"][1]
    assert february["causes"] == {
        "requests": -77.76,
        "avoided_share": 0,
        "cost_per_request": 0,
        "investment": 0,
    }
    assert february["difference"] == -77.76
    assert february["said"].endswith("porque se resolvieron 12 solicitudes menos.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe{", "This file is no text in UTF-8. Open one that was saved"),
        (b"{}", "This is no file of months"),
        (b"x" * (4 * LARGEST_CHARACTERS + 9), "This file is longer than the 100000 characters"),
        (None, "No such file or directory. Name a file of months that you may read."),
    ],
)
def test_the_command_refuses_a_file_in_one_line(
    content: bytes | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "months.json"
    if content is not None:
        file.write_bytes(content)
    assert main(["months", f"{file}"]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith(f"roi-calc: {file}: ")
    assert said in error
    assert error.count("\n") == 1
