"""Where a block stands in its file, for error messages: Markdown engines do not say."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

FENCE_NAME: Final = "roi-calculator"

# Quotes and indentation may stand before a fence, in any mix.
_PREFIX: Final = " \t>"
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


def line_of_block(file: str, body: str) -> int:
    """Return the line of the fence that opens the block with this body; 0 if it is not there."""
    lines = [line.strip(_PREFIX) for line in file.splitlines()]
    wanted = [line.strip(_PREFIX) for line in body.strip("\n").splitlines()]
    for index in _openings(lines):
        following = lines[index + 1 : index + 1 + len(wanted)]
        if following == wanted and _closes_at(lines, index, len(wanted)):
            return index + 1
    return 0


def line_of_unclosed_block(file: str) -> int:
    """Return the line of the fence of ours that is never closed; 0 if there is none."""
    lines = [line.strip(_PREFIX) for line in file.splitlines()]
    openings = list(_openings(lines))
    for index in openings:
        found = fence_info(lines[index])
        if found and not any(closes(line, found[0]) for line in lines[index + 1 :]):
            return index + 1
    return openings[-1] + 1 if openings else 0


def _openings(lines: Sequence[str]) -> Iterator[int]:
    for index, line in enumerate(lines):
        found = fence_info(line)
        if found and names_our_fence(found[1]):
            yield index


def _closes_at(lines: Sequence[str], opening: int, length: int) -> bool:
    """Tell whether only empty lines stand between the body and the closing fence."""
    found = fence_info(lines[opening])
    rest = (line for line in lines[opening + 1 + length :] if line)
    return found is not None and closes(next(rest, ""), found[0])
