"""A memo as Markdown: what somebody typed stays text in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from roi_calc.handover.memo import Memo, Source, one_line

# Signs that begin something wherever they stand, and those that do so where a line begins.
_ANYWHERE: Final = re.compile(r"[\\`*_\[\]|~]")
_FIRST: Final = re.compile(r"^(\s*)([#>+-]|\d+[.)])(?=\s|$)|^(\s*)(=+|-+)$")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;"}


def memo_markdown(memo: Memo) -> str:
    """Return the memo as Markdown, its parts apart by empty lines."""
    return "\n\n".join(_parts(memo)) + "\n"


def _parts(memo: Memo) -> Iterator[str]:
    words = memo.language.words
    yield f"# {_text(memo.title)}"
    if memo.by:
        yield _text(" · ".join(memo.by))
    yield from _said(words("memo.ask"), memo.ask)
    yield from _said(words("memo.answer"), memo.answer)
    yield _table(
        (words("answer.figure"), words("answer.value"), words("memo.calculation")),
        [(each.label, each.value, each.working) for each in memo.figures],
    )
    yield from _said(words("memo.cash"), memo.cash_or_time)
    if memo.conditions:
        yield from _said(words("memo.conditions"), memo.conditions.heading)
        if memo.conditions.clauses:
            yield "\n".join(f"- {_text(each)}" for each in memo.conditions.clauses)
    if memo.caution:
        yield from _said(words("memo.caution"), memo.caution.draws, is_headed=True)
        if memo.caution.rows:
            yield _table(("", *memo.caution.heads), memo.caution.rows)
    if memo.sources:
        yield _heading(words("memo.sources"))
        yield _source_table(memo, (*memo.sources.rows, *memo.sources.overleaf))
        if memo.sources.rest:
            yield _text(memo.sources.rest)
    yield from _said(words("memo.counted"), memo.counted)
    yield from _said(words("memo.left_out"), memo.left_out)
    yield from _said(words("memo.least_certain"), memo.least_certain)
    yield _text(memo.foot.version)
    if memo.foot.address:
        yield _text(memo.foot.address)
    if memo.foot.command:
        yield f"{_text(words('memo.command'))} `{memo.foot.command}`"


def _heading(text: str) -> str:
    return f"**{_text(text)}.**"


def _said(heading: str, text: str, *, is_headed: bool = False) -> Iterator[str]:
    """Yield a part in one paragraph; is_headed: its heading also where there is no text."""
    if text or is_headed:
        yield f"{_heading(heading)} {_text(text)}".strip()


def _source_table(memo: Memo, sources: Sequence[Source]) -> str:
    words = memo.language.words
    heads = ("memo.number", "answer.value", "memo.source", "memo.grade")
    rows = [(each.label, each.value, each.source, each.grade) for each in sources]
    return _table([words(head) for head in heads], rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (heads, *rows)
    written = [f"| {' | '.join(map(_text, line))} |" for line in lines]
    return "\n".join((written[0], f"|{'---|' * len(heads)}", *written[1:]))


def _text(text: str) -> str:
    """Return a text of one line in which nothing begins anything."""
    escaped = _ANYWHERE.sub(r"\\\g<0>", one_line(text))
    escaped = _FIRST.sub(lambda found: _marked(found[0]), escaped)
    return "".join(_ENTITIES.get(each, each) for each in escaped)


def _marked(beginning: str) -> str:
    """Return what would begin a list or a heading, with its last sign escaped."""
    return f"{beginning[:-1]}\\{beginning[-1]}"
