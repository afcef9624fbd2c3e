"""What a reader wrote, in a link: it comes as it was, and is a stranger's until it was read."""

import base64
import json
import random
import zlib
from typing import Final

import pytest

from roi_calc.calculators import CALCULATORS
from roi_calc.handover.link import MOST_CHARACTERS, LinkError, link_text, opened
from roi_calc.handover.notes import LINE, TITLE, NotesError, packed, unpacked
from roi_calc.language.language import language
from roi_calc.reading.inputs import Given
from support.pyodide import run_in_pyodide

CALCULATOR: Final = CALCULATORS["deflection"]
GIVEN: Final = Given(CALCULATOR.inputs_type(requests=250))
NOTES: Final = {
    "title": "Agua & más: «enero»",
    "ask": "¿Dos puestos hasta junio? ñ 日本",
    "source.requests": '=HYPERLINK("x")',
    "grade.requests": "count",
}


def _coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _of(found: object) -> str:
    return _coded(json.dumps(found).encode())


@pytest.mark.parametrize("notes", [NOTES, {"ask": "the same " * 17}, {"team": "x"}])
def test_what_was_written_comes_with_a_link_as_it_was(notes: dict[str, str]) -> None:
    text = link_text(CALCULATOR, GIVEN, "EUR", notes=notes)
    found = opened(text, CALCULATOR, "USD")
    assert found.notes == {name: said.strip() for name, said in notes.items()}
    assert found.given == GIVEN
    assert found.doubtful == ()


def test_nothing_written_is_in_a_link_that_was_not_asked_to_carry_it() -> None:
    assert link_text(CALCULATOR, GIVEN, "EUR", notes={}) == link_text(CALCULATOR, GIVEN, "EUR")
    assert opened(link_text(CALCULATOR, GIVEN, "EUR"), CALCULATOR, "EUR").notes == {}


def test_a_text_that_is_shorter_so_is_deflated() -> None:
    long = {f"source.{name}": "export of January" for name in CALCULATOR.quantities}
    assert len(packed(long)) < len(_of(long)) / 3
    assert unpacked(packed(long), CALCULATOR) == long


def test_what_no_field_holds_is_passed_over_and_the_rest_cut_to_its_room() -> None:
    found = {
        "title": "t" * 500,
        "left_out": "a\nb\u202ec\u0000d " + "e" * 500,
        "source.nothing": "x",
        "__proto__": "x",
        "grade.requests": "certain",
        "team": ["x"],
        "author": " ",
    }
    notes = unpacked(_of(found), CALCULATOR)
    assert notes.keys() == {"title", "left_out"}
    assert notes["title"] == "t" * TITLE
    assert notes["left_out"].startswith("a b c d e")
    assert len(notes["left_out"]) == LINE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "%",
        "e",
        "e30=",
        _coded(b"[]"),
        _coded(b"{"),
        _coded(b"\xff\xfe"),
        _coded(b"[" * 2000),
        _coded(zlib.compress(b"[" * 19_000)),
        _coded(zlib.compress(b" " * 1_000_000)),
        _coded(zlib.compress(b'{"title":"x"}')[:9]),
    ],
)
def test_what_holds_no_notes_is_said_and_the_numbers_are_taken(text: str) -> None:
    with pytest.raises(NotesError):
        unpacked(text, CALCULATOR)
    found = opened(f"deflection&requests=250&v=1&notes={text}", CALCULATOR, "USD")
    assert found.given == GIVEN
    assert found.notes == {}
    assert "could not be read" in found.said(language("en"))[0]


def test_brackets_in_brackets_do_not_end_the_python_of_a_browser() -> None:
    deep = [b"[" * 30_000, b'{"title":' * 4000, b'{"title":' + b"[" * 30_000]
    texts = [_coded(zlib.compress(each)) for each in deep]
    code = f"""
from roi_calc.calculators import CALCULATORS
from roi_calc.handover.count_record import record_from
from roi_calc.handover.notes import NotesError, unpacked

def is_refused(text):
    try:
        unpacked(text, CALCULATORS["deflection"])
    except NotesError:
        return True

str([*map(is_refused, {texts!r}), record_from("[" * 30_000)])
"""
    assert run_in_pyodide(code).strip() == "[True, True, True, None]"


def test_ten_thousand_made_up_notes_are_read_or_refused() -> None:
    chance = random.Random(5)  # noqa: S311 - nothing is kept secret
    good = zlib.compress(json.dumps(NOTES).encode())
    count = 0
    for _ in range(10_000):
        data = bytearray(chance.choice([good, json.dumps(NOTES).encode()]))
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            found = unpacked(_coded(bytes(data)), CALCULATOR)
        except NotesError:
            count += 1
            continue
        assert all(isinstance(said, str) and len(said) <= 160 for said in found.values())
    assert 1000 < count < 10_000


def test_what_is_too_long_to_send_is_refused() -> None:
    chance = random.Random(6)  # noqa: S311 - nothing is kept secret
    noise = {
        f"source.{name}": "".join(chr(chance.randrange(0x20000, 0x2A000)) for _ in range(45))
        for name in CALCULATOR.quantities
    }
    with pytest.raises(LinkError):
        link_text(CALCULATOR, GIVEN, "EUR", notes=noise)
    assert len(packed(noise)) > MOST_CHARACTERS / 2
