"""Where a block stands in its file, for error messages: Markdown engines do not say."""

import re
from difflib import get_close_matches
from itertools import pairwise
from typing import Final

FENCE_NAME: Final = "roi-calculator"
# `roi-calculators` is a slip, `roi-calculator-old` another name.
_LIKENESS: Final = 0.9

# Quotes and indentation may stand before a fence, in any mix.
_PREFIX: Final = " \t>"
_LEADING: Final = re.compile(r"^[\s>]*(?:(?:[*+-]|\d+[.)])\s+)?")
_FENCE: Final = re.compile(r"(?P<mark>`{3,}|~{3,})(?P<info>[^`]*)")


def fence_info(line: str) -> tuple[str, str] | None:
    """Return the mark and the words of a line that opens or closes a fence; None for another."""
    found = _FENCE.fullmatch(line.rstrip())
    return (found["mark"], found["info"].strip()) if found else None


def name_of_ours(info: str) -> str:
    """Return the name in the words behind a fence's mark; empty unless it is ours or means to be.

    `roi_calculator`, `ROI-Calculator` and the like mean to be: somebody has mistaken the name.
    """
    words = info.strip("{} ").split()
    name = words[0].removeprefix(".") if words else ""
    meant = name.lower().replace("_", "-")
    return name if get_close_matches(meant, [FENCE_NAME], cutoff=_LIKENESS) else ""


def closes(line: str, mark: str) -> bool:
    """Tell whether a line ends the fence that `mark` began."""
    found = fence_info(line)
    return found is not None and not found[1] and found[0].startswith(mark)


def opened_name(line: str) -> str:
    """Return the name in a line that looks like the opening of one of our blocks; else empty."""
    found = fence_info(_LEADING.sub("", line))
    return name_of_ours(found[1]) if found else ""


def line_of_block(file: str, body: str, alike: int = 0) -> int:
    """Return the line of the fence that opens the block with this body; 0 if it is not there.

    Fences inside longer fences are passed over: they are examples. alike: how many blocks with the
    same body come before it.
    """
    lines = [line.strip(_PREFIX) for line in file.split("\n")]
    wanted = [line.strip(_PREFIX) for line in body.strip("\n").split("\n")] if body.strip() else []
    lines_found: list[int] = []
    opened: tuple[int, str, str] | None = None
    for index, line in enumerate(lines):
        if opened is None:
            found = fence_info(line)
            opened = (index, *found) if found else None
            continue
        start, mark, info = opened
        if not closes(line, mark):
            continue
        opened = None
        inside = "\n".join(lines[start + 1 : index]).strip("\n")
        if name_of_ours(info) and inside == "\n".join(wanted):
            lines_found.append(start + 1)
    return lines_found[min(alike, len(lines_found) - 1)] if lines_found else 0


def line_of_opening(file: str, opening: str, following: str) -> int:
    """Return the line that opens a fence and is followed by a line; 0 if there is none such."""
    lines = [_LEADING.sub("", line).strip() for line in file.split("\n")]
    wanted = (_LEADING.sub("", opening).strip(), _LEADING.sub("", following).strip())
    for number, pair in enumerate(pairwise([*lines, ""]), start=1):
        if pair == wanted:
            return number
    return 0
