"""Publishes what a reader takes away, filled in: the example month's workbook, a month's page."""

from functools import cache
from typing import Final

import riverbend
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from roi_calc.answering.answer import answer_to
from roi_calc.calculators import CALCULATORS
from roi_calc.handover.memo import Typed, memo
from roi_calc.handover.memo_markdown import memo_markdown
from roi_calc.handover.workbook import workbook
from roi_calc.language.language import language, languages
from roi_calc.language.number_format import NEUTRAL
from roi_calc.reading.inputs import read_inputs

# Where a page has the text of Riverbend Water's page for January.
_FILLED_IN: Final = "<!-- filled in -->"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add `workbooks/roi-workbook.<language>.xlsx` for every language of the calculators."""
    for address, content in templates().items():
        files.append(File.generated(config, address, content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs passes all by name
    """Return a page with the memo where it asks for it, in the page's language."""
    return filled_in(markdown, str(config.theme["language"]))


def templates() -> dict[str, bytes]:
    """Return the workbooks by their address."""
    return {f"workbooks/roi-workbook.{tag}.xlsx": _workbook(tag) for tag in languages()}


def filled_in(markdown: str, tag: str) -> str:
    """Return the source of a page with the memo of the worked company where it asks for it."""
    if _FILLED_IN not in markdown:
        return markdown
    made = memo_markdown(memo(riverbend.answer(tag), riverbend.typed(tag)))
    title, _, rest = made.removeprefix("# ").partition("\n")
    return markdown.replace(_FILLED_IN, f"**{title}**\n{rest}")


@cache  # every language of the guide offers all of them
def _workbook(tag: str) -> bytes:
    calculator = CALCULATORS["deflection"]
    given = read_inputs(calculator, {}, NEUTRAL, "USD")
    answer = answer_to(calculator, given, language(tag), "USD")
    return workbook(answer, Typed(entered=frozenset()))
