"""Where a block stands in its file, for error messages: Markdown engines do not say."""

import re
from itertools import pairwise
from typing import Final

FENCE_NAME: Final = "roi-calculator"

# Quotes and indentation may stand before a fence, in any mix.
_PREFIX: Final = " \t>"
_LEADING: Final = re.compile(r"^[\s>]*(?:(?:[*+-]|\d+[.)])\s+)?")
_FENCE: Final = re.compile(r"(?P<mark>`{3,}|~{3,})(?P<info>[^`]*)")


def fence_info(line: str) -> tuple[str, str] | None:
    """Return the mark and the words of a line that opens or closes a fence; None for another."""
    found = _FENCE.fullmatch(line.rstrip())
    return (found["mark"], found["info"].strip()) if found else None


def names_our_fence(info: str) -> bool:
    """Tell whether the words behind a fence's mark make it one of our blocks."""
    words = info.strip("{} ").split()
    return bool(words) and words[0].removeprefix(".") == FENCE_NAME


def closes(line: str, mark: str) -> bool:
    """Tell whether a line ends the fence that `mark` began."""
    found = fence_info(line)
    return found is not None and not found[1] and found[0].startswith(mark)


def opens_our_fence(line: str) -> bool:
    """Tell whether a line looks like the opening of one of our blocks, wherever it stands."""
    found = fence_info(_LEADING.sub("", line))
    return found is not None and names_our_fence(found[1])


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
        if names_our_fence(info) and inside == "\n".join(wanted):
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
