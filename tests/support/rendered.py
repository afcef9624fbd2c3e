"""What a page says of an answer, as HTML."""

from collections.abc import Mapping
from typing import Any

from roi_calc.answering.answer import Answer
from roi_calc.showing.block import render_parts
from roi_calc.showing.views import FULL


def rendered_answer(answer: Answer) -> str:
    """Return all of an answer, without the form."""
    return "".join(render_parts(answer, FULL).values())


def rendered_reply(reply: Mapping[str, Any]) -> str:
    """Return all of an answer that a worker replied with."""
    return "".join(reply["parts"].values())
