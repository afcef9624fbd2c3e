"""Formulas as boxes: each of the working once, in words and numbers, whole at any width."""

import re
from xml.etree import ElementTree as ET

import markdown
import pytest

from roi_calc.answering.answer import answer_to
from roi_calc.calculators import CALCULATORS
from roi_calc.formulas.reading import formula
from roi_calc.language.language import language, languages
from roi_calc.language.words import words_of
from roi_calc.reading.inputs import Given
from roi_calc.showing.formula_boxes import row_of_boxes


def _block(calculator: str, tag: str = "en", more: str = "") -> str:
    text = f"calculator: {calculator}\nlanguage: {tag}\nshow: formulas\n{more}"
    return markdown.markdown(f"```roi-calculator\n{text}\n```", extensions=["roi_calculator"])


def _figures(html: str) -> list[ET.Element]:
    return [ET.fromstring(each) for each in re.findall(r"<figure .*?</figure>", html, re.DOTALL)]  # noqa: S314 - our own


def _read(figure: ET.Element) -> str:
    """Return a figure as it is read aloud: without the letters, which are for the eye."""
    for parent in figure.iter():
        for child in list(parent):
            if child.get("aria-hidden") == "true":
                child.text = ""
    return " ".join("".join(figure.itertext()).split())


def _results(html: str) -> list[str]:
    """Return what is worked out, in order."""
    boxes = (figure.find(".//*[@class='roi-result']") for figure in _figures(html))
    return [box[0].text or "" for box in boxes if box is not None]


@pytest.mark.parametrize("tag", languages())
@pytest.mark.parametrize("name", CALCULATORS)
def test_every_formula_of_the_working_is_drawn_once(name: str, tag: str) -> None:
    calculator, words = CALCULATORS[name], words_of(CALCULATORS[name], language(tag))
    drawn = _results(_block(name, tag))
    answer = answer_to(calculator, Given(calculator.inputs_type()), language(tag), "USD")
    worked = [words.text(f"{result}.label") for result in answer.worked_out]
    assert sorted(drawn) == sorted(worked)
    headlines = [
        words.text(f"{result}.label")
        for result in answer.worked_out
        if calculator.results[result].is_headline
    ]
    assert drawn[: len(headlines)] == headlines


def test_a_figure_is_read_as_the_formula_in_words_and_numbers() -> None:
    html = _block("deflection", "es", "currency: EUR\nvalues:\n  requests: 250")
    assert '<span class="roi-term-letter" aria-hidden="true">A</span>' in html
    assert _read(_figures(html)[0]) == (
        "Solicitudes resueltas en redes sociales 250 × Costo de una solicitud por teléfono, "
        "correo o chat € 20 = Costo evitado € 5000"
    )


def test_nothing_is_drawn_for_what_is_not_defined() -> None:
    drawn = _results(_block("deflection", more="values:\n  investment: 0"))
    assert drawn
    assert "Return on investment (ROI)" not in drawn


def _shape(node: ET.Element) -> str:
    """Return what is kept together, in square brackets: `[A [× B]]`."""
    style = node.get("class", "")
    if "roi-term" in style.split() or node.tag == "bdi":
        return node[0].text or "" if len(node) else node.text or ""
    if not len(node):
        return node.text or ""
    inner = " ".join(map(_shape, node))
    return f"[{inner}]" if style == "roi-joint" else f"<{inner}>"


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("requests × cost_per_request", "<A [× B]>"),
        ("requests + investment × 2", "<A [+ <C [× 2]>]>"),
        ("requests × (1 − investment)", "<A [× [( <1 [− C]> )]]>"),
        ("⌈requests ÷ 60⌉", "[⌈ <A [÷ 60]> ⌉]"),
        ("min(requests; 2)", "[min ( <A [; 2]> )]"),
        ("−requests × 2", "<[− A] [× 2]>"),
        ("(1 + requests)^2", "<[( <1 [+ A]> )] [^ 2]>"),
    ],
)
def test_a_row_breaks_before_a_sign_and_never_behind_it(text: str, shape: str) -> None:
    deflection = CALCULATORS["deflection"]
    answer = answer_to(deflection, Given(deflection.inputs_type()), language("en"), "USD")
    assert _shape(row_of_boxes(answer, formula(text))) == shape
