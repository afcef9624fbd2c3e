"""What a page says of an answer, as HTML."""

import re
from collections.abc import Mapping
from typing import Any, Final
from xml.etree import ElementTree as ET

from roi_calc.answering.answer import Answer
from roi_calc.showing.block import render_parts
from roi_calc.showing.html import markup
from roi_calc.showing.views import FULL

# What HTML does not close and XML does; a value never holds the bracket itself.
_UNCLOSED: Final = re.compile(r"(<(?:input|link|wbr)\b[^>]*)>")


def as_read(made: ET.Element) -> ET.Element:
    """Return an element as who reads its HTML has it, whatever it was put together of."""
    return ET.fromstring(_UNCLOSED.sub(r"\1/>", markup(made)))  # noqa: S314 - our own


def rendered_answer(answer: Answer) -> str:
    """Return all of an answer, without the form."""
    return "".join(render_parts(answer, FULL).values())


def rendered_reply(reply: Mapping[str, Any]) -> str:
    """Return all of an answer that a worker replied with."""
    return "".join(reply["parts"].values())
