"""Formulas as pictures: every formula with its numbers, in words too, and whole at any width."""

import re
from html import unescape
from xml.etree import ElementTree as ET

import markdown
import pytest

from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import language, languages
from roi_calc.language.words import words_of
from roi_calc.showing import charts


def _block(calculator: str, tag: str = "en", more: str = "") -> str:
    text = f"calculator: {calculator}\nlanguage: {tag}\nshow: formulas\n{more}"
    return markdown.markdown(f"```roi-calculator\n{text}\n```", extensions=["roi_calculator"])


def _in_words(html: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'<svg [^>]*aria-label="([^"]*)"', html)]


@pytest.mark.parametrize("tag", languages())
@pytest.mark.parametrize("name", CALCULATORS)
def test_every_formula_of_the_working_is_drawn_once(name: str, tag: str) -> None:
    calculator, words = CALCULATORS[name], words_of(CALCULATORS[name], language(tag))
    said = _in_words(_block(name, tag))
    block = f"```roi-calculator\ncalculator: {name}\nlanguage: {tag}\n```"
    page = markdown.markdown(block, extensions=["roi_calculator"])
    worked = [unescape(each) for each in re.findall(r'<span class="roi-step">(.*?)</span>', page)]
    assert sorted(each.partition(" = ")[0] for each in said) == sorted(worked)
    headlines = [
        words.text(f"{result}.label")
        for result, declared in calculator.results.items()
        if declared.is_headline
    ]
    shown = [each for each in headlines if each in worked]
    assert [each.partition(" = ")[0] for each in said][: len(shown)] == shown


def test_a_picture_has_the_blocks_values_and_says_the_formula_in_words() -> None:
    html = _block("deflection", "es", "currency: EUR\nvalues:\n  requests: 250")
    assert _in_words(html)[0] == (
        "Costo evitado = Solicitudes resueltas en redes sociales × Costo de una solicitud en el "
        "otro canal = 250 × €\u00a020 = €\u00a05000"
    )
    texts = re.findall(r"<text [^>]*>([^<]*)</text>", html.partition("</svg>")[0])
    assert texts[0] == "A"
    assert {"250", "€\u00a020", "×", "=", "Costo evitado", "€\u00a05000"} <= set(texts)


def test_nothing_is_drawn_for_what_is_not_defined() -> None:
    said = _in_words(_block("deflection", more="values:\n  investment: 0"))
    assert said
    assert not any(each.startswith("Return on investment") for each in said)


def _rows(picture: ET.Element) -> list[list[str]]:
    """Return the letters of the boxes by row, from top to bottom."""
    rows: dict[str, list[str]] = {}
    letters = [each for each in picture.iter("text") if re.fullmatch("[A-Z]", each.text or "")]
    for each in letters:
        rows.setdefault(each.attrib["y"], []).append(each.text or "")
    return list(rows.values())


def _drawn(formula: str) -> ET.Element:
    parts = [
        charts.Term(f"Quantity {part}", "$1,234", part) if part.isupper() else part.strip()
        for part in re.findall("[A-Z]|[^A-Z{} ]", formula)
    ]
    return charts.formula(parts, charts.Term("Result", "$1"), formula)


@pytest.mark.parametrize(
    ("formula", "rows"),
    [
        ("{A} × {B} × {C}", [["A", "B", "C"]]),
        ("{A} × {B} + {C} × {D}", [["A", "B"], ["C", "D"]]),
        ("{A} × ({B} − {C}) × {D}", [["A"], ["B", "C"], ["D"]]),
        ("{A} ÷ ({B} × {C} × {D} × {E})", [["A"], ["B", "C"], ["D", "E"]]),
    ],
)
def test_a_long_formula_is_cut_at_its_outermost_steps(formula: str, rows: list[list[str]]) -> None:
    assert _rows(_drawn(formula)) == rows


@pytest.mark.parametrize("name", CALCULATORS)
def test_every_part_lies_inside_its_picture(name: str) -> None:
    for svg in re.findall(r"<svg .*?</svg>", _block(name)):
        picture = ET.fromstring(svg)  # noqa: S314 - our own
        _, _, width, height = map(float, picture.attrib["viewBox"].split())
        for box in picture.iter("rect"):
            left, top, wide, high = (
                float(box.attrib[each]) for each in ("x", "y", "width", "height")
            )
            assert left >= 0
            assert top >= 0
            assert left + wide <= width
            assert top + high <= height


def test_words_and_numbers_are_escaped_in_the_picture() -> None:
    sharp = charts.Term("<b>&\"'", "<i>1", "<")
    drawn = ET.tostring(charts.formula([sharp, "<", sharp], sharp, '"><script>'), "unicode")
    assert "<b>" not in drawn
    assert "<i>" not in drawn
    assert "<script>" not in drawn
    read_back = ET.fromstring(drawn)  # noqa: S314 - our own
    assert read_back.attrib["aria-label"] == '"><script>'
