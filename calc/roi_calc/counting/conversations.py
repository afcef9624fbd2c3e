"""The rows of an export become distinct conversations, with what the rules ask of each."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from roi_calc.counting.refusals import CountError, Reason
from roi_calc.counting.settings import Settings
from roi_calc.counting.table import Row, Table, listed, place_of
from roi_calc.counting.tools import ANY_TOOL, MESSAGE_COLUMNS, OTHER, TOOLS, Role, Tool

_TELEPHONE: Final = re.compile(r"\+?[\d\s()./-]{7,}", flags=re.ASCII)
_NATIONAL_DIGITS: Final = 9
_DIGEST_BYTES: Final = 8


class Conversation(NamedTuple):
    """What a row says of a conversation; empty where the file has no such column.

    customer: not who it is, but a digest by which a call of the same customer is known.
    """

    line: int
    state: str
    channels: tuple[str, ...]
    tags: str
    resolved_at: str
    reopens: str
    reopened_at: str
    customer: bytes
    replies: str
    direction: str
    first_response: str
    handling: str


@dataclass(frozen=True)
class Source:
    """Which tool a file is taken to be from, and where its columns are."""

    tool: Tool
    places: Mapping[Role, tuple[int, ...]]
    header: tuple[str, ...]

    def name_of(self, role: Role) -> str:
        """Return the header of a column that the file has."""
        return self.header[self.places[role][0]]


class Distinct(NamedTuple):
    """The conversations of a file by id, and how many rows made them."""

    by_id: Mapping[str, Conversation]
    rows: int
    without_id: int


def source(table: Table, settings: Settings) -> Source:
    """Return what is known of a file by its header.

    Raises CountError where the header is no known tool's, a column is not there or there is a row
    for each message.
    """
    header = tuple(table.header)
    is_of_messages = all(place_of(header, name) is not None for name in MESSAGE_COLUMNS)
    if is_of_messages and not settings.group_messages and Role.ID not in settings.columns:
        raise CountError(
            Reason.MESSAGES, column=MESSAGE_COLUMNS[-1], option=option("group_messages")
        )
    tool = TOOLS["hootsuite"] if is_of_messages else _tool(header, settings)
    found = Source(tool, _places(header, tool, settings), header)
    required = (Role.ID, Role.STATE, Role.RESOLVED_AT) if tool.resolved else (Role.ID,)
    asked = {Role.CHANNEL: settings.channels, Role.TAGS: settings.tags}
    for role in (*required, *(role for role, values in asked.items() if values)):
        if role not in found.places:
            raise CountError(
                Reason.NO_COLUMN_FOR, option=column_option(role), columns=listed(header)
            )
    return found


def distinct(rows: Iterable[Row], found: Source) -> Distinct:
    """Return the conversations: the last row of an id is what is known of it."""
    by_id: dict[str, Conversation] = {}
    number = without_id = 0
    (id_place,) = found.places[Role.ID]
    for row in rows:
        number += 1
        called = row.cells[id_place].strip()
        if called:
            by_id[called] = _conversation(row, found.places)
        else:
            without_id += 1
    return Distinct(by_id, number, without_id)


def customer_key(text: str) -> bytes:
    """Return a digest of who a customer is; empty for nobody.

    Without spaces around and capitals; of a telephone number its last nine digits.

    >>> customer_key(" +34 600 111 222") == customer_key("600111222")
    True
    """
    known = text.strip().casefold()
    if _TELEPHONE.fullmatch(known):
        known = "".join(filter(str.isdigit, known))[-_NATIONAL_DIGITS:]
    if not known:
        return b""
    return hashlib.sha256(known.encode("utf-8", "surrogatepass")).digest()[:_DIGEST_BYTES]


def option(setting: str) -> str:
    """Return the option of the command line that makes a setting."""
    return f"--{setting.replace('_', '-')}"


def column_option(role: Role) -> str:
    """Return the option of the command line that names the column of a role."""
    return option(f"{role.value}_column")


def _tool(header: tuple[str, ...], settings: Settings) -> Tool:
    if settings.tool == OTHER or (settings.tool is None and Role.ID in settings.columns):
        return ANY_TOOL
    if settings.tool is not None:
        return TOOLS[settings.tool]
    for tool in TOOLS.values():
        if all(any(_have(header, name) for name in tool.columns[role]) for role in tool.told_by):
            return tool
    raise CountError(Reason.UNKNOWN_TOOL, option=column_option(Role.ID), columns=listed(header))


def _have(header: tuple[str, ...], name: str) -> bool:
    return place_of(header, name) is not None


def _places(
    header: tuple[str, ...], tool: Tool, settings: Settings
) -> Mapping[Role, tuple[int, ...]]:
    places: dict[Role, tuple[int, ...]] = {}
    for role in Role:
        named = settings.columns.get(role)
        if named is not None:
            if named:
                places[role] = (_named(header, named),)
            continue
        known = [place_of(header, name) for name in tool.columns.get(role, ())]
        there = tuple(place for place in known if place is not None)
        if there:
            places[role] = there if role is Role.CHANNEL else there[:1]
    return places


def _named(header: tuple[str, ...], name: str) -> int:
    place = place_of(header, name)
    if place is None:
        raise CountError(Reason.NO_COLUMN, column=name, columns=listed(header))
    return place


def _conversation(row: Row, places: Mapping[Role, tuple[int, ...]]) -> Conversation:
    def cell(role: Role) -> str:
        return row.cells[places[role][0]].strip() if role in places else ""

    return Conversation(
        line=row.line,
        state=cell(Role.STATE),
        channels=tuple(row.cells[place].strip() for place in places.get(Role.CHANNEL, ())),
        tags=cell(Role.TAGS),
        resolved_at=cell(Role.RESOLVED_AT),
        reopens=cell(Role.REOPENS),
        reopened_at=cell(Role.REOPENED_AT),
        customer=customer_key(cell(Role.CUSTOMER)),
        replies=cell(Role.REPLIES),
        direction=cell(Role.DIRECTION),
        first_response=cell(Role.FIRST_RESPONSE),
        handling=cell(Role.HANDLING),
    )
